package io.trunkline.gateway.calls;

import io.trunkline.sip.call.CallOutcome;
import java.util.Locale;

/**
 * Where a call stands. States only move forward, to exactly one of the last six. The numbers are those of the upstream
 * protocol and of the journal, and stand for what they stand for with messages: from 10 on a state is terminal.
 */
public enum CallUnitState {
    /** Journaled, and acknowledged where it was placed; a target is tried. */
    PLACED(1),
    /** A provisional response came. */
    RINGING(2),
    ANSWERED(3),
    /** It was answered, and ended. */
    COMPLETED(10),
    BUSY(11),
    NO_ANSWER(12),
    /** The caller, the tenant or the gateway gave it up before an answer. */
    CANCELLED(13),
    /** No target could be reached, or all refused. */
    FAILED(14),
    /** It was open when the daemon died: whether and when it was answered or ended after that nobody here knows. */
    UNKNOWN(15);

    private static final CallUnitState[] BY_NUMBER = new CallUnitState[16];

    static {
        for (final CallUnitState state : values()) {
            BY_NUMBER[state.number] = state;
        }
    }

    private final int number;

    CallUnitState(final int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public boolean terminal() {
        return number >= COMPLETED.number;
    }

    /** For people and programs: {@code no-answer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The state of a number from the journal; {@link #UNKNOWN} for one that this release does not know. */
    public static CallUnitState of(final int number) {
        final CallUnitState state = number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
        return state == null ? UNKNOWN : state;
    }

    static CallUnitState of(final CallOutcome outcome) {
        return switch (outcome) {
            case COMPLETED -> COMPLETED;
            case BUSY -> BUSY;
            case NO_ANSWER -> NO_ANSWER;
            case CANCELLED -> CANCELLED;
            case FAILED -> FAILED;
        };
    }
}
