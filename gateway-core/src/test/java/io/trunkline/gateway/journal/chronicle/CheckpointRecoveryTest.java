package io.trunkline.gateway.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.RecordFrame;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.FrameMap.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restart begins at the newest checkpoint that is whole, wherever a crash or damage has come between. */
final class CheckpointRecoveryTest {
    private static final int NAMES = 100;

    @TempDir
    private Path directory;

    private Fixture fixture;
    private long first;
    private long second;

    @BeforeEach
    void setUp() {
        fixture = new Fixture(directory.resolve("shard-0"));
        fixture.cycleBytes = 256 * 1024;
    }

    /** Two complete checkpoints over some files, and a third that is begun; then a kill, or an end in good order. */
    private void written(final boolean closed) throws IOException {
        final ChronicleJournal journal = fixture.start();
        Fixture.append(journal, 100, 10);
        first = checkpoint(journal, 0);
        Fixture.append(journal, 200, 10);
        second = checkpoint(journal, 1);
        Fixture.append(journal, 50, 10);
        Checkpoints.append(journal);
        Fixture.append(journal, 50, 10);
        if (closed) {
            journal.close();
        } else {
            final Fixture killed = fixture.asKilled(directory.resolve("killed/shard-0"));
            journal.close();
            fixture = killed;
        }
    }

    /** A checkpoint with traffic in it that reaches over so many files. */
    private long checkpoint(final ChronicleJournal journal, final int rolls) {
        final long begin = Checkpoints.around(journal, () -> {
            Fixture.append(journal, NAMES, 10);
            Checkpoints.snapshot(journal);
            Fixture.appendOver(journal, rolls);
        });
        Awaitility.await().until(() -> {
            final JournalState state = state();
            return state != null
                    && !state.checkpoints().isEmpty()
                    && state.checkpoints().get(0).begin() == begin;
        });
        return begin;
    }

    private JournalState state() throws IOException {
        return JournalState.read(fixture.directory);
    }

    private Fixture.Reading read() throws IOException {
        final List<Long> sequences = new ArrayList<>();
        final RecoveryReport report =
                Recovery.load(fixture.directory).replay(true, record -> sequences.add(record.sequence()));
        return new Fixture.Reading(report, sequences);
    }

    private void readsFrom(final long checkpoint) throws IOException {
        final Fixture.Reading reading = read();
        assertThat(reading.report().checkpoint()).isEqualTo(checkpoint);
        assertThat(reading.sequences()).startsWith(Math.max(1, checkpoint));
        assertThat(reading.sequences()).doesNotHaveDuplicates().isSorted();
    }

    private void damage(final Long... sequences) throws IOException {
        for (final Path file : fixture.cycleFiles()) {
            final FrameMap map = new FrameMap(file);
            for (final Frame frame : map.frames) {
                if (List.of(sequences).contains(frame.sequence())) {
                    map.replace(frame.start() + RecordFrame.WALL_TIME_OFFSET, new byte[] {(byte) 0xA5});
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCheckpointThatWasCutShortIsPassedOverForTheOneBefore(final boolean closed) throws IOException {
        written(closed);
        readsFrom(second);
        final Fixture.Reading reading = read();
        assertThat(reading.report().damaged()).isEmpty();
        assertThat(reading.sequences()).isEqualTo(range(second, reading.report().lastSequence()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDamagedCheckpointIsPassedOverForTheOneBefore(final boolean closed) throws IOException {
        written(closed);
        damage(second + 40);
        readsFrom(first);
        assertThat(read().report().recordsLost()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNamesOfTheNewestCheckpointAreReadAndNothingBehindThem(final boolean closed) throws IOException {
        written(closed);
        assertThat(names()).isEqualTo(range(second + 1, second + NAMES));
        // Units are not looked at, and what is damaged among them is nothing to those who want names.
        damage(second + NAMES + 5);
        assertThat(names()).isEqualTo(range(second + 1, second + NAMES));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereANameIsDamagedThoseOfTheCheckpointBeforeAreReadAsWell(final boolean closed) throws IOException {
        written(closed);
        damage(second + 40);
        final List<Long> expected = range(second + 1, second + NAMES);
        expected.remove(second + 40);
        expected.addAll(range(first + 1, first + NAMES));
        assertThat(names()).isEqualTo(expected);
    }

    private List<Long> names() throws IOException {
        final List<Long> sequences = new ArrayList<>();
        Recovery.load(fixture.directory).replayNames(record -> sequences.add(record.sequence()));
        return sequences;
    }

    private static List<Long> range(final long first, final long last) {
        return LongStream.rangeClosed(first, last).boxed().collect(Collectors.toList());
    }

    @Test
    void aCheckpointWhoseBeginIsDamagedIsPassedOver() throws IOException {
        written(false);
        damage(second);
        readsFrom(first);
    }

    @Test
    void damageBehindACheckpointDoesNotSpoilIt() throws IOException {
        written(false);
        damage(state().checkpoints().get(0).end() + 5L);
        readsFrom(second);
        assertThat(read().report().recordsLost()).isEqualTo(1);
    }

    @Test
    void whereAllCheckpointsAreDamagedTheJournalIsReadFromItsBeginning() throws IOException {
        written(false);
        damage(first + 30, second + 30);
        final Fixture.Reading reading = read();
        assertThat(reading.report().checkpoint()).isZero();
        assertThat(reading.report().recordsLost()).isEqualTo(2);
        assertThat(reading.sequences()).startsWith(1L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutItsStateTheJournalIsSearchedForCheckpoints(final boolean gone) throws IOException {
        written(true);
        final Path file = fixture.directory.resolve(JournalState.FILE_NAME);
        if (gone) {
            Files.delete(file);
        } else {
            final byte[] octets = Files.readAllBytes(file);
            octets[octets.length / 2] ^= 0x10;
            Files.write(file, octets);
        }
        assertThat(read().sequences()).startsWith(second);
        assertThat(read().report().damaged())
                .singleElement()
                .satisfies(damage -> assertThat(damage.kind()).isEqualTo(Damage.Kind.SIDECAR));
    }

    @Test
    void withoutItsStateAJournalIsNotTakenForOneThatHasLostWhatWasRemoved() throws IOException {
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.appendOver(journal, 2);
            fixture.passes(TimeUnit.DAYS.toNanos(8));
            // A file may go while it is listed.
            Awaitility.await().ignoreExceptions().until(() -> {
                journal.retain(Long.MAX_VALUE, Duration.ofDays(7));
                return fixture.files(Manifest.SUFFIX).isEmpty();
            });
        }
        Files.delete(fixture.directory.resolve(JournalState.FILE_NAME));
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().firstSequence()).isGreaterThan(1);
        assertThat(reading.report().recordsLost()).isZero();
    }
}
