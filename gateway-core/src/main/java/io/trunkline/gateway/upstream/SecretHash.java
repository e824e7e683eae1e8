package io.trunkline.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-256 of a token or password: what the daemon keeps instead of the secret. Compared in constant time. */
public final class SecretHash {
    private final byte[] digest;

    private SecretHash(final byte[] digest) {
        this.digest = digest;
    }

    public static SecretHash of(final byte[] secret) {
        return new SecretHash(sha256().digest(secret));
    }

    public static SecretHash of(final String secret) {
        return of(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes as long for a near miss as for a far one. */
    public boolean matches(final SecretHash other) {
        return MessageDigest.isEqual(digest, other.digest);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof SecretHash hash && matches(hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** Never the digest: a short password could be found from it. */
    @Override
    public String toString() {
        return "SecretHash";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
