package io.trunkline.sip.digest;

/** What credentials are worth. */
public enum DigestOutcome {
    /** The user knows the password, and the request is not a copy. */
    ACCEPTED,
    /** The password is right and the nonce too old, or forgotten: challenge again with stale=true. */
    STALE,
    /** The password is right, but this nonce count was used before: a copy of somebody's request. */
    REPLAYED,
    /** Parameters missing, of another realm, algorithm or request, or a nonce that is not ours. */
    MALFORMED,
    /** No such user, or another password; which of the two is not told, nor to be seen by the time it takes. */
    WRONG
}
