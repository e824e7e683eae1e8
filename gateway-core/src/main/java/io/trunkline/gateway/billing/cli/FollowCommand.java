package io.trunkline.gateway.billing.cli;

import io.trunkline.gateway.billing.cdr.CdrExporter;
import io.trunkline.gateway.billing.cdr.CdrStorage;
import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings;
import io.trunkline.gateway.config.BillingSettings.Format;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.JournalTail;
import io.trunkline.gateway.journal.SourceTail;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trunkline cdr follow}. */
@Command(
        name = "follow",
        description = {
            "Writes files of records with manifests as the journal grows, each record once, from where it ended last.",
            "A process of its own; the daemon does the same where billing.yaml has a block `cdr`."
        },
        mixinStandardHelpOptions = true)
final class FollowCommand implements Callable<Integer> {
    private static final long IDLE_MS = 1_000;
    private static final long DEFAULT_MAX_RECORDS = 1_000_000;
    private static final Duration DEFAULT_PERIOD = Duration.ofMinutes(15);

    @Spec
    private CommandSpec spec;

    @Mixin
    private BillingOptions options;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the files go.")
    private Path out;

    @Option(names = "--format", description = "csv, jsonl or parquet; without it, as billing.yaml says, or csv.")
    private Format format;

    @Option(names = "--once", description = "Finish all files that end in the journal as it is, then exit.")
    private boolean once;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintWriter said = spec.commandLine().getOut();
        final List<CdrExporter> exporters = new ArrayList<>();
        try {
            for (final JournalFiles shard : options.shards()) {
                exporters.add(CdrExporter.open(settings(shard), tail(shard)));
            }
            boolean more = true;
            while (more || !once) {
                more = false;
                for (final CdrExporter exporter : exporters) {
                    final long before = exporter.sequence();
                    more |= exporter.poll() > 0;
                    if (exporter.sequence() > before) {
                        said.printf(
                                Locale.ROOT,
                                "files to %d, journal records to %d%n",
                                exporter.sequence(),
                                exporter.written());
                        said.flush();
                    }
                }
                if (!more && !once) {
                    TimeUnit.MILLISECONDS.sleep(IDLE_MS);
                }
            }
        } catch (final IOException | JournalException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "call detail records cannot be written to " + out + ": " + CdrStorage.why(e),
                    "what has a manifest stays; run it again, and it goes on behind that");
        } finally {
            for (final CdrExporter exporter : exporters) {
                exporter.close();
            }
        }
        return ExitCode.OK;
    }

    private CdrExporter.Settings settings(final JournalFiles shard) {
        final BillingConfig billing = options.billing();
        final Optional<BillingSettings.Cdr> cdr = billing.settings().cdr();
        final Format otherwise = cdr.map(BillingSettings.Cdr::format).orElse(Format.CSV);
        return new CdrExporter.Settings(
                out,
                shard.name(),
                format == null ? otherwise : format,
                cdr.map(BillingSettings.Cdr::period).orElse(DEFAULT_PERIOD).toMillis(),
                cdr.map(each -> (long) each.maxRecords()).orElse(DEFAULT_MAX_RECORDS),
                billing);
    }

    private JournalTail tail(final JournalFiles shard) {
        return SourceTail.ofDurable(
                shard.follow(damage -> {
                    spec.commandLine().getErr().println(shard.name() + ": " + damage);
                    spec.commandLine().getErr().flush();
                }),
                shard);
    }
}
