package io.trunkline.perf.screen;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.report.Percentiles;
import io.trunkline.perf.report.Second;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A line a second. */
final class PlainLines implements RunView {
    private final PrintWriter out;

    PlainLines(final PrintWriter out) {
        this.out = out;
    }

    @Override
    public void onSecond(final Second second, final Map<LoadStage, Histogram> stages) {
        final StringBuilder line = new StringBuilder(160);
        line.append(String.format(
                Locale.ROOT,
                "%6.1fs  offered %,7.0f  sent %,7.0f  acknowledged %,7.0f  ended %,7.0f /s  in flight %,d  open %,d",
                second.at(),
                second.offered(),
                second.sent(),
                second.acknowledged(),
                second.ended(),
                second.inFlight(),
                second.open()));
        if (second.errors() > 0) {
            line.append(String.format(Locale.ROOT, "  errors %,.0f/s", second.errors()));
        }
        final Percentiles answer = second.stages().get(LoadStage.ACKNOWLEDGED.key());
        if (answer != null && answer.count() > 0) {
            line.append("  answer p50 ")
                    .append(Percentiles.time(answer.p50()))
                    .append(" p99 ")
                    .append(Percentiles.time(answer.p99()));
        }
        final Double lag = second.gateway().get("journalLag");
        if (lag != null) {
            line.append(String.format(Locale.ROOT, "  journal lag %,.0f", lag));
        }
        out.println(line);
        out.flush();
    }

    @Override
    public void phase(final String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
