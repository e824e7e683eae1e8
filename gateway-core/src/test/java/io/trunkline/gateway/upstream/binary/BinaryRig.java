package io.trunkline.gateway.upstream.binary;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.trunkline.gateway.calls.TenantCalls;
import io.trunkline.gateway.config.Cidr;
import io.trunkline.gateway.events.EventStreams;
import io.trunkline.gateway.events.ReplayDesk;
import io.trunkline.gateway.shard.OutputGate;
import io.trunkline.gateway.upstream.Account;
import io.trunkline.gateway.upstream.AllowList;
import io.trunkline.gateway.upstream.Doorkeeper;
import io.trunkline.gateway.upstream.FakeDesk;
import io.trunkline.gateway.upstream.FakeStreams;
import io.trunkline.gateway.upstream.Lockout;
import io.trunkline.gateway.upstream.LockoutPolicy;
import io.trunkline.gateway.upstream.NoCalls;
import io.trunkline.gateway.upstream.NoReplays;
import io.trunkline.gateway.upstream.SecretHash;
import io.trunkline.gateway.upstream.TestOutput;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.smpp.session.PduOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A server of the binary protocol on loopback with a fake desk, fake streams and a clock that a test moves. */
final class BinaryRig implements AutoCloseable {
    static final String TENANT = "acme";
    static final String TOKEN = "a long secret token";
    static final int TENANT_ID = 42;

    final FakeDesk desk = new FakeDesk();
    final FakeStreams streams = new FakeStreams();
    final UpstreamCounters counters = new UpstreamCounters();
    final AtomicLong clockNs = new AtomicLong(System.nanoTime());
    /** Where it is set, new connections get the shard's own gate. */
    volatile OutputGate gate;

    final ConcurrentLinkedQueue<TestOutput> outputs = new ConcurrentLinkedQueue<>();
    final Doorkeeper doorkeeper;
    final BinaryServer server;
    /** Asked for events once more. */
    volatile ReplayDesk replays = new NoReplays();

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    final EventLoop loop = group.next();
    volatile int outputLimit = 256 * 1024;
    private SocketAddress address;

    BinaryRig() throws Exception {
        this(settings(), 100);
    }

    BinaryRig(final BinarySettings settings, final int credit) throws Exception {
        this(settings, credit, new NoCalls(), null);
    }

    /** With other streams than the fake ones, and somebody who takes calls. */
    BinaryRig(final TenantCalls calls, final EventStreams events) throws Exception {
        this(settings(), 100, calls, events);
    }

    private BinaryRig(
            final BinarySettings settings, final int credit, final TenantCalls calls, final EventStreams events)
            throws Exception {
        doorkeeper = new Doorkeeper(
                accounts(credit), new Lockout(new LockoutPolicy(3, 30, 1_000, 60_000, 600_000, 1_000)), counters);
        server = new BinaryServer(new BinaryServerContext(
                loop,
                EpollServerSocketChannel.class,
                settings,
                doorkeeper,
                desk,
                calls,
                events == null ? streams : events,
                (tenant, wish, sink) -> replays.replay(tenant, wish, sink),
                this::output,
                counters,
                clockNs::get,
                () -> 1_700_000_000_000L));
        address = listen(null);
    }

    static Map<String, Account> accounts(final int credit) {
        return Map.of(
                TENANT,
                new Account(
                        TENANT,
                        TENANT_ID,
                        List.of(SecretHash.of(TOKEN)),
                        new AllowList(List.of(Cidr.parse("127.0.0.0/8"))),
                        3,
                        credit),
                "elsewhere",
                new Account(
                        "elsewhere",
                        43,
                        List.of(SecretHash.of(TOKEN)),
                        new AllowList(List.of(Cidr.parse("192.0.2.0/24"))),
                        3,
                        credit));
    }

    /** Short times; whatever a test waits for by its own clock is long. */
    static BinarySettings settings() {
        return settings(100, 1_000, new io.trunkline.gateway.upstream.ConnectionCaps.Limits(8, 6, 4));
    }

    static BinarySettings settings(
            final int maxEventWindow,
            final int maxOverCredit,
            final io.trunkline.gateway.upstream.ConnectionCaps.Limits caps) {
        final BinarySettings d = BinarySettings.DEFAULT;
        return new BinarySettings(
                "gw-test",
                d.durability(),
                d.maxFrameLength(),
                2_000,
                maxEventWindow,
                maxOverCredit,
                d.readTurnBytes(),
                5_000,
                500,
                15_000,
                45_000,
                10_000,
                5_000,
                caps);
    }

    SocketAddress listen(final SslContext tls) throws Exception {
        final Channel channel = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls)
                .sync()
                .channel();
        return channel.localAddress();
    }

    private PduOutput output(final Channel channel) {
        if (gate != null) {
            return gate.open(channel);
        }
        final TestOutput output = new TestOutput(channel, outputLimit);
        outputs.add(output);
        return output;
    }

    SocketAddress address() {
        return address;
    }

    RawClient connect() throws IOException {
        return new RawClient(address);
    }

    /** A client that has been welcomed, without events. */
    RawClient open() throws IOException {
        final RawClient client = connect().send(Frames.hello(TENANT, TOKEN));
        client.read().welcome();
        return client;
    }

    RawClient openWithEvents(final String name, final int window) throws IOException {
        final RawClient client = connect().send(Frames.helloWithEvents(TENANT, TOKEN, name, window));
        client.read().welcome();
        return client;
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
