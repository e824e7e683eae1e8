package io.trunkline.gateway.engine;

/**
 * The ids whose final receipt came lately, so that a repeated receipt is known as such. Bounded; per carrier. To be asked
 * only for ids that no open unit has: a carrier may have given the id anew.
 */
final class RecentReceipts {
    private final KeyedRing ring;
    private final long[] units;

    RecentReceipts(final int capacity) {
        ring = new KeyedRing(capacity);
        units = new long[capacity];
    }

    void add(final long keyHi, final long keyLo, final long unitId) {
        units[ring.put(0, keyHi, keyLo)] = unitId;
    }

    /** The unit whose segment had this id, or 0. */
    long unit(final long keyHi, final long keyLo) {
        final int slot = ring.find(0, keyHi, keyLo);
        return slot < 0 ? 0 : units[slot];
    }
}
