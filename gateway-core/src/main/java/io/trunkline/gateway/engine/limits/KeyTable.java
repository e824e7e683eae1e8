package io.trunkline.gateway.engine.limits;

import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * Keys of 128 bits with two numbers each, up to a bound. An entry keeps its place until another key takes it, so that a
 * checkpoint can go through the places a part at a time while keys come. At the bound a key that is idle gives way.
 *
 * <p>Places are found by open addressing with linear probing: an index has a place's number plus 1, 0 where it is free,
 * and at most half of it is taken. The arrays double until the bound is reached; from then on nothing is allocated.
 */
final class KeyTable {
    /** No such key, or no room for it. */
    static final int NONE = -1;

    private static final int SMALLEST = 64;
    /** Places looked at for one that is idle: a key that finds no room must not cost more than others. */
    private static final int HAND_STEPS = 16;

    private final int bound;
    private long[] keysHi;
    private long[] keysLo;
    private int[] index;
    private int size;
    private int hand;

    /** What is kept for a key: of its limit. */
    long[] level;

    long[] at;

    /** Says which keys are as good as new. */
    interface Idle {
        boolean idle(int place);
    }

    KeyTable(final int bound) {
        this.bound = bound;
        resize(Math.min(bound, SMALLEST));
    }

    int size() {
        return size;
    }

    int bound() {
        return bound;
    }

    long hi(final int place) {
        return keysHi[place];
    }

    long lo(final int place) {
        return keysLo[place];
    }

    /** The place of a key, or {@link #NONE}. */
    int find(final long hi, final long lo) {
        int slot = slot(lo);
        while (index[slot] != 0) {
            final int place = index[slot] - 1;
            if (keysLo[place] == lo && keysHi[place] == hi) {
                return place;
            }
            slot = slot + 1 & index.length - 1;
        }
        return NONE;
    }

    /** A place for a key that is not here: a new one, or that of a key that is idle; {@link #NONE} where neither is found. */
    int add(final long hi, final long lo, final Idle idle) {
        int place = size;
        if (size == bound) {
            place = idlePlace(idle);
            if (place == NONE) {
                return NONE;
            }
            removeFromIndex(place);
        } else {
            if (size == keysHi.length) {
                resize((int) Math.min(bound, 2L * size));
            }
            size++;
        }
        keysHi[place] = hi;
        keysLo[place] = lo;
        addToIndex(place);
        return place;
    }

    private int idlePlace(final Idle idle) {
        for (int step = 0; step < HAND_STEPS; step++) {
            hand = hand + 1 >= size ? 0 : hand + 1;
            if (idle.idle(hand)) {
                return hand;
            }
        }
        return NONE;
    }

    private int slot(final long lo) {
        return (int) lo & index.length - 1;
    }

    private void addToIndex(final int place) {
        int slot = slot(keysLo[place]);
        while (index[slot] != 0) {
            slot = slot + 1 & index.length - 1;
        }
        index[slot] = place + 1;
    }

    /** Entries behind the gap move up where their own slot allows it. */
    private void removeFromIndex(final int place) {
        final int mask = index.length - 1;
        int gap = slot(keysLo[place]);
        while (index[gap] != place + 1) {
            gap = gap + 1 & mask;
        }
        int slot = gap + 1 & mask;
        while (index[slot] != 0) {
            final int home = slot(keysLo[index[slot] - 1]);
            if ((slot - home & mask) >= (slot - gap & mask)) {
                index[gap] = index[slot];
                gap = slot;
            }
            slot = slot + 1 & mask;
        }
        index[gap] = 0;
    }

    private void resize(final int capacity) {
        keysHi = size == 0 ? new long[capacity] : Arrays.copyOf(keysHi, capacity);
        keysLo = size == 0 ? new long[capacity] : Arrays.copyOf(keysLo, capacity);
        level = size == 0 ? new long[capacity] : Arrays.copyOf(level, capacity);
        at = size == 0 ? new long[capacity] : Arrays.copyOf(at, capacity);
        index = new int[BitUtil.findNextPositivePowerOfTwo(2 * capacity)];
        for (int place = 0; place < size; place++) {
            addToIndex(place);
        }
    }
}
