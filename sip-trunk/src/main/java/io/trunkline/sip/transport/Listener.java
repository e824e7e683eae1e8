package io.trunkline.sip.transport;

import io.trunkline.sip.message.TransportProtocol;
import java.net.InetSocketAddress;

/**
 * An address of ours.
 *
 * @param protocol UDP, TCP or TLS
 * @param address where to listen; port 0 chooses one
 * @param advertised host, or host:port, for Via and Contact where it is not the address that is bound; else null
 * @param tls of a TLS listener; else null
 */
public record Listener(TransportProtocol protocol, InetSocketAddress address, String advertised, SipTls tls) {
    public Listener {
        if ((protocol == TransportProtocol.TLS) != (tls != null)) {
            throw new IllegalArgumentException("TLS needs its settings, and nothing else has them: " + protocol);
        }
        if (advertised == null && address.getAddress().isAnyLocalAddress()) {
            throw new IllegalArgumentException("listening on all addresses, it must be said which one is ours");
        }
    }

    /** A listener without TLS that says its own address. */
    public static Listener of(final TransportProtocol protocol, final InetSocketAddress address) {
        return new Listener(protocol, address, null, null);
    }

    /** What stands in Via and Contact, once it is bound. */
    String sentBy(final InetSocketAddress bound) {
        if (advertised == null) {
            final String host = bound.getAddress().getHostAddress();
            return (host.indexOf(':') < 0 ? host : "[" + withoutZone(host) + "]") + ":" + bound.getPort();
        }
        final boolean hasPort = advertised.lastIndexOf(':') > advertised.lastIndexOf(']');
        return hasPort ? advertised : advertised + ":" + bound.getPort();
    }

    private static String withoutZone(final String host) {
        final int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }
}
