package io.trunkline.perf.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Curves over the seconds of a run, as inline SVG with what a pointer asks for in data attributes. */
final class LineChart {
    static final int WIDTH = 620;
    static final int HEIGHT = 260;
    static final int LEFT = 62;
    static final int RIGHT = 14;
    static final int TOP = 12;
    static final int BOTTOM = 30;
    /** More points than pixels show nothing more. */
    private static final int MOST_POINTS = 500;

    /** One curve. */
    private static final class Series {
        final String name;
        final String color;
        final String dash;
        final double[] values;

        Series(final String name, final String color, final String dash, final double[] values) {
            this.name = name;
            this.color = color;
            this.dash = dash;
            this.values = values.clone();
        }
    }

    private final String title;
    private final String hint;
    private final double[] at;
    private final DoubleFunction<String> format;
    private final List<Series> series = new ArrayList<>();
    private boolean log;
    private boolean peaks;
    private double measuredFrom = Double.NaN;
    private double measuredTo = Double.NaN;
    private double least = 1;

    /** @param at the moment of each sample in seconds, rising */
    LineChart(final String title, final String hint, final double[] at, final DoubleFunction<String> format) {
        this.title = title;
        this.hint = hint;
        this.at = at.clone();
        this.format = format;
    }

    /** A logarithmic axis; what is 0 is not drawn. Points that are thinned out keep the highest. */
    LineChart logarithmic() {
        log = true;
        peaks = true;
        return this;
    }

    /** The axis goes up to this at least. */
    LineChart atLeast(final double value) {
        least = value;
        return this;
    }

    /** Shades what lies outside. */
    LineChart measured(final double from, final double to) {
        measuredFrom = from;
        measuredTo = to;
        return this;
    }

    LineChart curve(final String name, final String color, final double[] values) {
        return curve(name, color, "", values);
    }

    /** @param dash as SVG's stroke-dasharray; empty for a solid line */
    LineChart curve(final String name, final String color, final String dash, final double[] values) {
        if (Arrays.stream(values).anyMatch(value -> value > 0)) {
            series.add(new Series(name, color, dash, values));
        }
        return this;
    }

    /** A curve that is drawn also where it is 0 all the time: that it is 0 is the message. */
    LineChart always(final String name, final String color, final double[] values) {
        series.add(new Series(name, color, "", values));
        return this;
    }

    boolean empty() {
        return series.isEmpty();
    }

    String svg() {
        final int size = at.length;
        final int step = Math.max(1, (size + MOST_POINTS - 1) / MOST_POINTS);
        final double end = Math.max(1e-3, size == 0 ? 1 : at[size - 1]);
        final Axis axis = axis();
        final Svg svg = new Svg();
        svg.add("<figure class=\"chart\"><figcaption><b>%s</b> <span>%s</span></figcaption>", title, hint);
        svg.raw(legend());
        svg.add(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" class=\"plot\" data-points=\"%s\">",
                WIDTH, HEIGHT, Svg.escape(title), Svg.escape(points(step, end)));
        shade(svg, end);
        axis.draw(svg, log ? Percentiles::round : format);
        drawTime(svg, end);
        for (final Series each : series) {
            svg.add(
                    "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" stroke-linejoin=\"round\" stroke-linecap=\"round\"%s/>",
                    path(each, step, end, axis),
                    each.color,
                    each.dash.isEmpty() ? "" : " stroke-dasharray=\"" + each.dash + "\"");
        }
        svg.add(
                "<line class=\"cursor\" y1=\"%d\" y2=\"%d\" x1=\"-9\" x2=\"-9\"/></svg></figure>",
                TOP, HEIGHT - BOTTOM);
        return svg.toString();
    }

    private String legend() {
        final Svg html = new Svg();
        html.raw("<div class=\"legend\">");
        for (final Series each : series) {
            html.add("<span><i style=\"background:%s\"></i>%s</span>", each.color, Svg.escape(each.name));
        }
        return html.raw("</div>").toString();
    }

