package io.trunkline.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostLookupTest {
    private static final InetSocketAddress NAMED = InetSocketAddress.createUnresolved("gateway.example", 7400);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void theEventLoopGoesOnWhileANameServerTakesItsTime() throws Exception {
        final CountDownLatch answer = new CountDownLatch(1);
        final HostLookup lookup = new HostLookup(host -> {
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 9})};
        });
        final Future<InetSocketAddress> found = lookup.getResolver(loop).resolve(NAMED);
        assertThat(loop.submit(() -> 42).get(10, TimeUnit.SECONDS)).isEqualTo(42);
        assertThat(found.isDone()).isFalse();
        answer.countDown();
        assertThat(found.get(10, TimeUnit.SECONDS).getAddress().getHostAddress())
                .isEqualTo("127.0.0.9");
        assertThat(found.getNow().getPort()).isEqualTo(7400);
    }

    @Test
    void aNameThatIsNotKnownFails() throws Exception {
        final HostLookup lookup = new HostLookup(host -> {
            throw new UnknownHostException(host);
        });
        final Future<InetSocketAddress> found = lookup.getResolver(loop).resolve(NAMED);
        assertThat(found.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(found.cause()).isInstanceOf(UnknownHostException.class);
    }
}
