package io.trunkline.perf.claims;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadReport;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Ten times what a slow carrier takes (promise G7). One tenant floods it; another tenant, and the carrier beside it,
 * must not notice.
 */
final class Overload implements Claim {
    private static final String QUIET = "globex";
    /** What the slow carrier takes: two binds of a window of 10, answered after 40 ms. */
    private static final int SLOW_TPS = 500;

    private static final double MEMORY_SLACK_MIB = 64;
    private static final double LATENCY_SLACK = 2.0;
    /** Below this a p99 on a shared machine is the scheduler's. */
    private static final double LATENCY_FLOOR_US = 10_000;

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public String describe() {
        return "ten times what a slow carrier takes, for a minute; memory flat, refusals explicit, others unharmed";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final long seconds = context.option("seconds", 60);
        final Stage stage = stage(context);
        final Daemon daemon = stage.start();
        final MessageMix.Shape toQuick = MessageMix.Shape.plain(1).toPrefixes("33612");
        final LoadRun quiet =
                context.load(stage.plan(QUIET).at(new Schedule.Constant(1000)).sending(toQuick));
        Thread.sleep(4_000);
        quiet.latencies().reset();
        Thread.sleep(Math.min(10, seconds) * 1000);
        final LoadReport alone = LoadReport.of(quiet);
        context.say("alone: answer %s; end %s", alone.answered(), alone.terminal());

        final LoadRun flood = context.load(stage.plan()
                .at(new Schedule.Constant(10.0 * SLOW_TPS))
                .sending(MessageMix.Shape.plain(2).toPrefixes("49151")));
        // The same tenant's traffic to the carrier beside the slow one.
        Thread.sleep(Math.min(15, seconds / 3) * 1000);
        final double heapBefore = daemon.liveHeapMiB();
        final double memoryBefore = daemon.residentMiB();
        quiet.latencies().reset();
        Thread.sleep(Math.max(1, seconds - Math.min(15, seconds / 3)) * 1000);
        final LoadReport beside = LoadReport.of(quiet);
        final double heapAfter = daemon.liveHeapMiB();
        final double memoryAfter = daemon.residentMiB();
        context.say("beside the flood: answer %s; end %s", beside.answered(), beside.terminal());
        quiet.stopSending();
        flood.stopSending();
        quiet.awaitSettled(Duration.ofSeconds(20));
        flood.awaitSettled(Duration.ofSeconds(100));
        final Map<Integer, Long> refusals = flood.counters().refusals();
        context.say(
                "flood refused by code: %s, ended by code: %s",
                refusals, flood.counters().ends());

        final ClaimResult result = new ClaimResult()
                .value("offered", flood.counters().get(Counter.SENT))
                .value("quietP99us", beside.answered().p99())
                .value(
                        "quietP99ratio",
                        beside.answered().p99() / alone.answered().p99())
                .value(
                        "quietEndP99ratio",
                        beside.terminal().p99() / alone.terminal().p99())
                .value("heapGrowthMiB", heapAfter - heapBefore)
                .value("residentGrowthMiB", memoryAfter - memoryBefore);
        final long explained = refusals.entrySet().stream()
                .filter(entry -> ErrorCode.of(entry.getKey()).retryable())
                .mapToLong(Map.Entry::getValue)
                .sum();
        result.require(flood.counters().get(Counter.REFUSED) > 0, "nothing was refused")
                .require(
                        explained == flood.counters().get(Counter.REFUSED),
                        "refused with codes that are not to retry on")
                .require(quiet.counters().get(Counter.REFUSED) == 0, "the quiet tenant was refused")
                .require(unharmed(alone.answered(), beside.answered()), "the quiet tenant's answers slowed down")
                .require(unharmed(alone.terminal(), beside.terminal()), "the quiet tenant's statuses slowed down")
                .require(heapAfter - heapBefore < MEMORY_SLACK_MIB, "the heap grew")
                .require(memoryAfter - memoryBefore < MEMORY_SLACK_MIB, "the daemon's memory grew");
        stage.judge(result, quiet, flood);
        return result;
    }

    private static boolean unharmed(final LoadReport.Percentiles alone, final LoadReport.Percentiles beside) {
        return beside.p99() <= Math.max(LATENCY_FLOOR_US, alone.p99() * LATENCY_SLACK);
    }

    static Stage stage(final ProveContext context) {
        final Stage stage = new Stage(context);
        stage.setup()
                .durability(context.option("durability", "process"))
                .tenant(Stage.TENANT, "tps: 10000000", "burst: 10000000", "credit: 20000", "maxOpen: 20000")
                .tenant(QUIET, "tps: 100000", "burst: 100000", "credit: 20000", "maxOpen: 100000")
                .route("49,,,slow")
                .route("33,,,quick");
        stage.carrier(
                "slow",
                Faults.none().with("answer-delay", "40ms").with("receipt-delay", "20ms"),
                2,
                List.of("tps: 10000000", "burst: 100000", "window: 10", "responseTimeout: 5s"),
                List.of("receipts: {timeout: 60s}", "queue: {inMemory: 5000, overflow: 50000}"));
        stage.carrier("quick", Faults.none().with("receipt-delay", "20ms"), 1, List.of());
        return stage;
    }
}
