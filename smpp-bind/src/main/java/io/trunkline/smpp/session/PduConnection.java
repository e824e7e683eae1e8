package io.trunkline.smpp.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.PduFramer;
import io.trunkline.smpp.codec.PduHandler;
import io.trunkline.smpp.codec.PduHeader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: frames what comes in, in place, and hands it to the session; appends what goes out. Reads are handled
 * whole where they lie; only a PDU that a read cut in two is copied, and never more than the longest PDU allowed.
 *
 * <p>Reading pauses while the peer does not take what is written for it and while it sends more than
 * {@link InboundLimits} allow. What was read before is kept, at most one read, and handled from {@link #onTick} on.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How a close or a write ended, the channel's own events tell.
final class PduConnection extends ChannelInboundHandlerAdapter implements PduHandler {
    /** How long the last bytes may take to leave before the connection is closed over them. */
    private static final long LINGER_MS = 5_000;

    private static final int INITIAL_HELD = 256;
    private static final Logger LOG = LoggerFactory.getLogger(PduConnection.class);

    private final Channel channel;
    private final PduOutput output;
    private final PduFramer framer;
    private final InboundLimits limits;
    private final TokenBucket inboundRate;
    private final SessionCounters counters;
    private final NanoClock clock;
    private final PduSink sink;
    private final long stallNs;
    private ByteBuf held;
    private int turnPdus;
    private long receivedNs;
    private long stalledSinceNs;
    private boolean stalled;
    private boolean paused;
    /** Paused by {@link #holdBack}: until its time has come, whatever else would allow reading. */
    private boolean heldBack;

    private boolean closing;
    private boolean gone;
    private CloseCause cause;

    PduConnection(
            final Channel channel,
            final PduOutput output,
            final int maxPduLength,
            final InboundLimits limits,
            final long stallNs,
            final SessionCounters counters,
            final NanoClock clock,
            final PduSink sink) {
        this.channel = channel;
        this.output = output;
        this.framer = new PduFramer(maxPduLength);
        this.limits = limits;
        this.stallNs = stallNs;
        this.counters = counters;
        this.clock = clock;
        this.sink = sink;
        this.receivedNs = clock.nanoTime();
        // A tenth of a second at once: ticks may come late.
        this.inboundRate = new TokenBucket(
                limits.pdusPerSecond() * 1000L, Math.max(1, limits.pdusPerSecond() / 10), this.receivedNs);
    }

    Channel channel() {
        return channel;
    }

    /** When the peer was last heard of. */
    long receivedNs() {
        return receivedNs;
    }

    boolean writable() {
        return output.writable();
    }

    boolean closing() {
        return closing;
    }

    /** Where to append a PDU; {@link #wrote} must follow. */
    ByteBuf out() {
        return output.buffer();
    }

    void wrote() {
        counters.pdusOut++;
        output.written();
    }

    /** A response that is a header only. */
    void refuse(final int commandId, final int status, final int sequence) {
        PduEncoder.refusal(out(), commandId, status, sequence);
        wrote();
    }

    void genericNack(final int status, final int sequence) {
        counters.genericNacksOut++;
        PduEncoder.genericNack(out(), status, sequence);
        wrote();
    }

    /** Counts a PDU that the peer sent of its own accord against its limits. */
    void charge(final long nowNs) {
        turnPdus++;
        inboundRate.take(1, nowNs);
    }

    /** Closes once what is written has left, or after a while without that; nothing more is read. */
    void close(final CloseCause why) {
        if (closing) {
            return;
        }
        closing = true;
        cause = why;
        channel.config().setAutoRead(false);
        output.close();
        if (channel.isOpen()) {
            channel.eventLoop().schedule(() -> channel.close(), LINGER_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Closes at once: the peer is dead or takes nothing. */
    void abort(final CloseCause why) {
        if (cause == null) {
            cause = why;
        }
        closing = true;
        channel.close();
    }

    /** Goes on with what was held back; finds out who does not read. */
    void onTick(final long nowNs) {
        if (gone) {
            return;
        }
        turnPdus = 0;
        if (output.writable()) {
            stalled = false;
        } else if (!stalled) {
            stalled = true;
            stalledSinceNs = nowNs;
        } else if (nowNs - stalledSinceNs >= stallNs) {
            abort(CloseCause.SLOW_READER);
            return;
        }
        if (heldBack) {
            // Whom we do not read may well be alive.
            receivedNs = nowNs;
        }
        goOn(nowNs);
    }

    private void goOn(final long nowNs) {
        if (paused && !closing && mayRead(nowNs)) {
            paused = false;
            handleHeld(false);
            if (!paused && !closing) {
                channel.config().setAutoRead(true);
            }
        }
    }

    /**
     * To be called by the session while it is handed a PDU: it does not take it now. Nothing more is read from the peer,
     * and the same PDU is handed over again after the delay.
     */
    void holdBack(final long delayNs) {
        heldBack = true;
        counters.pdusIn--;
        channel.eventLoop()
                .schedule(
                        () -> {
                            heldBack = false;
                            if (!gone) {
                                turnPdus = 0;
                                receivedNs = clock.nanoTime();
                                goOn(receivedNs);
                            }
                        },
                        delayNs,
                        TimeUnit.NANOSECONDS);
    }

    /** Whether a PDU was held back whose time has not come yet. */
    boolean heldBack() {
        return heldBack;
    }

    private boolean mayRead(final long nowNs) {
        return !heldBack && turnPdus < limits.pdusPerTurn() && output.writable() && inboundRate.ready(nowNs);
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx) {
        if (ctx.channel().isActive() && ctx.pipeline().get(SslHandler.class) == null) {
            sink.onReady();
        }
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(SslHandler.class) == null) {
            sink.onReady();
        }
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                sink.onReady();
            } else {
                abort(CloseCause.TLS_FAILED);
            }
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        if (!(message instanceof ByteBuf in)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (closing) {
            in.release();
            return;
        }
        receivedNs = clock.nanoTime();
        counters.bytesIn += in.readableBytes();
        if (held == null) {
            handle(in, false);
        } else if (paused) {
            append(in, in.readableBytes());
            in.release();
        } else {
            complete(in);
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) {
        turnPdus = 0;
    }

    /** Fills up the PDU that an earlier read began; the rest is handled where it lies. */
    private void complete(final ByteBuf in) {
        while (held != null && !paused && !closing && in.isReadable()) {
            final int missing = framer.needed(held) - held.readableBytes();
            append(in, Math.min(missing, in.readableBytes()));
            handleHeld(true);
        }
        if (held == null && !closing) {
            handle(in, false);
        } else {
            if (held != null) {
                append(in, in.readableBytes());
            }
            in.release();
        }
    }

    private void append(final ByteBuf in, final int length) {
        if (held.isReadOnly() || held.maxWritableBytes() < length) {
            // What was read may be a buffer that cannot grow.
            final ByteBuf grown = channel.alloc().directBuffer(held.readableBytes() + length);
            grown.writeBytes(held);
            held.release();
            held = grown;
        }
        held.writeBytes(in, length);
    }

    private void handleHeld(final boolean partial) {
        final ByteBuf in = held;
        held = null;
        if (in != null) {
            handle(in, partial);
        }
    }

    /** Handles all whole PDUs of a buffer, which is then released or held. */
    private void handle(final ByteBuf in, final boolean partial) {
        final PduFramer.Outcome outcome;
        try {
            outcome = framer.frame(in, this);
        } catch (final RuntimeException e) {
            in.release();
            fail(e);
            return;
        }
        if (outcome == PduFramer.Outcome.BAD_LENGTH) {
            in.release();
            counters.malformedFrames++;
            genericNack(CommandStatus.ESME_RINVCMDLEN, 0);
            close(CloseCause.PROTOCOL_ERROR);
        } else {
            keep(in, partial);
        }
    }

    /** Keeps what is left of a read: as it is when reading is paused, as a copy when it is a part of a PDU. */
    private void keep(final ByteBuf in, final boolean partial) {
        if (closing || gone || !in.isReadable()) {
            in.release();
        } else if (paused || partial) {
            held = in;
        } else {
            held = channel.alloc().directBuffer(Math.max(INITIAL_HELD, in.readableBytes()));
            held.writeBytes(in);
            in.release();
        }
    }

    @Override
    public boolean onPdu(final ByteBuf buffer, final int offset, final int length) {
        counters.pdusIn++;
        sink.onPdu(
                PduHeader.commandId(buffer, offset),
                PduHeader.commandStatus(buffer, offset),
                PduHeader.sequence(buffer, offset),
                buffer,
                offset,
                length);
        if (closing) {
            return false;
        }
        if (heldBack) {
            buffer.readerIndex(offset);
        }
        if (!mayRead(receivedNs)) {
            paused = true;
            counters.readPauses++;
            channel.config().setAutoRead(false);
            return false;
        }
        return true;
    }

    /** The answer to a request that no session takes: unknown, or not for this side. */
    void refuseUnknown(final int commandId, final int sequence) {
        if (CommandId.isResponse(commandId)) {
            // A response to nothing: never answered, or two peers would nack each other for ever.
            counters.answersUnknown++;
            return;
        }
        counters.unknownCommands++;
        genericNack(CommandStatus.ESME_RINVCMDID, sequence);
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        gone(CloseCause.PEER_CLOSED);
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext ctx) {
        gone(CloseCause.PEER_CLOSED);
    }

    @Override
    @SuppressWarnings("deprecation") // Netty deprecates it for outbound handlers only.
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable error) {
        if (error instanceof SSLException || error.getCause() instanceof SSLException) {
            abort(CloseCause.TLS_FAILED);
        } else if (error instanceof IOException) {
            abort(CloseCause.PEER_CLOSED);
        } else {
            fail(error);
        }
    }

    /** A fault of ours: ends this session only. */
    void fail(final Throwable error) {
        counters.exceptions++;
        LOG.error("session with {} closed: a handler failed", channel.remoteAddress(), error);
        abort(CloseCause.INTERNAL_ERROR);
    }

    private void gone(final CloseCause unless) {
        if (gone) {
            return;
        }
        gone = true;
        closing = true;
        if (held != null) {
            held.release();
            held = null;
        }
        sink.onGone(cause == null ? unless : cause);
    }
}
