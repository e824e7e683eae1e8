package io.trunkline.sip.transport;

import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transaction.Hop;
import java.net.InetSocketAddress;
import java.util.Set;

/** A peer over a transport (RFC 5626 §3.1): a connection, or over UDP a pair of addresses. Belongs to the event loop. */
public interface Flow extends Hop {
    /** UDP, TCP or TLS: what the Via of a request that goes this way must say. */
    TransportProtocol protocol();

    /** Our address; 0.0.0.0, port 0, where it is not known yet. */
    InetSocketAddress local();

    /** The peer's address. */
    InetSocketAddress remote();

    /** Our host and port for the Via and Contact of what goes this way. */
    String sentBy();

    /** DNS names, in lower case, that the peer has proved to be by its certificate; empty without mutual TLS. */
    Set<String> peerNames();

    /**
     * Notes where the peer says that it listens, in the Via of its request: there goes what is sent to it after its connection has gone
     * (RFC 3261 §18.2.2). For peers that are known only, as we connect there then.
     */
    default void listensAt(final SipMessage request) {}

    /** Whether something that was sent this way may have left: not so where a connection has never come about. */
    default boolean mayHaveSent() {
        return true;
    }

    /** What the owner keeps here, or null; lost with the flow, so only what can be worked out again. */
    Object mark();

    /** Keeps something here. */
    void mark(Object object);
}
