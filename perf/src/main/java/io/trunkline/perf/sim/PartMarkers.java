package io.trunkline.perf.sim;

import io.trunkline.perf.Marker;
import org.agrona.collections.Long2LongHashMap;

/**
 * Whose a part is whose text is too short to hold a marker: a message's last part may be a single letter. It is taken for one of the
 * message of which a part with a marker went to the same number last. Of the newest hundred thousand messages, and then some.
 */
final class PartMarkers {
    private static final int GENERATION = 100_000;

    private Long2LongHashMap newer = new Long2LongHashMap(Marker.NONE);
    private Long2LongHashMap older = new Long2LongHashMap(Marker.NONE);

    /**
     * The marker of a part.
     *
     * @param destination where it goes
     * @param found in its own text, or {@link Marker#NONE}
     * @return {@link Marker#NONE} where no part before it had one
     */
    long of(final long destination, final long found) {
        if (found == Marker.NONE) {
            final long recent = newer.get(destination);
            return recent == Marker.NONE ? older.get(destination) : recent;
        }
        newer.put(destination, found);
        if (newer.size() > GENERATION) {
            final Long2LongHashMap oldest = older;
            oldest.clear();
            older = newer;
            newer = oldest;
        }
        return found;
    }
}
