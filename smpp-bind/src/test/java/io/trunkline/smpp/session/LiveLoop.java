package io.trunkline.smpp.session;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;

/** One event loop on real sockets, with what binds and servers need to run on it. */
@SuppressWarnings("FutureReturnValueIgnored") // Ticks end with the loop.
public final class LiveLoop implements AutoCloseable {
    private static final int TICK_MS = 5;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final PlatformResolver resolver = new PlatformResolver();
    private final EsmeContext esmeContext;

    public LiveLoop() {
        final long seed = System.nanoTime();
        System.out.println("LiveLoop jitter seed " + seed);
        esmeContext = new EsmeContext(
                group.next(),
                NioSocketChannel::new,
                SystemNanoClock.INSTANCE,
                new SplittableRandom(seed),
                ImmediateOutput::new,
                resolver,
                new TokenBucket(1000_000, 100, System.nanoTime()));
    }

    /** A bind that is ticked but not enabled yet. */
    public EsmeBind bind(final EsmeSettings settings, final EsmeListener listener) {
        final EsmeBind bind = call(() -> new EsmeBind("test", settings, esmeContext, listener));
        tick(bind);
        return bind;
    }

    /** Lets time pass for a bind, for ever. */
    void tick(final EsmeBind bind) {
        group.next().scheduleAtFixedRate(() -> bind.onTick(System.nanoTime()), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /** A server that listens on a port of its own on loopback. */
    public McServer server(final McSettings settings, final McListener listener) {
        return server(settings, listener, ImmediateOutput::new);
    }

    public McServer server(final McSettings settings, final McListener listener, final PduOutputs outputs) {
        final McServer server = new McServer(
                settings,
                new McContext(
                        group,
                        NioServerSocketChannel::new,
                        NioSocketChannel::new,
                        SystemNanoClock.INSTANCE,
                        outputs,
                        TICK_MS),
                listener);
        server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly();
        return server;
    }

    public EsmeContext esmeContext() {
        return esmeContext;
    }

    public MultiThreadIoEventLoopGroup group() {
        return group;
    }

    public void run(final Runnable task) {
        group.next().submit(task).syncUninterruptibly();
    }

    public <T> T call(final Callable<T> task) {
        return group.next().submit(task).syncUninterruptibly().getNow();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        resolver.close();
    }
}
