package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.ErrorCode;

/**
 * What is written of the end of a call, beside what was known of it before.
 *
 * @param status what the caller was told last; 0 not known
 * @param cause Q.850; 0 not known
 * @param talkMs from the answer to the end; {@link OpenCall#NONE} where it was not answered
 * @param lengthMs from the start to the end
 * @param lastSeenAtMs wall time of the end, or at which it was last known to be open
 */
record Ending(
        CallUnitState outcome,
        CallEndReason reason,
        ErrorCode error,
        int status,
        int cause,
        int talkMs,
        int lengthMs,
        long lastSeenAtMs) {
    /** An end that was signalled. */
    static Ending of(final OpenCall call, final CallEnd end, final long nowMs) {
        final int lengthMs = call.since(end.atMs());
        return new Ending(
                CallUnitState.of(end.outcome()),
                CallEndReason.of(end.reason()),
                CallErrors.of(end),
                end.status(),
                end.cause(),
                call.setupMs == OpenCall.NONE ? OpenCall.NONE : Math.max(0, lengthMs - call.setupMs),
                lengthMs,
                nowMs);
    }

    /** The process that knew of it is gone. */
    static Ending lost(final OpenCall call) {
        final int lengthMs = (int) Math.max(0, Math.min(Integer.MAX_VALUE, call.lastSeenAtMs - call.startedAtMs));
        return new Ending(
                CallUnitState.UNKNOWN,
                CallEndReason.DAEMON_DIED,
                ErrorCode.CALL_END_UNKNOWN,
                0,
                0,
                call.setupMs == OpenCall.NONE ? OpenCall.NONE : Math.max(0, lengthMs - call.setupMs),
                lengthMs,
                call.lastSeenAtMs);
    }
}
