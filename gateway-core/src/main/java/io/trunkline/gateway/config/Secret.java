package io.trunkline.gateway.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** A password or token. It prints as {@code ***}, so that no log and no error message can give it away. */
public final class Secret {
    private final String reference;
    private final byte[] value;

    private Secret(final String reference, final byte[] value) {
        this.reference = reference;
        this.value = value;
    }

    /**
     * A secret and where it came from.
     *
     * @param reference as written in the configuration: {@code ${env:NAME}} or {@code ${file:path}}
     */
    public static Secret of(final String reference, final String value) {
        return new Secret(reference, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Where it came from; no secret itself. */
    public String reference() {
        return reference;
    }

    /** Whether a peer gave this secret; takes the same time wherever they differ. */
    public boolean matches(final byte[] given) {
        return MessageDigest.isEqual(value, given);
    }

    /** The secret itself, for a PDU or a header; a copy. */
    public byte[] reveal() {
        return value.clone();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Secret that
                && reference.equals(that.reference)
                && MessageDigest.isEqual(value, that.value);
    }

    @Override
    public int hashCode() {
        return reference.hashCode() * 31 + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "***";
    }
}
