package io.trunkline.perf.report;

import io.trunkline.perf.load.RoleCounts;
import java.util.Locale;
import java.util.StringJoiner;

/** The summary for a terminal, ending in a line for scripts. */
public final class RunText {
    private RunText() {}

    public static String of(final RunSummary run) {
        final Svg text = new Svg();
        final RoleCounts counts = run.counts();
        text.add("");
        run.roles()
                .forEach(role -> text.add(
                        "%s: %s, %s",
                        role.name(), role.schedule(), words(role.state().name())));
        if (run.outcome() != RunSummary.Outcome.COMPLETED) {
            text.add("%s%s", words(run.outcome().name()), run.trouble().isEmpty() ? "" : ": " + run.trouble());
        }
        text.add(
                "sent %,d  acknowledged %,d  refused %,d  dropped %,d  late %,d  unanswered %,d",
                counts.sent(),
                counts.acknowledged(),
                counts.refused(),
                counts.dropped(),
                counts.late(),
                counts.inFlight() + counts.abandoned());
        if (counts.ended() > 0) {
            text.add("ended %,d  of them delivered %,d  open %,d", counts.ended(), counts.delivered(), counts.open());
        }
        text.add(
                "in %.1f s measured: offered %,.0f  acknowledged %,.0f  ended %,.0f a second",
                run.seconds(),
                run.rates().offered(),
                run.rates().acknowledged(),
                run.rates().ended());
        if (counts.sent() > 0) {
            stages(run, text);
        }
        run.errors().forEach((what, count) -> text.add("%,12d  %s", count, what));
        run.thresholds()
                .forEach(result -> text.add(
                        "%-9s %s, measured %s", result.kept() ? "kept" : "NOT KEPT", result.text(), result.measured()));
        if (counts.sent() > 0) {
            run.reconciliation()
                    .forEach(check ->
                            text.add("%-9s %s: %s", check.passed() ? "PASS" : "FAIL", check.what(), check.detail()));
        }
        run.warnings().forEach(warning -> text.add("WARNING   %s", warning));
        final StringJoiner last = new StringJoiner(" ", "load: ", "");
        run.keyFigures().forEach((name, value) -> last.add(name + "=" + value));
        text.add("%s", last);
        return text.toString();
    }

    private static void stages(final RunSummary run, final Svg text) {
        text.add("");
        text.add("from the intended send to …  %10s %10s %10s %10s", "p50", "p99", "p99.9", "max");
        for (final RunSummary.StageLine stage : run.stages()) {
            final Percentiles us = stage.us();
            if (us.count() > 0) {
                text.add(
                        "  %-27s%10s %10s %10s %10s",
                        stage.label(),
                        Percentiles.time(us.p50()),
                        Percentiles.time(us.p99()),
                        Percentiles.time(us.p999()),
                        Percentiles.time(us.max()));
            }
        }
        text.add("");
    }

    private static String words(final String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
