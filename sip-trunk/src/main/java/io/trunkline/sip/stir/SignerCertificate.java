package io.trunkline.sip.stir;

import java.security.interfaces.ECPublicKey;

/**
 * A signer's certificate whose chain is trusted.
 *
 * @param key its key, of the curve P-256
 * @param numbers which numbers it may sign for
 * @param notBeforeMs valid from, ms since 1970
 * @param notAfterMs valid until, ms since 1970
 * @param name subject and serial number
 */
public record SignerCertificate(
        ECPublicKey key, TnAuthorization numbers, long notBeforeMs, long notAfterMs, String name) {
    /** Whether it is valid now. */
    boolean isValidAt(final long nowMs) {
        return nowMs >= notBeforeMs && nowMs <= notAfterMs;
    }
}
