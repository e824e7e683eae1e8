package io.trunkline.perf.claims;

import io.trunkline.client.ClientConfig;
import io.trunkline.client.ClientListener;
import io.trunkline.client.TrunklineClient;
import io.trunkline.client.Welcome;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.collections.Long2LongHashMap;

/**
 * A client that dies and comes back, and a daemon that is killed meanwhile: the event stream goes on after the last
 * acknowledged event, without a gap, in order per unit (promise G6).
 */
final class Resume implements Claim {
    @Override
    public String name() {
        return "resume";
    }

    @Override
    public String describe() {
        return "kill client and daemon in turn; events go on after the last acknowledged one, no gap, in order per unit";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final long times = context.option("times", 12);
        final SplittableRandom random = new SplittableRandom(context.option("seed", 1));
        final Stage stage = Stage.usual(context, context.option("durability", "process"));
        final Daemon daemon = stage.start();
        final LoadRun load = context.load(stage.plan()
                .at(new Schedule.Constant(context.option("rate", 1500)))
                .sending(Kill9.allClasses(context.option("seed", 1))));
        final Reader reader = new Reader();
        for (int life = 1; life <= times; life++) {
            final long wanted = random.nextLong(200, 2000);
            final boolean killDaemon = life % 3 == 0;
            try (TrunklineClient client = reader.connect(stage)) {
                reader.readSome(wanted);
                if (killDaemon) {
                    daemon.kill();
                    daemon.start();
                    reader.readSome(wanted);
                }
                reader.acknowledgeSome(client, random);
            }
            context.say(
                    "life %d%s: newest %d, acknowledged %d, gaps %d",
                    life, killDaemon ? " (daemon killed)" : "", reader.newest, reader.acknowledged, reader.gaps.get());
        }
        load.stopSending();
        load.awaitSettled(Duration.ofSeconds(60));
        try (TrunklineClient client = reader.connect(stage)) {
            final long all = load.counters().get(Counter.ACCEPTED);
            // Acknowledged as it is read: the gateway sends no more than a window ahead.
            ProveContext.await(Duration.ofSeconds(30), () -> {
                client.acknowledge(reader.newest);
                return reader.terminalUnits.get() >= all;
            });
            context.say("read to the end: %d of %d units terminal", reader.terminalUnits.get(), all);
            client.acknowledge(reader.newest);
        }
        final ClaimResult result = new ClaimResult()
                .value("lives", times)
                .value("events", reader.events.get())
                .value("seenAgain", reader.seenAgain.get())
                .zero("gaps", reader.gaps.get())
                .zero("wrongResumes", reader.wrongResumes.get())
                .zero("backwards", reader.backwards.get())
                .zero("contradictions", reader.contradictions.get())
                .zero("unitsWithoutEnd", load.counters().get(Counter.ACCEPTED) - reader.terminalUnits.get());
        result.require(reader.seenAgain.get() > 0, "no event was ever seen again, so nothing was resumed");
        stage.judge(result, load);
        return result;
    }

    /** The memory of a client over all its lives: on its loop's thread but for what says volatile. */
    private static final class Reader implements ClientListener {
        private static final int FIRST_TERMINAL = 10;

        final AtomicLong terminalUnits = new AtomicLong();
        private final Long2LongHashMap stateOf = new Long2LongHashMap(0);
        /** What an event said, by its sequence: one seen again must say the same. */
        private final Long2LongHashMap unitOf = new Long2LongHashMap(0);

        volatile long newest;
        volatile long acknowledged;
        final AtomicLong events = new AtomicLong();
        final AtomicLong seenAgain = new AtomicLong();
        final AtomicLong gaps = new AtomicLong();
        final AtomicLong wrongResumes = new AtomicLong();
        final AtomicLong backwards = new AtomicLong();
        final AtomicLong contradictions = new AtomicLong();
        private long expected;
        private boolean first;

        TrunklineClient connect(final Stage stage) {
            first = true;
            final ClientConfig config = ClientConfig.to(
                            "127.0.0.1", stage.setup().binaryPort())
                    .tenant(Stage.TENANT, DaemonSetup.SECRET)
                    .clientName("reader")
                    .explicitAck()
                    .backoffMs(20, 200)
                    .build();
            return TrunklineClient.connect(config, this);
        }

        @Override
        public void onConnected(final Welcome welcome) {
            first = true;
            // Within one life the library resumes after what is safe, which is what was acknowledged.
            if (welcome.resumedAfter() > newest) {
                wrongResumes.incrementAndGet();
            }
        }

        @Override
        public void onStatus(final MessageStatusDecoder status) {
            final long sequence = status.sequence();
            events.incrementAndGet();
            if (first) {
                first = false;
                if (sequence > acknowledged + 1) {
                    wrongResumes.incrementAndGet();
                }
            } else if (sequence != expected) {
                gaps.incrementAndGet();
            }
            expected = sequence + 1;
            final long unit = status.unitId();
            final long before = unitOf.put(sequence, unit);
            if (before != 0) {
                seenAgain.incrementAndGet();
                contradictions.addAndGet(before == unit ? 0 : 1);
            } else {
                newState(unit, status.state().value());
            }
            newest = Math.max(newest, sequence);
        }

        private void newState(final long unit, final int state) {
            final long last = stateOf.get(unit);
            if (state < last) {
                backwards.incrementAndGet();
            } else if (last >= FIRST_TERMINAL) {
                contradictions.incrementAndGet();
            } else {
                stateOf.put(unit, state);
                if (state >= FIRST_TERMINAL) {
                    terminalUnits.incrementAndGet();
                }
            }
        }

        void readSome(final long count) throws InterruptedException {
            final long start = events.get();
            ProveContext.await(Duration.ofSeconds(20), () -> events.get() >= start + count);
        }

        /** Acknowledges a random part of what was read: the rest must come again. */
        void acknowledgeSome(final TrunklineClient client, final SplittableRandom random) throws InterruptedException {
            final long from = acknowledged;
            final long to = newest;
            if (to > from) {
                acknowledged = random.nextLong(from, to + 1);
                client.acknowledge(acknowledged);
            }
        }
    }
}
