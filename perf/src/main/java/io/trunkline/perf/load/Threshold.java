package io.trunkline.perf.load;

import io.trunkline.perf.load.LoadCounters.Counter;
import java.util.List;
import java.util.Locale;

/**
 * A bound that a run must keep: {@code lost=0}, {@code answer-p99<=6ms}, {@code rate>=100000}, {@code refused<=1%}.
 *
 * @param most whether the bound is an upper one
 */
public record Threshold(String text, Measure measure, boolean most, double bound) {
    /** What can be bounded. Times are in microseconds. */
    public enum Measure {
        RATE("rate"),
        ANSWER_P50("answer-p50"),
        ANSWER_P99("answer-p99"),
        ANSWER_P999("answer-p99.9"),
        END_P50("end-p50"),
        END_P99("end-p99"),
        LOST("lost"),
        REFUSED("refused"),
        UNDELIVERED("undelivered");

        private final String key;

        Measure(final String key) {
            this.key = key;
        }

        double of(final LoadReport report) {
            return switch (this) {
                case RATE -> report.seconds() == 0 ? 0 : report.count(Counter.TERMINAL) / report.seconds();
                case ANSWER_P50 -> report.answered().p50();
                case ANSWER_P99 -> report.answered().p99();
                case ANSWER_P999 -> report.answered().p999();
                case END_P50 -> report.terminal().p50();
                case END_P99 -> report.terminal().p99();
                case LOST -> report.open() + report.unanswered() + report.count(Counter.DROPPED);
                case REFUSED -> report.count(Counter.REFUSED);
                case UNDELIVERED -> report.count(Counter.TERMINAL) - report.count(Counter.DELIVERED);
            };
        }
    }

    /**
     * Reads a threshold.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Threshold parse(final String text) {
        for (final String operator : List.of("<=", ">=", "=")) {
            final int at = text.indexOf(operator);
            if (at > 0) {
                return new Threshold(
                        text,
                        measure(text.substring(0, at).strip()),
                        !">=".equals(operator),
                        value(text.substring(at + operator.length()).strip().toLowerCase(Locale.ROOT)));
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a threshold: write answer-p99<=6ms or rate>=1000");
    }

    private static Measure measure(final String key) {
        for (final Measure measure : Measure.values()) {
            if (measure.key.equals(key)) {
                return measure;
            }
        }
        throw new IllegalArgumentException("'" + key + "' cannot be bounded; known are rate, answer-p50, answer-p99,"
                + " answer-p99.9, end-p50, end-p99, lost, refused, undelivered");
    }

    private static double value(final String text) {
        if (text.endsWith("us")) {
            return Double.parseDouble(text.substring(0, text.length() - 2));
        }
        if (text.endsWith("ms")) {
            return Double.parseDouble(text.substring(0, text.length() - 2)) * 1000;
        }
        if (text.endsWith("s")) {
            return Double.parseDouble(text.substring(0, text.length() - 1)) * 1_000_000;
        }
        return Double.parseDouble(text);
    }

    /** Whether the run kept it. */
    public boolean holds(final LoadReport report) {
        final double value = measure.of(report);
        return most ? value <= bound : value >= bound;
    }

    /** The measured value, for a line about a threshold that was not kept. */
    public double measured(final LoadReport report) {
        return measure.of(report);
    }
}
