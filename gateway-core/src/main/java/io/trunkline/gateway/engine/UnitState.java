package io.trunkline.gateway.engine;

/**
 * Where a message stands. States only move forward: {@code ACCEPTED} to {@code SENT} or {@code IN_DOUBT}, and from
 * any of these to exactly one terminal state. The numbers are those of the upstream protocol and of the journal.
 */
public enum UnitState {
    /** Journaled and acknowledged; waits for its time, a carrier, a window or a retry. */
    ACCEPTED(1),
    /** A carrier took all its segments; a receipt is awaited. */
    SENT(2),
    /** A PDU left and its answer was lost. */
    IN_DOUBT(3),
    DELIVERED(10),
    /** A carrier took it, then said no. */
    UNDELIVERED(11),
    /** No carrier took it. */
    FAILED(12),
    /** Its validity passed before a carrier took it. */
    EXPIRED(13),
    CANCELLED(14),
    /** A carrier took it or may have, and no receipt came in time. */
    UNKNOWN(15);

    private static final UnitState[] BY_NUMBER = new UnitState[16];

    static {
        for (final UnitState state : values()) {
            BY_NUMBER[state.number] = state;
        }
    }

    private final int number;

    UnitState(final int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public boolean terminal() {
        return number >= DELIVERED.number;
    }

    /** The state of a number from the journal, or null where there is none. */
    public static UnitState of(final int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }
}
