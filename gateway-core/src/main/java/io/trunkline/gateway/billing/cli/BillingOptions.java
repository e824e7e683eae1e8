package io.trunkline.gateway.billing.cli;

import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.DaemonOption;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.load.BillingLoader;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose journal, which span of time, and which rates. */
final class BillingOptions {
    @Mixin
    private DaemonOption daemon;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Units that ended at this time or later: 2026-11-21, of billing.yaml's zone, or 2026-11-21T08:00:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "And before this time.")
    private String to;

    /** The journals of all shards. */
    List<JournalFiles> shards() {
        final Path data = daemon.dataDirectory();
        final List<JournalFiles> shards = JournalFiles.in(data);
        if (shards.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, data + " has no journal", "give the directory that `data` of gateway.yaml names");
        }
        return shards;
    }

    /** The rates of the daemon's configuration. */
    BillingConfig billing() {
        return load(daemon.conf());
    }

    /** The rates of a directory. */
    static BillingConfig load(final Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    "there is no directory " + directory,
                    "give one with billing.yaml and rates.csv; either may be absent");
        }
        final BillingLoader.Result result = BillingLoader.load(directory);
        return result.config()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.CONFIG, "the rates in " + directory + " are wrong:\n" + result.report(), ""));
    }

    long fromMs(final ZoneId zone) {
        return from == null ? Long.MIN_VALUE : time(from, zone);
    }

    long toMs(final ZoneId zone) {
        return to == null ? Long.MAX_VALUE : time(to, zone);
    }

    private static long time(final String text, final ZoneId zone) {
        try {
            return text.length() == "2026-11-21".length()
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant().toEpochMilli()
                    : Instant.parse(text).toEpochMilli();
        } catch (final DateTimeException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + text + "` is not a time", "write 2026-11-21 or 2026-11-21T08:00:00Z");
        }
    }
}
