package io.trunkline.sip.transaction;

import io.trunkline.sip.message.PeerAddress;

/** Where a message came from or goes to: a peer's address over UDP, or a connection. */
public interface Hop {
    /** Whether the transport repeats by itself what was lost. */
    boolean isReliable();

    /** The peer's address as seen from here. */
    PeerAddress peer();

    /** The same peer's address with another port, where responses go by sent-by (RFC 3261 §18.2.2); unreliable hops only. */
    Hop withPort(int port);
}
