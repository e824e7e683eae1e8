package io.trunkline.sip.call;

import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.ServerTransaction;
import io.trunkline.sip.transaction.TransactionEnd;

/**
 * Whoever serves what belongs to no call. Its client transactions must have an attachment or none, but not one of the desk's.
 */
public interface OtherRequests {
    /** Nobody: OPTIONS is answered 200, all else 405 or 501. */
    OtherRequests NONE = new OtherRequests() {};

    /**
     * A request outside of any dialog, other than INVITE: MESSAGE (RFC 3428), OPTIONS, REGISTER and so on.
     *
     * @return whether it was answered or will be; false for the desk to answer it
     */
    default boolean onRequest(final ServerTransaction transaction, final SipMessage request) {
        return false;
    }

    /** A response to a request that the desk did not send. */
    default void onResponse(final ClientTransaction transaction, final SipMessage response) {}

    /** A response to no transaction at all. */
    default void onStrayResponse(final SipMessage response, final Hop source) {}

    /** A client transaction that the desk did not begin is over. */
    default void onEnded(final ClientTransaction transaction, final TransactionEnd end) {}

    /** A server transaction that was left to {@link #onRequest} is over. */
    default void onEnded(final ServerTransaction transaction, final TransactionEnd end) {}
}
