package io.trunkline.sip.call;

import io.trunkline.sip.message.SipMessage;

/**
 * Hears what becomes of calls, from within the desk's calls: it may end the call that it hears of, and must not wait. Every
 * call that was offered or placed ends with exactly one {@link #onEnded}.
 */
public interface CallListener {
    /** An INVITE goes to a target. */
    void onAttempt(Call call, Target target);

    /**
     * A target said something, 100 and copies included: it is there. Heard before anything is done about it.
     *
     * @param response valid during this call only
     */
    default void onResponse(final Call call, final Target target, final SipMessage response) {}

    /** A provisional response other than 100 was passed on to the caller. */
    void onProgress(Call call, int status);

    /**
     * A target was given up. Whether there is a next one is looked for after this, so a further one may be added to the plan here.
     *
     * @param status its response; 408 where there was none in time, 503 for a transport error
     * @param cause Q.850 cause, the target's own or that of the status
     */
    void onAttemptFailed(Call call, Target target, int status, int cause);

    /** A target answered; {@link Call#answeredAtMs()}. */
    void onAnswered(Call call);

    /** The call is over; {@link Call#endReason()} and the times stand. After this the object serves another call. */
    void onEnded(Call call);
}
