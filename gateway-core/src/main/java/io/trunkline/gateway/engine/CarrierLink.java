package io.trunkline.gateway.engine;

import io.trunkline.smpp.text.SegmentPlan;

/** One bind that can carry messages to the handset, as the engine sees it. Called on the shard's thread. */
public interface CarrierLink {
    /** The bind's number in the journal. */
    int number();

    /** The number in the journal of the carrier that it belongs to. */
    int carrier();

    /** Whether a segment may be written now: bound, window open, within its rate, peer reading, not draining. */
    boolean ready(long nowNs);

    /**
     * When the bind's rate lets the next segment go, ns; {@code Long.MAX_VALUE} where it is not the rate that it waits for:
     * what else there is opens with an event.
     */
    long paceReadyAtNs(long nowNs);

    /**
     * Writes one segment. The answer, or the loss of it, comes back with the ticket exactly once.
     *
     * @return the SMPP sequence number that it went out under
     */
    int submit(long ticket, Unit unit, SegmentPlan plan, int segment, long nowNs);
}
