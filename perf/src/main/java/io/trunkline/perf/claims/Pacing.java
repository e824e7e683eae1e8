package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McSimulator;
import io.trunkline.perf.sim.SimCounters.Counter;
import java.time.Duration;
import java.util.List;

/**
 * A bind sends what its contract says and no more, at slow rates and at fast ones, with segments spaced evenly
 * ({@code burst: 1}). Counted by the peer, over seconds, while more waits than may go.
 */
final class Pacing implements Claim {
    private static final double TOLERANCE = 0.01;
    /** Offered over the rate, so that something always waits. */
    private static final double PRESSURE = 1.2;

    private static final Duration SETTLED = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "pacing";
    }

    @Override
    public String describe() {
        return "segments per second that a carrier counts, against the bind's tps: 100, 1,000 and 20,000";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final ClaimResult result = new ClaimResult();
        final String[] rates = context.option("rates", "100,1000,20000").split(",", -1);
        final Stage stage = new Stage(context);
        stage.setup().durability(context.option("durability", "process")).tenant(Stage.TENANT, Stage.UNLIMITED);
        for (int i = 0; i < rates.length; i++) {
            stage.setup().route(prefix(i) + ",,,at" + rates[i]);
            stage.carrier(
                    "at" + rates[i],
                    Faults.none(),
                    1,
                    List.of("tps: " + rates[i], "window: 2000"),
                    List.of("receipts: {timeout: 60s}", "queue: {inMemory: 200000, overflow: 200000}"));
        }
        stage.start();
        final LoadRun[] runs = new LoadRun[rates.length];
        for (int i = 0; i < rates.length; i++) {
            runs[i] = measure(context, result, stage, i, Long.parseLong(rates[i]));
        }
        stage.judge(result, runs);
        return result;
    }

    private static String prefix(final int carrier) {
        return "4479" + carrier;
    }

    private static LoadRun measure(
            final ProveContext context, final ClaimResult result, final Stage stage, final int carrier, final long rate)
            throws InterruptedException {
        final McSimulator peer = stage.carriers().get(carrier);
        final LoadRun load = context.load(stage.plan()
                .startingAt(carrier * 10_000_000L)
                .at(new Schedule.Constant(rate * PRESSURE))
                .sending(MessageMix.Shape.plain(1 + carrier).toPrefixes(prefix(carrier))));
        Thread.sleep(context.option("warmup", 2) * 1000);
        final long start = System.nanoTime();
        final long first = peer.counters().get(Counter.SUBMITS);
        long peak = 0;
        long before = first;
        for (int second = 1; second <= context.option("seconds", 5); second++) {
            final long leftNs = start + second * 1_000_000_000L - System.nanoTime();
            Thread.sleep(Duration.ofNanos(Math.max(0, leftNs)).toMillis());
            final long now = peer.counters().get(Counter.SUBMITS);
            peak = Math.max(peak, now - before);
            before = now;
        }
        final double seconds = (System.nanoTime() - start) / 1e9;
        final double perSecond = (peer.counters().get(Counter.SUBMITS) - first) / seconds;
        load.stopSending();
        context.say("%d/s: the peer counted %.1f/s, at most %d in a second", rate, perSecond, peak);
        result.value("at" + rate, perSecond)
                .value("peakAt" + rate, peak)
                .require(
                        Math.abs(perSecond - rate) <= rate * TOLERANCE + 1 / seconds,
                        "the peer counted " + perSecond + "/s of " + rate + "/s")
                .require(load.awaitSettled(SETTLED), "what waited at " + rate + "/s did not go out");
        return load;
    }
}
