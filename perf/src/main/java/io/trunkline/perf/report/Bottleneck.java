package io.trunkline.perf.report;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.RoleCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells whether the generator rather than the peer set the pace; then the figures are the generator's. */
final class Bottleneck {
    /** A generator that is later than this at the 99th percentile measures itself, in microseconds. */
    private static final double LATE_US = 10_000;
    /** Part of a core at which a thread has no time left. */
    private static final double BUSY = 0.95;
    /** Milliseconds of collections a second that show in a 99th percentile. */
    private static final double GC_MS = 10;

    private Bottleneck() {}

    static List<String> warnings(
            final boolean openLoop,
            final RoleCounts counts,
            final List<RunSummary.StageLine> stages,
            final Second.Generator generator) {
        final List<String> warnings = new ArrayList<>();
        final boolean threadFull = generator.busiest() > BUSY;
        if (threadFull) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the generator was the bottleneck: its busiest thread used %.0f %% of a core; use more roles or"
                            + " processes",
                    generator.busiest() * 100));
        }
        final double lagUs = stages.stream()
                .filter(line -> line.key().equals(LoadStage.SENT.key()))
                .mapToDouble(line -> line.us().p99())
                .findFirst()
                .orElse(0);
        if (openLoop && (counts.dropped() > 0 || lagUs > LATE_US)) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "units left late: 99 %% of them within %s, %,d more than 1 ms late, %,d dropped; %s",
                    Percentiles.time(lagUs),
                    counts.late(),
                    counts.dropped(),
                    threadFull
                            ? "the generator could not keep to the schedule"
                            : "the window or the peer's credit held them back, or the machine was busy"));
        }
        if (generator.machine() > BUSY) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the machine was %.0f %% busy: what shares it with the generator shared its CPU, too",
                    generator.machine() * 100));
        }
        if (generator.gcMs() > GC_MS) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the generator spent %.0f ms a second on garbage collection: give it more heap (TRUNKLINE_HEAP)",
                    generator.gcMs()));
        }
        return warnings;
    }
}
