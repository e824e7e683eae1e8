package io.trunkline.perf.claims;

import io.trunkline.perf.chaos.ChaosPlan;
import io.trunkline.perf.chaos.ChaosProxy;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadPlan;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.UnitLedger;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.McSimulator;
import io.trunkline.perf.sim.SimSetting;
import io.trunkline.perf.soak.ProcessTrends;
import io.trunkline.perf.soak.Trend;
import java.io.IOException;
import java.time.Duration;

/** Steady load for long, with faults that roll on: nothing of the daemon grows, and nothing is lost. */
final class Soak implements Claim {
    /** More units than this are judged by the client's ledger alone: the joined logs would not fit the memory. */
    private static final long JUDGED_WHOLE = 4_000_000;

    private static final int SAMPLES = 40;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String describe() {
        return "steady load with rolling faults for --set seconds=1200: what grows, and whether anything is lost";
    }

    /** What happens one after another, and again from the beginning. */
    private enum Fault {
        CARRIER_DISCONNECTS,
        SLOW_ANSWERS,
        CLIENT_RECONNECTS,
        THROTTLING,
        RELOAD,
        CARRIER_DOWN
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final long seconds = context.option("seconds", 1200);
        final long rate = context.option("rate", 2000);
        final Stage stage = stage(context);
        final Daemon daemon = stage.start();
        final ChaosProxy proxy =
                context.ending(new ChaosProxy(stage.setup().binaryPort(), ChaosPlan.none(context.option("seed", 1))));
        final LoadRun run = context.load(LoadPlan.to("127.0.0.1", proxy.port(), Stage.TENANT, DaemonSetup.SECRET)
                .at(new Schedule.Constant(rate))
                .sending(MessageMix.Shape.plain(context.option("seed", 1)))
                .withWindow(50_000, 0)
                .lasting(Duration.ofSeconds(seconds)));
        final ProcessTrends trends = new ProcessTrends(daemon);
        final int faults = roll(context, stage, daemon, proxy, run, trends, seconds);
        calm(stage);
        run.stopSending();
        if (!run.awaitSettled(Duration.ofSeconds(context.option("drain", 90)))) {
            context.say("not settled: %s", run.trouble());
        }
        final ClaimResult result = new ClaimResult()
                .value("seconds", seconds)
                .value("faults", faults)
                .value("sent", run.counters().get(Counter.SENT))
                .value("reconnects", run.counters().get(Counter.CONNECTS) - 1);
        for (final Trend trend : trends.all()) {
            context.say("%s", trend);
            result.value(trend.name(), trend.slope().mean())
                    .value(trend.name() + "PerHour", trend.slope().perHour())
                    .value(trend.name() + "Noise", trend.slope().noisePerHour());
            result.require(!trend.grows(), trend.toString());
        }
        if (rate * seconds <= JUDGED_WHOLE) {
            stage.judge(result, run);
        } else {
            run.close();
            judgeByLedger(run, result);
        }
        return result;
    }

    private static Stage stage(final ProveContext context) {
        final Stage stage = Stage.usual(context, context.option("durability", "disk"));
        // Memory that fills up by design fills up within the warm-up.
        stage.setup().gateway("limits: {dedupe: {window: 1h, entries: 10000}}");
        return stage;
    }

    private static int roll(
            final ProveContext context,
            final Stage stage,
            final Daemon daemon,
            final ChaosProxy proxy,
            final LoadRun run,
            final ProcessTrends trends,
            final long seconds)
            throws Exception {
        final long startNs = System.nanoTime();
        final double sampleEvery = Math.max(1, seconds / (double) SAMPLES);
        double nextSample = sampleEvery;
        double nextFault = context.option("every", 10);
        double nextWord = 60;
        int faults = 0;
        for (double now = 0; now < seconds && run.sending(); now = (System.nanoTime() - startNs) / 1e9) {
            if (now >= nextFault) {
                nextFault += context.option("every", 10);
                final Fault fault = Fault.values()[faults++ % Fault.values().length];
                calm(stage);
                happen(fault, stage.carriers().get(faults / Fault.values().length % 2), daemon, proxy);
            }
            if (now >= nextSample) {
                nextSample += sampleEvery;
                trends.sample(now);
            }
            if (now >= nextWord) {
                nextWord += 60;
                context.say(
                        "%.0f s: sent %d, ended %d, reconnects %d",
                        now,
                        run.counters().get(Counter.SENT),
                        run.counters().get(Counter.TERMINAL),
                        run.counters().get(Counter.CONNECTS) - 1);
            }
            Thread.sleep(50);
        }
        return faults;
    }

    private static void happen(
            final Fault fault, final McSimulator carrier, final Daemon daemon, final ChaosProxy proxy)
            throws IOException, InterruptedException {
        switch (fault) {
            case CARRIER_DISCONNECTS -> carrier.disconnect();
            case SLOW_ANSWERS -> carrier.set(SimSetting.ANSWER_DELAY, "200ms..400ms");
            case CLIENT_RECONNECTS -> proxy.dropAll();
            case THROTTLING -> carrier.set(SimSetting.ANSWER_ERRORS, "0x58=10");
            case RELOAD -> daemon.signal("HUP");
            case CARRIER_DOWN -> carrier.down();
        }
    }

    /** Ends what lasts of the last fault. */
    private static void calm(final Stage stage) {
        for (final McSimulator carrier : stage.carriers()) {
            carrier.up();
            carrier.set(SimSetting.ANSWER_DELAY, "exp:2ms");
            carrier.set(SimSetting.ANSWER_ERRORS, "0x58=0.2");
        }
    }

    private static void judgeByLedger(final LoadRun run, final ClaimResult result) {
        final UnitLedger ledger = run.ledger();
        long acknowledged = 0;
        long stuck = 0;
        long changed = 0;
        for (long index = 0; index < ledger.size(); index++) {
            if (ledger.answer(index) == UnitLedger.Answer.ACCEPTED) {
                acknowledged++;
                stuck += ledger.terminal(index) ? 0 : 1;
            }
            changed += ledger.terminalChanged(index) ? 1 : 0;
        }
        result.value("acknowledged", acknowledged)
                .zero("stuck", stuck)
                .zero("terminalChanged", changed)
                .require(acknowledged > 0, "nothing was acknowledged, so nothing was shown");
    }
}
