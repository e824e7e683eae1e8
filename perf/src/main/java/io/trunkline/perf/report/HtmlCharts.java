package io.trunkline.perf.report;

import io.trunkline.perf.load.LoadStage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The charts of a report. */
final class HtmlCharts {
    private static final String GREY = "#94a3b8";
    private static final String BLUE = "#2563eb";
    private static final String GREEN = "#059669";
    private static final String AMBER = "#f59e0b";
    private static final String ORANGE = "#ea580c";
    private static final String RED = "#dc2626";
    private static final String VIOLET = "#7c3aed";
    private static final List<String> COLORS =
            List.of(GREY, "#0ea5e9", BLUE, "#6366f1", VIOLET, "#c026d3", "#db2777", AMBER, ORANGE, GREEN);

    private final List<Second> seconds;
    private final Map<LoadStage, Histogram> stages;
    private final double[] at;
    private final double from;
    private final double to;

    HtmlCharts(final RunSummary run, final List<Second> seconds, final Map<LoadStage, Histogram> stages) {
        this.seconds = List.copyOf(seconds);
        this.stages = stages;
        this.at = seconds.stream().mapToDouble(Second::at).toArray();
        this.to = seconds.stream()
                .filter(Second::sending)
                .mapToDouble(Second::at)
                .max()
                .orElse(at.length == 0 ? 0 : at[at.length - 1]);
        this.from = Math.max(0, to - run.seconds());
    }

    private double[] values(final ToDoubleFunction<Second> value) {
        return seconds.stream().mapToDouble(value).toArray();
    }

    private double[] gateway(final String name) {
        return values(second -> second.gateway().getOrDefault(name, Double.NaN));
    }

    private LineChart chart(final String title, final String hint, final DoubleFunction<String> format) {
        return new LineChart(title, hint, at, format).measured(from, to);
    }

    /** Rates, what is under way, CPU; and the gateway's own figures where it was asked. */
    String overTime() {
        final StringBuilder html = new StringBuilder();
        append(
                html,
                chart("Throughput", "units a second", Svg::count)
                        .curve("offered", GREY, "5 4", values(Second::offered))
                        .curve("sent", "#0ea5e9", values(Second::sent))
                        .curve("acknowledged", BLUE, values(Second::acknowledged))
                        .curve("ended", GREEN, values(Second::ended))
                        .curve("received", VIOLET, values(Second::received))
                        .curve("refused, dropped", RED, values(Second::errors)));
        append(html, latencyOf(LoadStage.ACKNOWLEDGED, "Answer latency"));
        append(
                html,
                chart("Under way", "units at the end of each second", Svg::count)
                        .curve("in flight (unanswered)", BLUE, values(Second::inFlight))
                        .curve("open (no last word)", GREEN, values(Second::open))
                        .curve("gateway's journal lag, records", AMBER, gateway("journalLag"))
                        .curve("gateway's queues", VIOLET, gateway("queued")));
        append(
                html,
                chart("CPU", "cores in use", HtmlCharts::cores)
                        .atLeast(1)
                        .curve(
                                "machine",
                                GREY,
                                values(second -> second.generator().machine()
                                        * Runtime.getRuntime().availableProcessors()))
                        .curve(
                                "generator",
                                BLUE,
                                values(second -> second.generator().cpu()))
                        .curve("gateway", GREEN, gateway("cpu")));
        append(html, latencyOf(LoadStage.ENDED, "Last word latency"));
        append(html, latencyOf(LoadStage.SENT, "Generator's lag"));
        return html.toString();
    }

    private static String cores(final double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private LineChart latencyOf(final LoadStage stage, final String title) {
        return chart(title, stage.meaning() + "", Percentiles::time)
                .logarithmic()
                .curve("p50", BLUE, values(second -> of(second, stage).p50()))
                .curve("p99", AMBER, values(second -> of(second, stage).p99()))
                .curve("p99.9", ORANGE, values(second -> of(second, stage).p999()))
                .curve("max", RED, "2 3", values(second -> of(second, stage).max()));
    }

    private static Percentiles of(final Second second, final LoadStage stage) {
        return second.stages().getOrDefault(stage.key(), new Percentiles(0, 0, 0, 0, 0, 0, 0, 0));
    }

    /** The distribution of every stage, and what can disturb it. */
    String latency() {
        final StringBuilder html = new StringBuilder();
        final PercentileChart percentiles = new PercentileChart();
        final Map<LoadStage, String> colors = new LinkedHashMap<>();
        for (final LoadStage stage : LoadStage.values()) {
            colors.put(stage, COLORS.get(colors.size() % COLORS.size()));
        }
        colors.forEach((stage, color) -> {
            final Histogram histogram = stages.get(stage);
            if (histogram != null) {
                percentiles.curve(stage.label(), color, histogram);
            }
        });
        if (!percentiles.empty()) {
            html.append(percentiles.svg());
        }
        append(
                html,
                chart("Garbage collection", "milliseconds a second", value -> String.format(Locale.ROOT, "%.0f", value))
                        .atLeast(5)
                        .always(
                                "generator",
                                BLUE,
                                values(second -> second.generator().gcMs()))
                        .curve("gateway", GREEN, gateway("gcMs")));
        return html.toString();
    }

    private static void append(final StringBuilder html, final LineChart chart) {
        if (!chart.empty()) {
            html.append(chart.svg());
        }
    }
}
