package io.trunkline.gateway.engine;

import io.trunkline.smpp.text.SegmentPlan;

/** One bind or trunk that can carry messages to the handset, as the engine sees it. Called on the shard's thread. */
public interface CarrierLink {
    /** The link's number in the journal. */
    int number();

    /** The number in the journal of the carrier that it belongs to. */
    int carrier();

    /** What its statuses and numbers are. */
    default CarrierProtocol protocol() {
        return CarrierProtocol.SMPP;
    }

    /** Whether a segment may be written now: up, window open, within its rate, peer reading, not draining. */
    boolean ready(long nowNs);

    /**
     * When the link's rate lets the next segment go, ns; {@code Long.MAX_VALUE} where it is not the rate that it waits for:
     * what else there is opens with an event.
     */
    long paceReadyAtNs(long nowNs);

    /**
     * Why it can never carry a message, such as for its kind of body; {@link ErrorCode#NONE} where nothing speaks against it. Asked
     * before the first segment is written.
     */
    default ErrorCode refusal(final Unit unit) {
        return ErrorCode.NONE;
    }

    /**
     * Writes one segment. The answer, or the loss of it, comes back with the ticket exactly once, and not before this returns.
     *
     * @return the SMPP sequence number that it went out under, or the CSeq
     */
    int submit(long ticket, Unit unit, SegmentPlan plan, int segment, long nowNs);
}
