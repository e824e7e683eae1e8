package io.trunkline.gateway.engine;

import org.agrona.BitUtil;

/**
 * A fixed number of 128-bit keys, the oldest overwritten by the newest, found through an open-addressing index. What is
 * kept for a key lies in the owner's own arrays at the key's slot. A position counts all keys ever put; it stays valid
 * until {@code capacity} newer ones have come. A large ring forgets its oldest keys some at a time, so the last
 * {@value #BATCH} of them may be gone already.
 *
 * <p>An index entry holds the key's hash beside its slot, so that a search for a key that is not there, and a removal,
 * touch the index alone: with millions of keys each array touched is a cache miss.
 *
 * <pre>
 *  63     32 31      0
 * +---------+---------+
 * |  hash   | slot+1  |    0: free
 * +---------+---------+
 * </pre>
 */
final class KeyedRing {
    static final int NOT_FOUND = -1;

    /** Keys forgotten at once where the ring is large: their cache misses then overlap. */
    static final int BATCH = 32;

    private static final int LARGE = 4096;
    private static final int HASH_SHIFT = 32;

    private final int capacity;
    private final long[] keysHi;
    private final long[] keysLo;
    /** Part of the key: the tenant, or 0. */
    private final int[] owners;

    private final long[] index;
    private final int indexMask;
    private final int batch;
    private final int[] oldestHashes = new int[BATCH];
    /** Sum of what was read ahead; kept so that the reads are not left out as useless. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    private int size;
    private long next;
    /** Slot of the next key. */
    private int nextSlot;

    KeyedRing(final int capacity) {
        this.capacity = capacity;
        keysHi = new long[capacity];
        keysLo = new long[capacity];
        owners = new int[capacity];
        index = new long[BitUtil.findNextPositivePowerOfTwo(capacity * 2)];
        indexMask = index.length - 1;
        batch = capacity < LARGE ? 1 : BATCH;
    }

    int capacity() {
        return capacity;
    }

    /** Slot of the key, or {@link #NOT_FOUND}. */
    int find(final int owner, final long hi, final long lo) {
        if (size == 0) {
            return NOT_FOUND;
        }
        final int at = indexOf(hash(owner, hi, lo), owner, hi, lo);
        return at < 0 ? NOT_FOUND : slotAt(at);
    }

    /**
     * Brings what the next {@link #find} or {@link #put} of the key will look at into the cache. Several in a row cost
     * about as much as one, for nothing waits for what they read.
     */
    void touch(final int owner, final long hi, final long lo) {
        touched += index[hash(owner, hi, lo) & indexMask];
    }

    /** Puts the key as the newest, in place of an older entry of the same key; returns its slot. */
    int put(final int owner, final long hi, final long lo) {
        final int slot = nextSlot;
        if (next >= capacity && slot % batch == 0) {
            forgetOldest(slot);
        }
        final int hash = hash(owner, hi, lo);
        final int same = indexOf(hash, owner, hi, lo);
        if (same >= 0) {
            closeGap(same);
        }
        keysHi[slot] = hi;
        keysLo[slot] = lo;
        owners[slot] = owner;
        int at = hash & indexMask;
        while (index[at] != 0) {
            at = (at + 1) & indexMask;
        }
        index[at] = (long) hash << HASH_SHIFT | (slot + 1);
        size++;
        next++;
        nextSlot = slot + 1 == capacity ? 0 : slot + 1;
        return slot;
    }

    /** Forgets the key, if it is there. */
    void remove(final int owner, final long hi, final long lo) {
        if (size == 0) {
            return;
        }
        final int at = indexOf(hash(owner, hi, lo), owner, hi, lo);
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

    private int slotAt(final int at) {
        return (int) index[at] - 1;
    }

    private int indexOf(final int hash, final int owner, final long hi, final long lo) {
        int at = hash & indexMask;
        while (index[at] != 0) {
            if ((int) (index[at] >>> HASH_SHIFT) == hash) {
                final int slot = slotAt(at);
                if (keysLo[slot] == lo && keysHi[slot] == hi && owners[slot] == owner) {
                    return at;
                }
            }
            at = (at + 1) & indexMask;
        }
        return NOT_FOUND;
    }

    private void forgetOldest(final int firstSlot) {
        final int count = Math.min(batch, capacity - firstSlot);
        for (int i = 0; i < count; i++) {
            final int slot = firstSlot + i;
            oldestHashes[i] = hash(owners[slot], keysHi[slot], keysLo[slot]);
            touched += index[oldestHashes[i] & indexMask];
        }
        for (int i = 0; i < count; i++) {
            forget(firstSlot + i, oldestHashes[i]);
        }
    }

    /** Takes the entry that points at the slot out of the index, if one still does. */
    private void forget(final int slot, final int hash) {
        final long entry = (long) hash << HASH_SHIFT | (slot + 1);
        int at = hash & indexMask;
        while (index[at] != 0) {
            if (index[at] == entry) {
                closeGap(at);
                return;
            }
            at = (at + 1) & indexMask;
        }
    }

    /** Linear probing without tombstones: entries behind the gap move up where their own place allows it. */
    private void closeGap(final int gapAt) {
        int gap = gapAt;
        int at = (gap + 1) & indexMask;
        while (index[at] != 0) {
            final int home = (int) (index[at] >>> HASH_SHIFT) & indexMask;
            if (((at - home) & indexMask) >= ((at - gap) & indexMask)) {
                index[gap] = index[at];
                gap = at;
            }
            at = (at + 1) & indexMask;
        }
        index[gap] = 0;
        size--;
    }

    private static int hash(final int owner, final long hi, final long lo) {
        return ReceiptCorrelator.hash(hi, lo) ^ (owner * 0x9E3779B1);
    }
}
