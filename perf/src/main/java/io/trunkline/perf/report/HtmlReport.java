package io.trunkline.perf.report;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.RoleCounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The report as one file of HTML that needs nothing else: no network, no fonts, no libraries. */
final class HtmlReport {
    private final RunSummary run;
    private final HtmlCharts charts;

    HtmlReport(final RunSummary run, final List<Second> seconds, final Map<LoadStage, Histogram> stages) {
        this.run = run;
        this.charts = new HtmlCharts(run, seconds, stages);
    }

    String text() {
        final Svg html = new Svg();
        html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                + "<link rel=\"icon\" href=\"data:,\">\n<title>" + Svg.escape(run.title()) + "</title>\n<style>\n"
                + resource("report.css") + "</style></head><body>\n");
        header(html);
        html.raw("<main><div class=\"in\">\n");
        run.warnings().forEach(warning -> html.add("<p class=\"warn\"><b>Note:</b> %s.</p>", Svg.escape(warning)));
        cards(html);
        verdicts(html);
        html.raw("<h2>Over time</h2>\n<div class=\"grid2\">\n")
                .raw(charts.overTime())
                .raw("</div>\n<h2>Latency</h2>\n")
                .raw(StageChart.svg(run.stages()))
                .raw("<div class=\"grid2\">\n")
                .raw(charts.latency())
                .raw("</div>\n");
        stages(html);
        html.raw("<h2>Counts</h2>\n<div class=\"grid2\">\n");
        roles(html);
        errors(html);
        html.raw("</div>\n<h2>Environment</h2>\n");
        environment(html);
        html.raw("<p class=\"note\">Every latency counts from the moment at which the schedule meant the unit to leave,"
                + " not from when it did leave: a peer that stalls cannot hide the units that had to wait for it"
                + " (coordinated omission). Shaded: warm-up before, waiting for last words after; rates and latencies"
                + " leave out the warm-up.</p>\n");
        html.raw("</div></main>\n<script>\n" + resource("report.js") + "</script></body></html>\n");
        // Reports for terminals write "us"; here there is room for the real letter.
        return html.toString().replaceAll("(?<=[0-9]) us(?![a-z])", " µs");
    }

    private static String resource(final String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not packaged: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void header(final Svg html) {
        final boolean pass = run.kept() && run.reconciled() && run.outcome() != RunSummary.Outcome.ABORTED;
        html.raw("<header><div class=\"in\">\n");
        html.add("<span class=\"verdict %s\">%s</span>", pass ? "pass" : "fail", pass ? "PASS" : "FAIL");
        html.add("<h1>%s</h1>", Svg.escape(run.title()));
        html.add(
                "<p>%s &nbsp;·&nbsp; %s measured &nbsp;·&nbsp; %s%s</p>",
                run.roles().stream()
                        .map(role -> Svg.escape(role.name() + ": " + role.schedule()))
                        .collect(Collectors.joining("; ")),
                LineChart.clock(Math.round(run.seconds() * 10) / 10.0),
                Svg.escape(run.started().replace('T', ' ').replace("Z", " UTC")),
                switch (run.outcome()) {
                    case COMPLETED -> "";
                    case INTERRUPTED -> " &nbsp;·&nbsp; interrupted";
                    case ABORTED -> " &nbsp;·&nbsp; aborted: " + Svg.escape(run.trouble());
                });
        html.raw("</div></header>\n");
    }

    private void cards(final Svg html) {
        final Percentiles answer = run.stage(LoadStage.ACKNOWLEDGED);
        final Percentiles end = run.stage(LoadStage.ENDED);
        final RoleCounts counts = run.counts();
        html.raw("<div class=\"cards\">\n");
        if (run.rates().openLoop()) {
            card(html, "offered", Svg.count(Math.rint(run.rates().offered())), "/s", false);
        }
        card(html, "acknowledged", Svg.count(Math.rint(run.rates().acknowledged())), "/s", false);
        if (run.rates().ended() > 0) {
            card(html, "ended", Svg.count(Math.rint(run.rates().ended())), "/s", false);
        }
        time(html, "answer, p50", answer.count(), answer.p50());
        time(html, "answer, p99", answer.count(), answer.p99());
        time(html, "answer, p99.9", answer.count(), answer.p999());
        time(html, "last word, p99", end.count(), end.p99());
        card(html, "refused", Svg.count((double) counts.refused()), "", counts.refused() > 0);
        card(html, "lost", Svg.count((double) run.lost()), "", run.lost() > 0);
        html.raw("</div>\n");
    }

    private static void time(final Svg html, final String name, final long count, final double us) {
        if (count > 0) {
            final String[] parts = Percentiles.time(us).split(" ", 2);
            card(html, name, parts[0], " " + parts[1].replace("us", "µs"), false);
        }
    }

    private static void card(
            final Svg html, final String name, final String value, final String unit, final boolean bad) {
        html.add(
                "<div class=\"card%s\"><b>%s<small>%s</small></b><span>%s</span></div>",
                bad ? " bad" : "", value, unit, name);
    }

    private void verdicts(final Svg html) {
        html.raw("<div class=\"grid2\"><div><h2>Thresholds</h2><div class=\"box\"><table>\n");
        if (run.thresholds().isEmpty()) {
            html.raw("<tr><td>None were given (--expect).</td></tr>\n");
        } else {
            html.raw("<tr><th>bound</th><th class=\"n\">measured</th><th></th></tr>\n");
        }
        run.thresholds()
                .forEach(result -> html.add(
                        "<tr><td><code>%s</code></td><td class=\"n\">%s</td><td>%s</td></tr>",
                        Svg.escape(result.text()),
                        result.measured(),
                        result.kept() ? "<span class=\"ok\">kept</span>" : "<span class=\"no\">not kept</span>"));
        html.raw("</table></div></div><div><h2>Reconciliation</h2><div class=\"box\"><table>");
        html.raw("<tr><th>must hold</th><th class=\"n\">figures</th><th></th></tr>\n");
        run.reconciliation()
                .forEach(check -> html.add(
                        "<tr><td>%s</td><td class=\"n\">%s</td><td>%s</td></tr>",
                        Svg.escape(check.what()),
                        Svg.escape(check.detail()),
                        check.passed() ? "<span class=\"ok\">PASS</span>" : "<span class=\"no\">FAIL</span>"));
        html.raw("</table></div></div></div>\n");
    }

    private void stages(final Svg html) {
        html.raw("<div class=\"box\" style=\"margin-top:14px\"><table><tr><th>from the intended send to …</th>"
                + "<th class=\"n\">units</th><th class=\"n\">mean</th><th class=\"n\">p50</th><th class=\"n\">p90</th>"
                + "<th class=\"n\">p99</th><th class=\"n\">p99.9</th><th class=\"n\">p99.99</th><th class=\"n\">max</th>"
                + "<th></th></tr>\n");
        for (final RunSummary.StageLine stage : run.stages()) {
            final Percentiles us = stage.us();
            if (us.count() == 0) {
                continue;
            }
            html.add("<tr><td>%s</td><td class=\"n\">%,d</td>", Svg.escape(stage.label()), us.count());
            for (final double value :
                    new double[] {us.mean(), us.p50(), us.p90(), us.p99(), us.p999(), us.p9999(), us.max()}) {
                html.add("<td class=\"n\">%s</td>", Percentiles.time(value));
            }
            html.add("<td class=\"note\">%s</td></tr>", Svg.escape(stage.meaning()));
        }
        html.raw("</table></div>\n");
    }

    private void roles(final Svg html) {
        html.raw("<div class=\"box\"><table><tr><th>role</th><th class=\"n\">sent</th><th class=\"n\">acknowledged</th>"
                + "<th class=\"n\">refused</th><th class=\"n\">ended</th><th class=\"n\">dropped</th>"
                + "<th class=\"n\">late</th><th class=\"n\">unanswered</th></tr>\n");
        for (final RunSummary.RoleLine role : run.roles()) {
            final RoleCounts counts = role.counts();
            html.add("<tr><td>%s</td>", Svg.escape(role.name()));
            for (final long count : new long[] {
                counts.sent(),
                counts.acknowledged(),
                counts.refused(),
                counts.ended(),
                counts.dropped(),
                counts.late(),
                counts.inFlight() + counts.abandoned()
            }) {
                html.add("<td class=\"n\">%,d</td>", count);
            }
            html.raw("</tr>\n");
        }
        html.raw("</table></div>\n");
    }

    private void errors(final Svg html) {
        html.raw("<div class=\"box\"><table><tr><th>what was told</th><th class=\"n\">times</th></tr>\n");
        if (run.errors().isEmpty()) {
            html.raw("<tr><td>No refusal, no bad end.</td><td></td></tr>\n");
        }
        run.errors()
                .forEach((what, count) ->
                        html.add("<tr><td>%s</td><td class=\"n\">%,d</td></tr>", Svg.escape(what), count));
        html.raw("</table></div>\n");
    }

    private void environment(final Svg html) {
        html.raw("<div class=\"box\"><table>\n");
        run.environment()
                .forEach((name, value) -> html.add(
                        "<tr><td style=\"width:170px\">%s</td><td class=\"wrap\">%s</td></tr>",
                        Svg.escape(name), Svg.escape(value)));
        html.add("<tr><td>Command</td><td class=\"wrap\"><code>%s</code></td></tr>", Svg.escape(run.command()));
        html.add(
                "<tr><td>Generator</td><td>%s</td></tr></table></div>",
                String.format(
                        Locale.ROOT,
                        "%.2f cores, busiest thread %.0f %% of a core; machine %.0f %% busy; heap up to %.0f MiB",
                        run.generator().cpu(),
                        run.generator().busiest() * 100,
                        run.generator().machine() * 100,
                        run.generator().heapMiB()));
    }
}
