package io.trunkline.sip.time;

/** Calls per second as a token bucket, in thousandths so that slow rates are exact. 0 is no limit. */
public final class CallRate {
    private static final long CALL = 1_000_000;

    private final long rateMillis;
    private final long burst;
    private long credit;
    private long updatedMs;

    /**
     * A full bucket.
     *
     * @param rateMillis thousandths of a call per second; 0: no limit
     * @param burst calls at once, at least 1
     */
    public CallRate(final long rateMillis, final int burst, final long nowMs) {
        this.rateMillis = rateMillis;
        this.burst = burst * CALL;
        credit = this.burst;
        updatedMs = nowMs;
    }

    /** The bucket of a rate that may be another: a full one if it is. */
    public CallRate at(final long nextRateMillis, final int nextBurst, final long nowMs) {
        return nextRateMillis == rateMillis && nextBurst * CALL == burst
                ? this
                : new CallRate(nextRateMillis, nextBurst, nowMs);
    }

    /** The bucket of another rate, with no more in it than there is in this one. */
    public CallRate turned(final long nextRateMillis, final int nextBurst, final long nowMs) {
        isReady(nowMs);
        final CallRate next = new CallRate(nextRateMillis, nextBurst, nowMs);
        next.credit = Math.min(credit, next.burst);
        return next;
    }

    /** Whether there is one to take. */
    public boolean isReady(final long nowMs) {
        if (rateMillis == 0) {
            return true;
        }
        final long elapsedMs = nowMs - updatedMs;
        if (elapsedMs > 0) {
            updatedMs = nowMs;
            // Compared before it is multiplied, so that a long pause does not overflow.
            credit = elapsedMs > (burst - credit) / rateMillis ? burst : credit + elapsedMs * rateMillis;
        }
        return credit >= CALL;
    }

    /** How long it is until {@link #isReady} at the earliest, ms. */
    public long waitMs(final long nowMs) {
        return isReady(nowMs) ? 0 : (CALL - credit + rateMillis - 1) / rateMillis;
    }

    /** Takes one; only when {@link #isReady}. */
    public void take() {
        if (rateMillis != 0) {
            credit -= CALL;
        }
    }
}
