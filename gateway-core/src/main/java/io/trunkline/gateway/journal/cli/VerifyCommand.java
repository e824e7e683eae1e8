package io.trunkline.gateway.journal.cli;

import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.JsonOption;
import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline journal verify}. */
@Command(
        name = "verify",
        description = "Reads every record and holds it against its checksum, its sequence and the manifests.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is there and whole", "4:something is damaged or missing: what, and where, is printed"})
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JournalCommands.DataOption data;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final ObjectNode result = JsonOption.object();
        final ArrayNode shards = result.putArray("shards");
        boolean clean = true;
        for (final JournalFiles shard : data.shards()) {
            final RecoveryReport report = shard.read(record -> {});
            clean &= report.clean();
            if (json.wanted()) {
                describe(shards.addObject(), shard, report);
            } else {
                print(out, shard, report);
            }
        }
        if (json.wanted()) {
            JsonOption.print(out, result.put("clean", clean));
        }
        out.flush();
        return clean ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static void print(final PrintWriter out, final JournalFiles shard, final RecoveryReport report) {
        DamageReport.print(out, shard, report);
        report.damaged().stream()
                .map(Damage::kind)
                .distinct()
                .sorted()
                .forEach(kind -> out.println(kind + ": " + kind.remedy()));
        out.printf(
                Locale.ROOT,
                "%s: records %d..%d, %d whole, %d bytes, %d lost in %d damaged places, torn tail %d bytes, %d ms%n",
                shard.name(),
                report.firstSequence(),
                report.lastSequence(),
                report.records(),
                report.bytes(),
                report.recordsLost(),
                report.damaged().size(),
                report.tornTailBytes(),
                report.millis());
    }

    private static void describe(final ObjectNode node, final JournalFiles shard, final RecoveryReport report) {
        node.put("shard", shard.name())
                .put("firstSequence", report.firstSequence())
                .put("lastSequence", report.lastSequence())
                .put("records", report.records())
                .put("bytes", report.bytes())
                .put("recordsLost", report.recordsLost())
                .put("tornTailBytes", report.tornTailBytes())
                .put("tornTailRecords", report.tornTailRecords())
                .put("millis", report.millis());
        DamageReport.describe(node, report);
    }
}
