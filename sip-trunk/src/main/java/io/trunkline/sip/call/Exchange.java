package io.trunkline.sip.call;

import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.KeptOctets;
import io.trunkline.sip.transaction.OctetStore;
import io.trunkline.sip.transaction.ServerTransaction;

/** A request within a dialog that goes on to the other leg, or one of our own; until both its transactions are over. */
final class Exchange {
    /** The request as it came, to be answered later and perhaps sent again with credentials. */
    final KeptOctets request;

    Call call;
    /** Where it came from; null for our own. */
    Leg from;
    /** Where it goes to. */
    Leg to;

    SipMethod method;
    ServerTransaction server;
    ClientTransaction client;
    boolean answered;
    int retries;
    /** Whether the relay has the description of its final response. */
    boolean held;
    /** Tells its uses apart. */
    long serial;

    /** Transactions that have not ended, those of earlier tries among them. */
    int transactions;

    Exchange(final OctetStore store) {
        request = new KeptOctets(store);
    }

    void begin(final Call of, final Leg source, final Leg destination, final SipMethod what) {
        call = of;
        from = source;
        to = destination;
        method = what;
        server = null;
        client = null;
        answered = false;
        retries = 0;
        held = false;
        transactions = 0;
    }

    void clear() {
        serial++;
        request.clear();
        call = null;
        from = null;
        to = null;
    }

    boolean isOurs() {
        return from == null;
    }
}
