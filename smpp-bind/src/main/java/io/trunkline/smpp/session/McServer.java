package io.trunkline.smpp.session;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An MC: listens, and serves the ESMEs that bind, each as an {@link McSession}. Thread-safe; what is about one session
 * happens on its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How a close or a write ended, the channel's own events tell.
public final class McServer {
    private static final int BACKLOG = 1024;

    private final McSettings settings;
    private final McContext context;
    private final McListener listener;
    private final McAdmission admission;
    private final ConcurrentHashMap<EventExecutor, McLoop> loops = new ConcurrentHashMap<>();
    private final AtomicLong refusedConnections = new AtomicLong();
    private volatile Channel listening;
    private volatile boolean closing;

    /** A server that does not listen yet. */
    public McServer(final McSettings settings, final McContext context, final McListener listener) {
        this.settings = settings;
        this.context = context;
        this.listener = listener;
        this.admission = new McAdmission(settings);
    }

    /** Listens on an address, once; port 0 chooses one, see {@link #localAddress}. */
    public ChannelFuture listen(final SocketAddress address) {
        final ChannelFuture future = new ServerBootstrap()
                .group(context.eventLoops())
                .channelFactory(context.listeners())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        accept(channel);
                    }
                })
                .bind(address);
        listening = future.channel();
        return future;
    }

    /** Where it listens, once {@link #listen} has succeeded. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) listening.localAddress();
    }

    /**
     * Connects to an ESME that waits for it and asks it to bind as a receiver (SMPP 3.4 §4.1.7). Fails where the connection
     * does; what becomes of the session the listener hears.
     */
    public Future<Void> outbind(final SocketAddress esme, final String systemId, final String password) {
        return new Bootstrap()
                .group(context.eventLoops())
                .channelFactory(context.channels())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        final McSession session = accept(channel);
                        if (session != null) {
                            session.outbindWhenReady(systemId, password);
                        }
                    }
                })
                .connect(esme);
    }

    /** Sessions, bound or not. */
    public int sessions() {
        return admission.sessions();
    }

    /** Sessions bound under a system id. */
    public int bound(final String systemId) {
        return admission.bound(systemId);
    }

    /** Connections closed without a word: too many, or not wanted by the listener. */
    public long refusedConnections() {
        return refusedConnections.get();
    }

    /** Drives all timeouts, where the context says that the owner of the single event loop does so, on that loop. */
    public void onTick(final long nowNs) {
        for (final McLoop loop : loops.values()) {
            loop.onTick(nowNs);
        }
    }

    /** Listens no more; new connections are refused, sessions go on. */
    public void stopListening() {
        closing = true;
        final Channel channel = listening;
        if (channel != null) {
            channel.close();
        }
    }

    /** Listens no more and ends all sessions: unbind, and close when it is answered or its time is up. */
    public void close() {
        stopListening();
        loops.forEach((executor, loop) -> executor.execute(loop::close));
    }

    private McSession accept(final Channel channel) {
        final SocketAddress remote = channel.remoteAddress();
        if (closing || !listener.onConnect(remote) || !admission.enter(remote)) {
            refusedConnections.incrementAndGet();
            channel.close();
            return null;
        }
        final McLoop loop = loops.computeIfAbsent(channel.eventLoop(), executor -> newLoop(channel.eventLoop()));
        final McSession session = new McSession(
                settings,
                context,
                listener,
                admission,
                loop,
                channel,
                context.outputs().open(channel));
        loop.add(session);
        if (settings.tls() != null) {
            channel.pipeline().addLast(settings.tls().fromClient(channel));
        }
        channel.pipeline().addLast(session.connection());
        return session;
    }

    private McLoop newLoop(final EventLoop eventLoop) {
        final McLoop loop = new McLoop();
        if (context.tickMs() > 0) {
            eventLoop.scheduleAtFixedRate(
                    () -> loop.onTick(context.clock().nanoTime()),
                    context.tickMs(),
                    context.tickMs(),
                    TimeUnit.MILLISECONDS);
        }
        return loop;
    }
}
