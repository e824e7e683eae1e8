package io.trunkline.gateway.engine;

import org.agrona.BitUtil;

/**
 * Slots of open units by unit id. Ids grow one by one, and units that were accepted together end about together: eight
 * ids in sequence lie side by side, so that they share the misses of a cache line. Open addressing over primitive arrays;
 * it grows by doubling.
 */
final class UnitIdTable {
    static final int NOT_FOUND = -1;

    private static final int SMALLEST = 1 << 12;
    private static final int BLOCK_BITS = 3;
    private static final int IN_BLOCK = (1 << BLOCK_BITS) - 1;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** 0: free. */
    private long[] ids = new long[SMALLEST];

    private int[] slots = new int[SMALLEST];
    private int mask = SMALLEST - 1;
    private int size;

    int size() {
        return size;
    }

    /** The slot of an open unit, or {@link #NOT_FOUND}. */
    int find(final long id) {
        int at = home(id);
        while (ids[at] != 0) {
            if (ids[at] == id) {
                return slots[at];
            }
            at = (at + 1) & mask;
        }
        return NOT_FOUND;
    }

    /** Adds an id, other than 0, that is not there. */
    void put(final long id, final int slot) {
        if (size * 5L >= ids.length * 2L) {
            grow();
        }
        int at = home(id);
        while (ids[at] != 0) {
            at = (at + 1) & mask;
        }
        ids[at] = id;
        slots[at] = slot;
        size++;
    }

    /** Takes out an id that is there; another one is passed over. */
    void remove(final long id) {
        int gap = home(id);
        while (ids[gap] != id) {
            if (ids[gap] == 0) {
                return;
            }
            gap = (gap + 1) & mask;
        }
        int at = (gap + 1) & mask;
        while (ids[at] != 0) {
            if (((at - home(ids[at])) & mask) >= ((at - gap) & mask)) {
                ids[gap] = ids[at];
                slots[gap] = slots[at];
                gap = at;
            }
            at = (at + 1) & mask;
        }
        ids[gap] = 0;
        size--;
    }

    /** So many ids are about to be put. */
    void expect(final int count) {
        final int capacity = BitUtil.findNextPositivePowerOfTwo((int) Math.min(1 << 30, count * 5L / 2 + 1));
        if (capacity > ids.length) {
            growTo(capacity);
        }
    }

    private void grow() {
        growTo(ids.length * 2);
    }

    private void growTo(final int capacity) {
        final long[] oldIds = ids;
        final int[] oldSlots = slots;
        ids = new long[capacity];
        slots = new int[ids.length];
        mask = ids.length - 1;
        size = 0;
        for (int i = 0; i < oldIds.length; i++) {
            if (oldIds[i] != 0) {
                put(oldIds[i], oldSlots[i]);
            }
        }
    }

    private int home(final long id) {
        final long block = (id >>> BLOCK_BITS) * SPREAD;
        return (((int) (block >>> 32) << BLOCK_BITS) | ((int) id & IN_BLOCK)) & mask;
    }
}
