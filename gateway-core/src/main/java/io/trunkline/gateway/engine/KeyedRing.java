package io.trunkline.gateway.engine;

import org.agrona.BitUtil;

/**
 * A fixed number of 128-bit keys, the oldest overwritten by the newest, found through an open-addressing index. What is
 * kept for a key lies in the owner's own arrays at the key's slot. A position counts all keys ever put; it stays valid
 * until {@code capacity} newer ones have come.
 */
final class KeyedRing {
    static final int NOT_FOUND = -1;

    private final int capacity;
    private final long[] keysHi;
    private final long[] keysLo;
    /** Part of the key: the tenant, or 0. */
    private final int[] owners;

    private final int[] index;
    private final int indexMask;
    private long next;

    KeyedRing(final int capacity) {
        this.capacity = capacity;
        keysHi = new long[capacity];
        keysLo = new long[capacity];
        owners = new int[capacity];
        index = new int[BitUtil.findNextPositivePowerOfTwo(capacity * 2)];
        indexMask = index.length - 1;
    }

    int capacity() {
        return capacity;
    }

    /** Slot of the key, or {@link #NOT_FOUND}. */
    int find(final int owner, final long hi, final long lo) {
        final int at = indexOf(owner, hi, lo);
        return at < 0 ? NOT_FOUND : index[at] - 1;
    }

    /** Puts the key as the newest, in place of an older entry of the same key; returns its slot. */
    int put(final int owner, final long hi, final long lo) {
        final int slot = (int) (next % capacity);
        if (next >= capacity) {
            final int oldest = indexOf(owners[slot], keysHi[slot], keysLo[slot]);
            if (oldest >= 0 && index[oldest] == slot + 1) {
                closeGap(oldest);
            }
        }
        final int same = indexOf(owner, hi, lo);
        if (same >= 0) {
            closeGap(same);
        }
        keysHi[slot] = hi;
        keysLo[slot] = lo;
        owners[slot] = owner;
        int at = hash(owner, hi, lo) & indexMask;
        while (index[at] != 0) {
            at = (at + 1) & indexMask;
        }
        index[at] = slot + 1;
        next++;
        return slot;
    }

    /** Forgets the key, if it is there. */
    void remove(final int owner, final long hi, final long lo) {
        final int at = indexOf(owner, hi, lo);
        if (at >= 0) {
            closeGap(at);
        }
    }

    /** Whether the slot holds a key that is still found under it: not removed, not superseded. */
    boolean live(final int slot) {
        return find(owners[slot], keysHi[slot], keysLo[slot]) == slot;
    }

    long keyHi(final int slot) {
        return keysHi[slot];
    }

    long keyLo(final int slot) {
        return keysLo[slot];
    }

    int owner(final int slot) {
        return owners[slot];
    }

    /** Position of the oldest entry. */
    long first() {
        return Math.max(0, next - capacity);
    }

    /** One past the position of the newest entry. */
    long end() {
        return next;
    }

    int slot(final long position) {
        return (int) (position % capacity);
    }

    boolean holds(final long position) {
        return position >= first() && position < next;
    }

    /** Position of a slot that holds an entry. */
    long position(final int slot) {
        final long newest = next - 1;
        return newest - Math.floorMod(newest - slot, (long) capacity);
    }

    private int indexOf(final int owner, final long hi, final long lo) {
        int at = hash(owner, hi, lo) & indexMask;
        while (index[at] != 0) {
            final int slot = index[at] - 1;
            if (keysLo[slot] == lo && keysHi[slot] == hi && owners[slot] == owner) {
                return at;
            }
            at = (at + 1) & indexMask;
        }
        return NOT_FOUND;
    }

    /** Linear probing without tombstones: entries behind the gap move up where their own place allows it. */
    private void closeGap(final int gapAt) {
        int gap = gapAt;
        int at = (gap + 1) & indexMask;
        while (index[at] != 0) {
            final int slot = index[at] - 1;
            final int home = hash(owners[slot], keysHi[slot], keysLo[slot]) & indexMask;
            if (((at - home) & indexMask) >= ((at - gap) & indexMask)) {
                index[gap] = index[at];
                gap = at;
            }
            at = (at + 1) & indexMask;
        }
        index[gap] = 0;
    }

    private static int hash(final int owner, final long hi, final long lo) {
        return ReceiptCorrelator.hash(hi, lo) ^ (owner * 0x9E3779B1);
    }
}
