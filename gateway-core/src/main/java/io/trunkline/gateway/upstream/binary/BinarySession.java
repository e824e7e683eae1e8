package io.trunkline.gateway.upstream.binary;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.trunkline.client.FrameOutcome;
import io.trunkline.client.FrameReader;
import io.trunkline.client.FrameValidator;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.events.Subscription;
import io.trunkline.gateway.upstream.Account;
import io.trunkline.gateway.upstream.Admission;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.smpp.session.PduOutput;
import io.trunkline.upstream.codec.HelloDecoder;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the binary protocol.
 *
 * <pre>
 *  AWAITING_HELLO --Hello, let in--> OPEN --Goodbye of either side--> CLOSING --> closed
 *        |                                                             ^
 *        +--Hello, not let in--> REFUSED --the same delay for all------+
 * </pre>
 *
 * Everything is answered at once, into the output; the output lets bytes go when the journal allows.
 */
final class BinarySession extends ChannelDuplexHandler implements FrameReader.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(BinarySession.class);

    private enum State {
        AWAITING_HELLO,
        REFUSED,
        OPEN,
        CLOSING
    }

    private final BinaryServer server;
    private final InetAddress address;
    private final FrameReader reader = new FrameReader(new FrameValidator(FrameValidator.HANDSHAKE_MAX_LENGTH), this);
    private ChannelHandlerContext ctx;
    private PduOutput output;
    private SessionRoom room;
    private State state = State.AWAITING_HELLO;
    private Account account;
    private SessionRequests requests;
    private SessionEvents events;
    private SessionReplay replay;
    private ErrorCode refusal = ErrorCode.NONE;
    private int refusalRetryAfterMs;
    private long nowNs;
    /** When the state is over: Hello overdue, refusal due, or the connection to be cut. */
    private long deadlineNs;

    private long lastFrameNs;
    private boolean pinged;

    /** Where in the server's list of sessions this one stands. */
    int slot;

    BinarySession(final BinaryServer server, final InetAddress address) {
        this.server = server;
        this.address = address;
    }

    // ---- the channel ----

    @Override
    public void handlerAdded(final ChannelHandlerContext context) {
        ctx = context;
        output = server.context().outputs().apply(context.channel());
        room = new SessionRoom(context.channel(), output, () -> lastFrameNs = server.nowNs());
        nowNs = server.nowNs();
        lastFrameNs = nowNs;
        deadlineNs = nowNs + TimeUnit.MILLISECONDS.toNanos(server.settings().helloTimeoutMs());
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final ByteBuf bytes = (ByteBuf) message;
        try {
            nowNs = server.nowNs();
            if (state == State.AWAITING_HELLO || state == State.OPEN) {
                reader.read(bytes, context.alloc());
            }
            // Else read and dropped: a close with unread bytes would reset the connection under our last answer.
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext context) {
        room.stallIfFull(nowNs);
        context.fireChannelReadComplete();
    }

    /** Where the output's bytes pass on their way out. */
    @Override
    public void write(final ChannelHandlerContext context, final Object message, final ChannelPromise promise)
            throws Exception {
        if (message instanceof ByteBuf bytes) {
            room.left(bytes.readableBytes());
        }
        super.write(context, message, promise);
        room.wake();
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext context) {
        room.wake();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        leave();
        reader.close();
        server.disconnected(this, address, account);
        context.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            counters().tlsFailures++;
            cut();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        // A reset or a TLS alert is the peer's affair; anything else is a bug of ours, and its sender goes.
        if (cause instanceof RuntimeException && !(cause instanceof io.netty.handler.codec.DecoderException)) {
            LOG.error("upstream session of {} failed", name(), cause);
            goodbye(ErrorCode.INTERNAL, 0);
        } else {
            LOG.debug("upstream connection of {} broke", name(), cause);
            cut();
        }
    }

    // ---- frames ----

    @Override
    public void onReceived(final DirectBuffer buffer, final int length) {
        if (state == State.OPEN) {
            requests.onReceived(buffer, length);
        }
    }

    @Override
    public boolean onFrame(
            final int templateId,
            final DirectBuffer buffer,
            final int blockOffset,
            final int blockLength,
            final int version) {
        counters().framesRead++;
        lastFrameNs = nowNs;
        pinged = false;
        if (state == State.OPEN) {
            requests.onFrame(templateId, buffer, blockOffset, blockLength, version);
        } else if (state == State.AWAITING_HELLO && templateId == HelloDecoder.TEMPLATE_ID) {
            onHello(server.helloReader().read(buffer, blockOffset, blockLength, version));
        } else {
            wrongState();
        }
        return state == State.OPEN;
    }

    @Override
    public boolean onUnknownFrame(final int templateId) {
        counters().framesRead++;
        lastFrameNs = nowNs;
        if (state != State.OPEN) {
            wrongState();
            return false;
        }
        counters().unknownSkipped++;
        return true;
    }

    @Override
    public void onMalformed(final FrameOutcome outcome) {
        counters().malformed++;
        LOG.debug("malformed frame from {}: {}", name(), outcome);
        goodbye(ErrorCode.MALFORMED, 0);
    }

    void wrongState() {
        counters().wrongState++;
        goodbye(ErrorCode.WRONG_STATE, 0);
    }

    private void onHello(final HelloReader.Hello hello) {
        if (hello == null) {
            reject(server.helloReader().refusal(), 0);
        } else if (server.draining()) {
            reject(ErrorCode.DRAINING, 0);
        } else {
            final Admission admission = server.context()
                    .doorkeeper()
                    .admit(hello.tenant(), hello.token(), address, TimeUnit.NANOSECONDS.toMillis(nowNs));
            if (admission instanceof Admission.Refused refused) {
                refuseLater(refused.code(), refused.retryAfterMs());
            } else if (admission instanceof Admission.Granted granted) {
                enter(granted.account(), hello);
            }
        }
    }

    /** Every refusal of who someone is waits the same time, so that the time betrays no reason. */
    private void refuseLater(final ErrorCode code, final int retryAfterMs) {
        state = State.REFUSED;
        refusal = code;
        refusalRetryAfterMs = retryAfterMs;
        deadlineNs = nowNs + TimeUnit.MILLISECONDS.toNanos(server.settings().refusalDelayMs());
        ctx.channel().config().setAutoRead(false);
    }

    private void enter(final Account granted, final HelloReader.Hello hello) {
        if (!server.caps().authenticated(granted)) {
            counters().sessionsOverCap++;
            reject(ErrorCode.TOO_MANY_SESSIONS, 1_000);
            return;
        }
        account = granted;
        final long newest = server.context().events().lastSequence(granted.tenant());
        Subscription subscription = null;
        if (hello.events()) {
            events = new SessionEvents(
                    this, hello.eventWindow(), server.settings().maxEventWindow());
            subscription = events.subscribe(server.context().events(), granted.tenant(), hello, newest);
            if (subscription == null) {
                events = null;
                reject(ErrorCode.TOO_MANY_SUBSCRIPTIONS, 0);
                return;
            }
        }
        state = State.OPEN;
        room.open(events);
        reader.maxLength(server.settings().maxFrameLength());
        requests = new SessionRequests(this, server, granted);
        appended(encoder()
                .welcome(
                        output,
                        server.settings(),
                        granted.credit(),
                        events == null ? 0 : events.windowSize(),
                        subscription == null ? newest : subscription.resumedAfter(),
                        newest,
                        server.context().epochClock().time()));
        if (events != null) {
            events.start(subscription);
        }
    }

    // ---- ends ----

    private void reject(final ErrorCode code, final int retryAfterMs) {
        appended(encoder().reject(output, code, retryAfterMs));
        closeOutput();
    }

    /** Says why and closes, once what was answered before has left. */
    void goodbye(final ErrorCode code, final int retryAfterMs) {
        if (state == State.CLOSING) {
            return;
        }
        if (ctx.channel().isActive()) {
            appended(encoder().goodbye(output, code, retryAfterMs));
        }
        closeOutput();
    }

    /** Closes without a word: the peer said goodbye, or does not hear us. */
    void closeOutput() {
        if (state == State.CLOSING) {
            return;
        }
        leave();
        deadlineNs =
                server.nowNs() + TimeUnit.MILLISECONDS.toNanos(server.settings().closeTimeoutMs());
        reader.close();
        if (ctx.channel().isActive()) {
            ctx.channel().config().setAutoRead(true);
        }
        output.close();
    }

    /** Closes at once. */
    private void cut() {
        ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private void leave() {
        state = State.CLOSING;
        room.close();
        if (events != null) {
            events.detach();
        }
        if (replay != null) {
            replay.abandon();
        }
    }

    // ---- time ----

    /** Looks at the clock; called every {@link BinaryServer#TICK_MS}. */
    void tick(final long now) {
        nowNs = now;
        switch (state) {
            case AWAITING_HELLO -> {
                if (now - deadlineNs >= 0) {
                    counters().helloTimeouts++;
                    goodbye(ErrorCode.TIMED_OUT, 0);
                }
            }
            case REFUSED -> {
                if (now - deadlineNs >= 0) {
                    reject(refusal, refusalRetryAfterMs);
                }
            }
            case OPEN -> tickOpen(now);
            case CLOSING -> {
                if (now - deadlineNs >= 0) {
                    cut();
                }
            }
        }
    }

    private void tickOpen(final long now) {
        room.look();
        final long stalledNs = room.stalledForNs(now);
        if (stalledNs > 0) {
            if (stalledNs >= TimeUnit.MILLISECONDS.toNanos(server.settings().slowReaderMs())) {
                counters().slowReaders++;
                LOG.info("{} does not read what it is sent; ending its connection", name());
                goodbye(ErrorCode.SLOW_READER, 0);
            }
            return;
        }
        room.stallIfFull(now);
        final long silentMs = TimeUnit.NANOSECONDS.toMillis(now - lastFrameNs);
        if (silentMs >= server.settings().idleTimeoutMs()) {
            counters().idleTimeouts++;
            goodbye(ErrorCode.TIMED_OUT, 0);
        } else if (silentMs >= server.settings().pingAfterMs() && !pinged) {
            pinged = true;
            appended(encoder().ping(output, now));
        }
    }

    // ---- what requests and events use ----

    /** Counts bytes appended to the output. */
    void appended(final int bytes) {
        room.appended(bytes);
    }

    SessionRoom room() {
        return room;
    }

    /** The accounts have changed: whoever is no longer let in goes, the others get their new credit. */
    void accountsChanged() {
        if (state != State.OPEN) {
            return;
        }
        final Account renewed = server.context().doorkeeper().account(account.name());
        if (renewed == null
                || renewed.tenant() != account.tenant()
                || !renewed.allowed().allows(address)) {
            goodbye(ErrorCode.NOT_AUTHENTICATED, 0);
        } else {
            requests.credit(renewed.credit());
        }
    }

    long nowNs() {
        return nowNs;
    }

    SessionEvents events() {
        return events;
    }

    /** Made with the first replay that is asked for. */
    SessionReplay replay() {
        if (replay == null) {
            replay = new SessionReplay(this, server.context().replays(), account.tenant());
            room.replay(replay);
        }
        return replay;
    }

    PduOutput output() {
        return output;
    }

    FrameEncoder encoder() {
        return server.encoder();
    }

    UpstreamCounters counters() {
        return server.context().counters();
    }

    private String name() {
        return account == null ? address.getHostAddress() : account.name() + "@" + address.getHostAddress();
    }
}
