package io.trunkline.perf.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.client.ClientConfig;
import io.trunkline.client.ClientListener;
import io.trunkline.client.ReplayListener;
import io.trunkline.client.ReplayRequest;
import io.trunkline.client.ReplayResult;
import io.trunkline.client.TrunklineClient;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A tenant has its events once more, through a real daemon that is killed meanwhile, with a listener that takes its time. */
@Timeout(240)
class ReplayedEventsTest {
    private static final long MESSAGES = 1_500;
    private static final int FIRST_TERMINAL = 10;
    private static final String OTHER = "other";

    @TempDir
    Path directory;

    /** What came, in its order; on the client's thread but for the latches. */
    private static final class Taker implements ReplayListener {
        final SortedMap<Long, Long> unitBySequence = new TreeMap<>();
        final Map<Long, List<Integer>> statesByUnit = new HashMap<>();
        final CountDownLatch first = new CountDownLatch(400);
        volatile CountDownLatch goOn = new CountDownLatch(0);
        boolean anyNotMarked;

        @Override
        public void onStatus(final MessageStatusDecoder status) {
            if (unitBySequence.put(status.sequence(), status.unitId()) == null) {
                statesByUnit
                        .computeIfAbsent(status.unitId(), unit -> new ArrayList<>())
                        .add((int) status.state().value());
            }
            anyNotMarked |= !status.flags().replay() || !status.flags().replayed();
            first.countDown();
            try {
                assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        long ended() {
            return statesByUnit.values().stream()
                    .filter(states -> states.get(states.size() - 1) >= FIRST_TERMINAL)
                    .count();
        }
    }

    private static TrunklineClient connect(final Stage stage, final String tenant) {
        final ClientConfig config = ClientConfig.to("127.0.0.1", stage.setup().binaryPort())
                .tenant(tenant, DaemonSetup.SECRET)
                .clientName("auditor")
                .withoutEvents()
                .backoffMs(20, 200)
                .build();
        return TrunklineClient.connect(config, new ClientListener() {});
    }

    private static ReplayResult get(final CompletableFuture<ReplayResult> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    @Test
    void bringsAllOfATenantOnceMoreWhateverDiesMeanwhileAndNothingOfAnother() throws Exception {
        try (ProveContext context =
                new ProveContext(directory, Map.of("seed", "1"), new PrintWriter(new StringWriter()))) {
            final Stage stage = Stage.usual(context, "process");
            stage.setup().tenant(OTHER, Stage.UNLIMITED);
            final Instant before = Instant.now();
            final Daemon daemon = stage.start();
            final LoadRun load = context.load(stage.plan().endingAfter(MESSAGES).sending(Kill9.allClasses(1)));
            final LoadRun others =
                    context.load(stage.plan(OTHER).endingAfter(100).sending(Kill9.allClasses(2)));
            final boolean ended = ProveContext.await(
                    Duration.ofMinutes(2),
                    () -> load.counters().get(Counter.TERMINAL) == MESSAGES
                            && others.counters().get(Counter.TERMINAL) == 100);
            assertThat(ended).isTrue();

            final Taker all = new Taker();
            final long unit;
            try (TrunklineClient client = connect(stage, Stage.TENANT)) {
                all.goOn = new CountDownLatch(1);
                final CompletableFuture<ReplayResult> result = client.replay(
                        ReplayRequest.builder()
                                .from(before)
                                .eventsPerSecond(2_000)
                                .build(),
                        all);
                // One event was taken, and the listener does not come back: the gateway serves others.
                final Taker meanwhile = new Taker();
                try (TrunklineClient other = connect(stage, OTHER)) {
                    assertThat(get(other.replay(ReplayRequest.builder().build(), meanwhile)))
                            .isInstanceOf(ReplayResult.Complete.class);
                }
                assertThat(meanwhile.statesByUnit).hasSize(100);
                all.goOn.countDown();
                assertThat(all.first.await(60, TimeUnit.SECONDS)).isTrue();
                daemon.kill();
                daemon.start();
                assertThat(get(result)).isInstanceOf(ReplayResult.Complete.class);
                assertThat(all.statesByUnit.keySet()).doesNotContainAnyElementsOf(meanwhile.statesByUnit.keySet());
                unit = all.unitBySequence.get(all.unitBySequence.lastKey());

                final Taker one = new Taker();
                assertThat(get(client.replay(ReplayRequest.builder().unit(unit).build(), one)))
                        .isInstanceOf(ReplayResult.Complete.class);
                assertThat(one.statesByUnit).isEqualTo(Map.of(unit, all.statesByUnit.get(unit)));
            }
            assertThat(all.anyNotMarked).isFalse();
            assertThat(all.ended()).isEqualTo(MESSAGES);
            assertThat(all.unitBySequence.firstKey()).isEqualTo(1);
            assertThat(all.unitBySequence.lastKey()).as("without a gap").isEqualTo(all.unitBySequence.size());
            assertThat(all.statesByUnit.values())
                    .allSatisfy(states -> assertThat(states).isSorted());
        }
    }
}
