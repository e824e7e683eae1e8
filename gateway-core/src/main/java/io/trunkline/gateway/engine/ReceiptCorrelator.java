package io.trunkline.gateway.engine;

/**
 * Which segment a carrier's message id stands for: one table per carrier, so that ids of two carriers never meet. Open
 * addressing over primitive arrays; it grows by doubling. Carriers reuse ids after some time: the newest holder wins.
 */
final class ReceiptCorrelator {
    private static final int SMALLEST = 1024;

    private long[] keysHi = new long[SMALLEST];
    private long[] keysLo = new long[SMALLEST];
    private Unit[] units = new Unit[SMALLEST];
    private byte[] segments = new byte[SMALLEST];
    private int mask = SMALLEST - 1;
    private int size;
    private int found = -1;

    int size() {
        return size;
    }

    void put(final long hi, final long lo, final Unit unit, final int segment) {
        if (size * 5 >= units.length * 3) {
            grow();
        }
        int i = hash(hi, lo) & mask;
        while (units[i] != null && (keysHi[i] != hi || keysLo[i] != lo)) {
            i = (i + 1) & mask;
        }
        if (units[i] == null) {
            size++;
        }
        keysHi[i] = hi;
        keysLo[i] = lo;
        units[i] = unit;
        segments[i] = (byte) segment;
    }

    /** The unit that has this id, or null; {@link #foundSegment} then says which of its segments. */
    Unit find(final long hi, final long lo) {
        int i = hash(hi, lo) & mask;
        while (units[i] != null) {
            if (keysHi[i] == hi && keysLo[i] == lo) {
                found = i;
                return units[i];
            }
            i = (i + 1) & mask;
        }
        found = -1;
        return null;
    }

    /** Segment of the unit found last. */
    int foundSegment() {
        return segments[found];
    }

    /** Forgets the id if it still stands for this unit. */
    void remove(final long hi, final long lo, final Unit unit) {
        if (find(hi, lo) != unit) {
            return;
        }
        int gap = found;
        int i = (gap + 1) & mask;
        while (units[i] != null) {
            final int home = hash(keysHi[i], keysLo[i]) & mask;
            if (((i - home) & mask) >= ((i - gap) & mask)) {
                keysHi[gap] = keysHi[i];
                keysLo[gap] = keysLo[i];
                units[gap] = units[i];
                segments[gap] = segments[i];
                gap = i;
            }
            i = (i + 1) & mask;
        }
        units[gap] = null;
        size--;
    }

    private void grow() {
        final long[] oldHi = keysHi;
        final long[] oldLo = keysLo;
        final Unit[] oldUnits = units;
        final byte[] oldSegments = segments;
        final int capacity = oldUnits.length * 2;
        keysHi = new long[capacity];
        keysLo = new long[capacity];
        units = new Unit[capacity];
        segments = new byte[capacity];
        mask = capacity - 1;
        size = 0;
        for (int i = 0; i < oldUnits.length; i++) {
            if (oldUnits[i] != null) {
                put(oldHi[i], oldLo[i], oldUnits[i], oldSegments[i]);
            }
        }
    }

    static int hash(final long hi, final long lo) {
        long h = hi ^ Long.rotateLeft(lo, 29);
        h *= 0x9E3779B97F4A7C15L;
        h ^= h >>> 32;
        h *= 0xD6E8FEB86659FD93L;
        return (int) (h ^ (h >>> 32));
    }
}
