package io.trunkline.gateway.config;

import java.net.InetSocketAddress;

/**
 * Where a listener stands, written {@code host:port} or {@code [v6]:port}.
 *
 * @param port 0..65535; 0 lets the system choose
 */
public record Endpoint(String host, int port) {
    /** Resolved; a host that is unknown gives an unresolved address. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
