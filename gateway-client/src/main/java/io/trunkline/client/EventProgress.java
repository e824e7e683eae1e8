package io.trunkline.client;

/** How far the event stream was received, made safe and acknowledged. Not thread-safe. */
final class EventProgress {
    private final int configuredEvery;
    private final long withinNs;
    private int every;
    private long received;
    private long safe;
    private long acknowledged;
    private long unacknowledgedSinceNs;
    private boolean known;
    private long gaps;

    EventProgress(final int every, final long withinMs) {
        this.configuredEvery = every;
        this.every = every;
        this.withinNs = withinMs * 1_000_000;
    }

    /** Whether anything is known here that is newer than what the gateway has stored. */
    boolean known() {
        return known;
    }

    /** The last event that is safe: what to resume after. */
    long safe() {
        return safe;
    }

    void onWelcome(final long resumedAfter, final long eventWindow) {
        // At half the window at the latest, or the gateway would wait for an acknowledgement that waits for events.
        every = (int) Math.max(1, Math.min(configuredEvery, eventWindow / 2));
        received = resumedAfter;
        acknowledged = resumedAfter;
        safe = resumedAfter;
        known = true;
    }

    void onReceived(final long sequence) {
        if (sequence != received + 1) {
            gaps++;
        }
        received = sequence;
    }

    /** All events up to this one are safe. Never goes back, never beyond what was received. */
    void onSafe(final long sequence, final long nowNs) {
        final long newSafe = Math.min(sequence, received);
        if (newSafe > safe) {
            if (safe == acknowledged) {
                unacknowledgedSinceNs = nowNs;
            }
            safe = newSafe;
        }
    }

    boolean ackDue(final long nowNs) {
        return safe - acknowledged >= every || (safe > acknowledged && nowNs - unacknowledgedSinceNs >= withinNs);
    }

    /** An acknowledgement of {@link #safe} was written. */
    void onAcknowledged() {
        acknowledged = safe;
    }

    boolean unacknowledged() {
        return safe > acknowledged;
    }

    long gaps() {
        return gaps;
    }
}
