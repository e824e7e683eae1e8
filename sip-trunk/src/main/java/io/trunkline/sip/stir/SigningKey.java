package io.trunkline.sip.stir;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** What calls are signed with: a private key of the curve P-256, and where others find its certificate. Thread-safe. */
public final class SigningKey {
    private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final ECDSASigner signer;
    private final String url;
    private final String name;
    private final long notAfterMs;

    /**
     * Takes a key that is its certificate's.
     *
     * @param url where others fetch the certificate
     */
    public SigningKey(final ECPrivateKey key, final X509Certificate certificate, final String url)
            throws GeneralSecurityException {
        this.url = url;
        name = TrustAnchors.name(certificate);
        notAfterMs = certificate.getNotAfter().toInstant().toEpochMilli();
        try {
            signer = new ECDSASigner(key);
            final byte[] sample = url.getBytes(StandardCharsets.UTF_8);
            if (!(certificate.getPublicKey() instanceof ECPublicKey publicKey)
                    || !isSignedBy(publicKey, sample, signer.sign(ES256, sample))) {
                throw new GeneralSecurityException("the certificate is not that of the key");
            }
        } catch (final JOSEException e) {
            throw new GeneralSecurityException("the key is not of the curve P-256", e);
        }
    }

    /**
     * Reads key and certificate.
     *
     * @param keyPem PKCS #8, not encrypted
     * @param certificatePem the certificate, perhaps with the chain behind it
     * @throws GeneralSecurityException with what is wrong, for whoever gave the files
     */
    public static SigningKey read(final String keyPem, final byte[] certificatePem, final String url)
            throws GeneralSecurityException {
        final int begin = keyPem.indexOf(BEGIN);
        final int end = keyPem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new GeneralSecurityException(
                    "no PRIVATE KEY of PKCS #8 there; openssl pkcs8 -topk8 -nocrypt makes one of an EC PRIVATE KEY");
        }
        final byte[] octets;
        try {
            octets = Base64.getMimeDecoder().decode(keyPem.substring(begin + BEGIN.length(), end));
        } catch (final IllegalArgumentException e) {
            throw new GeneralSecurityException("the PRIVATE KEY is not base64", e);
        }
        final ECPrivateKey key =
                (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(octets));
        return new SigningKey(key, TrustAnchors.certificates(certificatePem).get(0), url);
    }

    /** Where others fetch the certificate. */
    public String url() {
        return url;
    }

    /** Subject and serial number of the certificate. */
    public String name() {
        return name;
    }

    /** Until when the certificate is valid, ms since 1970. */
    public long notAfterMs() {
        return notAfterMs;
    }

    Base64URL sign(final byte[] input) throws JOSEException {
        return signer.sign(ES256, input);
    }

    /** Whether a signature is that of a key; costs some hundred µs. */
    static boolean isSignedBy(final ECPublicKey key, final byte[] input, final Base64URL signature)
            throws JOSEException {
        return new ECDSAVerifier(key).verify(ES256, input, signature);
    }
}
