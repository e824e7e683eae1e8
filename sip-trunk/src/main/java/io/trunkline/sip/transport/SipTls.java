package io.trunkline.sip.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;

/**
 * TLS of a listener, or of the connections that we open (RFC 3261 §26.3, RFC 5922).
 *
 * @param contexts from a server name, in lower case and empty where none was sent, to the context with the certificate for it;
 *     for connections that we open, from the destination's name to the context with our own certificate. Asked anew for every
 *     connection, so that renewed certificates are taken up. A context that requires the peer's certificate makes the TLS mutual
 * @param verifyName whether the certificate of a server must be valid for the destination's name, which it is asked with; no only
 *     where the trust store pins it otherwise
 */
public record SipTls(Function<String, SslContext> contexts, Predicate<String> verifyName) {
    private static final int MAX_CLIENT_HELLO = 16 * 1024;

    /** The same context for every name; servers must prove theirs. */
    public static SipTls of(final SslContext context) {
        return new SipTls(name -> context, name -> true);
    }

    /** First handler of a connection that was accepted: it waits for the server name and then becomes TLS. */
    ChannelHandler accept(final long handshakeTimeoutMs) {
        final Mapping<String, SslContext> mapping = name -> contexts.apply(name == null ? "" : name);
        return new SniHandler(mapping, MAX_CLIENT_HELLO, handshakeTimeoutMs) {
            @Override
            protected SslHandler newSslHandler(final SslContext context, final ByteBufAllocator allocator) {
                final SslHandler handler = super.newSslHandler(context, allocator);
                handler.setHandshakeTimeoutMillis(handshakeTimeoutMs);
                return handler;
            }
        };
    }

    /** The handler of a connection to a server. */
    SslHandler connect(final Channel channel, final Destination destination, final long handshakeTimeoutMs) {
        final SslHandler handler = contexts.apply(destination.host())
                .newHandler(
                        channel.alloc(),
                        destination.host(),
                        destination.address().getPort());
        final SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(verifyName.test(destination.host()) ? "HTTPS" : "");
        handler.engine().setSSLParameters(parameters);
        handler.setHandshakeTimeoutMillis(handshakeTimeoutMs);
        return handler;
    }
}
