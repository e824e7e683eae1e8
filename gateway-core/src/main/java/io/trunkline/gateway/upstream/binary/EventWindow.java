package io.trunkline.gateway.upstream.binary;

/**
 * How many events the client has not acknowledged. Sequences may have gaps (a damaged record), so an acknowledgement
 * bounds the count by distance but never sets it higher than what was sent.
 */
final class EventWindow {
    private final int size;
    private long lastSent;
    private int unacknowledged;

    EventWindow(final int size, final long resumedAfter) {
        this.size = size;
        this.lastSent = resumedAfter;
    }

    int size() {
        return size;
    }

    boolean open() {
        return unacknowledged < size;
    }

    void sent(final long sequence) {
        lastSent = sequence;
        unacknowledged++;
    }

    /** All events up to and including this one are safe with the client; late and repeated calls change nothing. */
    void acknowledged(final long sequence) {
        unacknowledged = (int) Math.min(unacknowledged, Math.max(0, lastSent - sequence));
    }

    long lastSent() {
        return lastSent;
    }
}
