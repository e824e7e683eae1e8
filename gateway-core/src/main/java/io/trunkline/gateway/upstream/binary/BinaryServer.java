package io.trunkline.gateway.upstream.binary;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.trunkline.gateway.calls.CallAnswer;
import io.trunkline.gateway.calls.CallRequest;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.SubmitAnswer;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.upstream.Account;
import io.trunkline.gateway.upstream.ConnectionCaps;
import io.trunkline.upstream.codec.CancelMessageDecoder;
import io.trunkline.upstream.codec.ConversionDecoder;
import io.trunkline.upstream.codec.EndCallDecoder;
import io.trunkline.upstream.codec.EventAckDecoder;
import io.trunkline.upstream.codec.PingDecoder;
import io.trunkline.upstream.codec.ReplayEventsDecoder;
import io.trunkline.upstream.codec.StopReplayDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of the binary protocol: listeners, connections, limits, drain. Listeners may be opened from any thread;
 * everything else happens on the event loop, all sessions share its flyweights.
 */
public final class BinaryServer {
    /** How often sessions look at the clock, ms. */
    static final int TICK_MS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(BinaryServer.class);

    private final BinaryServerContext context;
    private final ConnectionCaps caps;
    private final FrameEncoder encoder;
    private final SubmitReader submitReader;
    private final HelloReader helloReader = new HelloReader();
    private final SubmitRequest request = new SubmitRequest();
    private final SubmitAnswer answer = new SubmitAnswer();
    private final CancelMessageDecoder cancel = new CancelMessageDecoder();
    private final ConversionDecoder conversion = new ConversionDecoder();
    private final EventAckDecoder eventAck = new EventAckDecoder();
    private final PingDecoder ping = new PingDecoder();
    private final PlaceCallReader placeCallReader = new PlaceCallReader();
    private final CallRequest callRequest = new CallRequest();
    private final CallAnswer callAnswer = new CallAnswer();
    private final EndCallDecoder endCall = new EndCallDecoder();
    private final ReplayEventsDecoder replayEvents = new ReplayEventsDecoder();
    private final StopReplayDecoder stopReplay = new StopReplayDecoder();
    private final DefaultChannelGroup listeners;
    private final List<BinarySession> sessions = new ArrayList<>();
    private final ScheduledFuture<?> ticker;
    private boolean draining;
    private boolean closing;

