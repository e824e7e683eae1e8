package io.trunkline.gateway.events;

import java.util.Arrays;

/**
 * Where in the journal some of a tenant's events are: sparse, bounded, ascending. When it is full every second entry
 * goes and the next ones are taken half as often. Not thread-safe.
 */
final class EventIndex {
    private static final int FIRST_CAPACITY = 4;

    private final int maxEntries;
    private long every;
    private long[] events = new long[FIRST_CAPACITY];
    private long[] records = new long[FIRST_CAPACITY];
    private long[] timesMs = new long[FIRST_CAPACITY];
    private int size;

    EventIndex(final int every, final int maxEntries) {
        this.every = every;
        this.maxEntries = maxEntries;
    }

    int size() {
        return size;
    }

    long event(final int entry) {
        return events[entry];
    }

    long record(final int entry) {
        return records[entry];
    }

    long timeMs(final int entry) {
        return timesMs[entry];
    }

    /** An event was journaled; the first one is always taken. */
    void note(final long event, final long record, final long timeMs) {
        if (size == 0 || event >= events[size - 1] + every) {
            append(event, record, timeMs);
        }
    }

    /** An entry of a checkpoint, in ascending order; what lies at or above an entry that is known is passed over. */
    void restore(final long event, final long record, final long timeMs) {
        makeRoom();
        int at = size;
        while (at > 0 && events[at - 1] >= event) {
            at--;
        }
        if (at < size && events[at] == event) {
            return;
        }
        final int moved = size - at;
        System.arraycopy(events, at, events, at + 1, moved);
        System.arraycopy(records, at, records, at + 1, moved);
        System.arraycopy(timesMs, at, timesMs, at + 1, moved);
        events[at] = event;
        records[at] = record;
        timesMs[at] = timeMs;
        size++;
    }

    private void append(final long event, final long record, final long timeMs) {
        makeRoom();
        events[size] = event;
        records[size] = record;
        timesMs[size] = timeMs;
        size++;
    }

    private void makeRoom() {
        if (size == maxEntries) {
            thin();
        }
        if (size == events.length) {
            final int capacity = Math.min(maxEntries, 2 * size);
            events = Arrays.copyOf(events, capacity);
            records = Arrays.copyOf(records, capacity);
            timesMs = Arrays.copyOf(timesMs, capacity);
        }
    }

    private void thin() {
        int kept = 0;
        for (int i = 0; i < size; i += 2) {
            events[kept] = events[i];
            records[kept] = records[i];
            timesMs[kept] = timesMs[i];
            kept++;
        }
        size = kept;
        every *= 2;
    }

    /** The oldest event that may still be there, or 0 where nothing is known. */
    long oldestEvent() {
        return size == 0 ? 0 : events[0];
    }

    /** The entry at or before this event; the first one for an event from before it; -1 where there is none. */
    int entryFor(final long event) {
        if (size == 0) {
            return -1;
        }
        final int found = Arrays.binarySearch(events, 0, size, event);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /** A record sequence from which on this event can be found; 0 where nothing is known. */
    long recordFor(final long event) {
        final int entry = entryFor(event);
        return entry < 0 ? 0 : records[entry];
    }

    /** Forgets entries that only lead to records which are gone. */
    void trim(final long oldestRecord) {
        int gone = 0;
        while (gone < size - 1 && records[gone + 1] <= oldestRecord) {
            gone++;
        }
        if (gone > 0) {
            size -= gone;
            System.arraycopy(events, gone, events, 0, size);
            System.arraycopy(records, gone, records, 0, size);
            System.arraycopy(timesMs, gone, timesMs, 0, size);
        }
    }
}
