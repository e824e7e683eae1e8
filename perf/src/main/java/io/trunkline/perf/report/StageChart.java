package io.trunkline.perf.report;

import java.util.List;

/** Where the time of one message goes: a row for each stage, from its median to its slowest. */
final class StageChart {
    private static final int WIDTH = 1260;
    private static final int LEFT = 190;
    private static final int RIGHT = 30;
    private static final int ROW = 34;
    private static final int TOP = 10;

    private StageChart() {}

    static String svg(final List<RunSummary.StageLine> stages) {
        final List<RunSummary.StageLine> shown =
                stages.stream().filter(stage -> stage.us().count() > 0).toList();
        if (shown.isEmpty()) {
            return "";
        }
        final double lowest = shown.stream()
                .mapToDouble(stage -> Math.max(1, stage.us().p50()))
                .min()
                .orElse(1);
        final double highest =
                shown.stream().mapToDouble(stage -> stage.us().max()).max().orElse(1);
        final Axis axis = Axis.logarithmic(lowest, highest);
        final int bottom = TOP + ROW * shown.size();
        final Svg svg = new Svg();
        svg.add("<figure class=\"chart wide\"><figcaption><b>Where the time goes</b>"
                + " <span>from the intended send time to each stage; the axis is logarithmic</span></figcaption>");
        svg.raw("<div class=\"legend\"><span><i style=\"background:#2563eb\"></i>up to the median</span>"
                + "<span><i style=\"background:#93b4f5\"></i>up to p99</span>"
                + "<span><i style=\"background:#f59e0b\"></i>p99.9</span>"
                + "<span><i style=\"background:#dc2626\"></i>slowest</span></div>");
        svg.add(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Where the time goes\" class=\"plot\">",
                WIDTH, bottom + 26);
        for (final double tick : axis.ticks()) {
            final double x = axis.x(tick, LEFT, WIDTH - RIGHT);
            svg.add("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x, x, TOP, bottom);
            svg.add(
                    "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x, bottom + 18, Percentiles.round(tick));
        }
        for (int i = 0; i < shown.size(); i++) {
            row(svg, shown.get(i), TOP + i * ROW, axis);
        }
        return svg.raw("</svg></figure>\n").toString();
    }

    private static void row(final Svg svg, final RunSummary.StageLine stage, final int y, final Axis axis) {
        final Percentiles us = stage.us();
        final double p50 = axis.x(us.p50(), LEFT, WIDTH - RIGHT);
        final double p99 = axis.x(us.p99(), LEFT, WIDTH - RIGHT);
        final double p999 = axis.x(us.p999(), LEFT, WIDTH - RIGHT);
        final double max = axis.x(us.max(), LEFT, WIDTH - RIGHT);
        svg.add("<g><title>%s: %s</title>", Svg.escape(stage.label()), us);
        svg.add(
                "<text class=\"name\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                LEFT - 12, y + 22, Svg.escape(stage.label()));
        svg.add(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" rx=\"2\" fill=\"#93b4f5\"/>",
                LEFT, y + 9, Math.max(1, p99 - LEFT));
        svg.add(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" rx=\"2\" fill=\"#2563eb\"/>",
                LEFT, y + 9, Math.max(1, p50 - LEFT));
        svg.add(
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#cbd5e1\" stroke-width=\"1.5\"/>",
                p99, max, y + 17, y + 17);
        svg.add("<rect x=\"%.1f\" y=\"%d\" width=\"3\" height=\"16\" fill=\"#f59e0b\"/>", p999 - 1.5, y + 9);
        svg.add("<circle cx=\"%.1f\" cy=\"%d\" r=\"4\" fill=\"#dc2626\"/></g>", max, y + 17);
    }
}
