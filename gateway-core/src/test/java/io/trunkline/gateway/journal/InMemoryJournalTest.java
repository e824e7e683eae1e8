package io.trunkline.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.JournalSettings.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InMemoryJournalTest {
    private static List<Long> recovered(final InMemoryJournal journal) {
        final List<Long> sequences = new ArrayList<>();
        journal.recover(true, record -> {
            assertThat(Records.isWhole(record)).isTrue();
            sequences.add(record.sequence());
        });
        journal.start();
        return sequences;
    }

    @Test
    void aCrashKeepsWhatIsDurableAndLosesWhatTheTestSays() {
        final InMemoryJournal journal = new InMemoryJournal(Durability.DISK);
        assertThat(recovered(journal)).isEmpty();
        Records.append(journal);
        Records.append(journal);
        journal.publish();
        assertThat(journal.durable()).isZero();
        journal.force();
        assertThat(journal.durable()).isEqualTo(2);
        Records.append(journal);
        Records.append(journal);
        journal.publish();
        Records.append(journal);
        assertThat(journal.atRisk()).isEqualTo(2);

        final InMemoryJournal after = journal.crash(1);
        assertThat(recovered(after)).containsExactly(1L, 2L, 3L);
        assertThat(Records.append(after)).isEqualTo(5);
        after.publish();
        assertThat(recovered(after.crash(1))).containsExactly(1L, 2L, 3L, 5L);
        assertThat(recovered(after.crash(0))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void atProcessNothingPublishedIsLost() {
        final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
        Records.append(journal);
        journal.publish();
        Records.append(journal);
        assertThat(journal.durable()).isEqualTo(1);
        assertThat(recovered(journal.crash(0))).containsExactly(1L);
    }

    @Test
    void aCheckpointCountsOnceItsEndIsDurable() {
        final InMemoryJournal journal = new InMemoryJournal(Durability.DISK);
        Records.append(journal);
        Records.append(journal);
        Records.append(journal);
        journal.checkpointCompleted(2);
        journal.publish();
        assertThat(recovered(journal.crash(3))).containsExactly(1L, 2L, 3L);
        journal.force();
        assertThat(recovered(journal.crash(0))).containsExactly(2L, 3L);
        journal.wallTimeNs(10);
        journal.retain(3, Duration.ZERO);
        assertThat(journal.newSource().oldest()).isEqualTo(2);
    }

    @Test
    void aDamagedRecordIsReportedAndLeftOut() {
        final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
        for (int i = 0; i < 3; i++) {
            Records.append(journal);
        }
        journal.publish();
        journal.damage(2);
        final List<Long> sequences = new ArrayList<>();
        final RecoveryReport report = journal.recover(false, record -> sequences.add(record.sequence()));
        assertThat(sequences).containsExactly(1L, 3L);
        assertThat(report.recordsLost()).isEqualTo(1);
    }

    @Test
    void aFetcherServesRequestsInTheirOrder() {
        final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
        for (int i = 0; i < 10; i++) {
            Records.append(journal);
        }
        journal.publish();
        final List<String> calls = new ArrayList<>();
        try (RecordFetcher fetcher = new InlineFetcher(journal.newSource())) {
            fetcher.request(7, 3, 8, 2, record -> record.sequence() % 2 == 0);
            fetcher.request(8, 9, 99, 50, RecordFilter.ALL);
            fetcher.poll(FetcherCalls.into(calls), 100);
        }
        assertThat(calls)
                .containsExactly("7: record 4", "7: record 6", "7: end 7", "8: record 9", "8: record 10", "8: end 11");
    }
}
