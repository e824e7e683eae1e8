package io.trunkline.gateway.engine;

/**
 * How the units of SMPP clients ended, for those that ask (query_sm) instead of waiting for a receipt. Bounded in number
 * and in time: a message centre need not know for ever.
 */
final class EndedUnits {
    static final int CAPACITY = 65_536;
    static final long KEPT_MS = 24 * 3_600_000L;

    private final KeyedRing ring;
    private final byte[] states;
    private final long[] endedAtMs;
    private final int[] rawCodes;

    EndedUnits(final int capacity) {
        ring = new KeyedRing(capacity);
        states = new byte[capacity];
        endedAtMs = new long[capacity];
        rawCodes = new int[capacity];
    }

    void add(final int tenant, final long unitId, final UnitState state, final int rawCode, final long nowMs) {
        final int slot = ring.put(tenant, 0, unitId);
        states[slot] = (byte) state.number();
        rawCodes[slot] = rawCode;
        endedAtMs[slot] = nowMs;
    }

    /** False where it is not known, or not any more. */
    boolean find(final int tenant, final long unitId, final long nowMs, final UnitStatus status) {
        final int slot = ring.find(tenant, 0, unitId);
        if (slot == KeyedRing.NOT_FOUND || nowMs - endedAtMs[slot] > KEPT_MS) {
            return false;
        }
        status.state = UnitState.of(states[slot]);
        status.endedAtMs = endedAtMs[slot];
        status.rawCode = rawCodes[slot];
        return true;
    }
}
