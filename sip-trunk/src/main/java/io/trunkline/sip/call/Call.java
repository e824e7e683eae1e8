package io.trunkline.sip.call;

import io.trunkline.sip.time.Timed;
import io.trunkline.sip.transaction.KeptOctets;
import io.trunkline.sip.transaction.ServerTransaction;
import java.util.ArrayList;
import java.util.List;

/**
 * A call from one caller to one of several targets. What the router and the listener see of it; what happens to it is {@link
 * CallSetup}'s, {@link Conversation}'s and {@link Release}'s. Valid until {@link CallListener#onEnded} returns, then the
 * object serves another call.
 */
public final class Call extends Timed {
    /** {@link #ringingAtMs()}, {@link #answeredAtMs()}, {@link #endedAtMs()}: it has not come to that. */
    public static final long NEVER = Long.MAX_VALUE;

    private final CallDesk desk;
    long id;
    CallState state = CallState.ENDED;
    /** Our tag in responses to the caller that belong to no dialog. */
    long tag;

    long mergeKey;
    final KeptOctets invite;
    ServerTransaction inviteTransaction;
    long inviteCseq;
    int hopsLeft;
    boolean lateOffer;
    boolean callerDoes100rel;
    boolean callerNeeds100rel;
    /** The caller was let in by digest, and is asked for it in each request. */
    boolean callerProves;

    CallPlan plan;
    /** Of a placed call: the first party's; null of a call that was offered. */
    PlaceOrder order;

    int nextTarget;
    Attempt attempt;
    final List<Attempt> attempts = new ArrayList<>(2);
    final List<Exchange> exchanges = new ArrayList<>(2);
    int pending;
    /** Whether the relay knows it. */
    boolean relayed;

    Leg caller;
    Leg callee;
    /** Transactions that have not ended and know this call. */
    int transactions;

    long offeredAtMs;
    long ringingAtMs;
    long answeredAtMs;
    long endedAtMs;
    long setupEndsAtMs;
    long durationEndsAtMs;
    EndReason endReason;
    int endStatus;
    int endCause;
    /** What the caller's CANCEL says of why, as header lines. */
    byte[] cancelReason = Workbench.NO_REASON;

    private Object attachment;

    Call(final CallDesk desk) {
        this.desk = desk;
        invite = new KeptOctets(desk.bench.store);
    }

    void begin(final long identity, final long nowMs) {
        id = identity;
        state = CallState.OFFERED;
        inviteTransaction = null;
        inviteCseq = Leg.NONE;
        lateOffer = false;
        callerDoes100rel = false;
        callerNeeds100rel = false;
        callerProves = false;
        plan = null;
        order = null;
        nextTarget = 0;
        attempt = null;
        pending = 0;
        relayed = false;
        caller = null;
        callee = null;
        transactions = 0;
        offeredAtMs = nowMs;
        ringingAtMs = NEVER;
        answeredAtMs = NEVER;
        endedAtMs = NEVER;
        setupEndsAtMs = NEVER;
        durationEndsAtMs = NEVER;
        endReason = null;
        endStatus = 0;
        endCause = 0;
        cancelReason = Workbench.NO_REASON;
        attachment = null;
    }

    void clear() {
        id = 0;
        invite.clear();
        attempts.clear();
        exchanges.clear();
        plan = null;
        order = null;
        attempt = null;
        caller = null;
        callee = null;
        attachment = null;
    }

    /** Whether an INVITE of ours has no final answer that counts. */
    boolean isInviting() {
        return state == CallState.TRYING || state == CallState.PLACING;
    }

    @Override
    protected void onTimer(final long nowMs) {
        desk.onTimer(this, nowMs);
    }

    /** Whether it has ended, and no transaction and no dialog knows it any more. */
    boolean isGone() {
        return state == CallState.ENDED
                && transactions == 0
                && (caller == null || caller.closed)
                && (callee == null || callee.closed);
    }

