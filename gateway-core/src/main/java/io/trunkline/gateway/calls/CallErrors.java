package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.sip.call.EndReason;

/**
 * The one table from how a call ended to the numeric list of errors. What the table does not name is {@link
 * ErrorCode#CARRIER_REFUSED}; status and cause stay in the journal as they came.
 */
public final class CallErrors {
    private CallErrors() {}

    static ErrorCode of(final CallEnd end) {
        return switch (end.outcome()) {
            case COMPLETED -> ofCompleted(end.reason());
            case BUSY -> ErrorCode.CALL_BUSY;
            case NO_ANSWER -> ErrorCode.CALL_NO_ANSWER;
            case CANCELLED -> ErrorCode.CALL_CANCELLED;
            case FAILED -> ofFailed(end);
        };
    }

    /** An answered call may still have ended otherwise than somebody wanted. */
    private static ErrorCode ofCompleted(final EndReason reason) {
        return switch (reason) {
            case CALLER_HUNG_UP, CALLEE_HUNG_UP, OWNER_ENDED -> ErrorCode.NONE;
            case MAX_DURATION -> ErrorCode.CALL_MAX_DURATION;
            case LOCAL_FAILURE -> ErrorCode.INTERNAL;
            default -> ErrorCode.CALL_PEER_LOST;
        };
    }

    private static ErrorCode ofFailed(final CallEnd end) {
        return switch (end.reason()) {
            case TARGET_REFUSED -> ofRefusal(end.status(), end.cause());
            case NO_ACK, SESSION_EXPIRED, DIALOG_LOST -> ErrorCode.CALL_PEER_LOST;
            case LOCAL_FAILURE, OFFER_TIMEOUT -> ErrorCode.INTERNAL;
            default -> ErrorCode.NO_ROUTE;
        };
    }

    /** What a target's refusal means: its cause where it says more than the status does. */
    public static ErrorCode ofRefusal(final int status, final int cause) {
        final ErrorCode byCause = ofCause(cause);
        return byCause == ErrorCode.CARRIER_REFUSED ? ofStatus(status) : byCause;
    }

    /** By RFC 3261 §21. */
    static ErrorCode ofStatus(final int status) {
        return switch (status) {
            case 404, 410, 484, 485, 604 -> ErrorCode.UNKNOWN_SUBSCRIBER;
            case 408, 480, 487 -> ErrorCode.CALL_NO_ANSWER;
            case 486, 600 -> ErrorCode.CALL_BUSY;
            case 603 -> ErrorCode.CALL_DECLINED;
            case 607, 608 -> ErrorCode.BLOCKED_BY_CARRIER;
            case 415, 488, 606 -> ErrorCode.CALL_MEDIA_REFUSED;
            case 503 -> ErrorCode.CARRIER_QUEUE;
            case 500, 502, 504, 580 -> ErrorCode.CARRIER_SYSTEM_ERROR;
            default -> ErrorCode.CARRIER_REFUSED;
        };
    }

    /** By ITU-T Q.850 §2.2.7. */
    static ErrorCode ofCause(final int cause) {
        return switch (cause) {
            case 1, 22, 26, 28 -> ErrorCode.UNKNOWN_SUBSCRIBER;
            case 2, 3 -> ErrorCode.CARRIER_REFUSED_DESTINATION;
            case 17 -> ErrorCode.CALL_BUSY;
            case 18, 19 -> ErrorCode.CALL_NO_ANSWER;
            case 20, 27 -> ErrorCode.ABSENT_SUBSCRIBER;
            case 21 -> ErrorCode.CALL_DECLINED;
            case 34, 42, 44, 46, 47 -> ErrorCode.CARRIER_QUEUE;
            case 38, 41, 43 -> ErrorCode.CARRIER_SYSTEM_ERROR;
            case 65, 79, 88 -> ErrorCode.CALL_MEDIA_REFUSED;
            default -> ErrorCode.CARRIER_REFUSED;
        };
    }
}
