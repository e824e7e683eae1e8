package io.trunkline.gateway.upstream.smpp;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.trunkline.gateway.config.Cidr;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.shard.OutputGate;
import io.trunkline.gateway.upstream.Account;
import io.trunkline.gateway.upstream.AllowList;
import io.trunkline.gateway.upstream.Doorkeeper;
import io.trunkline.gateway.upstream.FakeDesk;
import io.trunkline.gateway.upstream.FakeStreams;
import io.trunkline.gateway.upstream.Lockout;
import io.trunkline.gateway.upstream.LockoutPolicy;
import io.trunkline.gateway.upstream.SecretHash;
import io.trunkline.gateway.upstream.TestOutput;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.smpp.session.McSettings;
import io.trunkline.smpp.session.PduOutput;
import io.trunkline.smpp.text.TextProfile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An SMPP server on loopback with a fake desk, fake streams and a clock that a test moves. */
final class SmppRig implements AutoCloseable {
    static final int TENANT_ID = 42;
    static final long WALL_MS = 1_795_248_000_000L;

    final FakeDesk desk = new FakeDesk();
    final FakeStreams streams = new FakeStreams();
    final UpstreamCounters counters = new UpstreamCounters();
    final AtomicLong clockNs = new AtomicLong(System.nanoTime());
    /** Where it is set, new connections get the shard's own gate. */
    volatile OutputGate gate;

    final ConcurrentLinkedQueue<TestOutput> outputs = new ConcurrentLinkedQueue<>();
    final SmppServer server;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    final EventLoop loop = group.next();
    private final int port;

    SmppRig() throws Exception {
        this(10, 10);
    }

    SmppRig(final int submitWindow, final int deliverWindow) throws Exception {
        final SmppSettings settings = new SmppSettings(
                McSettings.DEFAULT.withWindows(1_000, deliverWindow), 2_000, 16, 4, 1_000, 60_000, 100, 1_024);
        server = onLoop(() -> new SmppServer(
                new SmppServerContext(
                        loop,
                        EpollServerSocketChannel::new,
                        EpollSocketChannel::new,
                        settings,
                        new Doorkeeper(
                                Map.of(),
                                new Lockout(new LockoutPolicy(3, 30, 1_000, 60_000, 600_000, 1_000)),
                                counters),
                        desk,
                        streams,
                        this::output,
                        counters,
                        clockNs::get,
                        () -> WALL_MS),
                accounts(submitWindow)));
        port = listen(null);
    }

    static Map<String, SmppAccount> accounts(final int submitWindow) {
        return Map.of(
                "acme",
                new SmppAccount(
                        account("acme", "127.0.0.0/8", submitWindow),
                        TextProfile.DEFAULT,
                        MessageClass.BULK,
                        Tenant.Throttle.ANSWER),
                "patient",
                new SmppAccount(
                        account("patient", "127.0.0.0/8", submitWindow),
                        TextProfile.DEFAULT,
                        MessageClass.BULK,
                        Tenant.Throttle.PAUSE),
                "far",
                new SmppAccount(
                        account("far", "192.0.2.0/24", submitWindow),
                        TextProfile.DEFAULT,
                        MessageClass.BULK,
                        Tenant.Throttle.ANSWER));
    }

    private static Account account(final String systemId, final String from, final int window) {
        return new Account(
                systemId,
                TENANT_ID,
                List.of(SecretHash.of("secret")),
                new AllowList(List.of(Cidr.parse(from))),
                3,
                window);
    }

    int listen(final SslContext tls) throws Exception {
        final Channel channel = onLoop(
                        () -> server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "gw", tls))
                .sync()
                .channel();
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private PduOutput output(final Channel channel) {
        if (gate != null) {
            return gate.open(channel);
        }
        final TestOutput output = new TestOutput(channel, 256 * 1024);
        outputs.add(output);
        return output;
    }

    int port() {
        return port;
    }

    void publish(final FakeStreams.Event event) throws Exception {
        runOnLoop(() -> streams.publish(event));
    }

    /** Moves the server's clock; the effect comes with the next tick. */
    void pass(final long ms) {
        clockNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    <T> T onLoop(final Callable<T> call) throws Exception {
        return loop.submit(call).get(10, TimeUnit.SECONDS);
    }

    void runOnLoop(final Runnable run) throws Exception {
        loop.submit(run).get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        loop.submit(server::close).syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
