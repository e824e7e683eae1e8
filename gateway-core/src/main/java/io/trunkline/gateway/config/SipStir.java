package io.trunkline.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code sip.stir} of {@code gateway.yaml}: with what calls are signed, and by whom signed calls are believed.
 *
 * @param waiting signatures that are asked for and not made or verified, at most
 */
public record SipStir(Optional<Signing> sign, Optional<Verifying> verify, int waiting) {
    /** What becomes of a call that cannot be signed. */
    public enum Unsigned {
        /** It goes out without signature. */
        SEND,
        /** 503. */
        REFUSE
    }

    /**
     * What calls to trunks with {@code signature: sign} are signed with.
     *
     * @param key PEM file with the private key, PKCS #8, of the curve P-256
     * @param certificate PEM file with its certificate
     * @param url where others fetch that
     */
    public record Signing(Path key, Path certificate, String url, Unsigned unsigned) {}

    /**
     * What is asked of signed calls.
     *
     * @param authorities PEM file with those whose certificates are believed
     * @param numberLists whether certificates must say which numbers they are good for (RFC 8226)
     * @param fresh how far a signature's time may be from ours
     * @param calls that one signature serves
     * @param diverted whether calls are verified whose To is another number than their Request-URI
     * @param hosts that certificates are fetched from; empty: any
     */
    public record Verifying(
            Path authorities, boolean numberLists, Duration fresh, int calls, boolean diverted, List<String> hosts) {
        public Verifying {
            hosts = List.copyOf(hosts);
        }
    }
}
