package io.trunkline.sip.call;

/** What ended a call. Each call has exactly one. */
public enum EndReason {
    /** The caller hung up. */
    CALLER_HUNG_UP,
    /** The callee hung up. */
    CALLEE_HUNG_UP,
    /** The caller gave up before an answer. */
    CALLER_CANCELLED,
    /** The router refused the call. */
    ROUTER_REFUSED,
    /** The last target that was tried refused, or could not be reached. */
    TARGET_REFUSED,
    /** Nobody answered within the time that the plan gives. */
    RING_TIMEOUT,
    /** The router did not decide in time. */
    OFFER_TIMEOUT,
    /** The caller did not acknowledge the answer within 64*T1 (RFC 3261 §13.3.1.4). */
    NO_ACK,
    /** A session timer ran out (RFC 4028 §10). */
    SESSION_EXPIRED,
    /** The plan's longest duration was reached. */
    MAX_DURATION,
    /** One peer knew nothing of the dialog any more, or did not answer in it (RFC 3261 §12.2.1.2: 481, 408). */
    DIALOG_LOST,
    /** The owner ended it. */
    OWNER_ENDED,
    /** The way to the caller failed, or there was no room left to go on. */
    LOCAL_FAILURE
}
