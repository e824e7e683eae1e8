package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.McSimulator;
import io.trunkline.perf.sim.SimCounters;
import java.time.Duration;

/** SIGTERM under load (promise G10). */
final class Drain implements Claim {
    @Override
    public String name() {
        return "drain";
    }

    @Override
    public String describe() {
        return "SIGTERM under load: exit 0, every bind unbound, nothing lost and nothing sent twice after the restart";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final long times = context.option("times", 3);
        final Stage stage = Stage.usual(context, context.option("durability", "process"));
        final Daemon daemon = stage.start();
        final LoadRun load = context.load(stage.plan()
                .at(new Schedule.Constant(context.option("rate", 3000)))
                .sending(Kill9.allClasses(context.option("seed", 1))));
        final ClaimResult result = new ClaimResult().value("stops", times);
        double slowest = 0;
        for (int turn = 1; turn <= times; turn++) {
            final long before = load.counters().get(Counter.ACCEPTED);
            ProveContext.await(Duration.ofSeconds(20), () -> load.counters().get(Counter.ACCEPTED) > before + 2000);
            final long unbindsBefore = unbinds(stage);
            final long binds =
                    stage.carriers().stream().mapToInt(McSimulator::binds).sum();
            final long asked = System.nanoTime();
            final int exit = daemon.stop(Duration.ofSeconds(45));
            final double seconds = (System.nanoTime() - asked) / 1e9;
            slowest = Math.max(slowest, seconds);
            final long unbound = unbinds(stage) - unbindsBefore;
            context.say(
                    "stop %d: exit code %d after %.2f s, %d of %d binds unbound", turn, exit, seconds, unbound, binds);
            result.require(exit == 0, "exit code " + exit + " after SIGTERM; " + daemon.tailOfLog());
            result.require(unbound == binds, "only " + unbound + " of " + binds + " binds were unbound");
            daemon.start();
        }
        Thread.sleep(500);
        load.stopSending();
        Settling.await(context, load);
        result.value("slowestStopSeconds", slowest);
        stage.judge(result, load);
        return result;
    }

    private static long unbinds(final Stage stage) {
        return stage.carriers().stream()
                .mapToLong(carrier -> carrier.counters().get(SimCounters.Counter.UNBINDS))
                .sum();
    }
}
