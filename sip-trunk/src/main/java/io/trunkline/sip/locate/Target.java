package io.trunkline.sip.locate;

import io.trunkline.sip.message.TransportProtocol;
import java.net.InetAddress;
import java.util.Locale;

/**
 * What is to be located: the parts of a URI that RFC 3263 §4 looks at.
 *
 * @param secure whether the scheme is sips
 * @param host name, IPv4 address, or IPv6 address with or without brackets
 * @param port 0 where none is given
 * @param transport null where none is given; TLS for {@code sip:...;transport=tls} as for sips over TCP
 */
public record Target(boolean secure, String host, int port, TransportProtocol transport) {
    private static final int DEFAULT_PORT = 5060;
    private static final int DEFAULT_TLS_PORT = 5061;
    private static final int MAX_NAME = 253;

    public Target {
        final boolean bracketed = host.startsWith("[") && host.endsWith("]");
        host = (bracketed ? host.substring(1, host.length() - 1) : host).toLowerCase(Locale.ROOT);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (host.isEmpty() || host.length() > MAX_NAME || !host.matches("[0-9a-z._:-]+")) {
            throw new IllegalArgumentException("no host: " + host);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0..65535: " + port);
        }
        if (transport != null
                && transport != TransportProtocol.UDP
                && transport != TransportProtocol.TCP
                && transport != TransportProtocol.TLS) {
            throw new IllegalArgumentException("transport must be UDP, TCP or TLS: " + transport);
        }
        if (secure && transport == TransportProtocol.UDP) {
            throw new IllegalArgumentException("sips does not go over UDP");
        }
        transport = secure && transport == TransportProtocol.TCP ? TransportProtocol.TLS : transport;
    }

    /** The address, where the host is one; else null. Asks no name server. */
    InetAddress literal() {
        return IpLiteral.parse(host);
    }

    /** What is used where neither URI nor DNS says more (RFC 3263 §4.1). */
    TransportProtocol defaultTransport() {
        return transport != null ? transport : secure ? TransportProtocol.TLS : TransportProtocol.UDP;
    }

    int portOr(final TransportProtocol protocol) {
        return port != 0 ? port : protocol == TransportProtocol.TLS ? DEFAULT_TLS_PORT : DEFAULT_PORT;
    }
}
