package io.trunkline.gateway.cli;

import io.trunkline.gateway.config.load.Quantities;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline block add|del|load|list}. */
@Command(
        name = "block",
        description = {
            "Block and safe lists of the running daemon: takes effect at once and outlasts a restart.",
            "A line of a safe list outweighs all lines that block. What blocks.csv has is changed there."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  trunkline block add 88213 --reason 'pumping, ticket 4711' --ttl 12h",
            "  trunkline block add 4477009 --tenant acme",
            "  trunkline block add --safe 447700900123",
            "  trunkline block add --sender PAYPA",
            "  trunkline block del 88213",
            "  trunkline block load /tmp/numbers.csv       columns as in blocks.csv; all of it or nothing",
            "  trunkline block list 882 --json"
        })
final class BlockCommand implements Callable<Integer> {
    /** What is to be done. */
    enum Action {
        ADD,
        DEL,
        LOAD,
        LIST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "add|del|load|list", description = "What to do.")
    private Action action;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PREFIX|FILE",
            description = "Digits as in E.164, with --sender the beginning of a sender, or the file to load.")
    private String subject;

    @Option(names = "--tenant", paramLabel = "T", description = "For this tenant alone.")
    private String tenant;

    @Option(names = "--ttl", paramLabel = "TIME", description = "30m, 12h, 7d: for so long. Without it, for ever.")
    private String ttl;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever comes after.")
    private String reason;

    @Option(names = "--safe", description = "The safe list: lets pass what others block.")
    private boolean safe;

    @Option(names = "--sender", description = "It is the beginning of a sender, not of a destination.")
    private boolean sender;

    @Option(names = "--limit", description = "List so many lines (default: ${DEFAULT-VALUE}).", defaultValue = "1000")
    private int limit;

    @Mixin
    private DaemonOption daemon;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        if (subject == null && action != Action.LIST) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    action == Action.LOAD ? "which file?" : "which prefix?",
                    "trunkline block --help has examples");
        }
        final ObjectNode arguments = JsonOption.object().put("limit", limit);
        arguments.put(
                "who",
                Optional.ofNullable(System.getenv("SUDO_USER")).orElse(System.getProperty("user.name", "unknown")));
        if (action == Action.LOAD) {
            arguments.put("file", Path.of(subject).toAbsolutePath().normalize().toString());
        } else {
            line(arguments);
        }
        final JsonNode result = daemon.ask("block-" + action, arguments);
        final PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(out, result);
        } else {
            tell(out, result);
            out.flush();
        }
        return ExitCode.OK;
    }

    private void line(final ObjectNode arguments) {
        arguments.put("safe", safe).put("sender", sender);
        put(arguments, "prefix", subject);
        put(arguments, "tenant", tenant);
        put(arguments, "reason", reason);
        if (ttl != null) {
            try {
                arguments.put("ttlMs", Quantities.duration(ttl).toMillis());
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitCode.USAGE, "--ttl " + ttl + " is no duration", "write 30m, 12h or 7d");
            }
        }
    }

    private static void put(final ObjectNode arguments, final String name, final String value) {
        if (value != null) {
            arguments.put(name, value);
        }
    }

    private void tell(final PrintWriter out, final JsonNode result) {
        switch (action) {
            case ADD -> out.println((safe ? "safe: " : "blocked: ") + subject);
            case DEL -> out.println((safe ? "no longer safe: " : "no longer blocked: ") + subject);
            case LOAD -> out.println(result.path("lines").asInt() + " lines in force");
            case LIST -> list(out, result);
        }
    }

    private static void list(final PrintWriter out, final JsonNode result) {
        final Table table = new Table(List.of("PREFIX", "LIST", "END", "TENANT", "EXPIRES", "REASON", "SOURCE"));
        for (final JsonNode line : result.path("lines")) {
            table.add(List.of(
                    line.path("prefix").asString(),
                    line.path("list").asString(),
                    line.path("end").asString(),
                    Cell.of("tenant", line.path("tenant")),
                    Cell.of("expiresMs", line.path("expiresMs")),
                    line.path("reason").asString(),
                    line.path("source").asString()));
        }
        out.print(table);
        final int total = result.path("total").asInt();
        if (total > result.path("lines").size()) {
            out.println("… of " + total + "; --limit shows more");
        }
    }
}
