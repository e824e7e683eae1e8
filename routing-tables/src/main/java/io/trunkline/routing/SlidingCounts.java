package io.trunkline.routing;

import java.util.Arrays;

/**
 * Counts over the last buckets of time, of one carrier and kind. Not for several threads.
 *
 * <pre>
 *   counts:  bucket 0 | bucket 1 | ... | sum of all        each {@link #SERIES} longs
 * </pre>
 */
final class SlidingCounts {
    static final int ATTEMPTS = 0;
    static final int GOOD = 1;
    static final int EFFECTIVE = 2;
    static final int DELAYS = 3;
    static final int DELAY_MS = 4;
    static final int DURATION_S = 5;

    private static final int SERIES = 6;

    private final long[] counts;
    private final long bucketMs;
    private final int buckets;
    private long bucket = Long.MIN_VALUE;

    SlidingCounts(final long bucketMs, final int buckets) {
        this.bucketMs = bucketMs;
        this.buckets = buckets;
        counts = new long[(buckets + 1) * SERIES];
    }

    /** Lets go of what is too old. Time that goes back counts as standing still. */
    void advance(final long nowMs) {
        final long now = Math.floorDiv(nowMs, bucketMs);
        if (bucket == Long.MIN_VALUE || now - bucket >= buckets) {
            if (now > bucket) {
                Arrays.fill(counts, 0);
                bucket = now;
            }
            return;
        }
        while (bucket < now) {
            bucket++;
            final int begin = begin(bucket);
            for (int series = 0; series < SERIES; series++) {
                counts[buckets * SERIES + series] -= counts[begin + series];
                counts[begin + series] = 0;
            }
        }
    }

    private int begin(final long ofBucket) {
        return (int) Math.floorMod(ofBucket, (long) buckets) * SERIES;
    }

    /** Adds to a series in the bucket of the time that was advanced to. */
    void add(final int series, final long amount) {
        counts[begin(bucket) + series] += amount;
        counts[buckets * SERIES + series] += amount;
    }

    long sum(final int series) {
        return counts[buckets * SERIES + series];
    }
}
