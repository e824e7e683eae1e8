package io.trunkline.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import io.trunkline.sip.framing.Datagram;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A UDP listener: one message per datagram. */
final class UdpSocket extends Output {
    /** What UDP over IPv4 can carry. */
    private static final int LARGEST = 65_507;
    /** Peers whose flow is kept at hand; a power of two. Others cost an object per message. */
    private static final int FLOWS = 4_096;

    private final SipTransport transport;
    private final TransportLimits limits;
    private final TransportCounters counters;
    private final UdpFlow[] flows = new UdpFlow[FLOWS];
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private Channel channel;
    /** Datagrams since the socket was last left alone. */
    private int taken;

    private InetSocketAddress local;
    private String sentBy = "";

    UdpSocket(final SipTransport transport) {
        this.transport = transport;
        this.limits = transport.limits();
        this.counters = transport.counters();
    }

    void bound(final Channel to, final Listener listener) {
        channel = to;
        local = (InetSocketAddress) to.localAddress();
        sentBy = listener.sentBy(local);
    }

    Channel channel() {
        return channel;
    }

    InetSocketAddress local() {
        return local;
    }

    String sentBy() {
        return sentBy;
    }

    /** Whether datagrams to such an address can leave here: an IPv6 socket bound to no address does both. */
    boolean reaches(final InetAddress address) {
        final InetAddress local = ((InetSocketAddress) channel.localAddress()).getAddress();
        return local.isAnyLocalAddress() || local instanceof Inet4Address == address instanceof Inet4Address;
    }

    /** Another address of a peer that this socket reaches, or null. */
    InetAddress otherAddress(final UdpFlow source, final String host) {
        final InetAddress other = transport.otherAddress(source, host);
        return other == null || !reaches(other) ? null : other;
    }

    UdpFlow flow(final InetSocketAddress remote) {
        final int hash = remote.hashCode();
        final int slot = (hash ^ (hash >>> 16)) & (FLOWS - 1);
        final UdpFlow known = flows[slot];
        if (known != null && known.remote().equals(remote)) {
            return known;
        }
        final UdpFlow flow = new UdpFlow(this, remote);
        flows[slot] = flow;
        return flow;
    }

    /** True also where it is dropped, as datagrams may be; false for what no datagram can hold, and after the end. */
    boolean send(final InetSocketAddress to, final DirectBuffer message, final int offset, final int length) {
        if (length > LARGEST) {
            counters.oversizedDatagrams++;
            return false;
        }
        final ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        if (pending == null) {
            return false;
        }
        if (!hasRoom(length, pending.totalPendingWriteBytes(), limits)) {
            counters.datagramsDropped++;
            return true;
        }
        transport.stage(this, message, offset, length, to, channel.alloc());
        return true;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // What fails comes back as an exception of the channel.
    void write(final ByteBuf message, final InetSocketAddress to) {
        channel.write(new DatagramPacket(message, to), channel.voidPromise());
    }

    @Override
    void flush() {
        channel.flush();
    }

    /** The channel's handler. */
    ChannelInboundHandlerAdapter handler() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(final ChannelHandlerContext ctx, final Object message) {
                taken++;
                try {
                    if (message instanceof DatagramPacket packet) {
                        received(packet);
                    }
                } finally {
                    ReferenceCountUtil.release(message);
                }
            }

            @Override
            public void channelReadComplete(final ChannelHandlerContext ctx) {
                transport.backlogs().read(UdpSocket.this, ReadTurn.isAllOf(taken), transport.nowMs());
                taken = 0;
                transport.readComplete();
            }

            @Override
            @SuppressWarnings("deprecation") // Netty deprecates it for outbound handlers only.
            public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
                // A peer that is unreachable, or the network: this socket goes on.
                counters.ioErrors++;
            }
        };
    }

    private void received(final DatagramPacket packet) {
        final ByteBuf octets = packet.content();
        final int length = octets.readableBytes();
        counters.octetsIn += length;
        if (length >= limits.maxDatagram()) {
            counters.oversizedDatagrams++;
            return;
        }
        if (length == 0) {
            counters.keepAlives++;
            return;
        }
        NettyOctets.wrap(view, octets, octets.readerIndex(), length);
        switch (Datagram.of(view, 0, length)) {
            case MESSAGE -> transport.deliverDatagram(view, length, flow(packet.sender()));
            case KEEP_ALIVE -> counters.keepAlives++;
            default -> counters.noise++;
        }
    }
}
