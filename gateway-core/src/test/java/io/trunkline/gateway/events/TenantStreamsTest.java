package io.trunkline.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.trunkline.gateway.journal.InlineFetcher;
import io.trunkline.gateway.journal.codec.EventAcknowledgedEncoder;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TenantStreamsTest {
    private static final int TENANT = 7;
    private static final EventStreamLimits LIMITS =
            new EventStreamLimits(2, 8, 2 * 8 * EventTail.SLOT_LENGTH, 4, 64, 1024, 4096, 3, 500, 1_000);

    private final MemoryJournal journal = new MemoryJournal();
    private final EventWriter engine = new EventWriter(journal);
    private TenantStreams streams = streams();
    private long nowMs;

    private TenantStreams streams() {
        return new TenantStreams(journal, new InlineFetcher(journal), LIMITS);
    }

    private void statuses(final int count) {
        for (int i = 0; i < count; i++) {
            engine.status(streams, TENANT, streams.lastSequence(TENANT) + 1, EventWriter.DELIVERED);
        }
    }

    /** Duty cycles until there is nothing to do. */
    private void work() {
        int idle = 0;
        while (idle < 2) {
            journal.publish();
            nowMs++;
            idle = streams.doWork(TimeUnit.MILLISECONDS.toNanos(nowMs)) == 0 ? idle + 1 : 0;
        }
    }

    private void restart() {
        journal.publish();
        streams = streams();
        journal.replay(1, streams::recover);
    }

    private static Long[] range(final long from, final long to) {
        return LongStream.rangeClosed(from, to).boxed().toArray(Long[]::new);
    }

    @Test
    void handsAnEventOnAtOnceToASinkThatIsCaughtUp() {
        final WindowedSink sink = new WindowedSink(10);
        final Subscription subscription = streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, sink);
        assertThat(subscription.resumedAfter()).isZero();
        engine.status(streams, TENANT, 11, EventWriter.SENT);
        engine.inbound(streams, TENANT, 12, "γεια σου");
        engine.status(streams, TENANT, 11, EventWriter.DELIVERED);
        assertThat(sink.sequences).containsExactly(1L, 2L, 3L);
        assertThat(sink.replayed).isZero();
        assertThat(streams.lastSequence(TENANT)).isEqualTo(3);
        assertThat(streams.counters().live).isEqualTo(3);
        assertThat(journal.looked()).isZero();
    }

    @Test
    void keepsTheTenantsApart() {
        final WindowedSink one = new WindowedSink(10);
        final WindowedSink other = new WindowedSink(10);
        streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, one);
        streams.subscribe(8, "a", EventStreams.FROM_STORED_CURSOR, other);
        engine.status(streams, TENANT, 11, EventWriter.DELIVERED);
        engine.status(streams, 8, 12, EventWriter.DELIVERED);
        assertThat(one.sequences).containsExactly(1L);
        assertThat(other.sequences).containsExactly(1L);
        assertThat(streams.lastSequence(9)).isZero();
    }

    @Test
    void readsBackForANewSubscriptionAndGoesOverToLiveWithoutAGap() {
        engine.status(streams, TENANT, 11, EventWriter.SENT);
        engine.inbound(streams, TENANT, 12, "γεια σου");
        statuses(40);
        final WindowedSink live = new WindowedSink(1000);
        final WindowedSink sink = new WindowedSink(1000);
        streams.subscribe(TENANT, "a", 0, sink);
        statuses(3);
        work();
        statuses(2);
        assertThat(sink.sequences).containsExactly(range(1, 47));
        assertThat(sink.replayed).isGreaterThanOrEqualTo(42);
        assertThat(streams.counters().live).isEqualTo(2);
        // Read back, an event says what it said live.
        streams = streams();
        final MemoryJournal again = new MemoryJournal();
        final EventWriter same = new EventWriter(again);
        streams.subscribe(TENANT, "b", 0, live);
        same.status(streams, TENANT, 11, EventWriter.SENT);
        same.inbound(streams, TENANT, 12, "γεια σου");
        assertThat(sink.events.subList(0, 2)).isEqualTo(live.events);
    }

    @Test
    void servesASinkThatWasFullForAMomentFromMemory() {
        final WindowedSink sink = new WindowedSink(2);
        final Subscription subscription = streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, sink);
        statuses(6);
        assertThat(sink.sequences).containsExactly(1L, 2L);
        sink.room = 100;
        subscription.resume();
        assertThat(sink.sequences).containsExactly(range(1, 6));
        assertThat(sink.replayed).isZero();
        statuses(1);
        assertThat(sink.last()).isEqualTo(7);
        assertThat(journal.looked()).isZero();
    }

    @Test
    void servesASinkThatWasFullForLongFromTheJournal() {
        final WindowedSink sink = new WindowedSink(2);
        final Subscription subscription = streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, sink);
        statuses(100);
        for (int i = 0; i < 200 && sink.last() < 100; i++) {
            sink.room = 5;
            subscription.resume();
            work();
        }
        assertThat(sink.sequences).containsExactly(range(1, 100));
        assertThat(streams.counters().fromJournal).isGreaterThan(50);
    }

    @Test
    void fetchesAnInboundMessageThatTheTailOnlyPointsTo() {
        final WindowedSink sink = new WindowedSink(0);
        final Subscription subscription = streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, sink);
        statuses(2);
        engine.inbound(streams, TENANT, 12, "γεια σου");
        statuses(2);
        journal.publish();
        sink.room = 100;
        subscription.resume();
        work();
        assertThat(sink.sequences).containsExactly(range(1, 5));
        assertThat(sink.events.get(2)).endsWith("306912345678 4915112345 γεια σου");
        assertThat(journal.looked()).isEqualTo(1);
    }

    @Test
    void waitsForARecordThatIsNotPublishedYet() {
        statuses(3);
        final WindowedSink sink = new WindowedSink(100);
        streams.subscribe(TENANT, "a", 0, sink);
        streams.doWork(0);
        streams.doWork(0);
        assertThat(sink.sequences).isEmpty();
        work();
        assertThat(sink.sequences).containsExactly(range(1, 3));
    }

    @Test
    void givesASubscriptionToTheNewestSinkOnly() {
        final WindowedSink former = new WindowedSink(100);
        final Subscription old = streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, former);
        statuses(5);
        old.acknowledge(3);
        final WindowedSink sink = new WindowedSink(100);
        final Subscription subscription = streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, sink);
        assertThat(former.superseded).isTrue();
        assertThat(subscription.resumedAfter()).isEqualTo(3);
        // The former one's late words change nothing.
        old.acknowledge(5);
        old.resume();
        old.detach();
        work();
        statuses(1);
        assertThat(former.last()).isEqualTo(5);
        assertThat(sink.sequences).containsExactly(4L, 5L, 6L);
        assertThat(sink.replayed).isEqualTo(2);
        assertThat(streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, new WindowedSink(0))
                        .resumedAfter())
                .isEqualTo(3);
    }

    @Test
    void goesOnAfterARestartFromWhatWasAcknowledged() {
        final WindowedSink before = new WindowedSink(100);
        final Subscription subscription = streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, before);
        statuses(10);
        subscription.acknowledge(6);
        restart();
        assertThat(streams.lastSequence(TENANT)).isEqualTo(10);
        final WindowedSink after = new WindowedSink(100);
        assertThat(streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, after)
                        .resumedAfter())
                .isEqualTo(6);
        work();
        statuses(1);
        assertThat(after.sequences).containsExactly(range(7, 11));
    }

    @Test
    void believesAClientThatSaysWhatItHas() {
        statuses(10);
        journal.publish();
        final WindowedSink sink = new WindowedSink(100);
        assertThat(streams.subscribe(TENANT, "a", 8, sink).resumedAfter()).isEqualTo(8);
        work();
        assertThat(sink.sequences).containsExactly(9L, 10L);
        restart();
        assertThat(streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, new WindowedSink(0))
                        .resumedAfter())
                .isEqualTo(8);
        // Back to events from before: they are still there.
        final WindowedSink back = new WindowedSink(100);
        streams.subscribe(TENANT, "a", 4, back);
        work();
        assertThat(back.sequences).containsExactly(range(5, 10));
    }

    @Test
    void journalsAcknowledgementsInBatchesAndLosesOnlyWhatRedelivers() {
        final WindowedSink sink = new WindowedSink(100);
        final Subscription subscription = streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, sink);
        statuses(20);
        for (int i = 1; i <= 8; i++) {
            subscription.acknowledge(i);
        }
        // One in three at once; the last two are younger than half a second.
        assertThat(journal.count(EventAcknowledgedEncoder.TEMPLATE_ID)).isEqualTo(2);
        work();
        assertThat(journal.count(EventAcknowledgedEncoder.TEMPLATE_ID)).isEqualTo(2);
        restart();
        assertThat(streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, new WindowedSink(0))
                        .resumedAfter())
                .isEqualTo(6);
    }

    @Test
    void journalsWhatIsLeftAfterTheTimeGivenAndWhenASinkLeaves() {
        final Subscription subscription =
                streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, new WindowedSink(100));
        statuses(20);
        subscription.acknowledge(1);
        nowMs += LIMITS.ackWithinMs();
        work();
        assertThat(journal.count(EventAcknowledgedEncoder.TEMPLATE_ID)).isEqualTo(1);
        subscription.acknowledge(2);
        subscription.detach();
        assertThat(journal.count(EventAcknowledgedEncoder.TEMPLATE_ID)).isEqualTo(2);
        restart();
        assertThat(streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, new WindowedSink(0))
                        .resumedAfter())
                .isEqualTo(2);
    }

    @Test
    void doesNotBelieveAnAcknowledgementOfWhatWasNotDelivered() {
        final WindowedSink sink = new WindowedSink(2);
        final Subscription subscription = streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, sink);
        statuses(5);
        subscription.acknowledge(5);
        subscription.acknowledge(1);
        final WindowedSink next = new WindowedSink(100);
        assertThat(streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, next)
                        .resumedAfter())
                .isEqualTo(2);
    }

    @Test
    void knowsEverythingFromACheckpointAlone() {
        final Subscription subscription =
                streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, new WindowedSink(1000));
        statuses(200);
        subscription.acknowledge(190);
        final long checkpoint = journal.committed() + 1;
        assertThat(streams.writeSnapshots(true, 16)).isTrue();
        statuses(5);
        journal.publish();
        streams = streams();
        journal.replay(checkpoint, streams::recover);
        assertThat(streams.lastSequence(TENANT)).isEqualTo(205);
        final WindowedSink sink = new WindowedSink(100);
        assertThat(streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, sink)
                        .resumedAfter())
                .isEqualTo(190);
        work();
        assertThat(sink.sequences).containsExactly(range(191, 205));
        // The index of the checkpoint lets the reader start near.
        assertThat(journal.looked()).isLessThan(30);
        // And a name is not given out twice.
        streams.subscribe(TENANT, "b", EventStreams.FROM_STORED_CURSOR, new WindowedSink(0));
        restart();
        assertThat(streams.subscribe(TENANT, "a", EventStreams.FROM_STORED_CURSOR, new WindowedSink(0))
                        .resumedAfter())
                .isEqualTo(190);
    }

    @Test
    void goesOnBehindEventsThatTheJournalHasLost() {
        for (int i = 1; i <= 30; i++) {
            final long record = engine.status(streams, TENANT, i, EventWriter.DELIVERED);
            if (i == 10 || i == 11 || i == 30) {
                journal.destroy(record);
            }
        }
        journal.publish();
        final WindowedSink sink = new WindowedSink(100);
        streams.subscribe(TENANT, "a", 0, sink);
        work();
        statuses(1);
        assertThat(sink.sequences).hasSize(28).doesNotContain(10L, 11L, 30L).endsWith(29L, 31L);
        assertThat(streams.counters().lost).isEqualTo(3);
    }

    @Test
    void givesATenantOnlySoManySubscriptions() {
        assertThat(streams.subscribe(TENANT, "a", 0, new WindowedSink(0))).isNotNull();
        assertThat(streams.subscribe(TENANT, "b", 0, new WindowedSink(0))).isNotNull();
        assertThat(streams.subscribe(TENANT, "c", 0, new WindowedSink(0))).isNull();
        assertThat(streams.subscribe(TENANT, "a", 0, new WindowedSink(0))).isNotNull();
        assertThat(streams.subscribe(8, "c", 0, new WindowedSink(0))).isNotNull();
        assertThat(streams.counters().subscriptionsRefused).isEqualTo(1);
    }

    @Test
    void servesTenantsBeyondTheMemoryForTailsFromTheJournal() {
        streams.subscribe(1, "a", 0, new WindowedSink(0));
        streams.subscribe(2, "a", 0, new WindowedSink(0));
        final WindowedSink sink = new WindowedSink(1);
        final Subscription subscription = streams.subscribe(TENANT, "a", 0, sink);
        assertThat(streams.counters().tailsRefused).isEqualTo(1);
        statuses(3);
        sink.room = 10;
        subscription.resume();
        work();
        assertThat(sink.sequences).containsExactly(1L, 2L, 3L);
        assertThat(streams.counters().fromJournal).isEqualTo(2);
    }

    @Test
    void keepsTheRecordsThatACursorNeedsButNoneBeyondTheRetention() {
        assertThat(streams.retentionFloor()).isEqualTo(Long.MAX_VALUE);
        final WindowedSink sink = new WindowedSink(1000);
        final Subscription subscription = streams.subscribe(TENANT, "a", 0, sink);
        statuses(40);
        assertThat(streams.retentionFloor()).isLessThanOrEqualTo(2);
        subscription.acknowledge(21);
        // The index knows every fourth event: 21 is the entry before 22; its record is one later, after the name's.
        assertThat(streams.retentionFloor()).isEqualTo(22);
        subscription.acknowledge(40);
        assertThat(streams.retentionFloor()).isEqualTo(Long.MAX_VALUE);
        // An event is 10 ms after the one before it; the retention is a second.
        statuses(200);
        assertThat(streams.retentionFloor()).isBetween(141L, 146L);
        streams.trimmed(142);
        assertThat(streams.subscribe(TENANT, "b", EventStreams.FROM_STORED_CURSOR, new WindowedSink(0))
                        .resumedAfter())
                .isBetween(135L, 142L);
    }

    @Test
    void allocatesNothingForAnEventThatGoesStraightToItsSink() {
        final EventSink sink = new EventSink() {
            @Override
            public boolean onStatus(final StatusEvent event) {
                return true;
            }

            @Override
            public boolean onInbound(final InboundEvent event) {
                return true;
            }

            @Override
            public boolean onCall(final CallEvent event) {
                return true;
            }

            @Override
            public void onSuperseded() {}
        };
        streams = new TenantStreams(journal, new InlineFetcher(journal), EventStreamLimits.DEFAULT);
        final Subscription subscription = streams.subscribe(TENANT, "a", 0, sink);
        final StatusEvent event = new StatusEvent();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        final int events = 100_000;
        for (int round = 0; round < 3; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < events; i++) {
                event.sequence = streams.nextSequence(TENANT);
                event.unitId = i;
                streams.status(TENANT, event, event.sequence);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
            subscription.resume();
        }
        assertThat(streams.counters().live).isEqualTo(3 * events);
        // The index may grow once more; a message adds nothing.
        assertThat((double) allocated / events).isLessThan(0.5);
    }

    /** Names made of process ids: each start of the tenant's program takes another one. */
    @Test
    void aNameThatNobodyComesBackToGivesItsPlaceToAnotherOne() {
        final WindowedSink live = new WindowedSink(10);
        streams.subscribe(TENANT, "pid-1", EventStreams.FROM_STORED_CURSOR, live)
                .detach();
        streams.subscribe(TENANT, "pid-2", EventStreams.FROM_STORED_CURSOR, live);
        work();
        restart();
        work();
        streams.subscribe(TENANT, "pid-2", EventStreams.FROM_STORED_CURSOR, live);
        nowMs += LIMITS.retentionMs() - 100;
        work();
        assertThat(streams.subscribe(TENANT, "pid-3", EventStreams.FROM_STORED_CURSOR, new WindowedSink(10)))
                .isNull();
        nowMs += 100;
        work();
        assertThat(streams.subscribe(TENANT, "pid-3", EventStreams.FROM_STORED_CURSOR, new WindowedSink(10)))
                .isNotNull();
        assertThat(streams.view())
                .extracting(TenantStreams.SubscriptionView::name)
                .containsExactlyInAnyOrder("pid-2", "pid-3");
        nowMs += 2 * LIMITS.retentionMs();
        work();
        // Whoever is attached has its place.
        assertThat(streams.subscribe(TENANT, "pid-4", EventStreams.FROM_STORED_CURSOR, new WindowedSink(10)))
                .isNull();
        engine.status(streams, TENANT, 11, EventWriter.DELIVERED);
        assertThat(live.sequences).containsExactly(1L);
    }

    @Test
    void asManySubscriptionsAsTheConfigurationMayAllowAreKept() {
        final EventStreamLimits most = EventStreamLimits.of(1024, EventStreamLimits.DEFAULT.retentionMs());
        assertThat(most.subscriptionsPerTenant()).isEqualTo(1024);
    }
}
