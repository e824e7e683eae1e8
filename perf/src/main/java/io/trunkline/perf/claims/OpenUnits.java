package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.prove.ProveContext;
import java.time.Duration;

/** Messages that a carrier has taken and whose receipts it keeps back. */
final class OpenUnits {
    private OpenUnits() {}

    /** Sends as many to the stage's first carrier, and waits until all are there. */
    static LoadRun flood(final ProveContext context, final Stage stage, final long units, final String name)
            throws InterruptedException {
        final LoadRun run = context.load(stage.plan()
                .named(name)
                .endingAfter(units)
                .sending(MessageMix.Shape.plain(1))
                .withWindow(8192, 0));
        final boolean all = ProveContext.await(
                Duration.ofSeconds(context.option("within", 120)),
                () -> run.counters().get(Counter.ACCEPTED) >= units
                        && stage.carriers().get(0).pending() >= units);
        if (!all) {
            throw new IllegalStateException("only " + run.counters().get(Counter.ACCEPTED) + " of " + units
                    + " accepted, " + stage.carriers().get(0).pending() + " at the carrier: " + run.trouble());
        }
        return run;
    }
}
