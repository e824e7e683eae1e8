package io.trunkline.gateway.billing;

import io.trunkline.gateway.calls.CallUnitState;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitState;
import java.util.Locale;

/** How a unit ended, as far as money is concerned. */
public enum BillingOutcome {
    DELIVERED,
    UNDELIVERED,
    UNKNOWN,
    /** The carrier's answer was lost, and nothing came after. */
    IN_DOUBT,
    FAILED,
    EXPIRED,
    CANCELLED,
    /** A message from a handset. */
    RECEIVED,
    /** A call that was answered. */
    COMPLETED,
    BUSY,
    NO_ANSWER;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As written in call detail records: {@code in-doubt}. */
    public String word() {
        return word;
    }

    /** The outcome of a call. */
    static BillingOutcome ofCall(final int state) {
        return switch (CallUnitState.of(state)) {
            case COMPLETED -> COMPLETED;
            case BUSY -> BUSY;
            case NO_ANSWER -> NO_ANSWER;
            case CANCELLED -> CANCELLED;
            case FAILED -> FAILED;
            default -> UNKNOWN;
        };
    }

    /** The outcome of a terminal state; {@link #UNKNOWN} for a state that this release does not know. */
    static BillingOutcome of(final int state, final int errorCode) {
        final UnitState terminal = UnitState.of(state);
        if (terminal == null) {
            return UNKNOWN;
        }
        return switch (terminal) {
            case DELIVERED -> DELIVERED;
            case UNDELIVERED -> UNDELIVERED;
            case FAILED -> FAILED;
            case EXPIRED -> EXPIRED;
            case CANCELLED -> CANCELLED;
            default -> errorCode == ErrorCode.IN_DOUBT_FAILED.number() ? IN_DOUBT : UNKNOWN;
        };
    }
}