    public BinaryServer(final BinaryServerContext context) {
        this.context = context;
        this.caps = new ConnectionCaps(context.settings().caps());
        this.encoder = new FrameEncoder(context.settings());
        this.submitReader = new SubmitReader(context.settings().maxBodyLength());
        this.listeners = new DefaultChannelGroup(context.eventLoop());
        this.ticker = context.eventLoop().scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * Opens a listener.
     *
     * @param tls null: without TLS
     * @return done when the listener stands; fails where the address cannot be had
     */
    public ChannelFuture listen(final SocketAddress local, final SslContext tls) {
        final ChannelFuture bound = new ServerBootstrap()
                .group(context.eventLoop())
                .channel(context.channelClass())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                // One bounded read a turn: what bounds the frames that one connection gets handled before the others.
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(context.settings().readTurnBytes()).maxMessagesPerRead(1))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        accept(channel, tls);
                    }
                })
                .bind(local);
        bound.addListener(done -> {
            if (done.isSuccess()) {
                listeners.add(bound.channel());
            }
        });
        return bound;
    }

    private void accept(final Channel channel, final SslContext tls) {
        final InetAddress address = addressOf(channel.remoteAddress());
        if (draining || !caps.connected(address)) {
            context.counters().connectionsOverCap++;
            final ErrorCode code = draining ? ErrorCode.DRAINING : ErrorCode.TOO_MANY_SESSIONS;
            // With TLS a word would cost a handshake: then the close has to say it.
            channel.writeAndFlush(tls == null ? encoder.lastWord(channel.alloc(), code) : Unpooled.EMPTY_BUFFER)
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        context.counters().connectionsAccepted++;
        if (tls != null) {
            final SslHandler handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(context.settings().helloTimeoutMs());
            channel.pipeline().addLast(handler);
        }
        channel.pipeline().addLast(session(address));
    }

    /** A session for a connection that has its place. */
    BinarySession session(final InetAddress address) {
        final BinarySession session = new BinarySession(this, address);
        session.slot = sessions.size();
        sessions.add(session);
        return session;
    }

    /** Who has no Internet address sits on this machine. */
    private static InetAddress addressOf(final SocketAddress remote) {
        return remote instanceof InetSocketAddress inet ? inet.getAddress() : InetAddress.getLoopbackAddress();
    }

    void disconnected(final BinarySession session, final InetAddress address, final Account account) {
        context.counters().connectionsClosed++;
        caps.disconnected(address, account);
        final int last = sessions.size() - 1;
        final BinarySession moved = sessions.get(last);
        sessions.set(session.slot, moved);
        moved.slot = session.slot;
        sessions.remove(last);
        stopTickerIfDone();
    }

    private void stopTickerIfDone() {
        if (closing && sessions.isEmpty()) {
            ticker.cancel(false);
        }
    }

    private void tick() {
        final long nowNs = nowNs();
        for (int i = sessions.size() - 1; i >= 0; i--) {
            if (i < sessions.size()) {
                sessions.get(i).tick(nowNs);
            }
        }
    }

    /** Takes over the accounts of a new config: ends sessions that may not stay, grants changed credit. */
    public void accounts(final Map<String, Account> renewed) {
        context.doorkeeper().accounts(renewed);
        for (int i = sessions.size() - 1; i >= 0; i--) {
            sessions.get(i).accountsChanged();
        }
    }

    /** First step of a clean stop: listeners close, submits are refused with DRAINING; events and answers flow on. */
    public void drain() {
        draining = true;
        listeners.close().addListener(done -> LOG.info("the listeners of the binary protocol are closed"));
    }

    /** Last step: every session is told Goodbye and closes once what was answered has left. */
    public void close() {
        drain();
        closing = true;
        for (int i = sessions.size() - 1; i >= 0; i--) {
            sessions.get(i).goodbye(ErrorCode.DRAINING, 0);
        }
        stopTickerIfDone();
    }

    /** Connections that stand now, authenticated or not. */
    /** Connections of one account that have said who they are. */
    public int sessionsOf(final String account) {
        return caps.of(account);
    }

    public int sessions() {
        return sessions.size();
    }

    boolean draining() {
        return draining;
    }

    long nowNs() {
        return context.nanoClock().nanoTime();
    }

    BinaryServerContext context() {
        return context;
    }

    BinarySettings settings() {
        return context.settings();
    }

    ConnectionCaps caps() {
        return caps;
    }

    FrameEncoder encoder() {
        return encoder;
    }

    SubmitReader submitReader() {
        return submitReader;
    }

    HelloReader helloReader() {
        return helloReader;
    }

    SubmitRequest request() {
        return request;
    }

    SubmitAnswer answer() {
        return answer;
    }

    CancelMessageDecoder cancel() {
        return cancel;
    }

    ConversionDecoder conversion() {
        return conversion;
    }

    EventAckDecoder eventAck() {
        return eventAck;
    }

    PingDecoder ping() {
        return ping;
    }

    PlaceCallReader placeCallReader() {
        return placeCallReader;
    }

    CallRequest callRequest() {
        return callRequest;
    }

    CallAnswer callAnswer() {
        return callAnswer;
    }

    EndCallDecoder endCall() {
        return endCall;
    }

    ReplayEventsDecoder replayEvents() {
        return replayEvents;
    }

    StopReplayDecoder stopReplay() {
        return stopReplay;
    }
}
