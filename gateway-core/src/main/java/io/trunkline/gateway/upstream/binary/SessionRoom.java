package io.trunkline.gateway.upstream.binary;

import io.netty.channel.Channel;
import io.trunkline.gateway.upstream.CreditLedger;
import io.trunkline.smpp.session.PduOutput;

/**
 * The room that one session has for what it writes: what was appended, what of it has left, and who waits for more. A peer that does
 * not read what it is sent is not read from either, so that answers stay bounded; what waits goes on as soon as bytes leave.
 */
final class SessionRoom {
    /** Something that stops where there is no room, and goes on where there is. */
    interface Waiter {
        boolean holding();

        /** Goes on where there was no room before; called when there may be room again. */
        void resumeIfRoom();
    }

    private final Channel channel;
    private final PduOutput output;
    private final Runnable onReadAgain;
    private final CreditLedger ledger = new CreditLedger();
    private final Runnable roomAgain = this::roomAgain;
    private Waiter events;
    private Waiter replay;
    private boolean open;
    private boolean scheduled;
    private boolean stalled;
    private long stalledSinceNs;
    private long appended;

    /** @param onReadAgain called when a peer that was not read from is read from again */
    SessionRoom(final Channel channel, final PduOutput output, final Runnable onReadAgain) {
        this.channel = channel;
        this.output = output;
        this.onReadAgain = onReadAgain;
    }

    // ---- who waits ----

    /** From now on the peer's requests are answered; {@code subscription} is null where it wants no events. */
    void open(final Waiter subscription) {
        open = true;
        events = subscription;
    }

    void replay(final Waiter newReplay) {
        replay = newReplay;
    }

    /** Nobody waits any more. */
    void close() {
        open = false;
    }

    /** The output is full: nothing more is read from this peer until there is room. */
    void stallIfFull(final long nowNs) {
        if (open && !stalled && !output.writable()) {
            stalled = true;
            stalledSinceNs = nowNs;
            channel.config().setAutoRead(false);
        }
    }

    /** For how long nothing has been read for want of room, ns; 0 where it is. */
    long stalledForNs(final long nowNs) {
        return stalled ? Math.max(1, nowNs - stalledSinceNs) : 0;
    }

    private boolean waiting() {
        return stalled || (events != null && events.holding()) || (replay != null && replay.holding());
    }

    /** So many bytes have left the output. */
    void left(final int bytes) {
        ledger.left(bytes);
    }

    /** Something has left, or the channel takes more: those who wait go on soon. */
    void wake() {
        if (open && waiting() && !scheduled) {
            // Later: this may be called from within the output, which is not ready for more then.
            scheduled = true;
            channel.eventLoop().execute(roomAgain);
        }
    }

    /** As {@link #wake}, at once: for when nothing has left for a while. */
    void look() {
        if (waiting()) {
            roomAgain();
        }
    }

    private void roomAgain() {
        scheduled = false;
        if (!open || !output.writable()) {
            return;
        }
        if (stalled) {
            stalled = false;
            onReadAgain.run();
            channel.config().setAutoRead(true);
        }
        if (events != null) {
            events.resumeIfRoom();
        }
        if (replay != null) {
            replay.resumeIfRoom();
        }
    }

    // ---- what is written ----

    /** Counts bytes appended to the output. */
    void appended(final int bytes) {
        appended += bytes;
    }

    /** A submit was answered by the bytes appended last. */
    void submitAnswered() {
        ledger.answered(appended);
    }

    /** Submits whose answer has not left. */
    int unanswered() {
        return ledger.unanswered();
    }

    /** Whether fewer bytes than these wait to be sent: for what must not be in the way of answers and live events. */
    boolean waitFewerThan(final int bytes) {
        final long inChannel = channel.config().getWriteBufferHighWaterMark() - channel.bytesBeforeUnwritable();
        return output.writable() && appended - ledger.left() + inChannel < bytes;
    }
}
