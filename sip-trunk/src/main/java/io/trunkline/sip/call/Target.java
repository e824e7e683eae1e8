package io.trunkline.sip.call;

import io.trunkline.sip.transaction.Hop;

/**
 * Where a call may go: one address of one trunk, as the router chose it. Texts are ASCII without line ends.
 *
 * @param hop where the INVITE goes
 * @param requestUri Request-URI
 * @param from {@code name-addr} for From, without tag; null for the caller's display name and user at our host
 * @param to {@code name-addr} for To; null for the Request-URI
 * @param headers whole header lines, each with CRLF, that are added to the INVITE, as identities; may be empty
 * @param leg how the leg is spoken to
 * @param failover when the next target is tried
 * @param credentials answers its challenges; null for none
 * @param attachment what the owner wants to find again; may be null
 * @param anchored whether the call's media goes through the relay (see {@link MediaAnchor})
 */
public record Target(
        Hop hop,
        String requestUri,
        String from,
        String to,
        String headers,
        LegPolicy leg,
        FailoverPolicy failover,
        Credentials credentials,
        Object attachment,
        boolean anchored) {
    /** A target whose media is not anchored. */
    public Target(
            final Hop hop,
            final String requestUri,
            final String from,
            final String to,
            final String headers,
            final LegPolicy leg,
            final FailoverPolicy failover,
            final Credentials credentials,
            final Object attachment) {
        this(hop, requestUri, from, to, headers, leg, failover, credentials, attachment, false);
    }

    /** A target with default policies. */
    public static Target of(final Hop hop, final String requestUri) {
        return new Target(hop, requestUri, null, null, "", LegPolicy.DEFAULT, FailoverPolicy.DEFAULT, null, null);
    }

    /** The same target under another policy of failover. */
    public Target with(final FailoverPolicy other) {
        return new Target(hop, requestUri, from, to, headers, leg, other, credentials, attachment, anchored);
    }

    /** The same target under another policy of its leg. */
    public Target with(final LegPolicy other) {
        return new Target(hop, requestUri, from, to, headers, other, failover, credentials, attachment, anchored);
    }

    /** The same target with other header lines. */
    public Target with(final String other) {
        return new Target(hop, requestUri, from, to, other, leg, failover, credentials, attachment, anchored);
    }

    /** The same target with an answer to challenges. */
    public Target with(final Credentials other) {
        return new Target(hop, requestUri, from, to, headers, leg, failover, other, attachment, anchored);
    }

    /** The same target with its media anchored. */
    public Target anchor() {
        return new Target(hop, requestUri, from, to, headers, leg, failover, credentials, attachment, true);
    }
}
