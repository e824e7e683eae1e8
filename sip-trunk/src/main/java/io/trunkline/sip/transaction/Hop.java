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

    /**
     * Another of the same peer's addresses, where it wants its responses (maddr of its Via); unreliable hops only.
     *
     * @param host as the peer has written it
     * @return null where it is not known to be the peer's
     */
    default Hop elsewhere(final String host, final int port) {
        return null;
    }
}
