package io.trunkline.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/** The last handler of a connection's channel. */
final class StreamHandler extends ChannelInboundHandlerAdapter {
    private final SipTransport transport;
    private final StreamConnection connection;

    StreamHandler(final SipTransport transport, final StreamConnection connection) {
        this.transport = transport;
        this.connection = connection;
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx) {
        if (!connection.isTls()) {
            connection.ready();
        }
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                final SslHandler tls = ctx.pipeline().get(SslHandler.class);
                connection.flow.peerNames(PeerNames.of(tls.engine().getSession()));
                connection.ready();
            } else {
                transport.counters().tlsFailed++;
                connection.abort();
            }
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        if (message instanceof ByteBuf octets) {
            connection.received(octets);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) {
        connection.readComplete();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        connection.gone();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty deprecates it for outbound handlers only.
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
        // A reset, or octets that are no TLS: the peer's trouble, not ours.
        transport.counters().ioErrors++;
        connection.abort();
    }
}
