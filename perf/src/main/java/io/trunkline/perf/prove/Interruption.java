package io.trunkline.perf.prove;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What SIGINT and SIGTERM do to a claim: all that its context has is ended, the claim itself is interrupted, and no process that
 * it started outlives this one, whether the context knew of it or not.
 */
public final class Interruption {
    private static final long CLAIM_ENDS_WITHIN_S = 10;
    private static final int LOOKS = 100;
    private static final long LOOK_MS = 20;

    private final ProveContext context;
    private final Thread claim = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "prove-end");

    private volatile boolean came;

    private Interruption(final ProveContext context) {
        this.context = context;
    }

    /**
     * Does the work, and ends the context in any case.
     *
     * @throws CancellationException where it was interrupted
     */
    public static <T> T endsAll(final ProveContext context, final Callable<T> work) throws Exception {
        final Interruption interruption = new Interruption(context);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        try {
            return work.call();
        } catch (final Exception e) {
            if (interruption.came) {
                // Whatever failed did so as its processes went.
                throw (CancellationException) new CancellationException("interrupted").initCause(e);
            }
            throw e;
        } finally {
            context.close();
            interruption.isOver();
        }
    }

    private void isOver() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // It runs, and goes on now.
        }
    }

    /** The claim goes on while this runs: what it starts after its context has ended is found among the descendants. */
    private void end() {
        came = true;
        // Children of those that the context ends are nobody's afterwards.
        final Set<ProcessHandle> known = descendants();
        context.close();
        claim.interrupt();
        try {
            final boolean ended = over.await(CLAIM_ENDS_WITHIN_S, TimeUnit.SECONDS);
            for (int look = 0; look < LOOKS; look++) {
                known.addAll(descendants());
                known.removeIf(process -> !process.isAlive());
                if (ended && known.isEmpty()) {
                    return;
                }
                known.forEach(ProcessHandle::destroyForcibly);
                Thread.sleep(LOOK_MS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<ProcessHandle> descendants() {
        return ProcessHandle.current().descendants().collect(Collectors.toCollection(HashSet::new));
    }
}
