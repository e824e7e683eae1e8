package io.trunkline.sip.trunk;

/** Why a trunk does not take a call. */
public enum Refusal {
    /** It takes it. */
    NONE,
    /** Taken out of service. */
    DISABLED,
    /** Not located yet, or no address answers. */
    DOWN,
    /** It must be registered and is not. */
    NOT_REGISTERED,
    /** Every address asked to be left alone for a while (Retry-After). */
    RETRY_LATER,
    /** The peer sheds load (RFC 7339), and this call is of what it sheds. */
    OVERLOADED,
    /** Too many calls this second. */
    RATE,
    /** Too many calls at a time. */
    CONCURRENCY
}
