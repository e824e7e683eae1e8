package io.trunkline.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLParameters;

/** Makes connections, to one address after the other. */
final class Connector {
    private static final int RECEIVE_LENGTH = 64 * 1024;

    private final ClientConfig config;
    private final EventLoop eventLoop;
    private final ClientSession session;
    private ChannelFuture attempt;
    private int next;

    Connector(final ClientConfig config, final EventLoop eventLoop, final ClientSession session) {
        this.config = config;
        this.eventLoop = eventLoop;
        this.session = session;
    }

    void connect() {
        final InetSocketAddress address = config.addresses.get(next);
        next = (next + 1) % config.addresses.size();
        final boolean epoll =
                eventLoop instanceof IoEventLoop ioEventLoop && ioEventLoop.isIoType(EpollIoHandler.class);
        attempt = new Bootstrap()
                .group(eventLoop)
                .resolver(HostLookup.PLATFORM)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, config.connectTimeoutMs)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_LENGTH))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 * 1024, 1024 * 1024))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(final SocketChannel channel) {
                        if (config.tls != null) {
                            channel.pipeline().addLast(tlsHandler(channel, address));
                        }
                        channel.pipeline().addLast(new Connection(session, config.tls != null));
                    }
                })
                .connect(address);
        attempt.addListener((ChannelFuture done) -> {
            if (!done.isSuccess() && !done.isCancelled()) {
                session.onConnectFailed("cannot connect to " + address.getHostString() + ":" + address.getPort() + ": "
                        + done.cause().getMessage());
            }
        });
    }

    private SslHandler tlsHandler(final Channel channel, final InetSocketAddress address) {
        final String name = config.serverName == null ? address.getHostString() : config.serverName;
        final SslHandler handler = config.tls.newHandler(channel.alloc(), name, address.getPort());
        final SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(config.verifyHost ? "HTTPS" : "");
        handler.engine().setSSLParameters(parameters);
        handler.setHandshakeTimeoutMillis(config.handshakeTimeoutMs);
        return handler;
    }

    /** Gives up the attempt under way. */
    void stop() {
        if (attempt != null && !attempt.isDone()) {
            attempt.cancel(false);
        }
    }
}
