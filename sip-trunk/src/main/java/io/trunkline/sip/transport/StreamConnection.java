package io.trunkline.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.trunkline.sip.framing.StreamFramer;
import io.trunkline.sip.message.TransportProtocol;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One connection: cuts what comes into messages where it lies, copies only a message that reads have torn, answers pings, and
 * keeps what goes out until the connection is ready for it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How a write or close ended, the channel's own events tell.
final class StreamConnection extends Output {
    private static final byte[] PING = {'\r', '\n', '\r', '\n'};
    private static final byte[] PONG = {'\r', '\n'};

    final StreamFlow flow;
    private final SipTransport transport;
    private final TransportLimits limits;
    private final TransportCounters counters;
    private final StreamFramer framer;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private int waitingOctets;
    /** Octets since the connection was last left alone. */
    private int taken;

    private Channel channel;
    private ByteBuf held;
    private boolean ready;
    private boolean closing;
    private boolean gone;
    private final long beganMs;
    private long heardMs;
    private long wroteMs;
    private long tornMs;
    private long closingMs;
    private long pingedMs;
    /** Place in the transport's list. */
    int index;

    StreamConnection(final SipTransport transport, final StreamFlow flow, final long nowMs) {
        this.transport = transport;
        this.flow = flow;
        limits = transport.limits();
        counters = transport.counters();
        framer = new StreamFramer(limits.message());
        beganMs = nowMs;
        heardMs = nowMs;
        wroteMs = nowMs;
    }

    boolean isOurs() {
        return flow.destination() != null;
    }

    boolean isGone() {
        return gone;
    }

    boolean isClosing() {
        return closing;
    }

    /** Whether it is TLS that began only now: nothing has come of its handshake that would have been worth it. */
    boolean isCostly(final long nowMs) {
        return isTls() && nowMs - beganMs < limits.partialMs();
    }

    void channel(final Channel of) {
        channel = of;
    }

    /** Our end; null before it is connected. */
    InetSocketAddress local() {
        return channel == null ? null : (InetSocketAddress) channel.localAddress();
    }

    /** Connected, and over TLS the handshake done: what waited may go. */
    void ready() {
        if (ready || gone) {
            return;
        }
        ready = true;
        flow.connected();
        while (!waiting.isEmpty()) {
            channel.write(waiting.pollFirst(), channel.voidPromise());
        }
        waitingOctets = 0;
        flush();
    }

    boolean send(final DirectBuffer message, final int offset, final int length) {
        if (closing || gone) {
            return false;
        }
        if (!hasRoom(length, waitingOctets + pendingOctets(), limits)) {
            tooSlow();
            return false;
        }
        transport.stage(this, message, offset, length, null, transport.allocator());
        transport.slowReaders().sent(length);
        return true;
    }

    /** Whether there is room for what another connection has left. */
    boolean takesOver(final int length) {
        return !closing && !gone && hasRoom(length, waitingOctets + pendingOctets(), limits);
    }

    /** Octets that wait to leave. */
    long waiting() {
        return staged + waitingOctets + pendingOctets();
    }

    /** Its peer does not read: closes it. */
    void tooSlow() {
        counters.slowReaders++;
        abort();
    }

