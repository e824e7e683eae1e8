package io.trunkline.perf.report;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Points of a distribution, in microseconds; all 0 where nothing was recorded. */
public record Percentiles(
        long count, double mean, double p50, double p90, double p99, double p999, double p9999, double max) {
    private static final double US = 1000.0;

    public static Percentiles of(final Histogram histogram) {
        final boolean empty = histogram.getTotalCount() == 0;
        return new Percentiles(
                histogram.getTotalCount(),
                empty ? 0 : histogram.getMean() / US,
                at(histogram, 50),
                at(histogram, 90),
                at(histogram, 99),
                at(histogram, 99.9),
                at(histogram, 99.99),
                empty ? 0 : histogram.getMaxValue() / US);
    }

    private static double at(final Histogram histogram, final double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / US;
    }

    /** A duration for people, three digits of it: {@code 850 us}, {@code 1.25 ms}, {@code 3.10 s}. */
    public static String time(final double us) {
        if (us < 999.5) {
            return String.format(Locale.ROOT, us < 10 ? "%.1f us" : "%.0f us", us);
        }
        final double ms = us / 1000;
        return ms < 999.5 ? three(ms) + " ms" : three(ms / 1000) + " s";
    }

    private static String three(final double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    /** The same for an axis, where 1.00 ms is 1 ms. */
    static String round(final double us) {
        return time(us).replaceFirst("[.]0+ ", " ");
    }

    @Override
    public String toString() {
        return count == 0
                ? "none"
                : "p50 " + time(p50) + "  p99 " + time(p99) + "  p99.9 " + time(p999) + "  max " + time(max);
    }
}
