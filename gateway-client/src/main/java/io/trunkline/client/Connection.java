package io.trunkline.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.trunkline.upstream.codec.CancelMessageEncoder;
import io.trunkline.upstream.codec.ConversionEncoder;
import io.trunkline.upstream.codec.EndCallEncoder;
import io.trunkline.upstream.codec.EventAckEncoder;
import io.trunkline.upstream.codec.GoodbyeEncoder;
import io.trunkline.upstream.codec.HelloEncoder;
import io.trunkline.upstream.codec.MessageHeaderEncoder;
import io.trunkline.upstream.codec.PingEncoder;
import io.trunkline.upstream.codec.PongEncoder;
import io.trunkline.upstream.codec.ReplayEventsEncoder;
import io.trunkline.upstream.codec.StopReplayEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** One TCP connection: bytes to frames and frames to bytes. What they mean is the business of {@link ClientSession}. */
final class Connection extends ChannelInboundHandlerAdapter implements FrameReader.Handler {
    private static final int SMALL = MessageHeaderEncoder.ENCODED_LENGTH + 64;
    private static final int PROTOCOL_VERSION = 1;
    private static final int MALFORMED = 1001;

    private final ClientSession session;
    private final boolean secure;
    private final FrameReader reader = new FrameReader(new FrameValidator(FrameValidator.HANDSHAKE_MAX_LENGTH), this);
    private final EventAckEncoder eventAck = new EventAckEncoder();
    private final PingEncoder ping = new PingEncoder();
    private final PongEncoder pong = new PongEncoder();
    private Channel channel;
    private FrameWriter writer;
    private String failure;
    private boolean reading;
    private boolean wrote;

