package io.trunkline.perf.claims;

import io.trunkline.perf.Marker;
import io.trunkline.perf.sim.CarrierLog;
import io.trunkline.perf.sim.CarrierLogReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.LongArrayList;

/** When the carrier saw the segments of each key: from its log. */
final class LimitCounts {
    private static final LongArrayList NONE = new LongArrayList();

    private final Map<Long, LongArrayList> timesNs = new HashMap<>();

    LimitCounts(final Path log) {
        CarrierLogReader.forEach(log, entry -> {
            if (entry.kind() == CarrierLog.Kind.SUBMIT && entry.marker() != Marker.NONE) {
                timesNs.computeIfAbsent(entry.marker() / LimitedKey.MARKERS, key -> new LongArrayList())
                        .addLong(entry.timeNs());
            }
        });
    }

    private LongArrayList times(final LimitedKey key) {
        return timesNs.getOrDefault((long) key.number(), NONE);
    }

    /** Segments from one moment to before another, nanoseconds since 1970. */
    long between(final LimitedKey key, final long fromNs, final long toNs) {
        final LongArrayList times = times(key);
        long count = 0;
        for (int i = 0; i < times.size(); i++) {
            final long at = times.getLong(i);
            count += at >= fromNs && at < toNs ? 1 : 0;
        }
        return count;
    }

    /** Most segments in any span of so long. */
    long most(final LimitedKey key, final long spanNs) {
        final LongArrayList times = times(key);
        int first = 0;
        int most = 0;
        for (int last = 0; last < times.size(); last++) {
            while (times.getLong(last) - times.getLong(first) >= spanNs) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
