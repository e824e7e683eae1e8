package io.trunkline.gateway.upstream.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.client.ClientConfig;
import io.trunkline.client.ClientListener;
import io.trunkline.client.ClientReference;
import io.trunkline.client.ReplayListener;
import io.trunkline.client.ReplayRequest;
import io.trunkline.client.ReplayResult;
import io.trunkline.client.Submit;
import io.trunkline.client.SubmitResult;
import io.trunkline.client.TrunklineClient;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.events.Replay;
import io.trunkline.gateway.events.ReplayDesk;
import io.trunkline.gateway.events.ReplaySink;
import io.trunkline.gateway.events.ReplayWish;
import io.trunkline.gateway.events.StatusEvent;
import io.trunkline.gateway.upstream.FakeStreams;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import io.trunkline.upstream.codec.PongDecoder;
import io.trunkline.upstream.codec.ReplayEndedDecoder;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replays over the binary protocol: the Java client, and one that does not read, against the listener; events are made up. */
@Timeout(60)
class ReplayProtocolTest {
    private final BinaryRig rig = new BinaryRig();
    private final Desk desk = new Desk();
    private final ConcurrentLinkedQueue<Long> live = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> again = new ConcurrentLinkedQueue<>();

    ReplayProtocolTest() throws Exception {
        rig.replays = desk;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Has {@link #count} events, and offers each until it is taken. On the event loop. */
    private static final class Desk implements ReplayDesk {
        private final StatusEvent event = new StatusEvent();
        private final List<Replaying> replays = new ArrayList<>();
        volatile int count = 100;
        volatile int pauseAfter = Integer.MAX_VALUE;
        volatile ErrorCode end = ErrorCode.NONE;
        volatile ReplayWish wish;
        volatile long offered;
        final AtomicInteger abandoned = new AtomicInteger();

        @Override
        public Replay replay(final int tenant, final ReplayWish asked, final ReplaySink sink) {
            assertThat(tenant).isEqualTo(BinaryRig.TENANT_ID);
            wish = asked;
            final Replaying replay = new Replaying(sink, asked.fromIndex() < 1 ? 1 : asked.fromIndex());
            replays.add(replay);
            replay.go();
            return replay.over ? null : replay;
        }

        private final class Replaying implements Replay {
            private final ReplaySink sink;
            private long next;
            private boolean over;

            Replaying(final ReplaySink sink, final long next) {
                this.sink = sink;
                this.next = next;
            }

            void go() {
                while (!over && next <= count && next <= pauseAfter) {
                    event.sequence = next;
                    event.unitId = next;
                    event.state = 10;
                    event.replayed = true;
                    if (!sink.onStatus(event)) {
                        return;
                    }
                    next++;
                    offered = next;
                    if (next % 10 == 0) {
                        sink.onProgress(next, next - 1);
                    }
                }
                if (!over && next > count) {
                    over = true;
                    sink.onEnded(new ReplaySink.End(end, next, next - 1, 7, 1_700_000_000_000L));
                }
            }

            @Override
            public void resume() {
                go();
            }

            @Override
            public void stop() {
                over = true;
                sink.onEnded(new ReplaySink.End(ErrorCode.NONE, next, next - 1, 7, 1_700_000_000_000L));
            }

            @Override
            public void abandon() {
                over = true;
                abandoned.incrementAndGet();
            }
        }
    }

    private TrunklineClient client() {
        final ClientConfig config = ClientConfig.to("127.0.0.1", ((InetSocketAddress) rig.address()).getPort())
                .tenant(BinaryRig.TENANT, BinaryRig.TOKEN)
                .clientName("tier-1")
                .backoffMs(10, 100)
                .build();
        return TrunklineClient.connect(config, new ClientListener() {
            @Override
            public void onStatus(final MessageStatusDecoder status) {
                live.add(status.sequence());
            }
        });
    }

    private final ReplayListener listener = new ReplayListener() {
        @Override
        public void onStatus(final MessageStatusDecoder status) {
            again.add(status.sequence());
        }
    };

    private static ReplayResult get(final CompletableFuture<ReplayResult> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    @Test
    void bringsEventsBesideTheSubscriptionWhichIsNotTouched() throws Exception {
        try (TrunklineClient client = client()) {
            client.connected().get(10, TimeUnit.SECONDS);
            rig.runOnLoop(() -> rig.streams.publish(FakeStreams.Event.delivered(1)));
            final Instant from = Instant.ofEpochMilli(1_000);
            final ReplayResult result = get(client.replay(
                    ReplayRequest.builder()
                            .from(from)
                            .to(from.plusSeconds(5))
                            .toIndex(99_999)
                            .unit(12)
                            .eventsPerSecond(70)
                            .build(),
                    listener));
            assertThat(result).isEqualTo(new ReplayResult.Complete(100, 101));
            assertThat(List.copyOf(again)).hasSize(100).isSorted();
            assertThat(desk.wish).isEqualTo(new ReplayWish(1_000, 6_000, ReplayWish.FROM_OLDEST, 99_999, 12, 70));
            await().until(() -> live.size() == 1);
            await().until(() -> rig.streams.acknowledged == 1);
            assertThat(client.eventLoop().submit(client::eventGaps).get()).isZero();
        }
    }

    @Test
    void saysWhatIsTheOldestWhereWhatWasAskedForIsGone() throws Exception {
        desk.count = 0;
        desk.end = ErrorCode.EVENTS_GONE;
        try (TrunklineClient client = client()) {
            assertThat(get(client.replay(ReplayRequest.builder().fromIndex(-5).build(), listener)))
                    .isInstanceOfSatisfying(ReplayResult.Refused.class, refused -> {
                        assertThat(refused.refusal().code()).isEqualTo(1025);
                        assertThat(refused.oldestIndex()).isEqualTo(7);
                        assertThat(refused.oldestMs()).isEqualTo(1_700_000_000_000L);
                    });
        }
    }

    @Test
    void goesOnFromItsLastProgressAfterALostConnection() throws Exception {
        desk.pauseAfter = 57;
        try (TrunklineClient client = client()) {
            final CompletableFuture<ReplayResult> result =
                    client.replay(ReplayRequest.builder().build(), listener);
            await().until(() -> again.size() == 57);
            desk.pauseAfter = Integer.MAX_VALUE;
            rig.desk.failure = new IllegalStateException("expected by this test");
            final CompletableFuture<SubmitResult> submitted = client.submit(Submit.of(new ClientReference(1, 1))
                    .from("4915700000")
                    .to("491701234567")
                    .text("hello")
                    .build());
            await().until(() -> desk.abandoned.get() == 1);
            rig.desk.failure = null;
            assertThat(get(result)).isEqualTo(new ReplayResult.Complete(57 + 51, 101));
            assertThat(desk.wish.fromIndex()).isEqualTo(50);
            assertThat(submitted.get(10, TimeUnit.SECONDS)).isInstanceOf(SubmitResult.Accepted.class);
        }
    }

    @Test
    void stopsWhenItIsTold() throws Exception {
        desk.pauseAfter = 20;
        try (TrunklineClient client = client()) {
            final CompletableFuture<ReplayResult> result =
                    client.replay(ReplayRequest.builder().build(), listener);
            await().until(() -> again.size() == 20);
            client.stopReplay();
            assertThat(get(result)).isEqualTo(new ReplayResult.Complete(20, 21));
        }
    }

    @Test
    void aSecondOneOfTheSameConnectionIsRefused() throws Exception {
        desk.pauseAfter = 0;
        try (RawClient raw = rig.open()) {
            raw.send(Frames.replay(1), Frames.replay(2));
            final RawClient.Frame frame = raw.read();
            final ReplayEndedDecoder ended = new ReplayEndedDecoder()
                    .wrap(frame.expect(ReplayEndedDecoder.TEMPLATE_ID), 8, frame.blockLength(), frame.version());
            assertThat(ended.requestId()).isEqualTo(2);
            assertThat(ended.code()).isEqualTo(ErrorCode.TOO_MANY_REPLAYS.number());
            assertThat(ended.flags().retryable()).isTrue();
        }
        await().until(() -> desk.abandoned.get() == 1);
    }

    @Test
    void aClientThatDoesNotReadHoldsUpItsReplayAndNothingElse() throws Exception {
        desk.count = 100_000;
        final Socket small = new Socket();
        small.setReceiveBufferSize(8 * 1024);
        small.connect(rig.address());
        try (RawClient raw = new RawClient(small);
                RawClient other = rig.open()) {
            raw.send(Frames.hello(BinaryRig.TENANT, BinaryRig.TOKEN));
            raw.read().welcome();
            raw.send(Frames.replay(1));
            // As much as the sockets hold, and a little more: not the 6 MB that there are.
            final AtomicLong before = new AtomicLong(1);
            await().pollInterval(Duration.ofMillis(300))
                    .until(() -> before.getAndSet(desk.offered) == desk.offered && desk.offered > 1);
            assertThat(before).hasValueLessThan(desk.count);
            rig.pass(40_000);
            other.send(Frames.ping(5));
            int template = 0;
            while (template != PongDecoder.TEMPLATE_ID) {
                template = other.read().templateId();
            }
            assertThat(rig.onLoop(() -> rig.counters.slowReaders)).isZero();
            raw.send(Frames.ping(9));
            int statuses = 0;
            int pongs = 0;
            RawClient.Frame frame = raw.read();
            while (frame.templateId() != ReplayEndedDecoder.TEMPLATE_ID) {
                statuses += frame.templateId() == MessageStatusDecoder.TEMPLATE_ID ? 1 : 0;
                pongs += frame.templateId() == PongDecoder.TEMPLATE_ID ? 1 : 0;
                frame = raw.read();
            }
            assertThat(statuses).isEqualTo(desk.count);
            assertThat(pongs).isEqualTo(1);
        }
    }
}
