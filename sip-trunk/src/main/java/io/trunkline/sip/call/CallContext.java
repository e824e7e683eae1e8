package io.trunkline.sip.call;

import io.trunkline.sip.dialog.DialogHops;
import io.trunkline.sip.transaction.MessageTransport;
import io.trunkline.sip.transaction.TimerValues;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * All that a {@link CallDesk} needs.
 *
 * @param limits how much it may hold
 * @param timers T1 and T2, by which answers are repeated
 * @param callers how callers' legs are spoken to
 * @param clock milliseconds that never go back
 * @param random 64 bits that peers cannot guess: tags, Call-IDs and branches
 * @param transport what ACKs to 2xx are sent through
 * @param hops ways to the peers of dialogs
 * @param router decides where calls go
 * @param listener hears what becomes of them
 * @param others what belongs to no call: other requests outside of dialogs, and transactions that the desk did not begin
 * @param media rewrites the session descriptions of anchored targets
 */
public record CallContext(
        CallLimits limits,
        TimerValues timers,
        LegPolicy callers,
        EpochClock clock,
        LongSupplier random,
        MessageTransport transport,
        DialogHops hops,
        CallRouter router,
        CallListener listener,
        OtherRequests others,
        MediaAnchor media) {
    /** Without a relay for media. */
    public CallContext(
            final CallLimits limits,
            final TimerValues timers,
            final LegPolicy callers,
            final EpochClock clock,
            final LongSupplier random,
            final MessageTransport transport,
            final DialogHops hops,
            final CallRouter router,
            final CallListener listener,
            final OtherRequests others) {
        this(limits, timers, callers, clock, random, transport, hops, router, listener, others, MediaAnchor.NONE);
    }
}
