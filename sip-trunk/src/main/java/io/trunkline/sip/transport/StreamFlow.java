package io.trunkline.sip.transport;

import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.message.ViaField;
import io.trunkline.sip.transaction.Hop;
import java.net.InetSocketAddress;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * A peer over TCP or TLS. One that was accepted ends with its connection; one to a {@link Destination} is connected when
 * something is sent, again after its connection has gone.
 */
final class StreamFlow implements Flow {
    private static final InetSocketAddress UNKNOWN = new InetSocketAddress(0);
    /** What responses begin with, and no request. */
    private static final byte[] VERSION = Octets.ascii("SIP/");

    private static final int DEFAULT_PORT = 5060;
    private static final int DEFAULT_TLS_PORT = 5061;

    private final TransportProtocol protocol;
    private final Destination destination;
    private final InetSocketAddress remote;
    private final PeerAddress peer;
    private final String sentBy;
    private StreamConnection connection;
    /** Where one that was accepted says that it listens; null where it is not known. */
    private Destination listening;

    private Set<String> peerNames = Set.of();
    private InetSocketAddress alias;
    /** A connection came about, this one or one before. */
    private boolean connected;
    /** A request was sent over it. */
    private boolean asked;

    private Object mark;

    /**
     * A flow without connection.
     *
     * @param destination null for one that is accepted
     */
    StreamFlow(
            final TransportProtocol protocol,
            final Destination destination,
            final InetSocketAddress remote,
            final String sentBy) {
        this.protocol = protocol;
        this.destination = destination;
        this.remote = remote;
        this.peer = PeerAddress.of(remote);
        this.sentBy = sentBy;
    }

    Destination destination() {
        return destination;
    }

    StreamConnection connection() {
        return connection;
    }

    void connection(final StreamConnection now) {
        connection = now;
    }

    /** Takes note of what is sent over it. */
    void asked(final DirectBuffer message, final int offset, final int length) {
        asked |= !isResponse(message, offset, length);
    }

    private static boolean isResponse(final DirectBuffer message, final int offset, final int length) {
        boolean same = length >= VERSION.length;
        for (int i = 0; same && i < VERSION.length; i++) {
            same = message.getByte(offset + i) == VERSION[i];
        }
        return same;
    }

    /** Whether somebody may wait for answers over it: not over one that was accepted and heard nothing but answers itself. */
    boolean isAsked() {
        return asked || destination != null;
    }

    /** Its connection has come about. */
    void connected() {
        connected = true;
    }

    @Override
    public boolean mayHaveSent() {
        return connected;
    }

    /** Where a connection is made to: the destination, or where the peer says that it listens; null where there is no such place. */
    Destination reachedAt() {
        return destination == null ? listening : destination;
    }

    @Override
    public void listensAt(final SipMessage request) {
        if (destination != null || !request.hasTopVia()) {
            return;
        }
        final ViaField via = request.topVia();
        final boolean tls = protocol == TransportProtocol.TLS;
        final int usual = tls ? DEFAULT_TLS_PORT : DEFAULT_PORT;
        final int port = via.port() == ViaField.ABSENT ? usual : via.port();
        // The address is where it came from, whatever stands in sent-by; its certificate must have that name.
        if (listening == null || listening.address().getPort() != port) {
            listening = new Destination(
                    protocol,
                    new InetSocketAddress(remote.getAddress(), port),
                    tls ? Octets.text(request.buffer(), via.host()) : "");
        }
    }

    /** The address that requests may be sent to over this connection, or null (RFC 5923). */
    InetSocketAddress alias() {
        return alias;
    }

    void alias(final InetSocketAddress listening) {
        alias = listening;
    }

    void peerNames(final Set<String> proved) {
        peerNames = proved;
    }

    @Override
    public boolean isReliable() {
        return true;
    }

    @Override
    public PeerAddress peer() {
        return peer;
    }

    @Override
    public Hop withPort(final int port) {
        throw new IllegalStateException("a connection has the port it has");
    }

    @Override
    public TransportProtocol protocol() {
        return protocol;
    }

    @Override
    public InetSocketAddress local() {
        final InetSocketAddress known = connection == null ? null : connection.local();
        return known == null ? UNKNOWN : known;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public String sentBy() {
        return sentBy;
    }

    @Override
    public Set<String> peerNames() {
        return peerNames;
    }

    @Override
    public Object mark() {
        return mark;
    }

    @Override
    public void mark(final Object object) {
        mark = object;
    }

    @Override
    public String toString() {
        return protocol + " " + peer;
    }
}
