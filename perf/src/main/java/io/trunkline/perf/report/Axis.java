package io.trunkline.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** The upright axis of a chart: linear from 0, or logarithmic over whole decades. */
final class Axis {
    private final boolean log;
    private final double low;
    private final double high;
    private final List<Double> ticks = new ArrayList<>();

    private Axis(final boolean log, final double low, final double high) {
        this.log = log;
        this.low = low;
        this.high = high;
    }

    static Axis linear(final double highest) {
        final double step = niceStep(highest / 4.5);
        final double high = Math.ceil(highest * 1.02 / step) * step;
        final Axis axis = new Axis(false, 0, high);
        for (double tick = 0; tick <= high * 1.0001; tick += step) {
            axis.ticks.add(tick);
        }
        return axis;
    }

    static Axis logarithmic(final double lowest, final double highest) {
        final double low = Math.pow(10, Math.floor(Math.log10(Math.max(lowest, 1e-3))));
        final double high = Math.max(low * 10, Math.pow(10, Math.ceil(Math.log10(highest * 1.05))));
        final Axis axis = new Axis(true, low, high);
        for (double tick = low; tick <= high * 1.0001; tick *= 10) {
            axis.ticks.add(tick);
        }
        return axis;
    }

    /** 1, 2 or 5 of a power of ten, at least {@code value}. */
    static double niceStep(final double value) {
        final double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
        for (final double factor : new double[] {1, 2, 5}) {
            if (factor * power >= value * 0.9999) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** Where a value is in a chart of {@link LineChart}'s height. */
    double y(final double value) {
        final double part = log
                ? (Math.log10(Math.max(value, low)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value - low) / (high - low);
        return LineChart.HEIGHT
                - LineChart.BOTTOM
                - Math.min(1.0, part) * (LineChart.HEIGHT - LineChart.TOP - LineChart.BOTTOM);
    }

    /** The same axis lying down, between two x. */
    double x(final double value, final double from, final double to) {
        final double part = (Math.log10(Math.max(value, low)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
        return from + Math.min(1.0, part) * (to - from);
    }

    List<Double> ticks() {
        return ticks;
    }

    void draw(final Svg svg, final DoubleFunction<String> format) {
        for (final double tick : ticks) {
            final double y = y(tick);
            svg.add(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LineChart.LEFT, LineChart.WIDTH - LineChart.RIGHT, y, y);
            svg.add(
                    "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LineChart.LEFT - 7, y + 4, format.apply(tick));
        }
    }
}
