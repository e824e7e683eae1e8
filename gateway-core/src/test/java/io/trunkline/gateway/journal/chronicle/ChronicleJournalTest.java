package io.trunkline.gateway.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.JournalStatus.Condition;
import io.trunkline.gateway.journal.RecordFrame;
import io.trunkline.gateway.journal.RecordSource;
import io.trunkline.gateway.journal.Records;
import io.trunkline.gateway.journal.codec.NamedEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ChronicleJournalTest {
    @TempDir
    private Path directory;

    private Fixture fixture;

    @BeforeEach
    void setUp() {
        fixture = new Fixture(directory.resolve("shard-0"));
    }

    private static List<Long> range(final long first, final long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatSeveralRunsHaveWrittenIsReadBackInOrderWithoutGaps(final Durability durability) throws IOException {
        final SplittableRandom random = Records.seeded("runs");
        fixture.durability = durability;
        long written = 0;
        for (int run = 1; run <= 4; run++) {
            try (ChronicleJournal journal = fixture.start()) {
                assertThat(journal.status().run()).isEqualTo(run);
                assertThat(journal.committed()).isEqualTo(written);
                Fixture.append(journal, random.nextInt(1, 2000), random.nextInt(1, 50));
                Fixture.awaitDurable(journal);
                written = journal.committed();
            }
            final Fixture.Reading reading = fixture.read();
            assertThat(reading.report().damaged()).isEmpty();
            assertThat(reading.sequences()).isEqualTo(range(1, written));
            assertThat(reading.report().nextSequence()).isEqualTo(written + 1);
        }
    }

    @Test
    void aNewFileIsBegunAtTheSizeAndEveryClosedOneHasItsManifest() throws IOException {
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.appendOver(journal, 3);
        }
        assertThat(fixture.cycleFiles()).hasSize(4);
        assertThat(fixture.files(Manifest.SUFFIX)).hasSize(4);
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged()).isEmpty();
        assertThat(reading.sequences()).isEqualTo(range(1, reading.report().lastSequence()));
    }

    @Test
    void aWallClockThatGoesBackwardsDoesNotBreakTheOrderOfFiles() throws IOException {
        try (ChronicleJournal journal = fixture.start()) {
            for (final long jumpHours : new long[] {-1, 72, -500_000, 10_000_000, -3}) {
                fixture.passes(TimeUnit.HOURS.toNanos(jumpHours));
                journal.wallTimeNs(fixture.wallClockNs());
                Fixture.appendOver(journal, 1);
            }
        }
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged()).isEmpty();
        assertThat(reading.sequences()).isEqualTo(range(1, reading.report().lastSequence()));
        assertThat(fixture.cycleFiles().size()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void aSourceReadsWhatIsPublishedWhileItIsWritten() {
        try (ChronicleJournal journal = fixture.start();
                RecordSource source = journal.newSource()) {
            final List<Long> seen = new ArrayList<>();
            long next = 1;
            for (int round = 0; round < 40; round++) {
                Fixture.append(journal, 200, 13);
                Records.append(journal);
                next = source.read(next, 150 + round, record -> {
                    assertThat(Records.isWhole(record)).isTrue();
                    seen.add(record.sequence());
                });
                assertThat(source.newest()).isEqualTo(journal.committed() - 1);
            }
            journal.publish();
            final long from = next;
            assertThat(source.read(from, Integer.MAX_VALUE, record -> seen.add(record.sequence())))
                    .isEqualTo(journal.committed() + 1);
            assertThat(seen).isEqualTo(range(1, journal.committed()));
            assertThat(source.read(journal.committed() + 1, 10, record -> seen.add(-1L)))
                    .isEqualTo(journal.committed() + 1);
        }
        assertThat(fixture.damages).isEmpty();
    }

    @Test
    void aSourceFindsSingleRecordsInAnyOrderInAllRuns() {
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.appendOver(journal, 2);
        }
        final SplittableRandom random = Records.seeded("single records");
        try (ChronicleJournal journal = fixture.start();
                RecordSource source = journal.newSource()) {
            Fixture.append(journal, 3000, 10);
            for (int i = 0; i < 500; i++) {
                final long wanted = random.nextLong(1, journal.committed() + 1);
                final List<Long> seen = new ArrayList<>();
                final long next = source.read(wanted, 1, record -> {
                    assertThat(Records.isWhole(record)).isTrue();
                    seen.add(record.sequence());
                });
                assertThat(seen).containsExactly(wanted);
                assertThat(next).isEqualTo(wanted + 1);
            }
        }
        assertThat(fixture.damages).isEmpty();
    }

    @Test
    void aSecondInstanceIsRefusedAndTold() {
        try (ChronicleJournal journal = fixture.start()) {
            assertThatThrownBy(fixture::start)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
            assertThat(journal.accepting()).isTrue();
        }
        fixture.start().close();
    }

    @Test
    void recordsOfTheGreatestLengthFitAndLongerOnesAreRefused() throws IOException {
        fixture.allocateAheadBytes = 4 * Fixture.MEBIBYTE;
        try (ChronicleJournal journal = fixture.start()) {
            for (int i = 0; i < 9; i++) {
                final int offset = journal.begin(NamedEncoder.TEMPLATE_ID, 1, RecordFrame.MAX_BLOCK_LENGTH);
                journal.buffer().setMemory(offset, RecordFrame.MAX_BLOCK_LENGTH, (byte) 'x');
                journal.commit(RecordFrame.MAX_BLOCK_LENGTH);
            }
            assertThatThrownBy(() -> journal.begin(NamedEncoder.TEMPLATE_ID, 1, RecordFrame.MAX_BLOCK_LENGTH + 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        final List<Integer> lengths = new ArrayList<>();
        assertThat(Recovery.load(fixture.directory)
                        .replay(false, record -> lengths.add(record.length()))
                        .damaged())
                .isEmpty();
        assertThat(lengths).hasSize(9).containsOnly(RecordFrame.MAX_BLOCK_LENGTH);
    }

    @Test
    void replayBeginsAtTheLastCheckpoint() throws IOException {
        final long begin;
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.appendOver(journal, 1);
            begin = Checkpoints.append(journal);
            Fixture.append(journal, 50, 10);
            Checkpoints.end(journal, begin);
            journal.checkpointCompleted(begin);
            Fixture.append(journal, 50, 10);
        }
        final List<Long> sequences = new ArrayList<>();
        final var report = Recovery.load(fixture.directory).replay(true, record -> sequences.add(record.sequence()));
        assertThat(report.checkpoint()).isEqualTo(begin);
        assertThat(sequences).isEqualTo(range(begin, report.lastSequence()));
        assertThat(report.damaged()).isEmpty();
    }

    @Test
    void theNamesOfTheNewestCheckpointAreReadWhileTheJournalIsWritten() throws IOException {
        final List<Long> sequences = new ArrayList<>();
        try (ChronicleJournal journal = fixture.start()) {
            journal.readNames(record -> sequences.add(record.sequence()));
            assertThat(sequences).isEmpty();
            for (int checkpoint = 0; checkpoint < 2; checkpoint++) {
                Fixture.appendOver(journal, 1);
                final long begin = Checkpoints.around(journal, () -> {
                    Fixture.append(journal, 1_000, 10);
                    Checkpoints.snapshot(journal);
                    // Given while the units were written: not among those of the checkpoint.
                    Fixture.append(journal, 1_000, 10);
                });
                Fixture.append(journal, 50, 10);
                Awaitility.await().untilAsserted(() -> {
                    sequences.clear();
                    journal.readNames(record -> sequences.add(record.sequence()));
                    assertThat(sequences).isEqualTo(range(begin + 1, begin + 1_000));
                });
            }
        }
        final List<Long> before = List.copyOf(sequences);
        sequences.clear();
        try (ChronicleJournal journal = fixture.start()) {
            journal.readNames(record -> sequences.add(record.sequence()));
            assertThat(sequences).isEqualTo(before);
        }
    }

    @Test
    void retentionLetsGoOfWholeFilesBelowTheFloorAndTheCheckpointAndKeepsTheRest() throws IOException {
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.appendOver(journal, 4);
        }
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.appendOver(journal, 2);
            final long floor = 1 + journal.committed() / 3;
            fixture.passes(TimeUnit.DAYS.toNanos(2));
            journal.retain(floor, Duration.ofDays(3));
            journal.retain(floor, Duration.ofDays(1));
            Awaitility.await().until(() -> journal.status().oldest() > 1);
            assertThat(journal.status().oldest()).isLessThanOrEqualTo(floor);
            assertThat(journal.status().condition()).isEqualTo(Condition.OK);
            Fixture.appendOver(journal, 1);
            try (RecordSource source = journal.newSource()) {
                final List<Long> seen = new ArrayList<>();
                source.read(1, 1, record -> seen.add(record.sequence()));
                assertThat(seen).containsExactly(journal.status().oldest());
            }
        }
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged()).isEmpty();
        assertThat(reading.sequences())
                .isEqualTo(
                        range(reading.report().firstSequence(), reading.report().lastSequence()));
    }

    @Test
    void appendingAllocatesNothingOnceItIsWarm() {
        fixture.cycleBytes = 64 * Fixture.MEBIBYTE;
        fixture.allocateAheadBytes = 64 * Fixture.MEBIBYTE;
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        final long self = Thread.currentThread().getId();
        final int rounds = 5000;
        long least = Long.MAX_VALUE;
        try (ChronicleJournal journal = fixture.start()) {
            for (int attempt = 0; attempt < 5; attempt++) {
                final long before = threads.getThreadAllocatedBytes(self);
                for (int i = 0; i < rounds; i++) {
                    Records.appendShared(journal);
                    Records.appendShared(journal);
                    journal.publish();
                }
                least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
            }
        }
        // Chronicle allocates a little when it maps the next part of a file or begins a block of its index.
        assertThat(least / (2.0 * rounds)).isLessThan(1.0);
    }
}
