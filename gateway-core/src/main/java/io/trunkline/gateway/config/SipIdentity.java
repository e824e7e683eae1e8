package io.trunkline.gateway.config;

import java.util.List;

/**
 * What a peer is told of callers.
 *
 * @param asserted P-Asserted-Identity towards the peer (RFC 3325)
 * @param redirections whether Diversion and History-Info pass to it
 * @param displayName whether the caller's display name does
 * @param headers further headers that do, by name
 * @param signature the Identity header towards the peer (RFC 8224)
 */
public record SipIdentity(
        Asserted asserted, boolean redirections, boolean displayName, List<String> headers, Signature signature) {
    public SipIdentity {
        headers = List.copyOf(headers);
    }

    /** What becomes of the Identity header. */
    public enum Signature {
        REMOVE,
        /** As it came. */
        PASS,
        /** Ours. */
        SIGN
    }

    /** What becomes of P-Asserted-Identity. */
    public enum Asserted {
        REMOVE,
        /** As it came. */
        PASS,
        /** Made of the caller's number. */
        CALLER
    }
}
