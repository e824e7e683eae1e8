package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadCounters;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.prove.ProveContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits for what takes as long as it takes: for as long as something moves, since a busy machine is slow and not wrong, and no longer.
 * {@code --set still=SECONDS} is how long nothing may move; it must be longer than what the claim lets a unit wait.
 */
final class Settling {
    private static final Duration STILL = Duration.ofSeconds(75);
    /** Something that moves at a crawl ends here. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final long SAY_EVERY_NS = TimeUnit.SECONDS.toNanos(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private Settling() {}

    /** Waits until all that was sent is answered and has ended. */
    static boolean await(final ProveContext context, final LoadRun... runs) throws InterruptedException {
        return await(
                context,
                "settled",
                () -> Arrays.stream(runs).allMatch(LoadRun::settled),
                () -> sum(runs, Counter.ACCEPTED, Counter.REFUSED, Counter.ABANDONED, Counter.TERMINAL),
                () -> counts(runs));
    }

    /**
     * Waits until something is so, says now and then how far it is, and at the end whether it is.
     *
     * @param moved changes as long as something moves
     */
    static boolean await(
            final ProveContext context,
            final String what,
            final BooleanSupplier done,
            final LongSupplier moved,
            final Supplier<String> howFar)
            throws InterruptedException {
        final long stillNs = TimeUnit.SECONDS.toNanos(context.option("still", STILL.toSeconds()));
        final long startNs = System.nanoTime();
        long movedNs = startNs;
        long saidNs = startNs;
        long seen = moved.getAsLong();
        boolean all = done.getAsBoolean();
        while (!all && System.nanoTime() - movedNs < stillNs && System.nanoTime() - startNs < LONGEST.toNanos()) {
            all = ProveContext.await(LOOK_EVERY, done);
            final long now = moved.getAsLong();
            if (now != seen) {
                seen = now;
                movedNs = System.nanoTime();
            }
            if (!all && System.nanoTime() - saidNs >= SAY_EVERY_NS) {
                saidNs = System.nanoTime();
                context.say("not %s yet: %s", what, howFar.get());
            }
        }
        context.say(
                "%s after %d s: %s",
                all ? what : "given up, not %s, and still for %d s".formatted(what, seconds(movedNs)),
                seconds(startNs),
                howFar.get());
        return all;
    }

    private static long seconds(final long sinceNs) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNs);
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
