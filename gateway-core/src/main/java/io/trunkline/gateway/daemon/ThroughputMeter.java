package io.trunkline.gateway.daemon;

import java.util.HashMap;
import java.util.Map;

/** Segments or units per second over the last ten seconds, from counters that only grow. Sampled once a second. */
final class ThroughputMeter {
    private static final int SECONDS = 10;

    private final Map<String, long[]> samples = new HashMap<>();
    private int taken;

    /** Begins the next sample. */
    void next() {
        taken++;
    }

    void sample(final String kind, final String name, final long count) {
        samples.computeIfAbsent(kind + '/' + name, key -> new long[SECONDS + 1])[taken % (SECONDS + 1)] = count;
    }

    double perSecond(final String kind, final String name) {
        final long[] counts = samples.get(kind + '/' + name);
        if (counts == null || taken < 2) {
            return 0;
        }
        final int seconds = Math.min(SECONDS, taken - 1);
        final long newest = counts[taken % (SECONDS + 1)];
        final long oldest = counts[(taken - seconds) % (SECONDS + 1)];
        return Math.max(0, newest - oldest) / (double) seconds;
    }
}
