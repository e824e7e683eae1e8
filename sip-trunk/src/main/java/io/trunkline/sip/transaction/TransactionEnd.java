package io.trunkline.sip.transaction;

/** Why a transaction ended. */
public enum TransactionEnd {
    /** It went its way: a final response passed, and what may come late has had its time. */
    COMPLETED,
    /**
     * Client: no final response in time (Timers B, F, or 64*T1 after a CANCEL). INVITE server: no ACK to a refusal (Timer H).
     * Server: the transaction user never sent a final response.
     */
    TIMEOUT,
    /** The transport refused a message (RFC 3261 §17.1.4, §17.2.4). */
    TRANSPORT_ERROR,
    /** Client: it was given up before anything was sent. */
    ABANDONED
}
