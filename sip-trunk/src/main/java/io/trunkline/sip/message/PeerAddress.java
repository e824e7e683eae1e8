package io.trunkline.sip.message;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where a message really came from: what goes into {@code received} and {@code rport} (RFC 3261 §18.2.1, RFC 3581 §4). */
public final class PeerAddress {
    private final byte[] host;
    private final int port;

    /**
     * An address that is known as text.
     *
     * @param host IPv4 address, or IPv6 address without brackets
     * @param port 1..65535
     */
    public PeerAddress(final String host, final int port) {
        this.host = Octets.ascii(host);
        this.port = port;
    }

    /** The address of a socket; it must be resolved. */
    public static PeerAddress of(final InetSocketAddress address) {
        final String text = address.getAddress().getHostAddress();
        final int zone = text.indexOf('%');
        return new PeerAddress(zone < 0 ? text : text.substring(0, zone), address.getPort());
    }

    /** IPv4 address, or IPv6 address without brackets; not to be changed. */
    byte[] host() {
        return host;
    }

    public int port() {
        return port;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof PeerAddress address && port == address.port && Arrays.equals(host, address.host);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(host) + port;
    }

    @Override
    public String toString() {
        return new String(host, StandardCharsets.US_ASCII) + ":" + port;
    }
}
