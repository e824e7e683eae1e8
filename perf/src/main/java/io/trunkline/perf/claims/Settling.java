package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadCounters;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.prove.ProveContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Waits until all that was sent is answered and has ended: for as long as something moves, since a busy machine is slow and not wrong,
 * and no longer. {@code --set still=SECONDS} is how long nothing may move; it must be longer than what the claim lets a unit wait.
 */
final class Settling {
    private static final Duration STILL = Duration.ofSeconds(75);
    /** Something that moves at a crawl ends here. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final long SAY_EVERY_NS = TimeUnit.SECONDS.toNanos(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private Settling() {}

    /** Waits, says now and then how far it is, and at the end whether all has settled. */
    static boolean await(final ProveContext context, final LoadRun... runs) throws InterruptedException {
        final long stillNs = TimeUnit.SECONDS.toNanos(context.option("still", STILL.toSeconds()));
        final long startNs = System.nanoTime();
        long movedNs = startNs;
        long saidNs = startNs;
        long seen = moved(runs);
        boolean all = settled(runs);
        while (!all && System.nanoTime() - movedNs < stillNs && System.nanoTime() - startNs < LONGEST.toNanos()) {
            ProveContext.await(LOOK_EVERY, () -> settled(runs));
            all = settled(runs);
            final long now = moved(runs);
            if (now != seen) {
                seen = now;
                movedNs = System.nanoTime();
            }
            if (!all && System.nanoTime() - saidNs >= SAY_EVERY_NS) {
                saidNs = System.nanoTime();
                context.say("settling: %s", counts(runs));
            }
        }
        context.say(
                "%s after %d s: %s",
                all ? "settled" : "not settled, last moved %d s ago and given up".formatted(seconds(movedNs)),
                seconds(startNs),
                counts(runs));
        return all;
    }

    private static long seconds(final long sinceNs) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNs);
    }

    private static boolean settled(final LoadRun... runs) {
        return Arrays.stream(runs).allMatch(LoadRun::settled);
    }

    private static long sum(final LoadRun[] runs, final Counter... counters) {
        long sum = 0;
        for (final LoadRun run : runs) {
            final LoadCounters counts = run.counters();
            for (final Counter counter : counters) {
                sum += counts.get(counter);
            }
        }
        return sum;
    }

    private static long moved(final LoadRun... runs) {
        return sum(runs, Counter.ACCEPTED, Counter.REFUSED, Counter.ABANDONED, Counter.TERMINAL);
    }

    private static String counts(final LoadRun... runs) {
        return String.format(
                Locale.ROOT,
                "%,d sent, %,d accepted, %,d refused, %,d ended",
                sum(runs, Counter.SENT),
                sum(runs, Counter.ACCEPTED),
                sum(runs, Counter.REFUSED),
                sum(runs, Counter.TERMINAL));
    }
}
