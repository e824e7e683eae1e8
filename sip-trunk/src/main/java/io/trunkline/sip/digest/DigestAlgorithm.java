package io.trunkline.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hash functions of RFC 8760 §2, the stronger the later. */
public enum DigestAlgorithm {
    /** Broken for signatures and still what most trunks speak. */
    MD5("MD5", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    SHA_512_256("SHA-512-256", "SHA-512/256");

    private final String token;
    private final String platformName;

    DigestAlgorithm(final String token, final String platformName) {
        this.token = token;
        this.platformName = platformName;
    }

    /** The algorithm parameter's value. */
    public String token() {
        return token;
    }

    /**
     * The algorithm of a parameter; MD5 where it is missing (RFC 7616 §3.3).
     *
     * @param value the parameter, or null
     * @return null for one that is not known, -sess variants included
     */
    static DigestAlgorithm of(final String value) {
        if (value == null) {
            return MD5;
        }
        for (final DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(value)) {
                return algorithm;
            }
        }
        return null;
    }

    /** The hash of a text as lower-case hexadecimal digits. */
    String hash(final String text) {
        try {
            final MessageDigest digest = MessageDigest.getInstance(platformName);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform lacks " + platformName, e);
        }
    }

    /** H(A1): what stands for a user's password in one realm. */
    String ha1(final String user, final String realm, final String password) {
        return hash(user + ":" + realm + ":" + password);
    }

    /**
     * The response parameter (RFC 7616 §3.4.1), with qop {@code auth}, or as before RFC 2617 where {@code qop} is null.
     *
     * @param nc eight hexadecimal digits
     */
    String response(
            final String ha1,
            final String nonce,
            final String nc,
            final String cnonce,
            final String qop,
            final String method,
            final String uri) {
        final String ha2 = hash(method + ":" + uri);
        return qop == null
                ? hash(ha1 + ":" + nonce + ":" + ha2)
                : hash(ha1 + ":" + nonce + ":" + nc + ":" + cnonce + ":" + qop + ":" + ha2);
    }
}
