package io.trunkline.sip.transaction;

import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.SipMethod;
import org.agrona.DirectBuffer;

/** A server transaction, INVITE (RFC 3261 §17.2.1, RFC 6026 §8.7) or any other (§17.2.2). */
public final class ServerTransaction extends Transaction {
    private static final int FIRST_FINAL = 200;
    private static final int FIRST_REFUSAL = 300;

    /** Links of {@link ServerTable}. */
    ServerTransaction nextInBucket;

    long key;
    long keyRest;
    /** Whose it is; null for nobody's. */
    TransactionShare share;

    private PeerAddress peer;
    private boolean tryingPending;

    ServerTransaction(final TransactionLayer layer) {
        super(layer);
    }

    void begin(final SipMethod of, final Hop responsesTo, final PeerAddress from) {
        begin(of, responsesTo, of == SipMethod.INVITE ? TransactionState.PROCEEDING : TransactionState.TRYING);
        peer = from;
        tryingPending = false;
        end = TransactionEnd.TIMEOUT;
        endAtMs = layer.nowMs() + (of == SipMethod.INVITE ? layer.timers.inviteServer() : layer.timers.t1Times64());
        arm();
    }

    /** Keeps the 100 that is sent unless the transaction user answers within the trying delay (RFC 3261 §17.2.1). */
    void tryingLater(final DirectBuffer response, final int length) {
        keep(response, 0, length);
        if (hasStored()) {
            tryingPending = true;
            retransmitAtMs = layer.nowMs() + layer.timers.tryingDelay();
            arm();
        }
    }

    /** Where the request really came from; what responses are stamped with. */
    public PeerAddress peer() {
        return peer;
    }

    private boolean isInvite() {
        return method == SipMethod.INVITE;
    }

    /**
     * Sends a response. A 2xx to INVITE is not repeated by the transaction: the transaction user sends it again until the ACK
     * comes (RFC 3261 §13.3.1.4), with this method, until the transaction ends.
     *
     * @param status its status code
     * @return false where the state allows no such response (a final one was sent before), or for a transport error
     */
    public boolean respond(final int status, final DirectBuffer response, final int offset, final int length) {
        return isInvite()
                ? respondToInvite(status, response, offset, length)
                : respondToOther(status, response, offset, length);
    }

    private boolean respondToInvite(final int status, final DirectBuffer response, final int offset, final int length) {
        if (state == TransactionState.ACCEPTED && status >= FIRST_FINAL && status < FIRST_REFUSAL) {
            return transmit(response, offset, length);
        }
        if (state != TransactionState.PROCEEDING || end == TransactionEnd.TRANSPORT_ERROR) {
            return false;
        }
        tryingPending = false;
        retransmitAtMs = NEVER;
        if (status < FIRST_FINAL) {
            if (hop.isReliable()) {
                forget();
            } else {
                keep(response, offset, length);
            }
            arm();
        } else if (status < FIRST_REFUSAL) {
            state = TransactionState.ACCEPTED;
            forget();
            rest(TransactionEnd.COMPLETED, layer.timers.t1Times64());
        } else {
            state = TransactionState.COMPLETED;
            forget();
            if (!hop.isReliable()) {
                keep(response, offset, length);
                intervalMs = layer.timers.t1();
                retransmitAtMs = layer.nowMs() + intervalMs;
            }
            rest(TransactionEnd.TIMEOUT, layer.timers.t1Times64());
        }
        return transmit(response, offset, length);
    }

    private boolean respondToOther(final int status, final DirectBuffer response, final int offset, final int length) {
        final boolean open = state == TransactionState.TRYING || state == TransactionState.PROCEEDING;
        if (!open || end == TransactionEnd.TRANSPORT_ERROR) {
            return false;
        }
        final boolean reliable = hop.isReliable();
        if (reliable) {
            forget();
        } else {
            keep(response, offset, length);
        }
        if (status < FIRST_FINAL) {
            state = TransactionState.PROCEEDING;
        } else {
            state = TransactionState.COMPLETED;
            rest(TransactionEnd.COMPLETED, reliable ? 0 : layer.timers.t1Times64());
        }
        return transmit(response, offset, length);
    }

    /** What ends it from here on is this. */
    private void rest(final TransactionEnd why, final long forMs) {
        end = why;
        endAtMs = layer.nowMs() + forMs;
        arm();
    }

    /** The request came again: the last response goes again, if there was one (Proceeding, Completed). */
    void onRetransmission() {
        layer.counters.retransmissionsReceived++;
        if (tryingPending) {
            tryingPending = false;
            retransmitAtMs = NEVER;
            arm();
        }
        if (state == TransactionState.PROCEEDING || state == TransactionState.COMPLETED) {
            resend();
        }
    }

    /** An ACK with the INVITE's branch; true where it was for a refusal and the matter is closed. */
    boolean onAck() {
        if (state == TransactionState.COMPLETED) {
            state = TransactionState.CONFIRMED;
            forget();
            retransmitAtMs = NEVER;
            rest(TransactionEnd.COMPLETED, hop.isReliable() ? 0 : layer.timers.t4());
            return true;
        }
        return state != TransactionState.ACCEPTED;
    }

    @Override
    protected void onTimer(final long nowMs) {
        if (endAtMs <= nowMs) {
            layer.ended(this);
            return;
        }
        if (tryingPending) {
            tryingPending = false;
            retransmitAtMs = NEVER;
            arm();
            transmit(stored(), 0, storedLength());
            return;
        }
        intervalMs = Math.min(intervalMs * 2, layer.timers.t2());
        retransmitAtMs = nowMs + intervalMs;
        arm();
        resend();
    }
}