    /** The nearest of its deadlines, or {@link #NEVER}. */
    long deadline() {
        if (isGone()) {
            // Nothing will come that lets it go, so its own timer does.
            return endedAtMs;
        }
        long nearest = Math.min(setupEndsAtMs, durationEndsAtMs);
        if (attempt != null && isInviting()) {
            nearest = Math.min(nearest, Math.min(attempt.responseAtMs, attempt.ringAtMs));
        }
        if (caller != null) {
            nearest = Math.min(nearest, caller.deadline());
        }
        if (callee != null) {
            nearest = Math.min(nearest, callee.deadline());
        }
        return nearest;
    }

    /**
     * Tries the targets of a plan in order; for a call that is offered.
     *
     * @return false where it is not, or not any more, and nothing was done
     */
    public boolean route(final CallPlan by) {
        return desk.setup.route(this, by);
    }

    /**
     * Refuses a call that is offered.
     *
     * @param status 300..699
     * @param headers whole header lines, each with CRLF, for the response, as a challenge or Retry-After; may be empty
     * @return false where it is not offered, or not any more, and nothing was done
     */
    public boolean refuse(final int status, final String headers) {
        if (status < 300 || status > 699) {
            throw new IllegalArgumentException("no refusal: " + status);
        }
        return desk.setup.refuse(this, status, headers);
    }

    /**
     * Ends the call, whatever its state, if it has not ended.
     *
     * @param cause Q.850 cause for both peers
     */
    public void end(final int cause) {
        desk.release.byOwner(this, cause);
    }

    /** Names the call for as long as it lasts; never 0. */
    public long id() {
        return id;
    }

    public CallState state() {
        return state;
    }

    /** What the owner keeps here, or null. */
    public Object attachment() {
        return attachment;
    }

    /** Keeps something of the owner's until the call ends. */
    public void attach(final Object object) {
        attachment = object;
    }

    /** The target that is tried or has answered; null before the first. */
    public Target target() {
        return attempt == null ? null : attempt.target;
    }

    /** Whether the target that is tried, or was tried last, was sent an INVITE: else what failed is ours. */
    public boolean isSent() {
        return attempt != null && attempt.transaction != null;
    }

    /** Call-ID of the INVITE to the target that is tried; empty before the first. */
    public String targetCallId() {
        return attempt == null ? "" : String.format("%016x%016x", attempt.callIdHigh, attempt.callIdLow);
    }

    /** Targets tried so far. */
    public int targetsTried() {
        return nextTarget;
    }

    /** When the INVITE came, or the call was placed, ms of the desk's clock, as all times here. */
    public long offeredAtMs() {
        return offeredAtMs;
    }

    /** When the first provisional response other than 100 was passed on, or {@link #NEVER}. */
    public long ringingAtMs() {
        return ringingAtMs;
    }

    /** When the answer was passed on, or {@link #NEVER}. */
    public long answeredAtMs() {
        return answeredAtMs;
    }

    /** When it ended, or {@link #NEVER}. */
    public long endedAtMs() {
        return endedAtMs;
    }

    /** From answer to end; 0 where it was not answered, or not ended. */
    public long durationMs() {
        return answeredAtMs == NEVER || endedAtMs == NEVER ? 0 : endedAtMs - answeredAtMs;
    }

    /** What ended it; null before. */
    public EndReason endReason() {
        return endReason;
    }

    /** Final status that the caller got before an answer; 200 for a call that was answered; 0 before the end. */
    public int endStatus() {
        return endStatus;
    }

    /** Q.850 cause of the end; 0 before. */
    public int endCause() {
        return endCause;
    }

    /** How it stands in a call record; null before the end. */
    public CallOutcome outcome() {
        if (endReason == null) {
            return null;
        }
        return answeredAtMs == NEVER ? ReleaseCause.outcome(endReason, endStatus) : CallOutcome.COMPLETED;
    }
}
