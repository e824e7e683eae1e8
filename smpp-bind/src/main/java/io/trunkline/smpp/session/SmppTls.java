package io.trunkline.smpp.session;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;

/**
 * TLS of a connection.
 *
 * @param context asked anew for every connection, so that renewed certificates are taken up; carries trust, our own
 *     certificate (mTLS) and the protocol versions
 * @param serverName the name for SNI and verification where it is not the host that is connected to; null: the host
 * @param verifyName whether the peer's certificate must be valid for the name; an ESME should say no only for a carrier
 *     that is pinned otherwise; an MC's listener does not look at it
 * @param handshakeTimeoutMs longest handshake, milliseconds, above 0
 */
public record SmppTls(Supplier<SslContext> context, String serverName, boolean verifyName, long handshakeTimeoutMs) {
    private static final long DEFAULT_HANDSHAKE_TIMEOUT_MS = 10_000;

    /** Checks the ranges. */
    public SmppTls {
        if (context == null || handshakeTimeoutMs <= 0) {
            throw new IllegalArgumentException("TLS needs a context and a handshake timeout above 0");
        }
    }

    /** For a connection to a host whose certificate must name it. */
    public static SmppTls verified(final Supplier<SslContext> context) {
        return new SmppTls(context, null, true, DEFAULT_HANDSHAKE_TIMEOUT_MS);
    }

    /** The handler of a connection to an MC. */
    SslHandler toServer(final Channel channel, final String host, final int port) {
        final String name = serverName == null ? host : serverName;
        final SslHandler handler = context.get().newHandler(channel.alloc(), name, port);
        final SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(verifyName ? "HTTPS" : "");
        handler.engine().setSSLParameters(parameters);
        handler.setHandshakeTimeoutMillis(handshakeTimeoutMs);
        return handler;
    }

    /** The handler of a connection that was accepted. */
    SslHandler fromClient(final Channel channel) {
        final SslHandler handler = context.get().newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(handshakeTimeoutMs);
        return handler;
    }
}
