package io.trunkline.gateway.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.events.CallEvent;
import io.trunkline.gateway.events.EventSink;
import io.trunkline.gateway.events.EventStreams;
import io.trunkline.gateway.events.InboundEvent;
import io.trunkline.gateway.events.StatusEvent;
import io.trunkline.gateway.events.TenantStreams;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.InlineFetcher;
import io.trunkline.gateway.journal.codec.UnitClosedEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each event is a second after the one before it; the journal keeps ten minutes. */
class JournalRetentionTest {
    private static final int TENANT = 7;
    private static final Duration KEEP = Duration.ofMinutes(10);

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final TenantStreams streams = new TenantStreams(journal, new InlineFetcher(journal.newSource()), 8);
    private final UnitClosedEncoder closed = new UnitClosedEncoder();
    private final StatusEvent event = new StatusEvent();
    private long oldestOpen = Long.MAX_VALUE;

    @Test
    void streamsForgetEventsWhoseRecordsAreGone() {
        events(10_000);
        // No checkpoint keeps anything before the newest events.
        journal.checkpointCompleted(journal.committed());
        journal.publish();
        try (JournalRetention retention = new JournalRetention(journal, streams, () -> oldestOpen, KEEP)) {
            retention.run();
            final long oldest = journal.status().oldest();
            assertThat(oldest).isBetween(9_300L, 9_500L);
            retention.run();
            final Sink late = new Sink();
            final long after = streams.subscribe(TENANT, "late", EventStreams.FROM_STORED_CURSOR, late)
                    .resumedAfter();
            assertThat(after).as("where a new subscription begins").isBetween(oldest - 1_000, oldest);
            for (int turn = 0; turn < 100; turn++) {
                streams.doWork(turn);
            }
            assertThat(late.sequences).first().isEqualTo(oldest);
            assertThat(late.sequences).last().isEqualTo(10_000L);
        }
    }

    @Test
    void keepsWhatAnOpenUnitNeeds() {
        events(10_000);
        journal.checkpointCompleted(journal.committed());
        journal.publish();
        oldestOpen = 1_234;
        try (JournalRetention retention = new JournalRetention(journal, streams, () -> oldestOpen, KEEP)) {
            retention.run();
            assertThat(journal.status().oldest()).isEqualTo(1_234);
        }
    }

    private void events(final int count) {
        journal.start();
        for (int i = 0; i < count; i++) {
            event.sequence = streams.nextSequence(TENANT);
            event.unitId = event.sequence;
            event.timeMs = event.sequence * 1_000;
            event.state = UnitState.DELIVERED.number();
            journal.wallTimeNs(TimeUnit.MILLISECONDS.toNanos(event.timeMs));
            final int offset =
                    journal.begin(UnitClosedEncoder.TEMPLATE_ID, event.unitId, UnitClosedEncoder.BLOCK_LENGTH);
            closed.wrap(journal.buffer(), offset)
                    .eventSequence(event.sequence)
                    .tenant(TENANT)
                    .state((short) event.state);
            streams.status(TENANT, event, journal.commit(closed.encodedLength()));
        }
        journal.publish();
    }

    private static final class Sink implements EventSink {
        private final List<Long> sequences = new ArrayList<>();

        @Override
        public boolean onStatus(final StatusEvent status) {
            sequences.add(status.sequence);
            return true;
        }

        @Override
        public boolean onInbound(final InboundEvent message) {
            return true;
        }

        @Override
        public boolean onCall(final CallEvent call) {
            return true;
        }

        @Override
        public void onSuperseded() {}
    }
}
