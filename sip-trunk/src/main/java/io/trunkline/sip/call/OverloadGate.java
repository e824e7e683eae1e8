package io.trunkline.sip.call;

import io.trunkline.sip.time.CallRate;

/**
 * Lets in as many new calls as there is time for (RFC 6357 §4). The sign of too many is a queue that stands: a burst is worked off
 * and gone, but where some socket has not been read empty for a whole period, more arrives than can be handled. Then a tenth fewer calls
 * come in than did in that period, and so again in every other period while the queue stands; when it is gone a little more in each, until
 * none is refused any more. What belongs to calls that are there never asks here.
 *
 * <p>A call takes a dozen messages and most of them come after its INVITE, so that a rate, and not the length of the queue, says how many
 * INVITEs are one too many.
 */
public final class OverloadGate {
    private static final int LESS_PERCENT = 90;
    private static final int MORE_PERCENT = 105;
    private static final int HUNDRED = 100;
    /** What is left however long the queue stands, in percent of what came in when it began: more is not the fault of new calls. */
    private static final int LEAST_PERCENT = 25;
    /** Where fewer than one of so many messages begins a call, it is not calls that are too many. */
    private static final int MESSAGES_PER_CALL = 100;
    /** Periods without a refusal after which there is no limit any more. */
    private static final int QUIET_PERIODS = 20;
    /** Of a second: calls that may come in at once. */
    private static final int AT_ONCE = 100;
    /** A call a second, in thousandths. */
    private static final long CALL_PER_SECOND = 1_000;

    private static final long MILLIS = 1_000;

    private final long periodMs;
    private CallRate rate;
    /** Thousandths of a call a second; 0: no limit. */
    private long rateMillis;

    private long leastMillis;
    private long periodAtMs;
    private long receivedBefore;
    private long admitted;
    private long refused;
    private int quietPeriods;
    /** The rate was turned down in the last period. */
    private boolean waits;

    private int lossPercent;

    /**
     * A gate that is open.
     *
     * @param periodMs for how long a queue has to stand; 0: all calls come in, always
     */
    OverloadGate(final long periodMs, final long nowMs) {
        this.periodMs = periodMs;
        periodAtMs = nowMs;
        rate = new CallRate(0, 1, nowMs);
    }

    /** Whether {@link #poll} has something to do. */
    public boolean isDue(final long nowMs) {
        return periodMs > 0 && nowMs - periodAtMs >= periodMs;
    }

    /**
     * Judges the period that has ended; in each duty cycle in which {@link #isDue}.
     *
     * @param behindMs for how long no socket, of those that are, was read empty; 0: all are
     * @param received messages of all kinds, ever
     */
    public void poll(final long nowMs, final long behindMs, final long received) {
        final long elapsedMs = nowMs - periodAtMs;
        if (behindMs < periodMs) {
            more(nowMs);
        } else if (admitted * MESSAGES_PER_CALL >= received - receivedBefore) {
            less(nowMs, elapsedMs);
        }
        final long asked = admitted + refused;
        lossPercent = rateMillis == 0 || asked == 0 ? 0 : (int) ((refused * HUNDRED + asked - 1) / asked);
        periodAtMs = nowMs;
        receivedBefore = received;
        admitted = 0;
        refused = 0;
    }

    private void less(final long nowMs, final long elapsedMs) {
        quietPeriods = 0;
        if (waits) {
            // What came in before the last turn is still about.
            waits = false;
            return;
        }
        waits = true;
        if (rateMillis == 0) {
            rateMillis = Math.max(CALL_PER_SECOND, admitted * MILLIS * MILLIS / elapsedMs);
            leastMillis = Math.max(CALL_PER_SECOND, rateMillis * LEAST_PERCENT / HUNDRED);
        }
        turn(Math.max(leastMillis, rateMillis * LESS_PERCENT / HUNDRED), nowMs);
    }

    private void more(final long nowMs) {
        waits = false;
        if (rateMillis == 0) {
            return;
        }
        quietPeriods = refused == 0 ? quietPeriods + 1 : 0;
        turn(quietPeriods < QUIET_PERIODS ? rateMillis * MORE_PERCENT / HUNDRED + 1 : 0, nowMs);
    }

    private void turn(final long toMillis, final long nowMs) {
        rateMillis = toMillis;
        rate = rate.turned(toMillis, (int) Math.max(1, toMillis / MILLIS / AT_ONCE), nowMs);
    }

    /** Whether one more call may come in; it has then. */
    boolean admits(final long nowMs) {
        if (!rate.isReady(nowMs)) {
            refused++;
            return false;
        }
        rate.take();
        admitted++;
        return true;
    }

    /** How many of the calls that asked in the last period were refused; 0 where none is. */
    public int lossPercent() {
        return lossPercent;
    }
}
