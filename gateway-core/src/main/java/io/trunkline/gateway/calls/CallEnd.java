package io.trunkline.gateway.calls;

import io.trunkline.sip.call.Call;
import io.trunkline.sip.call.CallOutcome;
import io.trunkline.sip.call.EndReason;

/**
 * How a call ended, as its signalling saw it.
 *
 * @param status what the caller was told last; 200 once it was answered
 * @param cause Q.850
 * @param atMs of the clock that all times given to {@link CallJournal} are of
 */
public record CallEnd(EndReason reason, CallOutcome outcome, int status, int cause, long atMs) {
    /** That of a call which has ended, within {@code onEnded}. */
    public static CallEnd of(final Call call) {
        return new CallEnd(call.endReason(), call.outcome(), call.endStatus(), call.endCause(), call.endedAtMs());
    }
}
