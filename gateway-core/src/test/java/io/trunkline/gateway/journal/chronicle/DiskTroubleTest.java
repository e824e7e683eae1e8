package io.trunkline.gateway.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.JournalStatus.Condition;
import io.trunkline.gateway.journal.Records;
import java.io.IOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DiskTroubleTest {
    @TempDir
    private Path directory;

    private final FailingStorage disk = new FailingStorage();
    private Fixture fixture;

    @BeforeEach
    void setUp() {
        fixture = new Fixture(directory.resolve("shard-0"));
        fixture.storage = disk;
        fixture.durability = Durability.DISK;
    }

    @Test
    void theFirstFailedForceIsFinalAlsoWhenTheNextOneWouldSucceed() throws IOException {
        final ChronicleJournal journal = fixture.start();
        Fixture.append(journal, 100, 10);
        Fixture.awaitDurable(journal);
        final long durable = journal.durable();
        disk.forceFails = true;
        Fixture.append(journal, 10, 10);
        Awaitility.await().until(() -> !fixture.failures.isEmpty());
        disk.forceFails = false;
        Fixture.append(journal, 10, 10);
        assertThat(journal.accepting()).isFalse();
        assertThat(journal.status().condition()).isEqualTo(Condition.FAILED);
        assertThat(journal.status().reason()).contains("could not be forced", "Input/output error");
        journal.close();
        assertThat(journal.durable()).isEqualTo(durable);
        assertThat(fixture.failures).hasSize(1);
        assertThat(disk.forcesFailed).hasValue(1);
        assertThat(fixture.read().report().damaged()).isEmpty();
        assertThat(fixture.read().report().lastSequence()).isGreaterThanOrEqualTo(durable);
    }

    @Test
    void whatWasNeverForcedIsWrittenAgainBeforeItIsForcedByTheNextRun() throws IOException {
        final ChronicleJournal journal = fixture.start();
        Fixture.append(journal, 100, 10);
        Fixture.awaitDurable(journal);
        disk.forceFails = true;
        Fixture.append(journal, 10, 10);
        Awaitility.await().until(() -> !fixture.failures.isEmpty());
        disk.forceFails = false;
        journal.close();
        assertThat(disk.rewritten).hasValue(0);
        try (ChronicleJournal next = fixture.start()) {
            assertThat(disk.rewritten.get()).isPositive();
            assertThat(next.committed()).isEqualTo(110);
        }
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged()).isEmpty();
        assertThat(reading.sequences()).hasSize(110);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void onAFullDiskWorkInHandIsFinishedFromTheReserveAndNewWorkIsTakenAgainLater(final Durability durability)
            throws IOException {
        fixture.durability = durability;
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.append(journal, 100, 10);
            Awaitility.await().until(journal::accepting);
            disk.full = true;
            Awaitility.await().until(() -> {
                if (journal.accepting()) {
                    Fixture.append(journal, 50, 10);
                }
                return !journal.accepting();
            });
            assertThat(journal.status().condition()).isEqualTo(Condition.STORAGE_LOW);
            assertThat(journal.status().reason()).contains("No space left");
            assertThat(journal.headroom()).isGreaterThan(fixture.reserveBytes / 2);
            Fixture.append(journal, 500, 10);
            Fixture.awaitDurable(journal);
            disk.full = false;
            Awaitility.await().until(journal::accepting);
            Fixture.appendOver(journal, 1);
            Fixture.awaitDurable(journal);
        }
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged()).isEmpty();
        assertThat(reading.sequences()).hasSize((int) reading.report().lastSequence());
        assertThat(fixture.failures).isEmpty();
    }

    @Test
    void saysThatItIsExhaustedWhileThereIsRoomForWhatIsUnderWay() {
        fixture.cycleBytes = 16 * Fixture.MEBIBYTE;
        try (ChronicleJournal journal = fixture.start()) {
            assertThat(journal.exhausted()).isFalse();
            disk.full = true;
            while (!journal.exhausted()) {
                assertThat(journal.headroom()).isGreaterThan(fixture.reserveBytes / 4);
                Fixture.append(journal, 10, 10);
                if (journal.headroom() < fixture.reserveBytes && journal.accepting()) {
                    Awaitility.await().until(() -> !journal.accepting());
                }
            }
            assertThat(journal.accepting()).isFalse();
            Fixture.append(journal, 100, 10);
            Fixture.awaitDurable(journal);
            assertThat(fixture.failures).isEmpty();
            disk.full = false;
            Awaitility.await().until(() -> journal.accepting() && !journal.exhausted());
            Fixture.append(journal, 10_000, 10);
            Fixture.awaitDurable(journal);
        }
        assertThat(fixture.failures).isEmpty();
    }

    @Test
    void whenEvenTheReserveIsUsedUpNothingIsAcknowledgedThatIsNotThere() throws IOException {
        final ChronicleJournal journal = fixture.start();
        disk.full = true;
        while (journal.headroom() > 64 * 1024) {
            Fixture.append(journal, 10, 10);
        }
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        Records.append(journal);
                        journal.publish();
                    }
                })
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("reserve is used up");
        assertThat(fixture.failures).hasSize(1);
        final long durable = journal.durable();
        assertThat(journal.committed()).isGreaterThan(durable);
        journal.close();
        assertThat(fixture.read().report().lastSequence()).isGreaterThanOrEqualTo(durable);
        assertThat(fixture.read().report().damaged()).isEmpty();
    }

    @Test
    void belowTheFreeSpaceThatTheConfigAsksForNewWorkIsRefused() {
        fixture.minFreeBytes = 1000;
        try (ChronicleJournal journal = fixture.start()) {
            Awaitility.await().until(journal::accepting);
            disk.free = 999;
            Awaitility.await().until(() -> !journal.accepting());
            assertThat(journal.status().reason()).contains("999 bytes are free");
            disk.free = 1000;
            Awaitility.await().until(journal::accepting);
        }
    }

    @Test
    void aJournalDoesNotStartWithoutSpace() {
        disk.full = true;
        assertThatThrownBy(fixture::start).isInstanceOf(JournalException.class).hasMessageContaining("No space left");
    }
}
