package io.trunkline.gateway.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline show}. */
@Command(
        name = "show",
        description = "Shows how the running daemon is.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  trunkline show carriers",
            "  trunkline show binds --json | jq '.[] | select(.state != \"bound\")'",
            "  trunkline show latency",
            "  trunkline show units --carrier alpha --state in-doubt --limit 20"
        })
final class ShowCommand implements Callable<Integer> {
    /** A whole histogram, for programs. */
    private static final String SINCE_START = "sinceStart";

    /** What can be shown. */
    enum Subject {
        CARRIERS,
        BINDS,
        QUEUES,
        LIMITS,
        TENANTS,
        USAGE,
        UNITS,
        CALLS,
        TRUNKS,
        JOURNAL,
        EXPORTS,
        EVENTS,
        ALARMS,
        COUNTERS,
        LATENCY;

        /** As typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Subject subject;

    @Option(names = "--tenant", description = "units, calls: only those of this tenant.")
    private String tenant;

    @Option(names = "--carrier", description = "units, calls: only those at this carrier.")
    private String carrier;

    @Option(
            names = "--state",
            description =
                    "units, calls: only those in this state: accepted, sent, in-doubt; of calls placed, ringing, answered.")
    private String state;

    @Option(
            names = "--limit",
            description = "units, calls: at most so many (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int limit;

    @Mixin
    private DaemonOption daemon;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        final ObjectNode arguments = JsonOption.object();
        if (subject == Subject.UNITS || subject == Subject.CALLS) {
            arguments
                    .put("tenant", tenant)
                    .put("carrier", carrier)
                    .put("state", state)
                    .put("limit", limit);
        }
        final JsonNode rows = daemon.ask("show-" + subject, arguments);
        final PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(out, rows);
        } else if (rows.isEmpty()) {
            out.println("no " + subject);
        } else if (rows.size() == 1 && subject == Subject.JOURNAL) {
            out.print(sheet(rows.get(0)));
        } else {
            out.print(table(rows));
        }
        out.flush();
        return ExitCode.OK;
    }

    private static Table table(final JsonNode rows) {
        final List<String> columns = List.copyOf(rows.get(0).propertyNames());
        final List<String> shown = columns.stream()
                .filter(column -> !column.equals(SINCE_START))
                .filter(column -> rows.valueStream()
                        .anyMatch(row -> !Cell.of(column, row.get(column)).equals("-")))
                .toList();
        final Table table = new Table(shown.stream().map(Cell::header).toList());
        rows.forEach(row -> table.add(
                shown.stream().map(column -> Cell.of(column, row.get(column))).toList()));
        return table;
    }

    private static Table sheet(final JsonNode row) {
        final Table table = new Table(List.of("ITEM", "VALUE"));
        row.forEachEntry((key, value) -> table.add(List.of(Cell.header(key), Cell.of(key, value))));
        return table;
    }
}
