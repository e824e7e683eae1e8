package io.trunkline.gateway.engine;

import java.util.Arrays;

/**
 * Which segment a carrier's message id stands for: one table per carrier, so that ids of two carriers never meet. Open
 * addressing; it grows by doubling. Carriers reuse ids after some time: the newest holder wins.
 *
 * <p>The ids themselves stand in the units. An entry is eight bytes, so that the table stays small and a search touches
 * it once, and then the unit that is wanted anyway.
 *
 * <pre>
 *  63  62     32 31      6 5       0
 * +---+---------+---------+---------+
 * | 1 |  hash   |  unit's | segment |    0: free
 * |   |         |  slot   |         |
 * +---+---------+---------+---------+
 * </pre>
 */
final class ReceiptCorrelator {
    private static final int SMALLEST = 1024;
    private static final int HASH_SHIFT = 32;
    private static final int TAKEN = 1 << 31;
    private static final int SEGMENT_BITS = 6;
    private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;

    private final UnitRegistry units;
    private long[] entries = new long[SMALLEST];
    private int mask = SMALLEST - 1;
    private int size;
    private int foundSegment;
    /** Sum of what was read ahead; kept so that the reads are not left out as useless. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    ReceiptCorrelator(final UnitRegistry units) {
        this.units = units;
    }

    int size() {
        return size;
    }

    /** Awaits a receipt for a segment that carries this id already. */
    void put(final long hi, final long lo, final Unit unit, final int segment) {
        if (size * 5L >= entries.length * 3L) {
            grow();
        }
        final int hash = hash(hi, lo) | TAKEN;
        int at = indexOf(hash, hi, lo);
        if (at < 0) {
            at = free(hash);
            size++;
        }
        entries[at] = (long) hash << HASH_SHIFT | (long) unit.slot << SEGMENT_BITS | segment;
    }

    /** Brings what the next {@link #put} or {@link #find} of the id will look at into the cache. */
    void touch(final long hi, final long lo) {
        touched += entries[(hash(hi, lo) | TAKEN) & mask];
    }

    /** The unit that has this id, or null; {@link #foundSegment} then says which of its segments. */
    Unit find(final long hi, final long lo) {
        final int at = indexOf(hash(hi, lo) | TAKEN, hi, lo);
        if (at < 0) {
            return null;
        }
        foundSegment = segment(entries[at]);
        return unit(entries[at]);
    }

    /** Segment of the unit found last. */
    int foundSegment() {
        return foundSegment;
    }

    /** Forgets the id if it still stands for this unit. */
    void remove(final long hi, final long lo, final Unit unit) {
        final int found = indexOf(hash(hi, lo) | TAKEN, hi, lo);
        if (found < 0 || unit(entries[found]) != unit) {
            return;
        }
        int gap = found;
        int at = (gap + 1) & mask;
        while (entries[at] != 0) {
            final int home = hash(entries[at]) & mask;
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                entries[gap] = entries[at];
                gap = at;
            }
            at = (at + 1) & mask;
        }
        entries[gap] = 0;
        size--;
    }

    private int indexOf(final int hash, final long hi, final long lo) {
        int at = hash & mask;
        while (entries[at] != 0) {
            final long entry = entries[at];
            if (hash(entry) == hash) {
                final Unit unit = unit(entry);
                final int segment = segment(entry);
                if (unit.messageKeyLo(segment) == lo && unit.messageKeyHi(segment) == hi) {
                    return at;
                }
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    private int free(final int hash) {
        int at = hash & mask;
        while (entries[at] != 0) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        final long[] old = entries;
        entries = new long[old.length * 2];
        mask = entries.length - 1;
        Arrays.stream(old).filter(entry -> entry != 0).forEach(entry -> entries[free(hash(entry))] = entry);
    }

    private Unit unit(final long entry) {
        return units.inSlot((int) entry >>> SEGMENT_BITS);
    }

    private static int segment(final long entry) {
        return (int) entry & SEGMENT_MASK;
    }

    private static int hash(final long entry) {
        return (int) (entry >>> HASH_SHIFT);
    }

    static int hash(final long hi, final long lo) {
        long h = hi ^ Long.rotateLeft(lo, 29);
        h *= 0x9E3779B97F4A7C15L;
        h ^= h >>> 32;
        h *= 0xD6E8FEB86659FD93L;
        return (int) (h ^ (h >>> 32));
    }
}
