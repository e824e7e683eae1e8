package io.trunkline.sip.trunk;

import io.trunkline.sip.time.CallRate;
import io.trunkline.sip.transaction.TransactionShare;

/**
 * Rate and number of calls of one trunk, and its share of the transactions. Looking and taking is one step, so there is nothing in
 * between in which a limit could be overrun, and a call that is refused has used up nothing.
 */
public final class Admission {
    private final TransactionShare share = new TransactionShare();
    private int maxCalls;
    private CallRate out;
    private CallRate in;
    private int calls;
    private long granted;
    private long released;
    private Refusal refusal = Refusal.NONE;

    Admission(final CallLimits limits, final long nowMs) {
        maxCalls = limits.maxCalls();
        out = new CallRate(limits.outMillis(), CallLimits.burst(limits.outMillis()), nowMs);
        in = new CallRate(limits.inMillis(), CallLimits.burstIn(limits.inMillis()), nowMs);
    }

    /** The same calls under other limits; a rate that is not changed gets no new credit. */
    Admission under(final CallLimits limits, final long nowMs) {
        maxCalls = limits.maxCalls();
        out = out.at(limits.outMillis(), CallLimits.burst(limits.outMillis()), nowMs);
        in = in.at(limits.inMillis(), CallLimits.burstIn(limits.inMillis()), nowMs);
        return this;
    }

    /**
     * Takes a place.
     *
     * @param outbound whether the call goes out over the trunk
     * @return null where there is none; then {@link #refusal()} says why
     */
    public Permit acquire(final boolean outbound, final long nowMs) {
        refusal = look(outbound, nowMs);
        if (refusal != Refusal.NONE) {
            return null;
        }
        (outbound ? out : in).take();
        calls++;
        granted++;
        return new Permit(this);
    }

    /** Why {@link #acquire} would give no place now; {@link Refusal#NONE} where it would. */
    Refusal look(final boolean outbound, final long nowMs) {
        if (maxCalls != 0 && calls >= maxCalls) {
            return Refusal.CONCURRENCY;
        }
        return (outbound ? out : in).isReady(nowMs) ? Refusal.NONE : Refusal.RATE;
    }

    void released() {
        calls--;
        released++;
    }

    /** Why the last call was refused. */
    public Refusal refusal() {
        return refusal;
    }

    /** Calls that have a place now; {@link #granted()} less {@link #releases()}. */
    public int calls() {
        return calls;
    }

    /** What it has of the server transactions. */
    public TransactionShare share() {
        return share;
    }

    public long granted() {
        return granted;
    }

    public long releases() {
        return released;
    }
}