    Connection(final ClientSession session, final boolean secure) {
        this.session = session;
        this.secure = secure;
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext context) {
        channel = context.channel();
        writer = new FrameWriter(channel);
    }

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        if (!secure) {
            session.onOpen(this);
        }
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                session.onOpen(this);
            } else {
                failure = "TLS: " + handshake.cause();
                close();
            }
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        reading = true;
        try {
            reader.read((ByteBuf) message, context.alloc());
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext context) {
        session.onBatchEnd(this);
        reading = false;
        writer.flush();
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext context) {
        if (channel.isWritable()) {
            session.onBatchEnd(this);
            flushSoon();
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        session.onClosed(this, failure == null ? "the gateway closed the connection" : failure);
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext context) {
        reader.close();
        writer.close();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        drop(cause.toString());
    }

    @Override
    public boolean onFrame(
            final int templateId,
            final DirectBuffer buffer,
            final int blockOffset,
            final int blockLength,
            final int version) {
        session.onFrame(this, templateId, buffer, blockOffset, blockLength, version);
        return channel.isActive();
    }

    @Override
    public boolean onUnknownFrame(final int templateId) {
        // A newer gateway may send what this client cannot know; the frame's length says where the next one starts.
        return true;
    }

    @Override
    public void onMalformed(final FrameOutcome outcome) {
        goodbye(MALFORMED, outcome.name());
        drop("the gateway sent what is not a frame: " + outcome);
    }

    /** Closes at once; the session hears of it from {@link #channelInactive}. */
    void drop(final String reason) {
        if (failure == null) {
            failure = reason;
        }
        reader.close();
        close();
    }

    // How it ends is told by channelInactive.
    private void close() {
        final ChannelFuture unused = channel.close();
    }

    void maxLength(final int length) {
        reader.maxLength(length);
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /** Whether frames were written since this was asked last. */
    boolean takeWrote() {
        final boolean was = wrote;
        wrote = false;
        return was;
    }

    void hello(final ClientConfig config, final long resumeAfter) {
        final byte[] tenant = config.tenant.getBytes(StandardCharsets.UTF_8);
        final byte[] token = config.token.getBytes(StandardCharsets.UTF_8);
        final byte[] name = config.clientName.getBytes(StandardCharsets.UTF_8);
        final HelloEncoder hello = new HelloEncoder();
        hello.wrapAndApplyHeader(
                        writer.begin(SMALL + tenant.length + token.length + name.length),
                        writer.offset(),
                        writer.header())
                .protocolVersion(PROTOCOL_VERSION)
                .eventWindow(config.eventWindow)
                .resumeAfter(resumeAfter);
        hello.flags().clear().events(config.events);
        hello.putTenant(tenant, 0, tenant.length)
                .putToken(token, 0, token.length)
                .putClientName(name, 0, name.length);
        end(hello.encodedLength());
    }

    void frame(final DirectBuffer source, final int offset, final int length) {
        writer.copy(source, offset, length);
        wrote = true;
        flushSoon();
    }

    void cancel(final long unitId) {
        final CancelMessageEncoder cancel = new CancelMessageEncoder();
        cancel.wrapAndApplyHeader(writer.begin(SMALL), writer.offset(), writer.header())
                .unitId(unitId);
        end(cancel.encodedLength());
    }

    void endCall(final long unitId) {
        final EndCallEncoder end = new EndCallEncoder();
        end.wrapAndApplyHeader(writer.begin(SMALL), writer.offset(), writer.header())
                .unitId(unitId);
        end(end.encodedLength());
    }

    void replay(final long requestId, final ReplayRequest request, final long fromIndex) {
        final ReplayEventsEncoder replay = new ReplayEventsEncoder();
        replay.wrapAndApplyHeader(writer.begin(SMALL), writer.offset(), writer.header())
                .requestId(requestId)
                .fromMs(request.fromMs)
                .toMs(request.toMs)
                .fromIndex(fromIndex)
                .toIndex(request.toIndex)
                .unitId(request.unitId)
                .eventsPerSecond(request.eventsPerSecond);
        end(replay.encodedLength());
    }

    void stopReplay(final long requestId) {
        final StopReplayEncoder stop = new StopReplayEncoder();
        stop.wrapAndApplyHeader(writer.begin(SMALL), writer.offset(), writer.header())
                .requestId(requestId);
        end(stop.encodedLength());
    }

    void conversion(final long unitId, final long convertedAtMs) {
        final ConversionEncoder conversion = new ConversionEncoder();
        conversion
                .wrapAndApplyHeader(writer.begin(SMALL), writer.offset(), writer.header())
                .unitId(unitId)
                .convertedAtMs(convertedAtMs);
        end(conversion.encodedLength());
    }

    void eventAck(final long sequence) {
        eventAck.wrapAndApplyHeader(writer.begin(SMALL), writer.offset(), writer.header())
                .sequence(sequence);
        end(eventAck.encodedLength());
    }

    void ping(final long nonce) {
        ping.wrapAndApplyHeader(writer.begin(SMALL), writer.offset(), writer.header())
                .nonce(nonce);
        end(ping.encodedLength());
    }

    void pong(final long nonce) {
        pong.wrapAndApplyHeader(writer.begin(SMALL), writer.offset(), writer.header())
                .nonce(nonce);
        end(pong.encodedLength());
    }

    void goodbye(final int code, final String text) {
        final GoodbyeEncoder goodbye = new GoodbyeEncoder();
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        goodbye.wrapAndApplyHeader(writer.begin(SMALL + utf8.length), writer.offset(), writer.header())
                .code(code)
                .retryAfterMs(0);
        goodbye.flags().clear();
        goodbye.putText(utf8, 0, utf8.length);
        end(goodbye.encodedLength());
        writer.flush();
    }

    private void end(final int blockAndDataLength) {
        writer.end(blockAndDataLength);
        wrote = true;
        flushSoon();
    }

    // While a batch is being read its end flushes; otherwise all that is written in one go of the loop is sent at its
    // end.
    private void flushSoon() {
        if (!reading) {
            session.scheduleFlush();
        }
    }

    void flush() {
        writer.flush();
    }
}
