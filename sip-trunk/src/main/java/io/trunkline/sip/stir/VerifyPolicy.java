package io.trunkline.sip.stir;

/**
 * What is asked of a PASSporT.
 *
 * @param freshSec how far its time may be from ours, s; 60 in SHAKEN
 * @param maxCalls calls that one PASSporT may serve while it is fresh: a peer that fails over to another of our addresses uses it again
 * @param divertedTaken whether a call is verified whose To is another number than its Request-URI; whoever has caught a
 *     PASSporT could otherwise send it, with the To that it was made for, to anyone
 * @param baseTaken whether PASSporTs without SHAKEN's claims are verified
 * @param urls where certificates are fetched from
 */
public record VerifyPolicy(
        long freshSec, int maxCalls, boolean divertedTaken, boolean baseTaken, CertificateUrls urls) {
    /** One minute, three calls, SHAKEN only. */
    public static final VerifyPolicy DEFAULT = new VerifyPolicy(60, 3, false, false, CertificateUrls.DEFAULT);

    public VerifyPolicy {
        if (freshSec < 1 || maxCalls < 1) {
            throw new IllegalArgumentException("freshSec and maxCalls must be positive");
        }
    }
}
