package io.trunkline.perf.load.cli;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.report.Percentiles;
import io.trunkline.perf.report.RunSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Searches the highest constant rate that keeps the bounds: doubles until one does not, then halves the gap until it is
 * within 5 %. Each rate is a run of its own; nothing of it may be lost, and nothing may be left behind.
 */
final class FindMax {
    private static final double CLOSE_ENOUGH = 1.05;
    private static final int MOST_TRIALS = 25;

    /** Makes the roles of one trial. */
    interface Trial {
        /**
         * The roles of one rate.
         *
         * @param sentBefore units of the trials before: theirs are other references
         */
        List<Role> roles(Schedule schedule, long sentBefore);
    }

    private record Tried(double rate, boolean kept, RunSummary summary) {}

    private record Found(double findMax, List<Tried> trials) {}

    private final double from;
    private final double to;
    private final OutcomeOptions options;
    private final List<Tried> tried = new ArrayList<>();
    private long sent;

    private FindMax(final double from, final double to, final OutcomeOptions options) {
        this.from = from;
        this.to = to;
        this.options = options;
    }

    static FindMax over(final String range, final Schedule schedule, final OutcomeOptions options) {
        if (!(schedule instanceof Schedule.Closed)) {
            throw new IllegalArgumentException("--find-max chooses the rates itself: leave the schedule out");
        }
        final long[] ends = TrafficOptions.range("--find-max", range);
        if (ends[0] < 1 || ends[1] < ends[0] || ends[1] > Schedule.HIGHEST_RATE) {
            throw new IllegalArgumentException("--find-max wants FROM..TO with 1 <= FROM <= TO, not '" + range + "'");
        }
        return new FindMax(ends[0], ends[1], options);
    }

    int run(final LoadSession session, final Duration length, final PrintWriter out, final Trial trial)
            throws InterruptedException {
        double good = 0;
        double bad = Double.MAX_VALUE;
        double rate = from;
        while (tried.size() < MOST_TRIALS) {
            final LoadSession.Result result = session.run(
                    trial.roles(new Schedule.Constant(rate), sent),
                    String.format(Locale.ROOT, "Trial %d: %,.0f/s", tried.size() + 1, rate),
                    length,
                    directory(rate));
            if (result.summary().outcome() != RunSummary.Outcome.COMPLETED) {
                print(out, good);
                return result.exitCode() == LoadSession.ABORTED ? LoadSession.ABORTED : LoadSession.NOT_KEPT;
            }
            sent += result.summary().counts().sent() + result.summary().counts().dropped() + 1;
            final boolean kept = result.exitCode() == LoadSession.OK
                    && result.summary().lost() == 0
                    && result.summary().counts().refused() == 0
                    && result.summary().rates().sent() > rate * 0.95;
            tried.add(new Tried(rate, kept, result.summary()));
            say(out);
            good = kept ? rate : good;
            bad = kept ? bad : rate;
            if (good >= to || bad <= from || bad / Math.max(1, good) <= CLOSE_ENOUGH) {
                break;
            }
            rate = bad == Double.MAX_VALUE ? Math.min(to, rate * 2) : Math.rint((good + bad) / 2);
        }
        print(out, good);
        return good > 0 ? LoadSession.OK : LoadSession.NOT_KEPT;
    }

    /** One line on the newest trial. */
    private void say(final PrintWriter out) {
        if (!options.json()) {
            final Tried newest = tried.get(tried.size() - 1);
            out.printf(
                    Locale.ROOT,
                    "trial %d: %,.0f/s %s; answer %s%n",
                    tried.size(),
                    newest.rate(),
                    newest.kept() ? "kept" : "not kept",
                    newest.summary().stage(LoadStage.ACKNOWLEDGED));
            out.flush();
        }
    }

    private Optional<Path> directory(final double rate) {
        return options.report()
                .map(report -> report.resolve(String.format(Locale.ROOT, "trial-%02d-%.0f", tried.size() + 1, rate)));
    }

    private void print(final PrintWriter out, final double best) {
        if (options.json()) {
            out.println(JsonMapper.shared().writeValueAsString(new Found(best, tried)));
            out.flush();
            return;
        }
        out.printf("%n%12s %12s %12s %12s %10s%n", "rate", "achieved", "answer p50", "answer p99", "");
        for (final Tried one : tried) {
            final Percentiles answer = one.summary().stage(LoadStage.ACKNOWLEDGED);
            out.printf(
                    Locale.ROOT,
                    "%,12.0f %,12.0f %12s %12s %10s%n",
                    one.rate(),
                    one.summary().achieved(),
                    Percentiles.time(answer.p50()),
                    Percentiles.time(answer.p99()),
                    one.kept() ? "kept" : "not kept");
        }
        out.printf(Locale.ROOT, "find-max: rate=%.0f trials=%d%n", best, tried.size());
        out.flush();
    }
}
