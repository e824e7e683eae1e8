package io.trunkline.sip.stir;

/** What came of a verification, with the response that refuses the call for it (RFC 8224 §6.2.2), if the owner wants to refuse. */
public enum Outcome {
    /** Signed by who its certificate says, for this call, just now. */
    VERIFIED(0, "", Verstat.PASSED),
    /** No Identity header. */
    NO_IDENTITY(428, "Use Identity Header", Verstat.NOT_DONE),
    /** Not a PASSporT, or larger than any. */
    MALFORMED(438, "Invalid Identity Header", Verstat.FAILED),
    /** An algorithm or kind of PASSporT that is not known here. */
    UNSUPPORTED(437, "Unsupported Credential", Verstat.NOT_DONE),
    /** Signed too long ago, or in the future. */
    STALE(403, "Stale Date", Verstat.FAILED),
    /** Signed for another caller or another called number. */
    WRONG_NUMBER(438, "Invalid Identity Header", Verstat.FAILED),
    /** The certificate cannot be had, or not from where it is said to be. */
    UNREACHABLE(436, "Bad Identity Info", Verstat.NOT_DONE),
    /** The certificate is not trusted, not valid now, or not good for this number. */
    UNTRUSTED(437, "Unsupported Credential", Verstat.FAILED),
    /** The signature is not the certificate's. */
    FORGED(438, "Invalid Identity Header", Verstat.FAILED),
    /** The same PASSporT has been used for too many calls. */
    REPLAYED(438, "Invalid Identity Header", Verstat.FAILED),
    /** There was no room to verify it. */
    OVERLOADED(503, "Service Unavailable", Verstat.NOT_DONE);

    private final int status;
    private final String phrase;
    private final Verstat verstat;

    Outcome(final int status, final String phrase, final Verstat verstat) {
        this.status = status;
        this.phrase = phrase;
        this.verstat = verstat;
    }

    /** Status of the response that refuses the call; 0 for {@link #VERIFIED}. */
    public int status() {
        return status;
    }

    /** The phrase of that status, as RFC 8224 has it. */
    public String phrase() {
        return phrase;
    }

    /** What is told of it within the network. */
    public Verstat verstat() {
        return verstat;
    }
}
