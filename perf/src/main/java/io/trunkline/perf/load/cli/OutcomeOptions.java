package io.trunkline.perf.load.cli;

import io.trunkline.perf.report.Threshold;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is made of a run: the options that every load command shares. */
public final class OutcomeOptions {
    @Option(
            names = "--expect",
            paramLabel = "BOUND",
            description = "A bound to keep, such as lost=0, answer-p99<=6ms, rate>=1000, refused<=1%%.")
    private List<String> expectations = List.of();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Writes report.html, summary.json, seconds.csv, run.hlog and a .hgrm for each stage there.")
    private Path report;

    @Option(names = "--title", description = "Heading of the report.")
    private String title;

    @Option(names = "--json", description = "Prints the summary as JSON and nothing else.")
    private boolean json;

    @Option(names = "--plain", description = "A line a second, also on a terminal.")
    private boolean plain;

    @Option(names = "--warmup", paramLabel = "SECONDS", description = "Not measured, at the beginning. Default: 0.")
    private String warmup;

    @Option(names = "--drain", paramLabel = "SECONDS", description = "Wait for last words. Default: ${DEFAULT-VALUE}.")
    private String drain = "30";

    @Option(
            names = "--connect-within",
            paramLabel = "SECONDS",
            description = "Give up where no connection comes about. Default: ${DEFAULT-VALUE}.")
    private String connectWithin = "10";

    @Option(
            names = "--give-up",
            paramLabel = "SECONDS",
            description = "End the run where the peer stays away for so long. Default: ${DEFAULT-VALUE}.")
    private String giveUp = "10";

    @Option(
            names = "--metrics",
            paramLabel = "URL",
            description = "The gateway's metrics, for its journal lag, CPU and queues in the report.")
    private URI metrics;

    @Option(
            names = "--carrier-log",
            paramLabel = "FILE",
            description = "Log of `trunkline sim --log`: adds the carrier's stages, and reconciles receipts.")
    private List<Path> carrierLogs = List.of();

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "The gateway's data directory, read after the run: adds its stages, and reconciles them.")
    private Path journal;

    List<Threshold> thresholds() {
        return expectations.stream().map(Threshold::parse).toList();
    }

    Optional<Path> report() {
        return Optional.ofNullable(report);
    }

    String title(final String otherwise) {
        return title == null ? otherwise : title;
    }

    boolean json() {
        return json;
    }

    boolean plain() {
        return plain;
    }

    Duration warmup() {
        return warmup == null || warmup.strip().equals("0") ? Duration.ZERO : Durations.parse("--warmup", warmup);
    }

    Duration drain() {
        return drain.strip().equals("0") ? Duration.ZERO : Durations.parse("--drain", drain);
    }

    Duration connectWithin() {
        return Durations.parse("--connect-within", connectWithin);
    }

    Duration giveUp() {
        return Durations.parse("--give-up", giveUp);
    }

    Optional<URI> metrics() {
        return Optional.ofNullable(metrics);
    }

    List<Path> carrierLogs() {
        return carrierLogs;
    }

    Optional<Path> journal() {
        return Optional.ofNullable(journal);
    }

    /** Everything that can be wrong is found before anything is sent. */
    public void check() {
        thresholds();
        warmup();
        drain();
        connectWithin();
        giveUp();
        if (metrics != null && !"http".equals(metrics.getScheme()) && !"https".equals(metrics.getScheme())) {
            throw new IllegalArgumentException("--metrics wants http://HOST:PORT/metrics, not '" + metrics + "'");
        }
    }
}
