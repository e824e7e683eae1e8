package io.trunkline.gateway.events;

import io.trunkline.gateway.journal.RecordFilter;

/**
 * Which of its events a tenant wants once more: those that all of this is true of.
 *
 * @param fromMs happened at this wall time or later, ms; {@link #FROM_OLDEST}: without this bound
 * @param toMs happened before this; {@link #TO_NEWEST}: without this bound
 * @param fromIndex of this record of the journal or a later one; {@link #FROM_OLDEST}: without this bound
 * @param toIndex of an earlier record than this; {@link #TO_NEWEST}: without this bound
 * @param unitId of this unit; {@link #ALL_UNITS}: of any
 * @param eventsPerSecond at most so many; 0: as many as may be
 */
public record ReplayWish(long fromMs, long toMs, long fromIndex, long toIndex, long unitId, int eventsPerSecond) {
    public static final long FROM_OLDEST = Long.MIN_VALUE;
    public static final long TO_NEWEST = Long.MAX_VALUE;
    public static final long ALL_UNITS = 0;

    private static final long NS_PER_MS = 1_000_000;

    /** Whether anything could be meant by it. */
    public boolean sound() {
        return fromMs < toMs && fromIndex < toIndex && eventsPerSecond >= 0;
    }

    /** Whether it says where to begin, so that what is gone from there on is missed. */
    boolean hasBeginning() {
        return fromMs != FROM_OLDEST || fromIndex != FROM_OLDEST;
    }

    /** Whether a record from before this one could be meant. */
    boolean reachesBefore(final long index, final long ms) {
        return fromIndex < index && fromMs < ms;
    }

    /** Accepts the records that carry these events; runs on the reading thread with flyweights of its own. */
    RecordFilter of(final int tenant) {
        final EventRecords records = new EventRecords();
        return record -> {
            final long ms = record.wallTimeNs() / NS_PER_MS;
            return (unitId == ALL_UNITS || record.unitId() == unitId)
                    && ms >= fromMs
                    && ms < toMs
                    && records.wrap(record)
                    && records.tenant() == tenant;
        };
    }
}
