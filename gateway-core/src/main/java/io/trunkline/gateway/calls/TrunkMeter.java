package io.trunkline.gateway.calls;

import org.agrona.collections.Int2IntCounterMap;

/** What has become of the calls and messages over a trunk, since the daemon began. Kept when the trunk's configuration changes. */
final class TrunkMeter {
    /** Calls that go over it now. */
    int calls;
    /** Calls that were sent to it. */
    long attempts;
    /** Of these, those that were answered. */
    long answered;
    /** Of these, those that ended without an answer. */
    long failed;
    /** Calls that came from it. */
    long received;
    /** Messages that wait for its answer now. */
    int messagesUnderWay;
    /** Messages that were sent to it. */
    long messages;
    /** Of these, those that it took, refused, and was not heard of in time. */
    long messagesTaken;

    long messagesRefused;
    long messagesLost;
    /** Calls that there was no room for: rate, or calls at a time. */
    long limited;
    /** Milliseconds from the INVITE to the first sign of ringing or the answer, of all that were answered. */
    long setupMs;

    long setups;
    /** Seconds of calls to it that have ended. */
    long talkedSec;

    private final Int2IntCounterMap statuses = new Int2IntCounterMap(0);

    /** An answer, after so many milliseconds since the INVITE. */
    void answered(final long afterMs) {
        answered++;
        setups++;
        setupMs += afterMs;
    }

    void failedWith(final int status) {
        failed++;
        statuses.incrementAndGet(status);
    }

    /** Attempts that failed, by status. */
    Int2IntCounterMap statuses() {
        return statuses;
    }
}
