package io.trunkline.sip.stir;

/**
 * What came of asking for a certificate.
 *
 * @param certificate null where there is none
 * @param outcome {@link Outcome#VERIFIED} where there is one, else why calls that name it are not verified
 * @param why for the operator
 * @param holdsMs for how long the answer may be used, ms, as the server said; negative where it said nothing
 */
public record FetchedCertificate(SignerCertificate certificate, Outcome outcome, String why, long holdsMs) {
    /** A certificate that is trusted. */
    public static FetchedCertificate of(final SignerCertificate certificate) {
        return new FetchedCertificate(certificate, Outcome.VERIFIED, "", -1);
    }

    /** None. */
    public static FetchedCertificate none(final Outcome outcome, final String why) {
        return new FetchedCertificate(null, outcome, why, -1);
    }

    /** The same for another time. */
    public FetchedCertificate holding(final long ms) {
        return new FetchedCertificate(certificate, outcome, why, ms);
    }
}