    private long pendingOctets() {
        final ChannelOutboundBuffer pending =
                channel == null ? null : channel.unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    @Override
    void write(final ByteBuf message, final InetSocketAddress to) {
        if (gone) {
            transport.reroute(flow, message);
            return;
        }
        wroteMs = transport.nowMs();
        if (ready) {
            channel.write(message, channel.voidPromise());
        } else {
            waitingOctets += message.readableBytes();
            waiting.addLast(message);
        }
    }

    @Override
    void flush() {
        if (gone || !ready) {
            return;
        }
        channel.flush();
        if (closing && staged == 0) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Reads no more, lets what was written leave, and closes. */
    void close() {
        if (closing || gone) {
            return;
        }
        closing = true;
        closingMs = transport.nowMs();
        if (!ready) {
            abort();
        } else if (staged == 0) {
            flush();
        }
    }

    /** Closes at once. */
    void abort() {
        closing = true;
        if (channel == null) {
            gone();
        } else {
            channel.close();
        }
    }

    /** Octets came; they are this connection's to release. */
    void received(final ByteBuf in) {
        taken += in.readableBytes();
        if (closing || gone) {
            in.release();
            return;
        }
        heardMs = transport.nowMs();
        counters.octetsIn += in.readableBytes();
        if (held == null) {
            cut(in);
            if (in.isReadable() && !closing && !gone) {
                tornMs = heardMs;
                held = transport.allocator().directBuffer(Math.max(framer.announcedLength(), in.readableBytes()));
                held.writeBytes(in);
            }
            in.release();
            return;
        }
        held.discardReadBytes();
        held.writeBytes(in);
        in.release();
        final int before = held.readableBytes();
        cut(held);
        if (held != null && held.readableBytes() < before) {
            tornMs = heardMs;
        }
        if (held != null && !held.isReadable()) {
            held.release();
            held = null;
        }
    }

    void readComplete() {
        transport.backlogs().read(this, ReadTurn.isAllOfStream(taken), transport.nowMs());
        taken = 0;
        transport.readComplete();
    }

    /** Handles all whole frames and leaves the buffer at the first octet of what is not whole. */
    private void cut(final ByteBuf in) {
        final int base = in.readerIndex();
        final int length = in.readableBytes();
        NettyOctets.wrap(view, in, base, length);
        int from = 0;
        boolean more = true;
        while (more && !closing) {
            switch (framer.next(view, from, length)) {
                case MESSAGE -> transport.deliverFrame(view, framer.frameOffset(), framer.frameLength(), flow);
                case PING -> {
                    counters.keepAlives++;
                    answerPing();
                }
                case LOST -> {
                    counters.lostFrames++;
                    if (framer.frameLength() > 0) {
                        transport.deliverFrame(view, framer.frameOffset(), framer.frameLength(), flow);
                    }
                    close();
                }
                default -> more = false;
            }
            from = framer.consumed();
        }
        if (!gone) {
            in.readerIndex(closing ? in.writerIndex() : base + from);
        }
    }

    /** A pong says nothing that a journal could know better, so it waits for nobody. */
    private void answerPing() {
        if (staged == 0 && pendingOctets() == 0) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(PONG), channel.voidPromise());
        }
    }

    /** Looks at what takes too long. */
    void poll(final long nowMs) {
        if (gone) {
            return;
        }
        if (closing) {
            if (nowMs - closingMs >= limits.partialMs()) {
                channel.close();
            }
        } else if (!ready) {
            if (nowMs - beganMs >= (isOurs() ? limits.connectMs() : limits.partialMs())) {
                abort();
            }
        } else if (held != null && nowMs - tornMs >= limits.partialMs()) {
            counters.stalledMessages++;
            abort();
        } else if (nowMs - Math.max(heardMs, wroteMs) >= limits.idleMs()) {
            counters.idleClosed++;
            close();
        } else if (isOurs() && limits.keepAliveMs() > 0) {
            keepAlive(nowMs);
        }
    }

    private void keepAlive(final long nowMs) {
        final boolean awaited = pingedMs > heardMs;
        if (awaited && nowMs - pingedMs >= limits.pongMs()) {
            counters.pongsMissed++;
            abort();
        } else if (!awaited && nowMs - heardMs >= limits.keepAliveMs()) {
            pingedMs = nowMs;
            if (staged == 0 && pendingOctets() == 0) {
                channel.writeAndFlush(Unpooled.wrappedBuffer(PING), channel.voidPromise());
            }
        }
    }

    /** The channel is closed, or never came about. */
    void gone() {
        if (gone) {
            return;
        }
        gone = true;
        closing = true;
        if (held != null) {
            held.release();
            held = null;
        }
        while (!waiting.isEmpty()) {
            waiting.pollFirst().release();
        }
        if (isOurs() && !ready) {
            counters.connectsFailed++;
        }
        transport.gone(this);
    }

    boolean isTls() {
        return flow.protocol() == TransportProtocol.TLS;
    }
}
