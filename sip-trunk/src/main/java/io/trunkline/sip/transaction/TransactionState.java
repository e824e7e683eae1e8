package io.trunkline.sip.transaction;

/** States of RFC 3261 figures 5 to 8 and RFC 6026 §7. */
public enum TransactionState {
    /** A client transaction whose request was not sent yet. */
    INITIAL,
    /** INVITE client: sent, nothing heard. */
    CALLING,
    /** Non-INVITE: client sent and heard nothing, server has not answered. */
    TRYING,
    /** A provisional response passed; an INVITE server begins here. */
    PROCEEDING,
    /** INVITE: a 2xx passed; more of them may (RFC 6026). */
    ACCEPTED,
    /** A final response passed, for INVITE one of 300 or above. */
    COMPLETED,
    /** INVITE server: the ACK to a refusal came. */
    CONFIRMED,
    /** Over. */
    TERMINATED
}
