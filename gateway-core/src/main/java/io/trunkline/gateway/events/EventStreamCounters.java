package io.trunkline.gateway.events;

/** What {@link TenantStreams} counts; written by the shard's thread, read by anyone who can bear a stale value. */
public final class EventStreamCounters {
    /** Events handed to a sink as they happened. */
    public long live;
    /** Events handed to a sink from memory, after it had none or no room. */
    public long fromTail;
    /** Events handed to a sink after they were read back. */
    public long fromJournal;
    /** Times that a sink took no event. */
    public long refusedBySink;
    /** Requests to the journal. */
    public long fetches;
    /** Requests that the journal could not serve. */
    public long fetchesFailed;
    /** Events that a subscription was to get and that the journal does not hold any more, or not in one piece. */
    public long lost;
    /** Acknowledgements journaled. */
    public long acknowledgementsJournaled;
    /** Sinks that gave way to another of the same subscription. */
    public long superseded;
    /** Subscriptions that were refused. */
    public long subscriptionsRefused;
    /** Tails not kept because all tails together had their limit. */
    public long tailsRefused;
}
