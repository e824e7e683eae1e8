package io.trunkline.client;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The submits and placed calls that have no answer yet, each with its frame so that it can be sent again, found by their references and
 * kept in the order of submission. Fixed size; allocates only for frames over {@link #SLOT_LENGTH} bytes. Not
 * thread-safe.
 */
final class SubmitWindow {
    /** Frames up to this length live in memory that is allocated once. */
    static final int SLOT_LENGTH = 512;

    static final int NONE = -1;

    private final int capacity;
    private final int mask;
    // Open addressing with linear probing; 0 is empty, else slot + 1.
    private final int[] table;
    private final long[] hi;
    private final long[] lo;
    private final int[] length;
    private final int[] next;
    private final int[] previous;
    private final boolean[] sent;
    private final Object[] attachment;
    private final byte[][] large;
    private final UnsafeBuffer slots;
    private final UnsafeBuffer largeView = new UnsafeBuffer(0, 0);
    private int free;
    private int size;
    private int oldest = NONE;
    private int newest = NONE;
    // Everything from here to the newest is still to be written to the present connection.
    private int unsent = NONE;
    private int unsentCount;

    SubmitWindow(final int capacity) {
        this.capacity = capacity;
        final int tableSize = Integer.highestOneBit(Math.max(4, capacity * 4 - 1));
        mask = tableSize - 1;
        table = new int[tableSize];
        hi = new long[capacity];
        lo = new long[capacity];
        length = new int[capacity];
        next = new int[capacity];
        previous = new int[capacity];
        sent = new boolean[capacity];
        attachment = new Object[capacity];
        large = new byte[capacity][];
        slots = new UnsafeBuffer(new byte[capacity * SLOT_LENGTH]);
        for (int i = 0; i < capacity; i++) {
            next[i] = i + 1 < capacity ? i + 1 : NONE;
        }
        free = 0;
    }

    int size() {
        return size;
    }

    /** Submits that await an answer on the present connection. */
    int sent() {
        return size - unsentCount;
    }

    boolean isFull() {
        return size == capacity;
    }

    int find(final long referenceHi, final long referenceLo) {
        int index = hash(referenceHi, referenceLo) & mask;
        while (table[index] != 0) {
            final int slot = table[index] - 1;
            if (lo[slot] == referenceLo && hi[slot] == referenceHi) {
                return slot;
            }
            index = (index + 1) & mask;
        }
        return NONE;
    }

    /** Takes a slot for a request whose reference is not in the window, and encodes its frame there. */
    int add(final Outgoing message, final Object attached) {
        final int slot = free;
        free = next[slot];
        hi[slot] = message.referenceHi();
        lo[slot] = message.referenceLo();
        attachment[slot] = attached;
        sent[slot] = false;
        length[slot] = message.frameLength();
        if (length[slot] > SLOT_LENGTH) {
            large[slot] = new byte[length[slot]];
        }
        message.encode(frame(slot), frameOffset(slot));
        insert(slot);
        next[slot] = NONE;
        previous[slot] = newest;
        if (newest == NONE) {
            oldest = slot;
        } else {
            next[newest] = slot;
        }
        newest = slot;
        size++;
        if (unsent == NONE) {
            unsent = slot;
        }
        unsentCount++;
        return slot;
    }

    /** The oldest submit that is still to be written to the present connection, or {@link #NONE}. */
    int nextUnsent() {
        return unsent;
    }

    /** The one that {@link #nextUnsent} gave has been written. */
    void markSent() {
        sent[unsent] = true;
        unsent = next[unsent];
        unsentCount--;
    }

    /** The connection is gone: all are to be written again, oldest first. */
    void rewind() {
        for (int slot = oldest; slot != NONE; slot = next[slot]) {
            sent[slot] = false;
        }
        unsent = oldest;
        unsentCount = size;
    }

    int oldest() {
        return oldest;
    }

    void remove(final int slot) {
        erase(slot);
        if (!sent[slot]) {
            unsentCount--;
        }
        if (unsent == slot) {
            unsent = next[slot];
        }
        if (previous[slot] == NONE) {
            oldest = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (next[slot] == NONE) {
            newest = previous[slot];
        } else {
            previous[next[slot]] = previous[slot];
        }
        attachment[slot] = null;
        large[slot] = null;
        next[slot] = free;
        free = slot;
        size--;
    }

    long referenceHi(final int slot) {
        return hi[slot];
    }

    long referenceLo(final int slot) {
        return lo[slot];
    }

    Object attachment(final int slot) {
        return attachment[slot];
    }

    int frameLength(final int slot) {
        return length[slot];
    }

    MutableDirectBuffer frame(final int slot) {
        if (large[slot] == null) {
            return slots;
        }
        largeView.wrap(large[slot]);
        return largeView;
    }

    int frameOffset(final int slot) {
        return large[slot] == null ? slot * SLOT_LENGTH : 0;
    }

    private void insert(final int slot) {
        int index = hash(hi[slot], lo[slot]) & mask;
        while (table[index] != 0) {
            index = (index + 1) & mask;
        }
        table[index] = slot + 1;
    }

    // Closes the gap that the removal leaves in its probe chain, so that no tombstones pile up.
    private void erase(final int slot) {
        int gap = hash(hi[slot], lo[slot]) & mask;
        while (table[gap] != slot + 1) {
            gap = (gap + 1) & mask;
        }
        int index = gap;
        while (true) {
            index = (index + 1) & mask;
            if (table[index] == 0) {
                break;
            }
            final int home = hash(hi[table[index] - 1], lo[table[index] - 1]) & mask;
            if (((index - home) & mask) >= ((index - gap) & mask)) {
                table[gap] = table[index];
                gap = index;
            }
        }
        table[gap] = 0;
    }

    private static int hash(final long referenceHi, final long referenceLo) {
        long h = (referenceHi * 0x9E3779B97F4A7C15L) ^ referenceLo;
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        return (int) (h ^ (h >>> 32));
    }
}
