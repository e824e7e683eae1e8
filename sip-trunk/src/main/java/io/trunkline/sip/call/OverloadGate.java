package io.trunkline.sip.call;

import io.trunkline.sip.message.OverloadReport;
import io.trunkline.sip.time.CallRate;

/**
 * Lets in as many new calls as there is time for (RFC 6357 §4). The sign of too many is a queue that stands: a burst is worked off
 * and gone, but where some socket has not been read empty for a whole period, more arrives than can be handled. Then a tenth fewer calls
 * come in than did in that period, and so again in every other period while the queue stands; when it is gone a little more in each in
 * which one was refused, until none is. Peers that obey it are told how much less to send (RFC 7339). What belongs to calls that are there
 * never asks here.
 *
 * <p>A call takes a dozen messages and most of them come after its INVITE, so that a rate, and not the length of the queue, says how many
 * INVITEs are one too many.
 */
public final class OverloadGate {
    private static final int LESS_PERCENT = 90;
    private static final int MORE_PERCENT = 110;
    private static final int HUNDRED = 100;
    /** What is left however long the queue stands, in percent of what came in when it began: more is not the fault of new calls. */
    private static final int LEAST_PERCENT = 25;
    /** Where fewer than one of so many messages begins a call, it is not calls that are too many. */
    private static final int MESSAGES_PER_CALL = 100;
    /** Periods without a refusal after which there is no limit any more. */
    private static final int QUIET_PERIODS = 20;
    /** A call a second, in thousandths. */
    private static final long CALL_PER_SECOND = 1_000;

    private static final long MILLIS = 1_000;
    /** Of what clients would send, the most that they are told to leave out: some has to come, or nobody would know. */
    private static final int MOST_LOSS_PERCENT = 90;
    /** By so much less they are told to leave out after a period without a refusal. */
    private static final int BACK_PERCENT = 2;
    /** RFC 7339 §4.3 has 500 ms where nothing else is said; a report is renewed in each period. */
    private static final long LEAST_REPORT_MS = 500;

    private static final int REPORT_PERIODS = 5;

    private final long periodMs;
    private final OverloadReport report = new OverloadReport();
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
        tell(nowMs);
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
        if (refused > 0) {
            quietPeriods = 0;
            turn(rateMillis * MORE_PERCENT / HUNDRED + 1, nowMs);
        } else if (++quietPeriods >= QUIET_PERIODS && lossPercent == 0) {
            turn(0, nowMs);
        }
    }

    /**
     * Of what clients would send: those that obey have left out already what they were told last. They get back to it a little
     * at a time, or else all of it would come again as soon as nothing had to be refused.
     */
    private void tell(final long nowMs) {
        if (refused > 0) {
            final long passed = (HUNDRED - lossPercent) * admitted / (admitted + refused);
            lossPercent = (int) Math.min(MOST_LOSS_PERCENT, HUNDRED - passed);
        } else {
            lossPercent = Math.max(0, lossPercent - BACK_PERCENT);
        }
        report.set(lossPercent, Math.max(LEAST_REPORT_MS, periodMs * REPORT_PERIODS), nowMs);
    }

    private void turn(final long toMillis, final long nowMs) {
        rateMillis = toMillis;
        // A thread that has not had its turn for a while finds all that has come meanwhile.
        rate = rate.turned(toMillis, (int) Math.max(1, toMillis * periodMs / MILLIS / MILLIS), nowMs);
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

    /** What is told to peers that obey it. */
    OverloadReport report() {
        return report;
    }
}
