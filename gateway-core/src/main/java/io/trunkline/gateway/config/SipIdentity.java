package io.trunkline.gateway.config;

import java.util.List;

/**
 * What a peer is told of callers, and what it is believed.
 *
 * @param asserted P-Asserted-Identity towards the peer (RFC 3325)
 * @param redirections whether Diversion and History-Info pass to the peer
 * @param displayName whether the caller's display name does
 * @param headers further headers that do, by name
 * @param signature the Identity header towards the peer (RFC 8224)
 * @param believed whether what the peer asserts counts before From, and what it says of diversions at all
 * @param remoteParty Remote-Party-ID towards the peer
 * @param diverted how the peer is told who diverted the call last
 */
public record SipIdentity(
        Asserted asserted,
        boolean redirections,
        boolean displayName,
        List<String> headers,
        Signature signature,
        boolean believed,
        Asserted remoteParty,
        Diverted diverted) {
    public SipIdentity {
        headers = List.copyOf(headers);
    }

    /** Whether the peer learns the number of a caller who hides it. */
    public boolean learnsHidden() {
        return asserted == Asserted.CALLER || remoteParty == Asserted.CALLER;
    }

    /** What becomes of the Identity header. */
    public enum Signature {
        REMOVE,
        /** As it came. */
        PASS,
        /** Ours. */
        SIGN
    }

    /** What becomes of a header that says who calls. */
    public enum Asserted {
        REMOVE,
        /** As it came. */
        PASS,
        /** Made of the caller's number. */
        CALLER
    }

    /** What is written anew of a diversion. */
    public enum Diverted {
        REMOVE,
        /** Diversion (RFC 5806). */
        DIVERSION,
        /** History-Info (RFC 7044). */
        HISTORY_INFO,
        BOTH
    }
}
