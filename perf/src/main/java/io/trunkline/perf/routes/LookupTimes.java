package io.trunkline.perf.routes;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntUnaryOperator;
import org.HdrHistogram.Histogram;

/**
 * How long single lookups take, and what they allocate.
 *
 * @param p50Ns of lookups timed one by one, the reading of the clock included
 * @param p99Ns likewise
 * @param meanNs of lookups one after the other without a clock between them
 * @param bytesEach allocated by a lookup
 */
public record LookupTimes(double p50Ns, double p99Ns, double meanNs, double bytesEach) {
    private static final long MOST_NS = 1_000_000_000L;
    private static final int WARM_UP_ROUNDS = 2;

    /**
     * Measures a lookup on numbers 0 to {@code count} - 1, after as many that do not count.
     *
     * @param lookup from a number's index to anything that depends on what was found
     */
    public static LookupTimes of(final int count, final IntUnaryOperator lookup) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        final Histogram histogram = new Histogram(MOST_NS, 3);
        int found = 0;
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            found += all(count, lookup);
            found += timed(count, lookup, histogram);
        }
        histogram.reset();
        final long bytes = threads.getThreadAllocatedBytes(thread);
        final long begin = System.nanoTime();
        found += all(count, lookup);
        final long meanNs = System.nanoTime() - begin;
        final long allocated = threads.getThreadAllocatedBytes(thread) - bytes;
        found += timed(count, lookup, histogram);
        if (found == Integer.MIN_VALUE) {
            throw new IllegalStateException("never: only so that nothing is optimized away");
        }
        return new LookupTimes(
                (double) histogram.getValueAtPercentile(50),
                (double) histogram.getValueAtPercentile(99),
                meanNs / (double) count,
                allocated / (double) count);
    }

    private static int all(final int count, final IntUnaryOperator lookup) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += lookup.applyAsInt(i);
        }
        return found;
    }

    private static int timed(final int count, final IntUnaryOperator lookup, final Histogram histogram) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            final long begin = System.nanoTime();
            found += lookup.applyAsInt(i);
            histogram.recordValue(Math.min(MOST_NS, System.nanoTime() - begin));
        }
        return found;
    }
}
