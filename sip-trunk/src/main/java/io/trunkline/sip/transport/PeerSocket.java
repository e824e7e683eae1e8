package io.trunkline.sip.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A UDP socket to one peer that speaks no SIP, as a media relay or a collector of traces: connected, so that the kernel lets in
 * nobody else. What there is no room for is dropped and counted; nothing waits. Belongs to the event loop.
 */
public final class PeerSocket implements AutoCloseable {
    /** Hears datagrams. */
    @FunctionalInterface
    public interface Sink {
        /**
         * A datagram of the peer.
         *
         * @param datagram valid during the call only
         */
        void onDatagram(DirectBuffer datagram, int offset, int length);
    }

    /** What UDP can carry. */
    private static final int LARGEST = 65_507;

    private final NettyOctets octets = new NettyOctets();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final Sink sink;
    private final int maxQueued;
    private final Channel channel;
    private long sent;
    private long dropped;
    private long failures;

    /**
     * Opens it. What is sent before it is open is dropped.
     *
     * @param maxQueued octets that wait to leave, at most
     */
    public PeerSocket(
            final EventLoop loop,
            final SocketTypes types,
            final InetSocketAddress peer,
            final int maxQueued,
            final Sink sink) {
        this.sink = sink;
        this.maxQueued = maxQueued;
        final ChannelFuture connected = new Bootstrap()
                .group(loop)
                .channelFactory(types.datagram())
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST))
                .handler(handler())
                .connect(peer);
        channel = connected.channel();
    }

    /** Whether it is open. */
    public boolean isOpen() {
        return channel.isActive();
    }

    /** Datagrams given to the socket. */
    public long sent() {
        return sent;
    }

    /** Datagrams for which there was no room, or that were too large. */
    public long dropped() {
        return dropped;
    }

    /** Times that the network said that the peer cannot be reached, and the like. */
    public long failures() {
        return failures;
    }

    /** Sends a datagram, or drops it; false where it was dropped. It leaves with {@link #flush}. */
    @SuppressWarnings("FutureReturnValueIgnored") // What fails comes back as an exception of the channel.
    public boolean send(final DirectBuffer datagram, final int offset, final int length) {
        final ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (!channel.isActive()
                || waiting == null
                || length > LARGEST
                || waiting.totalPendingWriteBytes() + length > maxQueued) {
            dropped++;
            return false;
        }
        sent++;
        channel.write(octets.copy(channel.alloc(), datagram, offset, length), channel.voidPromise());
        return true;
    }

    /** Lets go what was sent. */
    public void flush() {
        channel.flush();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for it.
    public void close() {
        channel.close();
    }

    private ChannelInboundHandlerAdapter handler() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(final ChannelHandlerContext ctx, final Object message) {
                try {
                    final ByteBuf datagram =
                            message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message;
                    NettyOctets.wrap(view, datagram, datagram.readerIndex(), datagram.readableBytes());
                    sink.onDatagram(view, 0, datagram.readableBytes());
                } finally {
                    ReferenceCountUtil.release(message);
                }
            }

            @Override
            @SuppressWarnings("deprecation") // Netty deprecates it for outbound handlers only.
            public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
                failures++;
            }
        };
    }
}
