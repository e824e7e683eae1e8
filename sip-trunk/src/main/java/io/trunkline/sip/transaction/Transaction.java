package io.trunkline.sip.transaction;

import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.time.Timed;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What client and server transactions share: the message kept for retransmission, and the two deadlines that every state
 * has at most, of which the nearer is in the wheel.
 */
abstract class Transaction extends Timed {
    static final long NEVER = Long.MAX_VALUE;

    final TransactionLayer layer;
    TransactionState state = TransactionState.TERMINATED;
    SipMethod method = SipMethod.OTHER;
    Hop hop;
    long retransmitAtMs = NEVER;
    long endAtMs = NEVER;
    long intervalMs;
    TransactionEnd end = TransactionEnd.COMPLETED;
    private UnsafeBuffer stored;
    private int storedLength;
    private Object attachment;

    Transaction(final TransactionLayer layer) {
        this.layer = layer;
    }

    final void begin(final SipMethod of, final Hop over, final TransactionState first) {
        method = of;
        hop = over;
        state = first;
        retransmitAtMs = NEVER;
        endAtMs = NEVER;
        end = TransactionEnd.COMPLETED;
        attachment = null;
    }

    /** Puts the nearer deadline into the wheel. */
    final void arm() {
        final long deadline = Math.min(retransmitAtMs, endAtMs);
        if (deadline == NEVER) {
            layer.wheel.cancel(this);
        } else {
            layer.wheel.schedule(this, deadline);
        }
    }

    /** Ends it at the next poll. */
    final void endNow(final TransactionEnd why) {
        end = why;
        retransmitAtMs = NEVER;
        endAtMs = layer.nowMs();
        arm();
    }

    /** Keeps a copy for retransmission, in place of the one before; none where there is no room. */
    final void keep(final DirectBuffer buffer, final int offset, final int length) {
        forget();
        stored = layer.store.take(length);
        if (stored == null) {
            layer.counters.notStored++;
            return;
        }
        stored.putBytes(0, buffer, offset, length);
        storedLength = length;
    }

    final void forget() {
        if (stored != null) {
            layer.store.give(stored);
            stored = null;
        }
        storedLength = 0;
    }

    final boolean hasStored() {
        return stored != null;
    }

    final UnsafeBuffer stored() {
        return stored;
    }

    final int storedLength() {
        return storedLength;
    }

    /** Sends what was kept once more; a transport error ends the transaction. */
    final void resend() {
        if (stored != null) {
            layer.counters.retransmissionsSent++;
            transmit(stored, 0, storedLength);
        }
    }

    /** Sends; a transport error ends the transaction at the next poll (RFC 3261 §17.1.4, §17.2.4). */
    final boolean transmit(final DirectBuffer buffer, final int offset, final int length) {
        if (layer.transport.send(hop, buffer, offset, length)) {
            return true;
        }
        layer.counters.transportErrors++;
        endNow(TransactionEnd.TRANSPORT_ERROR);
        return false;
    }

    /** Where it stands. */
    public final TransactionState state() {
        return state;
    }

    /** The method of its request. */
    public final SipMethod method() {
        return method;
    }

    /** Client: where the request goes. Server: where responses go. */
    public final Hop hop() {
        return hop;
    }

    /** What the transaction user keeps here, or null. */
    public final Object attachment() {
        return attachment;
    }

    /** Keeps something of the transaction user's until the transaction ends. */
    public final void attach(final Object object) {
        attachment = object;
    }
}
