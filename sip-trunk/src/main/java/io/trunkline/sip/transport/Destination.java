package io.trunkline.sip.transport;

import io.trunkline.sip.message.TransportProtocol;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * Where requests can be sent: what RFC 3263 makes of a name. Equal destinations share one connection.
 *
 * @param protocol UDP, TCP or TLS
 * @param address resolved
 * @param host over TLS the name before any DNS, which goes into SNI and which the certificate must be valid for (RFC 5922
 *     §7.2); else empty, whatever was given
 */
public record Destination(TransportProtocol protocol, InetSocketAddress address, String host) {
    public Destination {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("not resolved: " + address);
        }
        switch (protocol) {
            case UDP, TCP -> host = "";
            case TLS -> host = host.toLowerCase(Locale.ROOT);
            default -> throw new IllegalArgumentException("no such transport here: " + protocol);
        }
    }

    /** The same address over another protocol. */
    public Destination over(final TransportProtocol other) {
        return new Destination(other, address, host);
    }

    @Override
    public String toString() {
        final String where = address.getAddress().getHostAddress() + ":" + address.getPort();
        return protocol + " " + where + (host.isEmpty() ? "" : " (" + host + ")");
    }
}
