package io.trunkline.sip.message;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Octets that a piece of work allocates on this thread once it is warm. */
public final class Allocation {
    private static final int WARM_UP = 20_000;
    private static final int RUNS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /**
     * The least of some runs: the compiler and the test's instrumentation may allocate on this thread now and then, but not
     * in every run.
     */
    public static long leastOf(final int rounds, final Runnable work) {
        for (int i = 0; i < WARM_UP; i++) {
            work.run();
        }
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < rounds; i++) {
                work.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
