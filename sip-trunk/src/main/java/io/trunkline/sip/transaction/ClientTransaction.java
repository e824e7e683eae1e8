package io.trunkline.sip.transaction;

import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import org.agrona.DirectBuffer;

/**
 * A client transaction, INVITE (RFC 3261 §17.1.1, RFC 6026 §8.4) or any other (§17.1.2). Made by {@link
 * TransactionLayer#newClient}; write {@link #writeBranch its branch} into the request's Via and {@link #send} it.
 */
public final class ClientTransaction extends Transaction {
    static final byte[] COOKIE = Octets.ascii("z9hG4bK");
    static final int BRANCH_LENGTH = COOKIE.length + Long.BYTES * 2;

    private static final int FIRST_FINAL = 200;
    private static final int FIRST_REFUSAL = 300;
    private static final int TRYING = 100;
    private static final byte[] NO_REASON = {};

    private long id;
    private boolean cancelWanted;
    private boolean cancelled;
    private byte[] cancelReason = NO_REASON;

    ClientTransaction(final TransactionLayer layer) {
        super(layer);
    }

    void begin(final SipMethod of, final Hop over, final long identity) {
        begin(of, over, TransactionState.INITIAL);
        id = identity;
        cancelWanted = false;
        cancelled = false;
        cancelReason = NO_REASON;
        // So that a transaction nobody sends over does not stay.
        endAtMs = layer.nowMs() + layer.timers.t1Times64();
        end = TransactionEnd.ABANDONED;
        arm();
    }

    long id() {
        return id;
    }

    /** Appends the value of the branch parameter; a CANCEL has that of its INVITE. */
    public void writeBranch(final OctetWriter out) {
        out.octets(COOKIE).hex(id);
    }

    /** Whether it was sent and no response has come. */
    boolean isUnanswered() {
        return state == TransactionState.CALLING || state == TransactionState.TRYING;
    }

    private boolean isInvite() {
        return method == SipMethod.INVITE;
    }

    /**
     * Sends the request and starts its timers. Once only.
     *
     * @return false for a transport error; {@code onEnded} follows then too
     */
    public boolean send(final DirectBuffer request, final int offset, final int length) {
        if (state != TransactionState.INITIAL) {
            throw new IllegalStateException("sent already: " + state);
        }
        final long now = layer.nowMs();
        state = isInvite() ? TransactionState.CALLING : TransactionState.TRYING;
        end = TransactionEnd.TIMEOUT;
        // ACK and CANCEL are made of the INVITE, so it is kept over a reliable transport too.
        if (isInvite() || !hop.isReliable()) {
            keep(request, offset, length);
        }
        intervalMs = layer.timers.t1();
        retransmitAtMs = hop.isReliable() ? NEVER : now + intervalMs;
        endAtMs = now + layer.timers.t1Times64();
        arm();
        return transmit(request, offset, length);
    }

    /** Gives up a transaction that was not sent; {@code onEnded} follows. */
    public void abandon() {
        if (state == TransactionState.INITIAL) {
            endNow(TransactionEnd.ABANDONED);
        }
    }

    /** As {@link #cancel(byte[])}, without saying why. */
    public void cancel() {
        cancel(NO_REASON);
    }

    /**
     * Cancels an INVITE that has no final response: at once if a provisional response came, else when one comes (RFC 3261 §9.1).
     * The CANCEL is a transaction of its own, with this one's attachment. Without a final response 64*T1 later this one ends
     * with {@link TransactionEnd#TIMEOUT}.
     *
     * @param reason whole header lines, each with CRLF, that say why (RFC 3326); may be empty
     */
    public void cancel(final byte[] reason) {
        if (!isInvite() || isCancelled()) {
            return;
        }
        cancelReason = reason;
        cancelNow();
    }

    private void cancelNow() {
        if (state == TransactionState.CALLING) {
            cancelWanted = true;
        } else if (state == TransactionState.PROCEEDING) {
            cancelled = true;
            endAtMs = layer.nowMs() + layer.timers.t1Times64();
            arm();
            layer.sendCancel(this);
        }
    }

    byte[] cancelReason() {
        return cancelReason;
    }

    /** Whether {@link #cancel(byte[])} was called in time. */
    public boolean isCancelled() {
        return cancelled || cancelWanted;
    }

    void onResponse(final SipMessage response) {
        if (isInvite()) {
            onInviteResponse(response);
        } else {
            onOtherResponse(response);
        }
    }

    private void onInviteResponse(final SipMessage response) {
        final int status = response.status();
        switch (state) {
            case CALLING, PROCEEDING -> {
                if (status < FIRST_FINAL) {
                    proceed(status);
                    layer.user.onResponse(this, response);
                    if (cancelWanted && !cancelled) {
                        cancelNow();
                    }
                } else if (status < FIRST_REFUSAL) {
                    state = TransactionState.ACCEPTED;
                    forget();
                    rest(layer.timers.t1Times64());
                    layer.user.onResponse(this, response);
                } else {
                    state = TransactionState.COMPLETED;
                    rest(hop.isReliable() ? 0 : layer.timers.d());
                    layer.acknowledge(this, response);
                    layer.user.onResponse(this, response);
                }
            }
            case ACCEPTED -> {
                if (status >= FIRST_FINAL && status < FIRST_REFUSAL) {
                    layer.user.onResponse(this, response);
                }
            }
            case COMPLETED -> {
                layer.counters.retransmissionsReceived++;
                if (status >= FIRST_REFUSAL) {
                    resend();
                }
            }
            default -> layer.counters.strayResponses++;
        }
    }

    /** Timers A and B stop with the first provisional response; from then on Timer C runs, set anew by each above 100. */
    private void proceed(final int status) {
        if (state == TransactionState.CALLING || (status > TRYING && !cancelled)) {
            endAtMs = layer.nowMs() + layer.timers.c();
        }
        state = TransactionState.PROCEEDING;
        retransmitAtMs = NEVER;
        arm();
    }

    private void onOtherResponse(final SipMessage response) {
        switch (state) {
            case TRYING, PROCEEDING -> {
                if (response.status() < FIRST_FINAL) {
                    state = TransactionState.PROCEEDING;
                } else {
                    state = TransactionState.COMPLETED;
                    forget();
                    rest(hop.isReliable() ? 0 : layer.timers.t4());
                }
                layer.user.onResponse(this, response);
            }
            case COMPLETED -> layer.counters.retransmissionsReceived++;
            default -> layer.counters.strayResponses++;
        }
    }

    /** A final response came: only late copies are waited for (Timers D, K, M). */
    private void rest(final long forMs) {
        end = TransactionEnd.COMPLETED;
        retransmitAtMs = NEVER;
        endAtMs = layer.nowMs() + forMs;
        arm();
    }

    @Override
    protected void onTimer(final long nowMs) {
        if (endAtMs <= nowMs) {
            if (state == TransactionState.PROCEEDING && isInvite() && !cancelled && end == TransactionEnd.TIMEOUT) {
                cancelNow();
                return;
            }
            layer.ended(this);
            return;
        }
        if (state == TransactionState.PROCEEDING) {
            intervalMs = layer.timers.t2();
        } else {
            intervalMs = isInvite() ? intervalMs * 2 : Math.min(intervalMs * 2, layer.timers.t2());
        }
        retransmitAtMs = nowMs + intervalMs;
        arm();
        resend();
    }
}
