package io.trunkline.sip.stir;

/**
 * What a verification found.
 *
 * @param attestation what the signer vouches for; null where it is not known, or no SHAKEN
 * @param origid the signer's mark for where the call came from; empty where there is none
 * @param certificate who signed: subject and serial number; empty unless the certificate was had
 * @param why for the operator; not for the peer
 */
public record Verdict(Outcome outcome, Attestation attestation, String origid, String certificate, String why) {
    /** A verdict without a PASSporT. */
    static Verdict of(final Outcome outcome, final String why) {
        return new Verdict(outcome, null, "", "", why);
    }

    /** A verdict on a PASSporT. */
    static Verdict of(final Outcome outcome, final Passport passport, final String certificate, final String why) {
        return new Verdict(outcome, passport.attestation(), passport.origid(), certificate, why);
    }

    /** Whether the call is signed by who its certificate says. */
    public boolean isVerified() {
        return outcome == Outcome.VERIFIED;
    }

    /**
     * The Reason header line that tells the caller's network of a failure even where the call goes on (RFC 9410), with CRLF; empty
     * where there is nothing to tell.
     */
    public String reasonLine() {
        final int status = outcome.status();
        return status < 400 || status == Outcome.OVERLOADED.status()
                ? ""
                : "Reason: STIR;cause=" + status + ";text=\"" + outcome.phrase() + "\"\r\n";
    }
}
