package io.trunkline.perf.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Latency by percentile, the tail stretched: each step to the right has a tenth of the units that the last had. */
final class PercentileChart {
    private static final double US = 1000.0;
    private static final String[] TICKS = {"0", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %", "99.9999 %"};
    private static final int TICKS_PER_HALF = 10;

    private final Map<String, Histogram> curves = new LinkedHashMap<>();
    private final Map<String, String> colors = new LinkedHashMap<>();

    PercentileChart curve(final String name, final String color, final Histogram histogram) {
        if (histogram.getTotalCount() > 0) {
            curves.put(name, histogram);
            colors.put(name, color);
        }
        return this;
    }

    boolean empty() {
        return curves.isEmpty();
    }

    String svg() {
        long most = 1;
        double lowest = Double.MAX_VALUE;
        double highest = 1;
        for (final Histogram histogram : curves.values()) {
            most = Math.max(most, histogram.getTotalCount());
            lowest = Math.min(lowest, Math.max(histogram.getValueAtPercentile(1) / US, 1));
            highest = Math.max(highest, histogram.getMaxValue() / US);
        }
        final double decades = Math.min(6, Math.max(2, Math.log10((double) most)));
        final Axis axis = Axis.logarithmic(lowest, highest);
        final Svg svg = new Svg();
        svg.add("<figure class=\"chart\"><figcaption><b>Latency by percentile</b>"
                + " <span>from the intended send time, whole measured time</span></figcaption>");
        svg.raw("<div class=\"legend\">");
        colors.forEach(
                (name, color) -> svg.add("<span><i style=\"background:%s\"></i>%s</span>", color, Svg.escape(name)));
        svg.raw("</div>");
        svg.add(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Latency by percentile\" class=\"plot\">",
                LineChart.WIDTH, LineChart.HEIGHT);
        axis.draw(svg, Percentiles::round);
        for (int tick = 0; tick <= decades; tick++) {
            final double x = x(tick, decades);
            svg.add(
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                    x, x, LineChart.TOP, LineChart.HEIGHT - LineChart.BOTTOM);
            svg.add(
                    "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>",
                    x, LineChart.HEIGHT - LineChart.BOTTOM + 17, decades - tick < 0.15 ? "end" : "middle", TICKS[tick]);
        }
        curves.forEach((name, histogram) -> svg.add(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" stroke-linejoin=\"round\"/>",
                path(histogram, axis, decades), colors.get(name)));
        return svg.raw("</svg></figure>\n").toString();
    }

    private static double x(final double decade, final double decades) {
        return LineChart.LEFT
                + Math.min(decade, decades) / decades * (LineChart.WIDTH - LineChart.LEFT - LineChart.RIGHT);
    }

    private static String path(final Histogram histogram, final Axis axis, final double decades) {
        final StringBuilder path = new StringBuilder();
        for (final HistogramIterationValue value : histogram.percentiles(TICKS_PER_HALF)) {
            final double left = 1 - value.getPercentileLevelIteratedTo() / 100;
            final double decade = left <= 0 ? Math.log10((double) histogram.getTotalCount()) : -Math.log10(left);
            path.append(path.length() == 0 ? 'M' : 'L')
                    .append(Math.round(x(decade, decades) * 10) / 10.0)
                    .append(' ')
                    .append(Math.round(axis.y(value.getValueIteratedTo() / US) * 10) / 10.0);
        }
        return path.toString();
    }
}
