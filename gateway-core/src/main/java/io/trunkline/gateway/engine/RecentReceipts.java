package io.trunkline.gateway.engine;

/**
 * The ids whose final receipt came lately, so that a repeated receipt is known as such. Bounded; per carrier. To be asked
 * only for ids that no open unit has: a carrier may have given the id anew.
 *
 * <p>Hardly anyone asks, and every message is added: new ones wait in a row and enter the index some at a time, when their
 * cache misses overlap.
 */
final class RecentReceipts {
    private static final int PENDING = 64;

    private final KeyedRing ring;
    private final long[] units;
    private final long[] pendingHi = new long[PENDING];
    private final long[] pendingLo = new long[PENDING];
    private final long[] pendingUnits = new long[PENDING];
    private int pending;

    RecentReceipts(final int capacity) {
        ring = new KeyedRing(capacity);
        units = new long[capacity];
    }

    void add(final long keyHi, final long keyLo, final long unitId) {
        if (pending == PENDING) {
            index();
        }
        pendingHi[pending] = keyHi;
        pendingLo[pending] = keyLo;
        pendingUnits[pending] = unitId;
        pending++;
    }

    /** The unit whose segment had this id, or 0. */
    long unit(final long keyHi, final long keyLo) {
        index();
        final int slot = ring.find(0, keyHi, keyLo);
        return slot < 0 ? 0 : units[slot];
    }

    private void index() {
        for (int i = 0; i < pending; i++) {
            ring.touch(0, pendingHi[i], pendingLo[i]);
        }
        for (int i = 0; i < pending; i++) {
            units[ring.put(0, pendingHi[i], pendingLo[i])] = pendingUnits[i];
        }
        pending = 0;
    }
}
