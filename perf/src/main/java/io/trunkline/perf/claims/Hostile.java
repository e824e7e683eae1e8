package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadReport;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Hostile peers on every listener (promise G9) while an honest tenant goes on: right answers, flat heap, and the honest
 * one's latency unmoved.
 */
final class Hostile implements Claim {
    private static final String ATTACKER = "mallory";
    private static final double HEAP_SLACK_MIB = 16;
    private static final double LATENCY_SLACK = 2.0;
    private static final double LATENCY_FLOOR_US = 10_000;

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public String describe() {
        return "garbage, length bombs, slow-loris and worse on every listener; right answers, flat heap, others unmoved";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final Stage stage = stage(context);
        final Daemon daemon = stage.start();
        final LoadRun honest = context.load(stage.plan().at(new Schedule.Constant(context.option("rate", 1000))));
        Thread.sleep(5_000);
        honest.latencies().reset();
        Thread.sleep(8_000);
        final LoadReport before = LoadReport.of(honest);
        context.say("alone: answer %s", before.answered());
        final double heapBefore = daemon.liveHeapMiB();

        honest.latencies().reset();
        final List<String> wrong = new ArrayList<>();
        final long rounds = context.option("times", 20);
        int attacks = 0;
        for (long round = 1; round <= rounds; round++) {
            final Attacks against = new Attacks(
                    stage.setup().smppPort(),
                    stage.setup().binaryPort(),
                    ATTACKER,
                    DaemonSetup.SECRET,
                    context.option("seed", 1) * 1000 + round);
            attacks += against.all(wrong);
        }
        final LoadReport during = LoadReport.of(honest);
        context.say("under %d attacks: answer %s", attacks, during.answered());
        wrong.stream().distinct().limit(20).forEach(each -> context.say("wrong answer: %s", each));
        final double heapAfter = daemon.liveHeapMiB();
        honest.stopSending();
        honest.awaitSettled(Duration.ofSeconds(20));

        final ClaimResult result = new ClaimResult()
                .value("attacks", attacks)
                .zero("wrongAnswers", wrong.size())
                .value("heapGrowthMiB", heapAfter - heapBefore)
                .value("p99us", during.answered().p99())
                .value("p99ratio", during.answered().p99() / before.answered().p99());
        wrong.stream().distinct().limit(10).forEach(each -> result.require(false, each));
        result.require(daemon.isAlive(), "the daemon died; " + daemon.tailOfLog())
                .require(heapAfter - heapBefore < HEAP_SLACK_MIB, "the heap grew")
                .require(
                        during.answered().p99()
                                <= Math.max(LATENCY_FLOOR_US, before.answered().p99() * LATENCY_SLACK),
                        "the honest tenant's p99 moved");
        stage.judge(result, honest);
        return result;
    }

    static Stage stage(final ProveContext context) {
        final Stage stage = new Stage(context);
        stage.setup()
                .durability("process")
                .tenant(Stage.TENANT, Stage.UNLIMITED)
                .tenant(
                        ATTACKER,
                        "smpp: {systemId: mallory, passwords: [\""
                                + stage.setup().secret() + "\"], maxBinds: 50}")
                .route("*,,,alpha")
                // An honest tenant shares the attacker's address here: it must not be locked out with it.
                .gateway("limits: {sessionsPerAddress: 2000, prebindTimeout: 2s, lockout: {attempts: 1000}}");
        stage.carrier("alpha", Faults.none().with("receipt-delay", "10ms"), 1, List.of("receipts: {timeout: 60s}"));
        return stage;
    }
}
