package io.trunkline.sip.trunk;

import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.TransactionEnd;

/** A request that a trunk sends of its own accord; what its client transaction has attached. */
interface OwnRequest {
    /** A response, provisional or final. */
    void onResponse(ClientTransaction transaction, SipMessage response);

    /** The transaction is over; without a final response before, that is how the request ended. */
    void onEnded(TransactionEnd end);
}
