package io.trunkline.gateway.billing.cli;

import io.trunkline.gateway.billing.cdr.CdrExport;
import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.JsonOption;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings.Format;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline cdr export}. */
@Command(
        name = "export",
        description = {
            "Writes the records of all units that ended in a span of time into one file.",
            "Columns: docs/reference/cdr.md. The same journal and the same rates give the same file."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "4:done, but records of the journal are damaged: what, and where, is printed"})
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BillingOptions options;

    @Option(
            names = "--format",
            description = "csv, jsonl or parquet (default: ${DEFAULT-VALUE}).",
            defaultValue = "csv")
    private Format format;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to; - for standard output.")
    private String out;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final BillingConfig billing = options.billing();
        if (format == Format.PARQUET && options.shards().size() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "a Parquet file has the records of one shard, and there are several",
                    "use trunkline cdr follow: it writes files for each shard");
        }
        final CdrExport export = new CdrExport(
                billing,
                format,
                options.fromMs(billing.settings().zone()),
                options.toMs(billing.settings().zone()));
        final ObjectNode result = JsonOption.object();
        final boolean whole = out.equals("-")
                ? write(export, System.out, result)
                : writeFile(export, Path.of(out).toAbsolutePath(), result);
        final PrintWriter said = out.equals("-")
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(said, result);
        } else {
            result.path("shards").forEach(shard -> print(said, shard));
        }
        said.flush();
        return whole ? ExitCode.OK : ExitCode.REFUSED;
    }

    private boolean writeFile(final CdrExport export, final Path file, final ObjectNode result) throws IOException {
        final Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        final boolean whole;
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(draft))) {
            whole = write(export, stream, result);
        } catch (final IOException e) {
            throw new CommandFailure(ExitCode.USAGE, file + " cannot be written: " + e.getMessage(), "");
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return whole;
    }

    private boolean write(final CdrExport export, final OutputStream stream, final ObjectNode result)
            throws IOException {
        final ArrayNode shards = result.putArray("shards");
        boolean whole = true;
        for (final JournalFiles shard : options.shards()) {
            final RecoveryReport report = export.write(shard, stream, shards.addObject());
            report.damaged().forEach(damage -> spec.commandLine().getErr().println(shard.name() + ": " + damage));
            whole &= report.recordsLost() == 0;
        }
        stream.flush();
        return whole;
    }

    private static void print(final PrintWriter said, final JsonNode shard) {
        said.printf(
                Locale.ROOT,
                "%s: %d records, %d segments, from journal records %d..%d, sha256 %s%n",
                shard.path("shard").asString(),
                shard.path("records").asLong(),
                shard.path("segments").asLong(),
                shard.path("firstRecord").asLong(),
                shard.path("lastRecord").asLong(),
                shard.path("sha256").asString());
        shard.path("totals")
                .forEach(sum -> said.printf(
                        Locale.ROOT,
                        "  %s: price %s, cost %s, fee %s%n",
                        sum.path("currency").asString(),
                        sum.path("price").asString(),
                        sum.path("cost").asString(),
                        sum.path("fee").asString()));
        missing(said, shard, "priceMissing", "have no price: rates.csv has no row for them");
        missing(said, shard, "costMissing", "have no cost: rates.csv has no row for them");
        missing(said, shard, "incomplete", "began in records that the journal does not have any more");
    }

    private static void missing(final PrintWriter said, final JsonNode shard, final String key, final String what) {
        if (shard.path(key).asLong() > 0) {
            said.printf(Locale.ROOT, "  %d records %s%n", shard.path(key).asLong(), what);
        }
    }
}
