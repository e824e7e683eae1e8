package io.trunkline.gateway.upstream.binary;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.trunkline.gateway.upstream.Doorkeeper;
import io.trunkline.gateway.upstream.FakeDesk;
import io.trunkline.gateway.upstream.FakeStreams;
import io.trunkline.gateway.upstream.Lockout;
import io.trunkline.gateway.upstream.LockoutPolicy;
import io.trunkline.gateway.upstream.NoCalls;
import io.trunkline.gateway.upstream.NoReplays;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.smpp.session.PduOutput;
import java.net.InetAddress;

/** One session in an embedded channel: no sockets, no threads. */
final class EmbeddedRig {
    final FakeDesk desk = new FakeDesk();
    final FakeStreams streams = new FakeStreams();
    final UpstreamCounters counters = new UpstreamCounters();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final BinaryServer server;
    BinarySession session;

    EmbeddedRig(final PduOutput output, final int credit) {
        server = new BinaryServer(new BinaryServerContext(
                channel.eventLoop(),
                EpollServerSocketChannel.class,
                BinaryRig.settings(),
                new Doorkeeper(BinaryRig.accounts(credit), new Lockout(LockoutPolicy.DEFAULT), counters),
                desk,
                new NoCalls(),
                streams,
                new NoReplays(),
                ignored -> output,
                counters,
                System::nanoTime,
                System::currentTimeMillis));
    }

    /** A session that has been welcomed. */
    EmbeddedChannel open(final InetAddress address, final boolean events) {
        connect(address);
        channel.writeInbound(Unpooled.copiedBuffer(
                events
                        ? Frames.helloWithEvents(BinaryRig.TENANT, BinaryRig.TOKEN, "tier", 0)
                        : Frames.hello(BinaryRig.TENANT, BinaryRig.TOKEN)));
        return channel;
    }

    /** A session that awaits Hello. */
    EmbeddedChannel connect(final InetAddress address) {
        if (!server.caps().connected(address)) {
            throw new IllegalStateException("no place");
        }
        session = server.session(address);
        channel.pipeline().addLast(session);
        return channel;
    }
}
