package io.trunkline.gateway.events;

/** How far one subscription has acknowledged: what outlives sessions and the daemon. */
final class Cursor {
    private final int number;
    private final String name;
    private long acknowledged;
    private long journaled;
    private long unjournaledSinceNs;
    private boolean queued;
    /** Highest sequence that any sink of this subscription was handed, as far as this run of the daemon knows. */
    private long delivered;

    private Attachment attachment;
    /** Monotonic; when somebody was last attached. */
    private long seenNs;

    Cursor(final int number, final String name) {
        this.number = number;
        this.name = name;
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    long acknowledged() {
        return acknowledged;
    }

    Attachment attachment() {
        return attachment;
    }

    void attachment(final Attachment newAttachment) {
        attachment = newAttachment;
    }

    long seenNs() {
        return seenNs;
    }

    void seen(final long nowNs) {
        seenNs = nowNs;
    }

    long delivered() {
        return delivered;
    }

    void delivered(final long sequence) {
        delivered = Math.max(delivered, sequence);
    }

    /** Where it stands in the journal already; never goes back. */
    void restore(final long sequence) {
        acknowledged = Math.max(acknowledged, sequence);
        journaled = acknowledged;
    }

    /** Returns whether this moved the cursor. */
    boolean acknowledge(final long sequence, final long nowNs) {
        if (sequence <= acknowledged) {
            return false;
        }
        if (acknowledged == journaled) {
            unjournaledSinceNs = nowNs;
        }
        acknowledged = sequence;
        return true;
    }

    long unjournaled() {
        return acknowledged - journaled;
    }

    boolean journalDue(final int every, final long withinNs, final long nowNs) {
        return unjournaled() >= every || (unjournaled() > 0 && nowNs - unjournaledSinceNs >= withinNs);
    }

    void onJournaled() {
        journaled = acknowledged;
    }

    /** Whether it waits in the list of those to be journaled. */
    boolean queued() {
        return queued;
    }

    void queued(final boolean isQueued) {
        queued = isQueued;
    }
}
