package io.trunkline.perf.report;

import io.trunkline.perf.load.LoadStage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A bound that a run must keep: {@code lost=0}, {@code answer-p99<=6ms}, {@code rate>=100000}, {@code refused<=1%}.
 *
 * @param text as it was given
 * @param measure what is bounded, such as {@code answer-p99}
 * @param percent whether the bound is a part of what was sent
 * @param bound in units, units a second or microseconds
 */
public record Threshold(String text, String measure, Relation relation, boolean percent, double bound) {
    /** How the measured value must stand to the bound. */
    public enum Relation {
        // The longer ones first: they begin like the shorter.
        AT_MOST("<="),
        AT_LEAST(">="),
        BELOW("<"),
        ABOVE(">"),
        EQUAL("=");

        private final String sign;

        Relation(final String sign) {
            this.sign = sign;
        }

        boolean holds(final double value, final double bound) {
            return switch (this) {
                case AT_MOST -> value <= bound;
                case AT_LEAST -> value >= bound;
                case BELOW -> value < bound;
                case ABOVE -> value > bound;
                case EQUAL -> value == bound;
            };
        }
    }

    /** A threshold and what was measured, both ready to print. */
    public record Result(String text, String measured, boolean kept) {}

    private static final List<String> COUNTS = List.of(
            "rate", "answered-rate", "lost", "dropped", "late", "refused", "unanswered", "undelivered", "disconnects");
    private static final List<String> POINTS = List.of("mean", "p50", "p90", "p99", "p99.9", "p99.99", "max");

    /**
     * Reads a threshold.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Threshold parse(final String text) {
        for (final Relation relation : Relation.values()) {
            final int at = text.indexOf(relation.sign);
            if (at > 0) {
                final String measure = text.substring(0, at).strip().toLowerCase(Locale.ROOT);
                final String value =
                        text.substring(at + relation.sign.length()).strip().toLowerCase(Locale.ROOT);
                known(measure);
                final boolean percent = value.endsWith("%");
                return new Threshold(text, measure, relation, percent, value(text, value, COUNTS.contains(measure)));
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a threshold: write answer-p99<=6ms or rate>=1000");
    }

    private static void known(final String measure) {
        if (COUNTS.contains(measure)) {
            return;
        }
        if (stage(measure) != null && POINTS.contains(point(measure))) {
            return;
        }
        throw new IllegalArgumentException(
                "'" + measure + "' cannot be bounded; known are " + String.join(", ", COUNTS) + ", and one of "
                        + Arrays.stream(LoadStage.values()).map(LoadStage::key).collect(Collectors.joining(", "))
                        + " with one of -" + String.join(", -", POINTS));
    }

    private static LoadStage stage(final String measure) {
        final int dash = measure.lastIndexOf('-');
        for (final LoadStage stage : LoadStage.values()) {
            if (dash > 0 && stage.key().equals(measure.substring(0, dash))) {
                return stage;
            }
        }
        return null;
    }

    private static double value(final String text, final String value, final boolean count) {
        double scale = 1;
        String digits = value;
        for (final Unit unit : Unit.values()) {
            if (value.endsWith(unit.suffix)) {
                if (unit == Unit.PERCENT ? !count : count) {
                    break;
                }
                scale = unit.scale;
                digits = value.substring(0, value.length() - unit.suffix.length())
                        .strip();
                break;
            }
        }
        // A latency without a unit would be read as one that nobody meant.
        final boolean unitFits = count || !digits.equals(value);
        try {
            final double number = Double.parseDouble(digits) * scale;
            if (unitFits && number >= 0) {
                return number;
            }
        } catch (final NumberFormatException e) {
            throw badValue(text, count, e);
        }
        throw badValue(text, count, null);
    }

    private static IllegalArgumentException badValue(
            final String text, final boolean count, final NumberFormatException cause) {
        return new IllegalArgumentException(
                "'" + text + "' has no value that fits: "
                        + (count ? "write a number or a percentage" : "write a time as 400us, 6ms or 2s"),
                cause);
    }

    /** In the order in which they are tried: "s" ends all times. */
    private enum Unit {
        MICROSECONDS("us", 1),
        MILLISECONDS("ms", 1_000),
        SECONDS("s", 1_000_000),
        PERCENT("%", 1);

        private final String suffix;
        private final double scale;

        Unit(final String suffix, final double scale) {
            this.suffix = suffix;
            this.scale = scale;
        }
    }

    /** What a run makes of it. A latency of which nothing was measured is not kept. */
    public Result judge(final RunSummary run) {
        final LoadStage stage = COUNTS.contains(measure) ? null : stage(measure);
        if (stage != null) {
            final Percentiles measured = run.stage(stage);
            if (measured.count() == 0) {
                return new Result(text, "nothing measured", false);
            }
            final double us = at(measured);
            return new Result(text, Percentiles.time(us), relation.holds(us, bound));
        }
        final double count = count(run);
        final double value = percent ? 100 * count / Math.max(1, run.counts().sent()) : count;
        return new Result(
                text,
                percent ? String.format(Locale.ROOT, "%.3f %%", value) : String.format(Locale.ROOT, "%,.0f", value),
                relation.holds(value, bound));
    }

    private double at(final Percentiles us) {
        return switch (point(measure)) {
            case "mean" -> us.mean();
            case "max" -> us.max();
            case "p50" -> us.p50();
            case "p90" -> us.p90();
            case "p99" -> us.p99();
            case "p99.9" -> us.p999();
            default -> us.p9999();
        };
    }

    private static String point(final String measure) {
        return measure.substring(measure.lastIndexOf('-') + 1);
    }

    private double count(final RunSummary run) {
        return switch (measure) {
            case "rate" -> run.achieved();
            case "answered-rate" -> run.rates().acknowledged();
            case "lost" -> run.lost();
            case "dropped" -> run.counts().dropped();
            case "late" -> run.counts().late();
            case "refused" -> run.counts().refused();
            case "unanswered" -> run.counts().inFlight() + run.counts().abandoned();
            case "undelivered" -> run.counts().ended() - run.counts().delivered();
            default -> run.counts().disconnects();
        };
    }
}