    private Axis axis() {
        double highest = 0;
        double lowest = Double.MAX_VALUE;
        for (final Series each : series) {
            for (final double value : each.values) {
                if (Double.isNaN(value)) {
                    // A gap: nobody could say what it was then.
                    continue;
                }
                highest = Math.max(highest, value);
                lowest = value > 0 ? Math.min(lowest, value) : lowest;
            }
        }
        return log
                ? Axis.logarithmic(Math.min(lowest, highest), Math.max(highest, 1))
                : Axis.linear(Math.max(highest, least));
    }

    private static double x(final double at, final double end) {
        return LEFT + at / end * (WIDTH - LEFT - RIGHT);
    }

    private String path(final Series each, final int step, final double end, final Axis axis) {
        final StringBuilder path = new StringBuilder();
        boolean down = false;
        for (int i = 0; i < at.length; i += step) {
            final double value = value(each, i, step);
            if (Double.isNaN(value) || (log && value <= 0)) {
                down = false;
                continue;
            }
            path.append(down ? 'L' : 'M')
                    .append(Math.round(x(at[last(i, step)], end) * 10) / 10.0)
                    .append(' ')
                    .append(Math.round(axis.y(value) * 10) / 10.0);
            if (!down) {
                // A point between two gaps shall be seen, too.
                path.append("h0.1");
            }
            down = true;
        }
        return path.toString();
    }

    private int last(final int from, final int step) {
        return Math.min(at.length, from + step) - 1;
    }

    private double value(final Series each, final int from, final int step) {
        double sum = 0;
        double most = 0;
        int count = 0;
        for (int i = from; i <= last(from, step); i++) {
            if (!Double.isNaN(each.values[i])) {
                sum += each.values[i];
                most = Math.max(most, each.values[i]);
                count++;
            }
        }
        return count == 0 ? Double.NaN : peaks ? most : sum / count;
    }

    private void shade(final Svg svg, final double end) {
        if (Double.isNaN(measuredFrom)) {
            return;
        }
        final double from = x(Math.max(0, measuredFrom), end);
        final double to = x(Math.min(end, measuredTo), end);
        final int height = HEIGHT - TOP - BOTTOM;
        if (from > LEFT + 1) {
            svg.add(
                    "<rect class=\"aside\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                    LEFT, TOP, from - LEFT, height);
        }
        if (to < WIDTH - RIGHT - 1) {
            svg.add(
                    "<rect class=\"aside\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                    to, TOP, WIDTH - RIGHT - to, height);
        }
    }

    private static void drawTime(final Svg svg, final double end) {
        final double step = Axis.niceStep(end / 6);
        for (double at = 0; at <= end * 1.0001; at += step) {
            svg.add(
                    "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(at, end), HEIGHT - BOTTOM + 17, clock(at));
        }
    }

    static String clock(final double seconds) {
        if (seconds >= 600) {
            return String.format(Locale.ROOT, "%.0f:%02.0f", Math.floor(seconds / 60), seconds % 60);
        }
        return seconds == Math.rint(seconds) ? (long) seconds + " s" : String.format(Locale.ROOT, "%.1f s", seconds);
    }

    /** For the pointer: x of each point, and its lines of text; fields by '|', points by ';'. */
    private String points(final int step, final double end) {
        final StringBuilder points = new StringBuilder();
        for (int i = 0; i < at.length; i += step) {
            points.append(i == 0 ? "" : ";")
                    .append(Math.round(x(at[last(i, step)], end)))
                    .append('|')
                    .append(clock(Math.round(at[last(i, step)] * 10) / 10.0));
            for (final Series each : series) {
                final double value = value(each, i, step);
                points.append('|').append(Double.isNaN(value) ? "" : each.name + " " + format.apply(value));
            }
        }
        return points.toString();
    }
}
