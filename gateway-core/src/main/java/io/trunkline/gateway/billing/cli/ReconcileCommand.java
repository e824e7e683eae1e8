package io.trunkline.gateway.billing.cli;

import io.trunkline.gateway.billing.Invoice;
import io.trunkline.gateway.billing.Reconciliation;
import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.JsonOption;
import io.trunkline.gateway.cli.Table;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.routing.rates.Micros;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline reconcile}. */
@Command(
        name = "reconcile",
        description = {
            "Holds a carrier's invoice against the journal and lists everything that they do not agree on.",
            "The invoice is CSV with a row for each message; columns: message_id, and where it has them to, segments, amount,"
                    + " currency."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:they agree", "1:the invoice cannot be read", "4:they do not agree: on what, is printed"},
        footerHeading = "%nExamples:%n",
        footer = "  trunkline reconcile --conf conf --carrier alpha --invoice alpha-2026-10.csv --from 2026-10-01 --to"
                + " 2026-11-01 --column MsgId=message_id --ignore Remark")
final class ReconcileCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BillingOptions options;

    @Option(names = "--carrier", paramLabel = "NAME", required = true, description = "Whose invoice it is.")
    private String carrier;

    @Option(names = "--invoice", paramLabel = "FILE", required = true, description = "The invoice.")
    private Path invoice;

    @Option(names = "--column", paramLabel = "THEIRS=OURS", description = "What a column of theirs is.")
    private Map<String, String> columns = Map.of();

    @Option(names = "--ignore", paramLabel = "THEIRS", description = "A column of theirs that says nothing here.")
    private Set<String> ignored = Set.of();

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final BillingConfig billing = options.billing();
        final Invoice read = invoice();
        final Reconciliation reconciliation = new Reconciliation(
                carrier,
                billing,
                options.fromMs(billing.settings().zone()),
                options.toMs(billing.settings().zone()));
        for (final JournalFiles shard : options.shards()) {
            reconciliation.names().ahead(shard);
            shard.read(reconciliation)
                    .damaged()
                    .forEach(damage -> spec.commandLine().getErr().println(shard.name() + ": " + damage));
        }
        spec.commandLine().getErr().flush();
        if (!reconciliation.knowsCarrier()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the journal has no carrier called `" + carrier + "`",
                    "it has: " + String.join(", ", reconciliation.names().carrierNames()));
        }
        final Reconciliation.Result result = reconciliation.compare(read);
        if (json.wanted()) {
            JsonOption.print(spec.commandLine().getOut(), json(result));
        } else {
            print(spec.commandLine().getOut(), result);
        }
        return result.disagreements().isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private Invoice invoice() throws IOException {
        final Invoice read;
        try {
            read = Invoice.read(invoice, columns, ignored);
        } catch (final NoSuchFileException e) {
            throw new CommandFailure(ExitCode.USAGE, "there is no file " + invoice, "");
        }
        if (!read.problems().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "the invoice cannot be compared:\n  " + String.join("\n  ", read.problems()), "");
        }
        return read;
    }

    private static ObjectNode json(final Reconciliation.Result result) {
        final ObjectNode node = JsonOption.object()
                .put("lines", result.lines())
                .put("matched", result.matched())
                .put("openUnits", result.openUnits())
                .put("invoiced", Micros.text(result.invoiced()))
                .put("expected", Micros.text(result.expected()));
        final ArrayNode list = node.putArray("disagreements");
        result.disagreements()
                .forEach(each -> list.addObject()
                        .put("kind", each.kind().word())
                        .put("line", each.line())
                        .put("messageId", each.messageId())
                        .put("unit", each.unit() == 0 ? "" : Long.toUnsignedString(each.unit()))
                        .put("invoice", each.invoice())
                        .put("journal", each.journal()));
        return node;
    }

    private static void print(final PrintWriter out, final Reconciliation.Result result) {
        if (!result.disagreements().isEmpty()) {
            final Table table = new Table(List.of("WHAT", "LINE", "MESSAGE ID", "UNIT", "INVOICE", "JOURNAL"));
            result.disagreements()
                    .forEach(each -> table.add(List.of(
                            each.kind().word(),
                            each.line() == 0 ? "-" : Long.toString(each.line()),
                            each.messageId(),
                            each.unit() == 0 ? "-" : Long.toUnsignedString(each.unit()),
                            each.invoice().isEmpty() ? "-" : each.invoice(),
                            each.journal().isEmpty() ? "-" : each.journal())));
            out.print(table);
        }
        out.printf(
                Locale.ROOT,
                "%d lines, %d matched, %d disagreements; invoiced %s, expected %s%n",
                result.lines(),
                result.matched(),
                result.disagreements().size(),
                Micros.text(result.invoiced()),
                Micros.text(result.expected()));
        if (result.openUnits() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%d of them belong to units that have not ended, and have no amount yet%n",
                    result.openUnits());
        }
        out.flush();
    }
}
