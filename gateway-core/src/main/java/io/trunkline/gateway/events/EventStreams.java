package io.trunkline.gateway.events;

/** The tenants' event streams, as upstream servers see them. All calls come from the shard's thread. */
public interface EventStreams {
    /** {@code resumeAfter}: go on from the stored cursor, or from the oldest event kept if there is none. */
    long FROM_STORED_CURSOR = -1;

    /**
     * Attaches a sink to the subscription (tenant, name) and starts to deliver. A sink attached before is superseded.
     *
     * @param resumeAfter last sequence that the client has, or {@link #FROM_STORED_CURSOR}
     * @return the subscription, or null where the tenant has all the subscriptions it may have
     */
    Subscription subscribe(int tenant, String name, long resumeAfter, EventSink sink);

    /** The sequence of the tenant's newest event; 0 if there is none. */
    long lastSequence(int tenant);
}
