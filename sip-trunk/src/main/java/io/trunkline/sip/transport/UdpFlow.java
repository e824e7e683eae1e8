package io.trunkline.sip.transport;

import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transaction.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

/** A peer's address as seen from one UDP socket. */
final class UdpFlow implements Flow {
    private final UdpSocket socket;
    private final InetSocketAddress remote;
    private final PeerAddress peer;
    private Object mark;

    UdpFlow(final UdpSocket socket, final InetSocketAddress remote) {
        this.socket = socket;
        this.remote = remote;
        this.peer = PeerAddress.of(remote);
    }

    UdpSocket socket() {
        return socket;
    }

    @Override
    public boolean isReliable() {
        return false;
    }

    @Override
    public PeerAddress peer() {
        return peer;
    }

    @Override
    public Hop withPort(final int port) {
        return socket.flow(new InetSocketAddress(remote.getAddress(), port));
    }

    @Override
    public Hop elsewhere(final String host, final int port) {
        final InetAddress other = socket.otherAddress(this, host);
        return other == null ? null : socket.flow(new InetSocketAddress(other, port));
    }

    @Override
    public TransportProtocol protocol() {
        return TransportProtocol.UDP;
    }

    @Override
    public InetSocketAddress local() {
        return socket.local();
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public String sentBy() {
        return socket.sentBy();
    }

    @Override
    public Set<String> peerNames() {
        return Set.of();
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
        return "UDP " + peer;
    }
}
