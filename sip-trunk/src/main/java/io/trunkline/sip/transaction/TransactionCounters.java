package io.trunkline.sip.transaction;

/** What the layer has seen, since it began. Written by its thread only. */
public final class TransactionCounters {
    long clientBegun;
    long clientEnded;
    long serverBegun;
    long serverEnded;
    long retransmissionsSent;
    long retransmissionsReceived;
    long strayResponses;
    long faultyRequests;
    long faultyResponses;
    long refusedAtLimit;
    long refusedByUser;
    long transportErrors;
    long notStored;

    public long clientBegun() {
        return clientBegun;
    }

    public long clientEnded() {
        return clientEnded;
    }

    public long serverBegun() {
        return serverBegun;
    }

    public long serverEnded() {
        return serverEnded;
    }

    /** Requests and responses sent again. */
    public long retransmissionsSent() {
        return retransmissionsSent;
    }

    /** Requests and responses that were known already, and absorbed. */
    public long retransmissionsReceived() {
        return retransmissionsReceived;
    }

    /** Responses that belong to no transaction. */
    public long strayResponses() {
        return strayResponses;
    }

    /** Requests answered, or dropped, for a {@link io.trunkline.sip.message.SipFault}. */
    public long faultyRequests() {
        return faultyRequests;
    }

    /** Responses dropped for a fault. */
    public long faultyResponses() {
        return faultyResponses;
    }

    /** Requests answered 503 as the table of server transactions was full, or their peer had its share of it. */
    public long refusedAtLimit() {
        return refusedAtLimit;
    }

    /** Requests that the transaction user refused before they had a transaction, copies among them. */
    public long refusedByUser() {
        return refusedByUser;
    }

    /** Messages that the transport did not take. */
    public long transportErrors() {
        return transportErrors;
    }

    /** Messages that were sent but not kept for retransmission, as there was no room. */
    public long notStored() {
        return notStored;
    }
}
