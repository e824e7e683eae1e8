package io.trunkline.sip.transaction;

import io.trunkline.sip.message.SipMessage;

/**
 * The transaction user above the layer (RFC 3261 §5): the core of a UAC, UAS or B2BUA. Messages are valid during the call
 * only. A transaction is valid until its {@code onEnded} returns, which comes exactly once, from {@link
 * TransactionLayer#poll()} and never from within another call; after that its object serves another transaction.
 */
public interface TransactionUser {
    /**
     * Asked before a request, other than ACK and CANCEL, gets a transaction. What is refused here, with {@link
     * TransactionLayer#refuse}, costs one answer and leaves nothing behind: it is not repeated, its ACK is a stray, and a copy of the
     * request is asked about again.
     *
     * @return false where it was refused
     */
    default boolean admits(final SipMessage request, final Hop source) {
        return true;
    }

    /**
     * Whether a request belongs to a dialog that is there, and needs nothing else to show that it may: asked of requests without fault that
     * have a To tag and come from nobody who is known.
     */
    default boolean isInDialog(final SipMessage request) {
        return false;
    }

    /** A request, other than ACK and CANCEL, that is no retransmission. */
    void onRequest(ServerTransaction transaction, SipMessage request);

    /**
     * A CANCEL. It is a transaction of its own: answer it with 200, or 481 where there is nothing to cancel, and then the
     * INVITE with 487 if it has no final response yet (RFC 3261 §9.2).
     *
     * @param cancel the CANCEL's own transaction
     * @param invite the transaction it is meant for, or null
     */
    void onCancel(ServerTransaction cancel, ServerTransaction invite, SipMessage request);

    /**
     * An ACK that is not for a refusal: for a 2xx, or a stray.
     *
     * @param invite the accepted transaction with the same branch, as some peers use it; as a rule null
     */
    void onAck(ServerTransaction invite, SipMessage ack, Hop source);

    /** A response; of final ones to non-INVITE and of refusals the first only, of 2xx to INVITE every one. */
    void onResponse(ClientTransaction transaction, SipMessage response);

    /** A response to no transaction that is known: perhaps a 2xx whose ACK was lost for long. Never answered by the layer. */
    void onStrayResponse(SipMessage response, Hop source);

    /** A client transaction is over. */
    void onEnded(ClientTransaction transaction, TransactionEnd end);

    /** A server transaction is over. */
    void onEnded(ServerTransaction transaction, TransactionEnd end);
}
