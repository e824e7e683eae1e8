package io.trunkline.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tenants whose sinks come, go, lag, are taken over and lose their gateway, all by chance: every sink sees its stream
 * without a gap, in order and unaltered, and in the end every event has reached every subscription.
 */
class EventStreamsSimulationTest {
    private static final int TENANTS = 3;
    private static final int STEPS = 3_000;

    /** What a client of one subscription has, over all its connections and all runs of the gateway. */
    private static final class Client {
        private final int tenant;
        private final String name;
        private final Map<Long, String> have = new HashMap<>();
        private WindowedSink sink;
        private Subscription subscription;
        private long acknowledged;

        private Client(final int tenant, final String name) {
            this.tenant = tenant;
            this.name = name;
        }
    }

    private MemoryJournal journal;
    private EventWriter engine;
    private TenantStreams streams;
    private SplittableRandom random;
    private long nowMs;
    private long unitIds;
    private long checkpoint = 1;
    /** Where the checkpoint begins that is being written; 0: none is. */
    private long checkpointBegun;

    /** Over all seeds. */
    private static int checkpoints;

    private static int checkpointsCut;
    private final List<Client> clients = new ArrayList<>();
    private final Map<Integer, List<String>> truth = new HashMap<>();

    static Long[] seeds() {
        final long first = System.nanoTime();
        final Long[] seeds = new Long[30];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = first + i;
        }
        return seeds;
    }

    @AfterAll
    static void theGatewayDiedInTheMidstOfSomeCheckpoints() {
        assertThat(checkpoints).isPositive();
        assertThat(checkpointsCut).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everySubscriptionSeesAllEventsInOrder(final Long seed) {
        System.out.println("EventStreamsSimulationTest seed " + seed);
        random = new SplittableRandom(seed);
        journal = new MemoryJournal();
        engine = new EventWriter(journal);
        start();
        for (int tenant = 1; tenant <= TENANTS; tenant++) {
            truth.put(tenant, new ArrayList<>());
            clients.add(new Client(tenant, "first"));
            clients.add(new Client(tenant, "second"));
        }
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        heal();
        for (final Client client : clients) {
            final List<String> all = truth.get(client.tenant);
            for (int i = 0; i < all.size(); i++) {
                assertThat(client.have.get((long) i + 1))
                        .as("event %d of tenant %d", i + 1, client.tenant)
                        .isEqualTo(all.get(i));
            }
            assertThat(client.have).hasSize(all.size());
        }
        assertThat(streams.counters().lost).isZero();
    }

    private void start() {
        final EventStreamLimits limits = new EventStreamLimits(
                3,
                16,
                (1 + random.nextInt(3)) * 16L * EventTail.SLOT_LENGTH,
                8,
                16,
                40,
                60 + random.nextInt(500),
                5,
                20,
                1L << 40);
        streams = new TenantStreams(journal, new StepwiseFetcher(journal, random), limits);
        journal.replay(checkpoint, streams::recover);
    }

    private void step() {
        final int choice = random.nextInt(100);
        if (choice < 55) {
            event();
        } else if (choice < 80) {
            turn();
        } else if (choice < 97) {
            client(clients.get(random.nextInt(clients.size())));
        } else if (choice < 98) {
            journal.publish();
            checkpointBegun = journal.committed() + 1;
            writeCursors(true);
        } else {
            crash();
        }
    }

    private void event() {
        final int tenant = 1 + random.nextInt(TENANTS);
        final long before = streams.lastSequence(tenant);
        if (random.nextInt(6) == 0) {
            engine.inbound(streams, tenant, ++unitIds, "text " + unitIds);
        } else {
            engine.status(streams, tenant, ++unitIds, random.nextBoolean() ? EventWriter.SENT : EventWriter.DELIVERED);
        }
        assertThat(streams.lastSequence(tenant)).isEqualTo(before + 1);
    }

    /** A tenant at a turn; the checkpoint holds once the last one's is published. */
    private void writeCursors(final boolean first) {
        final boolean complete = streams.writeSnapshots(first, 1);
        journal.publish();
        if (complete) {
            checkpoint = random.nextInt(4) == 0 ? 1 : checkpointBegun;
            checkpointBegun = 0;
            checkpoints++;
        }
    }

    private void turn() {
        if (checkpointBegun > 0) {
            writeCursors(false);
        }
        journal.publish();
        nowMs += random.nextInt(10);
        streams.doWork(TimeUnit.MILLISECONDS.toNanos(nowMs));
    }

    private void client(final Client client) {
        if (client.subscription == null || random.nextInt(12) == 0) {
            connect(client);
            return;
        }
        collect(client);
        switch (random.nextInt(4)) {
            case 0 -> {
                client.acknowledged = Math.max(client.acknowledged, client.sink.last());
                client.subscription.acknowledge(client.sink.last());
            }
            case 1 -> {
                client.subscription.detach();
                client.subscription = null;
            }
            default -> {
                client.sink.room = random.nextInt(30);
                client.subscription.resume();
            }
        }
    }

    private void connect(final Client client) {
        if (client.subscription != null) {
            collect(client);
        }
        client.sink = new WindowedSink(random.nextInt(20));
        final long last =
                client.have.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        client.subscription = streams.subscribe(
                client.tenant,
                client.name,
                random.nextInt(3) == 0 ? last : EventStreams.FROM_STORED_CURSOR,
                client.sink);
        // Never beyond what the client has said to have.
        assertThat(client.subscription.resumedAfter()).isLessThanOrEqualTo(Math.max(last, client.acknowledged));
    }

    /** Takes over what the sink got, which must be without a gap from where it began. */
    private void collect(final Client client) {
        final WindowedSink sink = client.sink;
        long expected = client.subscription.resumedAfter();
        for (int i = 0; i < sink.sequences.size(); i++) {
            assertThat(sink.sequences.get(i)).isEqualTo(++expected);
            final String known = client.have.put(expected, sink.events.get(i));
            if (known != null) {
                assertThat(sink.events.get(i)).isEqualTo(known);
            }
        }
    }

    /** The gateway dies between two turns; what was published is there. */
    private void crash() {
        journal.publish();
        if (checkpointBegun > 0) {
            checkpointBegun = 0;
            checkpointsCut++;
        }
        for (final Client client : clients) {
            if (client.subscription != null) {
                collect(client);
                client.subscription = null;
            }
        }
        start();
    }

    /** Faults are over: all connect, all take what comes. */
    private void heal() {
        for (final Client client : clients) {
            connect(client);
        }
        for (int i = 0; i < 20_000 && !clients.stream().allMatch(this::caughtUp); i++) {
            for (final Client client : clients) {
                client.sink.room = 1000;
                client.subscription.resume();
            }
            turn();
        }
        clients.forEach(this::collect);
        for (int tenant = 1; tenant <= TENANTS; tenant++) {
            final WindowedSink all = new WindowedSink(Integer.MAX_VALUE);
            streams.subscribe(tenant, "auditor", 0, all);
            for (int i = 0; i < 20_000 && all.last() < streams.lastSequence(tenant); i++) {
                turn();
            }
            truth.put(tenant, all.events);
            assertThat(all.events).hasSize((int) streams.lastSequence(tenant));
        }
    }

    private boolean caughtUp(final Client client) {
        return Math.max(client.sink.last(), client.subscription.resumedAfter()) == streams.lastSequence(client.tenant);
    }
}
