package io.trunkline.perf.load;

import io.trunkline.perf.load.LoadCounters.Counter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What came of a run, as values to print or to judge.
 *
 * @param seconds from the first unit to the moment of the report
 * @param answered latency from the intended time to the answer, in microseconds
 * @param terminal latency from the intended time to the terminal status, in microseconds
 * @param sendLag how late the generator itself was, in microseconds
 */
public record LoadReport(
        String schedule,
        double seconds,
        Map<String, Long> counts,
        Map<Integer, Long> refusals,
        Map<Integer, Long> ends,
        Percentiles answered,
        Percentiles terminal,
        Percentiles sendLag) {
    private static final double US = 1000.0;
    /** A generator that is later than this at the 99th percentile measures itself. */
    private static final double LATE_US = 10_000;

    /** Points of a distribution, in microseconds. */
    public record Percentiles(long count, double p50, double p99, double p999, double max) {
        static Percentiles of(final Histogram histogram) {
            return new Percentiles(
                    histogram.getTotalCount(),
                    histogram.getValueAtPercentile(50) / US,
                    histogram.getValueAtPercentile(99) / US,
                    histogram.getValueAtPercentile(99.9) / US,
                    histogram.getTotalCount() == 0 ? 0 : histogram.getMaxValue() / US);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "p50 %s  p99 %s  p99.9 %s  max %s", time(p50), time(p99), time(p999), time(max));
        }

        private static String time(final double us) {
            return us < 1000
                    ? String.format(Locale.ROOT, "%.0f us", us)
                    : us < 1_000_000
                            ? String.format(Locale.ROOT, "%.2f ms", us / 1000)
                            : String.format(Locale.ROOT, "%.2f s", us / 1_000_000);
        }
    }

    /** The report of a run up to now. */
    public static LoadReport of(final LoadRun run) {
        final Map<String, Long> counts = new LinkedHashMap<>();
        for (final Counter counter : Counter.values()) {
            counts.put(counter.name().toLowerCase(Locale.ROOT), run.counters().get(counter));
        }
        return new LoadReport(
                run.plan().schedule().toString(),
                run.elapsedNs() / 1e9,
                counts,
                run.counters().refusals(),
                run.counters().ends(),
                Percentiles.of(run.latencies().answered().total()),
                Percentiles.of(run.latencies().terminal().total()),
                Percentiles.of(run.latencies().sendLag().total()));
    }

    public long count(final Counter counter) {
        return counts.getOrDefault(counter.name().toLowerCase(Locale.ROOT), 0L);
    }

    /** Accepted units that have no terminal state. */
    public long open() {
        return count(Counter.ACCEPTED) - count(Counter.TERMINAL);
    }

    /** Units that neither were answered. */
    public long unanswered() {
        return count(Counter.SENT) - count(Counter.ACCEPTED) - count(Counter.REFUSED);
    }

    /** Whether the generator rather than the gateway set the pace. */
    public boolean generatorWasLate() {
        return count(Counter.DROPPED) > 0 || (sendLag.p99 > LATE_US && !schedule.startsWith("closed"));
    }

    /** The report for people. */
    public String text() {
        final StringBuilder text = new StringBuilder(512);
        text.append(String.format(
                Locale.ROOT,
                "%s, %.1f s: sent %,d  accepted %,d  refused %,d  dropped %,d  unanswered %,d%n",
                schedule,
                seconds,
                count(Counter.SENT),
                count(Counter.ACCEPTED),
                count(Counter.REFUSED),
                count(Counter.DROPPED),
                unanswered()));
        text.append(String.format(
                Locale.ROOT,
                "ends: delivered %,d  undelivered %,d  failed %,d  expired %,d  cancelled %,d  unknown %,d  open %,d%n",
                count(Counter.DELIVERED),
                count(Counter.UNDELIVERED),
                count(Counter.FAILED),
                count(Counter.EXPIRED),
                count(Counter.CANCELLED),
                count(Counter.UNKNOWN),
                open()));
        text.append("to the answer:   ").append(answered).append(System.lineSeparator());
        text.append("to the last word: ").append(terminal).append(System.lineSeparator());
        text.append("generator's lag: ").append(sendLag).append(System.lineSeparator());
        if (!refusals.isEmpty()) {
            text.append("refusals by code: ").append(refusals).append(System.lineSeparator());
        }
        if (ends.size() > 1 || !ends.containsKey(0)) {
            text.append("ends by code:      ").append(ends).append(System.lineSeparator());
        }
        if (generatorWasLate()) {
            text.append("WARNING: the generator was the bottleneck; these figures are not the gateway's")
                    .append(System.lineSeparator());
        }
        return text.toString();
    }
}
