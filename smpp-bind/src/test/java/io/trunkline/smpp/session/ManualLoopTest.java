package io.trunkline.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.trunkline.smpp.codec.BindDecoder;
import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.BindRespDecoder;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SmRespDecoder;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both roles on one loop that the test's thread turns itself, as a gateway's shard does, over epoll. */
class ManualLoopTest {
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 50_000;
    /** Netty's own per read and per write, spread over the messages of a turn. */
    private static final long MAX_BYTES_PER_MESSAGE = 32;

    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    private final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
    private final PlatformResolver resolver = new PlatformResolver();
    private final OutboundSm sm = Wire.message("an ordinary message of some forty octets");
    private final UnsafeBuffer messageId =
            new UnsafeBuffer("0123456789".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    private McServer server;
    private EsmeBind bind;
    private long answered;
    private long submitted;
    private long delivered;

    @BeforeEach
    void turnOffLeakDetection() {
        // Paranoid detection allocates on every access, and it is allocation that is measured here.
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void close() {
        bind.disable();
        turnUntil(bind::stopped);
        server.close();
        turnUntil(() -> server.sessions() == 0);
        resolver.close();
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    void messagesThereAndBackAllocateNextToNothing() {
        assertThat(Epoll.isAvailable()).isTrue();
        start();
        turnUntil(() -> bind.state() == EsmeState.BOUND);
        submitAll(WARM_UP);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long fastestNs = Long.MAX_VALUE;
        for (int run = 0; run < 3; run++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            final long fromNs = System.nanoTime();
            submitAll(submitted + MEASURED);
            fastestNs = Math.min(fastestNs, System.nanoTime() - fromNs);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        final double perMessage = (double) least / MEASURED;
        System.out.printf(
                "ManualLoopTest: %.1f bytes allocated and %.2f us per submit and answer, both ends%n",
                perMessage, fastestNs / 1e3 / MEASURED);
        assertThat(perMessage).isLessThan(MAX_BYTES_PER_MESSAGE);
        assertThat(delivered).isEqualTo(submitted);
    }

    private void start() {
        server = new McServer(
                McSettings.DEFAULT.withInbound(new InboundLimits(1 << 20, 0)),
                new McContext(
                        loop,
                        EpollServerSocketChannel::new,
                        EpollSocketChannel::new,
                        SystemNanoClock.INSTANCE,
                        ImmediateOutput::new,
                        0),
                new Mc());
        final ChannelFuture listening = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        turnUntil(listening::isDone);
        final EsmeSettings settings = EsmeSettings.to(
                        "localhost", server.localAddress().getPort(), BindRequest.of("us", "secret"))
                .withWindow(500);
        bind = new EsmeBind(
                "test",
                settings,
                new EsmeContext(
                        loop,
                        EpollSocketChannel::new,
                        SystemNanoClock.INSTANCE,
                        new SplittableRandom(1),
                        ImmediateOutput::new,
                        resolver,
                        new TokenBucket(10_000, 1, System.nanoTime())),
                new Esme());
        bind.enable();
    }

    private void submitAll(final long upTo) {
        turnUntil(() -> {
            final long nowNs = System.nanoTime();
            while (submitted < upTo && bind.canSubmit(nowNs)) {
                bind.submit(submitted++, sm, nowNs);
            }
            return answered == upTo;
        });
    }

    private void turnUntil(final BooleanSupplier done) {
        final long deadlineNs = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!done.getAsBoolean()) {
            loop.run(Duration.ofMillis(1).toNanos());
            final long nowNs = System.nanoTime();
            bind(nowNs);
            assertThat(nowNs - deadlineNs).isNegative();
        }
    }

    private void bind(final long nowNs) {
        if (bind != null) {
            bind.onTick(nowNs);
        }
        server.onTick(nowNs);
    }

    private final class Mc implements McListener {
        @Override
        public int onBindRequest(final McSession session, final BindDecoder request) {
            return CommandStatus.ESME_ROK;
        }

        @Override
        public void onClosed(final McSession session, final CloseCause cause) {}

        @Override
        public void onSubmit(final McSession session, final int sequence, final SmDecoder request) {
            delivered++;
            session.answerSubmit(sequence, CommandStatus.ESME_ROK, messageId, 0, messageId.capacity());
        }
    }

    private final class Esme implements EsmeListener {
        @Override
        public void onBound(final EsmeBind bound, final BindRespDecoder answer) {}

        @Override
        public void onUnbound(final EsmeBind unbound, final CloseCause cause, final int status) {}

        @Override
        public void onSubmitAnswered(
                final EsmeBind from,
                final long ticket,
                final int status,
                final SmRespDecoder answer,
                final int congestionState) {
            answered++;
        }

        @Override
        public void onUnanswered(final EsmeBind from, final long ticket, final CloseCause cause) {}

        @Override
        public void onLateAnswer(
                final EsmeBind from, final long ticket, final int status, final SmRespDecoder answer) {}

        @Override
        public int onDeliver(final EsmeBind from, final long exchange, final SmDecoder message, final boolean dataSm) {
            return CommandStatus.ESME_ROK;
        }
    }
}
