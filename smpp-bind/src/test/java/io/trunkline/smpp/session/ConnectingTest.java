package io.trunkline.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import io.trunkline.smpp.codec.BindRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can go wrong before there is a connection. */
class ConnectingTest {
    private static final Backoff.Settings QUICK = new Backoff.Settings(
            TimeUnit.MILLISECONDS.toNanos(20),
            TimeUnit.MILLISECONDS.toNanos(50),
            TimeUnit.MILLISECONDS.toNanos(20),
            TimeUnit.MILLISECONDS.toNanos(20),
            TimeUnit.MILLISECONDS.toNanos(50),
            TimeUnit.SECONDS.toNanos(10));

    private final LiveLoop loop = new LiveLoop();
    private final EsmeEvents events = new EsmeEvents();

    @AfterEach
    void close() {
        loop.close();
    }

    private static EsmeSettings to(final String host, final int port) {
        return EsmeSettings.to(host, port, BindRequest.of("us", "secret")).withBackoff(QUICK);
    }

    @Test
    void aRefusedConnectIsTriedAgainUntilSomeoneListens() throws IOException {
        final int port;
        try (ServerSocket reserved = new ServerSocket(0)) {
            port = reserved.getLocalPort();
        }
        final EsmeBind bind = loop.bind(to("localhost", port), events);
        loop.run(bind::enable);
        await().until(() -> bind.counters().connectFailures >= 3);
        assertThat(events.all).allMatch(line -> line.equals("unbound CONNECT_FAILED 0"));
    }

    @Test
    void aNameThatDoesNotExistFailsWithoutHoldingUpTheLoop() {
        final EsmeBind bind = loop.bind(to("no-such-carrier.invalid", 2775), events);
        loop.run(bind::enable);
        await().until(() -> loop.call(() -> events.count("unbound CONNECT_FAILED") > 0));
    }

    @Test
    void aNameServerThatFailsLaterDoesNotLoseTheAddressThatWorked() {
        final McDesk desk = new McDesk();
        final McServer server = loop.server(McSettings.DEFAULT, desk);
        final OnceResolver resolver = new OnceResolver();
        final EsmeContext context = new EsmeContext(
                loop.group().next(),
                NioSocketChannel::new,
                SystemNanoClock.INSTANCE,
                new SplittableRandom(1),
                ImmediateOutput::new,
                resolver,
                new TokenBucket(1000_000, 100, System.nanoTime()));
        final EsmeBind bind = loop.call(() ->
                new EsmeBind("test", to("carrier.example", server.localAddress().getPort()), context, events));
        loop.tick(bind);
        loop.run(bind::enable);
        await().until(() -> events.count("bound") == 1);
        loop.run(() -> desk.bound.get(0).close(CloseCause.DISABLED));
        await().until(() -> events.count("bound") == 2);
        assertThat(resolver.asked.get()).isEqualTo(2);
        resolver.close();
    }

    /** Knows every name, but only once. */
    private static final class OnceResolver extends AddressResolverGroup<InetSocketAddress> {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(final EventExecutor executor) {
            return new InetNameResolver(executor) {
                @Override
                protected void doResolve(final String name, final Promise<InetAddress> promise) {
                    if (asked.incrementAndGet() == 1) {
                        promise.setSuccess(InetAddress.getLoopbackAddress());
                    } else {
                        promise.setFailure(new UnknownHostException(name));
                    }
                }

                @Override
                protected void doResolveAll(final String name, final Promise<List<InetAddress>> promise) {
                    promise.setFailure(new UnknownHostException(name));
                }
            }.asAddressResolver();
        }
    }
}
