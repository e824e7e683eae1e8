package io.trunkline.perf.roles;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.StageSeries;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/** Plays one role in the foreground: a line a second, a summary at the end, in any case also after Ctrl-C. */
final class RoleConsole {
    static final int EXIT_UNREACHABLE = 3;
    static final int EXIT_LOST = 4;

    private static final double NS_PER_MS = 1e6;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private final Role role;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final CountDownLatch interrupted = new CountDownLatch(1);

    RoleConsole(final Role role, final PrintWriter out, final PrintWriter err, final boolean json) {
        this.role = role;
        this.out = out;
        this.err = err;
        this.json = json;
    }

    /** Exit code: 0; 3 never connected or refused; 4 something that was sent has no end after the drain. */
    int run(final Duration drain) throws InterruptedException {
        final Thread main = Thread.currentThread();
        final Thread hook = new Thread(() -> onInterrupt(main), "load-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        role.start();
        final long beganNs = System.nanoTime();
        follow(beganNs);
        role.stopSending();
        final long untilNs = System.nanoTime() + drain.toNanos();
        final long sentNs = role.startNs() == 0 ? 0 : System.nanoTime() - role.startNs();
        while (role.state() == RoleState.DRAINING && System.nanoTime() < untilNs) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        final RoleState ended = role.state();
        summarize(sentNs / 1e9);
        if (interrupted.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        if (role.startNs() == 0) {
            err.println(role.name() + ": no connection; " + role.trouble());
            return EXIT_UNREACHABLE;
        }
        if (ended != RoleState.SETTLED) {
            err.println(role.name() + ": not everything came to its end; " + role.trouble());
            return EXIT_LOST;
        }
        return 0;
    }

    private void onInterrupt(final Thread main) {
        interrupted.countDown();
        try {
            main.join(Duration.ofSeconds(60).toMillis());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(final long beganNs) throws InterruptedException {
        RoleCounts before = RoleCounts.NONE;
        while ((role.state() == RoleState.CONNECTING || role.state() == RoleState.SENDING)
                && !interrupted.await(1, TimeUnit.SECONDS)) {
            if (role.startNs() == 0 && System.nanoTime() - beganNs > CONNECT_WITHIN.toNanos()) {
                return;
            }
            final RoleCounts now = role.counts();
            if (!json && role.startNs() != 0) {
                out.printf(
                        Locale.ROOT,
                        "%5.0fs  sent %,8d/s  acknowledged %,8d/s  ended %,8d/s  in flight %,d  open %,d  refused %,d%s%n",
                        (System.nanoTime() - role.startNs()) / 1e9,
                        now.sent() - before.sent(),
                        now.acknowledged() - before.acknowledged(),
                        now.ended() - before.ended(),
                        now.inFlight(),
                        role.expectsEnds() ? now.open() : 0,
                        now.refused(),
                        latency());
                out.flush();
            }
            before = now;
        }
    }

    private String latency() {
        final StringBuilder text = new StringBuilder();
        role.stages().forEach((stage, series) -> {
            if (stage != LoadStage.SENT) {
                final Histogram interval = series.takeInterval();
                text.append(String.format(
                        Locale.ROOT,
                        "  %s p50 %.2f p99 %.2f ms",
                        stage.key(),
                        interval.getValueAtPercentile(50) / NS_PER_MS,
                        interval.getValueAtPercentile(99) / NS_PER_MS));
            }
        });
        return text.toString();
    }

    private void summarize(final double seconds) {
        final RoleCounts counts = role.counts();
        if (json) {
            final Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("role", role.name());
            summary.put("seconds", seconds);
            summary.put("counts", counts);
            role.stages().forEach((stage, series) -> summary.put(stage.key() + "Us", percentiles(series)));
            summary.put("errors", role.errors());
            out.println(new JsonMapper().writeValueAsString(summary));
        } else {
            out.printf(
                    Locale.ROOT,
                    "%s: sent %,d in %.1f s (%,.0f/s), acknowledged %,d, refused %,d, abandoned %,d, dropped %,d, late"
                            + " %,d%n",
                    role.name(),
                    counts.sent(),
                    seconds,
                    seconds > 0 ? counts.sent() / seconds : 0,
                    counts.acknowledged(),
                    counts.refused(),
                    counts.abandoned(),
                    counts.dropped(),
                    counts.late());
            if (role.expectsEnds()) {
                out.printf(
                        Locale.ROOT,
                        "  ended %,d (well %,d), repeated %,d, open %,d%n",
                        counts.ended(),
                        counts.delivered(),
                        counts.repeated(),
                        counts.open());
            }
            role.stages().forEach((stage, series) -> out.println("  " + stage.label() + ": " + percentiles(series)));
            role.errors().forEach((what, count) -> out.printf(Locale.ROOT, "  %s: %,d%n", what, count));
        }
        out.flush();
    }

    private static Map<String, Object> percentiles(final StageSeries series) {
        final Histogram total = series.total();
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("p50", total.getValueAtPercentile(50) / 1000);
        values.put("p99", total.getValueAtPercentile(99) / 1000);
        values.put("p99.9", total.getValueAtPercentile(99.9) / 1000);
        values.put("max", total.getMaxValue() / 1000);
        return values;
    }
}
