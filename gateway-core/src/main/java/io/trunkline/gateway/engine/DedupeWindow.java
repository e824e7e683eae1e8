package io.trunkline.gateway.engine;

/**
 * Which client references were used lately, and for which unit: the memory behind idempotent submits. Primitive arrays
 * only, of a fixed size.
 *
 * <p>An entry holds for {@code windowMs}, or until {@code capacity} newer ones have come; {@link #heldMs} says how far
 * back the window really reaches, so that one cut short by its size is visible.
 */
final class DedupeWindow {
    static final int NOT_SEEN = KeyedRing.NOT_FOUND;

    private final KeyedRing ring;
    private final long windowMs;
    private final long[] contentHashes;
    private final long[] units;
    private final long[] acceptedAtMs;
    private final byte[] states;
    private final byte[] segments;
    private final byte[] encodings;

    DedupeWindow(final int capacity, final long windowMs) {
        this.windowMs = windowMs;
        ring = new KeyedRing(capacity);
        contentHashes = new long[capacity];
        units = new long[capacity];
        acceptedAtMs = new long[capacity];
        states = new byte[capacity];
        segments = new byte[capacity];
        encodings = new byte[capacity];
    }

    /** Fetches what {@link #find} will look at. */
    void touch(final int tenant, final long hi, final long lo) {
        ring.touch(tenant, hi, lo);
    }

    /** Slot of the entry of this reference, or {@link #NOT_SEEN}. */
    int find(final int tenant, final long hi, final long lo, final long nowMs) {
        final int slot = ring.find(tenant, hi, lo);
        return slot >= 0 && nowMs - acceptedAtMs[slot] <= windowMs ? slot : NOT_SEEN;
    }

    /** Remembers a reference; returns the entry's position, for {@link #state(long, UnitState)}. */
    long put(
            final int tenant,
            final long hi,
            final long lo,
            final long contentHash,
            final long unit,
            final long atMs,
            final int segmentCount,
            final int encoding) {
        final int slot = ring.put(tenant, hi, lo);
        contentHashes[slot] = contentHash;
        units[slot] = unit;
        acceptedAtMs[slot] = atMs;
        states[slot] = (byte) UnitState.ACCEPTED.number();
        segments[slot] = (byte) segmentCount;
        encodings[slot] = (byte) encoding;
        return ring.end() - 1;
    }

    /** Notes what became of a unit, if its entry is still held. */
    void state(final long position, final UnitState state) {
        if (ring.holds(position)) {
            states[ring.slot(position)] = (byte) state.number();
        }
    }

    long contentHash(final int slot) {
        return contentHashes[slot];
    }

    long unit(final int slot) {
        return units[slot];
    }

    UnitState state(final int slot) {
        return UnitState.of(states[slot]);
    }

    int stateNumber(final int slot) {
        return states[slot];
    }

    void stateNumber(final int slot, final int number) {
        states[slot] = (byte) number;
    }

    int segments(final int slot) {
        return segments[slot];
    }

    int encoding(final int slot) {
        return encodings[slot];
    }

    long acceptedAtMs(final int slot) {
        return acceptedAtMs[slot];
    }

    /** The keys, oldest first, for a checkpoint. */
    KeyedRing ring() {
        return ring;
    }

    /** How far back the window reaches now, ms. */
    long heldMs(final long nowMs) {
        return ring.end() < ring.capacity()
                ? windowMs
                : Math.min(windowMs, nowMs - acceptedAtMs[ring.slot(ring.first())]);
    }
}
