package io.trunkline.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitIds;
import io.trunkline.gateway.journal.InlineFetcher;
import io.trunkline.gateway.journal.RecordFetcher;
import io.trunkline.gateway.journal.RecordFilter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventReplaysTest {
    private static final int ACME = 1;
    private static final int OTHER = 2;
    private static final int PAIRS = 200;
    private static final long NS_PER_MS = 1_000_000;
    /** Ids of units say when they were accepted; those of these tests, counted from 1, say this. */
    private static final long BEGIN_MS = UnitIds.acceptedAtMs(0);

    private final MemoryJournal journal = new MemoryJournal();
    private final EventWriter writer = new EventWriter(journal);
    private final TenantStreams streams = new TenantStreams(
            journal,
            new InlineFetcher(journal),
            new EventStreamLimits(4, 64, 1 << 20, 8, 16, 64, 256, 64, 500, 3_600_000));
    private final Taker taker = new Taker();
    private long nowNs;
    private EventReplays replays;

    /** Takes events while it has room. */
    private static final class Taker implements ReplaySink {
        final List<Long> units = new ArrayList<>();
        final List<Long> sequences = new ArrayList<>();
        final List<Integer> states = new ArrayList<>();
        final List<Long> progress = new ArrayList<>();
        int room = Integer.MAX_VALUE;
        End end;

        @Override
        public boolean onStatus(final StatusEvent event) {
            assertThat(event.replayed).isTrue();
            return take(event.unitId, event.sequence, event.state);
        }

        @Override
        public boolean onInbound(final InboundEvent event) {
            return take(event.unitId, event.sequence, 0);
        }

        @Override
        public boolean onCall(final CallEvent event) {
            return take(event.unitId, event.sequence, event.state);
        }

        private boolean take(final long unit, final long sequence, final int state) {
            if (room == 0) {
                return false;
            }
            room--;
            units.add(unit);
            sequences.add(sequence);
            states.add(state);
            return true;
        }

        @Override
        public void onProgress(final long nextIndex, final long events) {
            progress.add(nextIndex);
        }

        @Override
        public void onEnded(final End how) {
            assertThat(end).as("a second end").isNull();
            end = how;
        }
    }

    /** Says whether it was asked for something since: then it wakes the shard. */
    private static final class WakingFetcher implements RecordFetcher {
        private final RecordFetcher fetcher;
        boolean wakes;

        WakingFetcher(final RecordFetcher fetcher) {
            this.fetcher = fetcher;
        }

        @Override
        public boolean request(
                final long correlationId, final long from, final long to, final int most, final RecordFilter filter) {
            wakes = true;
            return fetcher.request(correlationId, from, to, most, filter);
        }

        @Override
        public int poll(final Handler handler, final int limit) {
            wakes = false;
            return fetcher.poll(handler, limit);
        }

        @Override
        public void close() {
            fetcher.close();
        }
    }

    /** Units 1 to 200 of either tenant are sent, and then delivered: records 1 to 800, a tenant's event each 10 ms. */
    @BeforeEach
    void write() {
        writer.beginMs = BEGIN_MS;
        for (int state = EventWriter.SENT; state <= EventWriter.DELIVERED; state += 8) {
            for (long unit = 1; unit <= PAIRS; unit++) {
                writer.status(streams, ACME, unit, state);
                writer.status(streams, OTHER, unit, state);
            }
        }
        journal.publish();
        replays = replays(1_000_000);
    }

    private EventReplays replays(final int eventsPerSecond) {
        return replays(eventsPerSecond, new InlineFetcher(journal));
    }

    private EventReplays replays(final int eventsPerSecond, final RecordFetcher fetcher) {
        return new EventReplays(new EventReplays.Context(
                fetcher,
                streams,
                journal::oldest,
                journal::committed,
                new ReplayLimits(3, 2, eventsPerSecond, 50, 256),
                nowNs));
    }

    private void run(final long forMs) {
        for (long ms = 0; ms < forMs; ms++) {
            nowNs += NS_PER_MS;
            replays.doWork(nowNs);
        }
    }

    private static ReplayWish all() {
        return between(ReplayWish.FROM_OLDEST, ReplayWish.TO_NEWEST);
    }

    private static ReplayWish between(final long fromMs, final long toMs) {
        return new ReplayWish(fromMs, toMs, ReplayWish.FROM_OLDEST, ReplayWish.TO_NEWEST, ReplayWish.ALL_UNITS, 0);
    }

    private static ReplayWish between(final long fromMs, final long fromIndex, final long toIndex) {
        return new ReplayWish(fromMs, ReplayWish.TO_NEWEST, fromIndex, toIndex, ReplayWish.ALL_UNITS, 0);
    }

    private static ReplayWish unit(final long id) {
        return new ReplayWish(
                ReplayWish.FROM_OLDEST, ReplayWish.TO_NEWEST, ReplayWish.FROM_OLDEST, ReplayWish.TO_NEWEST, id, 0);
    }

    private static List<Long> sequences(final long first, final long last) {
        final List<Long> all = new ArrayList<>();
        for (long sequence = first; sequence <= last; sequence++) {
            all.add(sequence);
        }
        return all;
    }

    @Test
    void bringsAllEventsOfOneTenantOnceAndInTheirOrder() {
        replays.replay(ACME, all(), taker);
        run(100);
        assertThat(taker.sequences).isEqualTo(sequences(1, 2 * PAIRS));
        assertThat(taker.end).isEqualTo(new ReplaySink.End(ErrorCode.NONE, 800, 2 * PAIRS, 1, BEGIN_MS + 10));
    }

    @Test
    void bringsWhatHappenedBetweenTwoTimes() {
        replays.replay(ACME, between(BEGIN_MS + 1_000, BEGIN_MS + 1_500), taker);
        run(100);
        assertThat(taker.sequences).isEqualTo(sequences(100, 149));
        assertThat(taker.end.code()).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void bringsWhatStandsBetweenTwoPlacesOfTheJournal() {
        replays.replay(OTHER, between(ReplayWish.FROM_OLDEST, 101, 201), taker);
        run(100);
        assertThat(taker.sequences).isEqualTo(sequences(51, 100));
        assertThat(taker.end.nextIndex()).isEqualTo(201);
    }

    @Test
    void bringsTheEventsOfOneUnitAndLooksNoFurtherThanItsEnd() {
        replays.replay(ACME, unit(7), taker);
        run(100);
        assertThat(taker.units).containsExactly(7L, 7L);
        assertThat(taker.states).containsExactly(EventWriter.SENT, EventWriter.DELIVERED);
        assertThat(taker.end.nextIndex()).isEqualTo(2 * PAIRS + 2 * 7);
    }

    @Test
    void holdsNothingForATakerWithoutRoomAndGoesOnWhereItWas() {
        taker.room = 0;
        final Replay replay = replays.replay(ACME, all(), taker);
        while (taker.end == null) {
            run(3);
            final long looked = journal.looked();
            if (taker.room == 0) {
                run(50);
                assertThat(journal.looked()).as("read for nobody").isEqualTo(looked);
                taker.room = 7;
                replay.resume();
            }
        }
        assertThat(taker.sequences).isEqualTo(sequences(1, 2 * PAIRS));
    }

    @Test
    void sendsNoMoreThanTheRateAllows() {
        replays = replays(100);
        replays.replay(ACME, all(), taker);
        run(1_000);
        assertThat(taker.sequences.size()).isBetween(90, 111);
        run(3_200);
        assertThat(taker.sequences).isEqualTo(sequences(1, 2 * PAIRS));
        assertThat(taker.progress).isSorted().hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void reachesItsRateOnAShardThatSleepsUntilItIsTold() {
        final WakingFetcher fetcher = new WakingFetcher(new InlineFetcher(journal));
        replays = replays(20_000, fetcher);
        replays.replay(ACME, all(), taker);
        final long beganNs = nowNs;
        while (taker.end == null) {
            replays.doWork(nowNs);
            final long wakeAtNs = fetcher.wakes ? nowNs : replays.wakeAtNs();
            nowNs = Math.max(nowNs + NS_PER_MS / 5, Math.min(nowNs + 10 * NS_PER_MS, wakeAtNs));
        }
        assertThat(taker.sequences).isEqualTo(sequences(1, 2 * PAIRS));
        // 400 events take 20 ms at this rate, and the last look at the journal a tick.
        assertThat(nowNs - beganNs).isLessThan(45 * NS_PER_MS);
        assertThat(replays.wakeAtNs()).as("over").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void asksForNoMoreThanItsTakerWasSeenToTake() {
        final Replay replay = replays.replay(ACME, all(), taker);
        long looked = 0;
        for (int turns = 0; taker.end == null; turns++) {
            taker.room = 8;
            replay.resume();
            assertThat(turns).isLessThan(400);
            looked = journal.looked();
            run(1);
            assertThat(replays.wakeAtNs()).isGreaterThanOrEqualTo(nowNs - NS_PER_MS);
            if (turns > 5) {
                // Of every two records one is the tenant's; it takes 8 of at least 16 that are asked for.
                assertThat(journal.looked() - looked).isLessThanOrEqualTo(2 * 16 + 1);
            }
        }
        assertThat(taker.sequences).isEqualTo(sequences(1, 2 * PAIRS));
    }

    @Test
    void goesByTheLowerRateOfBoth() {
        replays.replay(
                ACME,
                new ReplayWish(
                        ReplayWish.FROM_OLDEST,
                        ReplayWish.TO_NEWEST,
                        ReplayWish.FROM_OLDEST,
                        ReplayWish.TO_NEWEST,
                        0,
                        50),
                taker);
        run(1_000);
        assertThat(taker.sequences.size()).isBetween(45, 56);
    }

    @Test
    void saysWhatTheOldestRecordIsWhereWhatWasAskedForIsGone() {
        remove(300);
        replays.replay(ACME, between(BEGIN_MS + 1_000, BEGIN_MS + 3_000), taker);
        run(10);
        // Record 301 is the first tenant's 151st event.
        assertThat(taker.end).isEqualTo(new ReplaySink.End(ErrorCode.EVENTS_GONE, 0, 0, 301, BEGIN_MS + 1_510));
        taker.end = null;
        replays.replay(ACME, between(ReplayWish.FROM_OLDEST, 299, ReplayWish.TO_NEWEST), taker);
        run(10);
        assertThat(taker.end.code()).isEqualTo(ErrorCode.EVENTS_GONE);
        assertThat(taker.sequences).isEmpty();
    }

    @Test
    void bringsWhatThereIsWhereNoBeginningWasAskedFor() {
        remove(300);
        replays.replay(ACME, all(), taker);
        run(100);
        assertThat(taker.sequences).isEqualTo(sequences(151, 2 * PAIRS));
        assertThat(taker.end.code()).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void saysSoWhereRecordsAreRemovedUnderIt() {
        taker.room = 20;
        final Replay replay = replays.replay(ACME, all(), taker);
        run(10);
        remove(300);
        taker.room = Integer.MAX_VALUE;
        replay.resume();
        run(10);
        assertThat(taker.sequences).isEqualTo(sequences(1, 20));
        assertThat(taker.end).isEqualTo(new ReplaySink.End(ErrorCode.EVENTS_GONE, 40, 20, 301, BEGIN_MS + 1_510));
    }

    @Test
    void saysThatAUnitIsGoneOfWhichNothingIsLeft() {
        remove(2 * PAIRS + 20);
        replays.replay(ACME, unit(7), taker);
        run(10);
        assertThat(taker.end.code()).isEqualTo(ErrorCode.EVENTS_GONE);
    }

    @Test
    void endsWithWhatThereWasWhenItBegan() {
        replays.replay(ACME, all(), taker);
        writer.status(streams, ACME, 999, EventWriter.DELIVERED);
        journal.publish();
        run(100);
        assertThat(taker.sequences).isEqualTo(sequences(1, 2 * PAIRS));
    }

    @Test
    void waitsForWhatReadersDoNotSeeYet() {
        writer.status(streams, ACME, 999, EventWriter.DELIVERED);
        replays.replay(ACME, all(), taker);
        run(100);
        assertThat(taker.end).isNull();
        journal.publish();
        run(2);
        assertThat(taker.sequences).isEqualTo(sequences(1, 2 * PAIRS + 1));
    }

    @Test
    void refusesMoreThanMayBeAtATime() {
        taker.room = 0;
        final Replay first = replays.replay(ACME, all(), taker);
        replays.replay(ACME, all(), taker);
        assertThat(replays.replay(ACME, all(), taker)).isNull();
        assertThat(taker.end.code()).isEqualTo(ErrorCode.TOO_MANY_REPLAYS);
        taker.end = null;
        assertThat(replays.replay(OTHER, all(), taker)).isNotNull();
        assertThat(replays.replay(9, all(), taker)).isNull();
        taker.end = null;
        first.abandon();
        assertThat(taker.end).as("told to nobody").isNull();
        assertThat(replays.replay(9, all(), taker)).isNotNull();
    }

    @Test
    void refusesWhatMeansNothing() {
        assertThat(replays.replay(ACME, between(20, 10), taker)).isNull();
        assertThat(taker.end.code()).isEqualTo(ErrorCode.INVALID_FIELD);
    }

    @Test
    void bringsNothingAfterItWasStopped() {
        final Replay replay = replays.replay(ACME, all(), taker);
        run(3);
        replay.stop();
        final int before = taker.sequences.size();
        run(100);
        assertThat(taker.sequences).hasSize(before);
        assertThat(taker.end.code()).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void hasNothingForATenantWithoutEvents() {
        replays.replay(9, all(), taker);
        run(5);
        assertThat(taker.sequences).isEmpty();
        assertThat(taker.end.code()).isEqualTo(ErrorCode.NONE);
    }

    private void remove(final long upTo) {
        for (long sequence = 1; sequence <= upTo; sequence++) {
            journal.destroy(sequence);
        }
    }
}
