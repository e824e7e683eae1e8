package io.trunkline.gateway.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.Damage.Kind;
import io.trunkline.gateway.journal.Records;
import io.trunkline.gateway.journal.chronicle.FrameMap.Frame;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to the files, what can be read is read, and what cannot is named with its place. */
final class DamageTest {
    private static final int PAGE = 4096;
    /** Chronicle puts a block of its index between two excerpts; damage there is told from its beginning. */
    private static final int INDEX_BLOCK = 40 * 1024;

    private static final int TRIES = 60;

    @TempDir
    private Path directory;

    private Fixture fixture;

    @BeforeEach
    void setUp() {
        fixture = new Fixture(directory.resolve("shard-0"));
        fixture.cycleBytes = 256 * 1024;
    }

    /** A journal of two runs; the second is closed in good order, or left as a kill leaves it. */
    private List<FrameMap> written(final boolean closed) throws IOException {
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.appendOver(journal, 2);
        }
        final ChronicleJournal journal = fixture.start();
        Fixture.appendOver(journal, 1);
        Fixture.append(journal, 500, 6);
        if (!closed) {
            final Fixture crashed = fixture.asKilled(directory.resolve("crashed/shard-0"));
            journal.close();
            fixture = crashed;
        } else {
            journal.close();
        }
        final List<FrameMap> maps = new ArrayList<>();
        for (final Path file : fixture.cycleFiles()) {
            if (Files.size(file) > 0) {
                maps.add(new FrameMap(file));
            }
        }
        return maps;
    }

    /** Damages a range, reads, checks what is said against what was done, and mends it. */
    private void check(final List<FrameMap> maps, final FrameMap map, final long offset, final byte[] bytes)
            throws IOException {
        final long last = maps.get(maps.size() - 1)
                .frames
                .get(maps.get(maps.size() - 1).frames.size() - 1)
                .sequence();
        final byte[] before = map.replace(offset, bytes);
        if (Arrays.equals(before, bytes)) {
            return;
        }
        final int firstChanged = Arrays.mismatch(before, bytes);
        final long from = offset + firstChanged;
        long to = offset + bytes.length;
        while (before[(int) (to - 1 - offset)] == bytes[(int) (to - 1 - offset)]) {
            to--;
        }
        final Fixture.Reading reading = fixture.read();
        map.replace(offset, before);

        final Set<Long> lost = new HashSet<>(map.within(from, to));
        final String what = CycleFile.label(map.file) + " bytes " + from + ".." + to + ": "
                + reading.report().damaged();
        assertThat(reading.sequences())
                .as(what)
                .isEqualTo(LongStream.rangeClosed(1, last)
                        .filter(sequence -> !lost.contains(sequence))
                        .boxed()
                        .toList());
        assertThat(reading.report().recordsLost()).as(what).isEqualTo(lost.size());
        if (!lost.isEmpty() || map.touchesHeader(from, to)) {
            assertThat(reading.report().damaged()).as(what).isNotEmpty();
            final Damage first = reading.report().damaged().get(0);
            assertThat(first.file()).as(what).isEqualTo(CycleFile.label(map.file));
            assertThat(first.offset()).as(what).isBetween(from - INDEX_BLOCK, to);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFlippedBitIsFoundAndOnlyItsRecordIsLost(final boolean closed) throws IOException {
        final SplittableRandom random = Records.seeded("bit flips");
        final List<FrameMap> maps = written(closed);
        for (int i = 0; i < TRIES; i++) {
            final FrameMap map = maps.get(random.nextInt(maps.size()));
            final long offset = random.nextInt(5) == 0
                    ? map.headers.get(random.nextInt(map.headers.size())) + random.nextInt(4)
                    : random.nextLong(map.end());
            final byte[] bytes = map.replace(offset, new byte[1]);
            map.replace(offset, bytes);
            final byte[] flipped = {(byte) (bytes[0] ^ 1 << random.nextInt(8))};
            check(maps, map, offset, flipped);
        }
        assertThat(fixture.read().report().damaged()).isEmpty();
    }

    @Test
    void noBitOfAFrameCanBeFlippedUnseen() throws IOException {
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.append(journal, 6, 3);
        }
        final FrameMap map = new FrameMap(fixture.cycleFiles().get(0));
        final Frame frame = map.frames.get(2);
        for (long bit = frame.start() * 8; bit < frame.start() * 8 + 8 * 48; bit++) {
            final byte[] before = map.replace(bit / 8, new byte[1]);
            map.replace(bit / 8, before);
            check(List.of(map), map, bit / 8, new byte[] {(byte) (before[0] ^ 1 << bit % 8)});
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aZeroedHeaderIsNotTakenForTheEnd(final boolean closed) throws IOException {
        final SplittableRandom random = Records.seeded("zeroed headers");
        final List<FrameMap> maps = written(closed);
        for (int i = 0; i < TRIES; i++) {
            final FrameMap map = maps.get(random.nextInt(maps.size()));
            final long header = map.headers.get(random.nextInt(map.headers.size()));
            check(maps, map, header, new byte[4]);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aZeroedPageLosesOnlyTheRecordsThatItHeld(final boolean closed) throws IOException {
        final SplittableRandom random = Records.seeded("zeroed pages");
        final List<FrameMap> maps = written(closed);
        for (int i = 0; i < TRIES; i++) {
            final FrameMap map = maps.get(random.nextInt(maps.size()));
            final long page = random.nextLong((map.end() + PAGE - 1) / PAGE);
            check(maps, map, page * PAGE, new byte[PAGE]);
        }
    }

    /** Nobody has written down where such a file ends; that the next one begins later says that it ended later. */
    @Test
    void theLostEndOfAFileThatWasNeverClosedIsReportedInThatFile() throws IOException {
        final List<FrameMap> maps = written(true);
        final FrameMap map = maps.get(1);
        Files.delete(new CycleFile(map.file).manifestPath());
        final long page = (map.end() - 1) / PAGE;
        check(maps, map, page * PAGE, new byte[PAGE]);
        check(maps, map, (page - 1) * PAGE, new byte[2 * PAGE]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMissingFileIsNamedWithTheRecordsThatItHeld(final boolean closed) throws IOException {
        final List<FrameMap> maps = written(closed);
        for (final FrameMap map : maps) {
            final Path away = directory.resolve("away");
            Files.move(map.file, away);
            final Fixture.Reading reading = fixture.read();
            Files.move(away, map.file);
            assertThat(reading.report().recordsLost()).isEqualTo(map.frames.size());
            assertThat(reading.report().damaged()).hasSize(1);
            final Damage damage = reading.report().damaged().get(0);
            assertThat(damage.firstSequence()).isEqualTo(map.frames.get(0).sequence());
            assertThat(damage.kind()).isIn(Kind.FILE_MISSING, Kind.GAP, Kind.END_MISSING);
        }
        assertThat(fixture.read().report().damaged()).isEmpty();
    }

    @Test
    void aMissingRunIsSeenEvenWhenItIsTheLast() throws IOException {
        final List<FrameMap> maps = written(true);
        final Path lastRun = maps.get(maps.size() - 1).file.getParent();
        Files.move(lastRun, directory.resolve("away"));
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged()).hasSize(1);
        assertThat(reading.report().damaged().get(0).kind()).isEqualTo(Kind.END_MISSING);
        assertThat(reading.report().nextSequence())
                .isEqualTo(maps.get(maps.size() - 1).frames.stream()
                                .mapToLong(Frame::sequence)
                                .max()
                                .orElseThrow()
                        + 1);
    }

    @Test
    void swappedFilesAreNamedAndReadInTheOrderOfTheirRecords() throws IOException {
        final List<FrameMap> maps = written(true);
        final Path a = maps.get(0).file;
        final Path b = maps.get(1).file;
        final Path away = directory.resolve("away");
        Files.move(a, away);
        Files.move(b, a);
        Files.move(away, b);
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged())
                .extracting(Damage::kind)
                .containsExactly(Kind.FILE_SWAPPED, Kind.FILE_SWAPPED);
        assertThat(reading.report().recordsLost()).isZero();
        assertThat(reading.sequences())
                .isEqualTo(LongStream.rangeClosed(1, reading.report().lastSequence())
                        .boxed()
                        .toList());
    }

    @Test
    void aFileOverwrittenWithAnOlderOneIsNamed() throws IOException {
        final List<FrameMap> maps = written(true);
        Files.copy(maps.get(0).file, maps.get(2).file, StandardCopyOption.REPLACE_EXISTING);
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged())
                .extracting(Damage::kind)
                .contains(Kind.FILE_SWAPPED)
                .containsAnyOf(Kind.FILE_MISSING, Kind.GAP);
        assertThat(reading.report().recordsLost()).isEqualTo(maps.get(2).frames.size());
    }

    /** As somebody leaves it who has made a copy before trying something. */
    @ParameterizedTest
    @ValueSource(strings = {"run-000001/a-copy.cq4", "run-000002/a-copy.cq4", "run-000001/Z.cq4"})
    void aCopyOfAFileIsNamedAndReadOnce(final String copy) throws IOException {
        final List<FrameMap> maps = written(true);
        Files.copy(maps.get(1).file, fixture.directory.resolve(copy));
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged()).singleElement().satisfies(damage -> {
            assertThat(damage.kind()).isEqualTo(Kind.FILE_TWICE);
            assertThat(damage.file()).isEqualTo(copy);
            assertThat(damage.detail()).contains(CycleFile.label(maps.get(1).file));
        });
        assertThat(reading.sequences())
                .isEqualTo(LongStream.rangeClosed(1, reading.report().lastSequence())
                        .boxed()
                        .toList());
    }

    @Test
    void aCopyOfARunUnderAnotherNameIsNoRun() throws IOException {
        written(true);
        Files.createDirectory(fixture.directory.resolve("run-000001.bak"));
        Files.createFile(fixture.directory.resolve("run-000001.bak/20261121-0800V.cq4"));
        assertThat(fixture.read().report().damaged()).isEmpty();
        fixture.start().close();
    }

    @Test
    void aDamagedSidecarIsNamedAndDoesWithout() throws IOException {
        written(true);
        for (final String suffix : List.of(Manifest.SUFFIX, JournalState.FILE_NAME)) {
            final Path file = fixture.files(suffix).get(0);
            final byte[] content = Files.readAllBytes(file);
            final byte[] flipped = content.clone();
            flipped[content.length / 2] ^= 4;
            Files.write(file, flipped);
            final Fixture.Reading reading = fixture.read(true);
            Files.write(file, content);
            assertThat(reading.report().damaged()).extracting(Damage::kind).containsExactly(Kind.SIDECAR);
            assertThat(reading.sequences())
                    .isEqualTo(LongStream.rangeClosed(1, reading.report().lastSequence())
                            .boxed()
                            .toList());
        }
    }

    @Test
    void aTailTornAtAnyByteIsDroppedWhereItWasNeverDurableAndReportedWhereItWas() throws IOException {
        final Fixture crashed;
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.append(journal, 8, 4);
            crashed = fixture.asKilled(directory.resolve("crashed/shard-0"));
        }
        fixture = crashed;
        final FrameMap map = new FrameMap(fixture.cycleFiles().get(0));
        final List<Frame> frames = map.frames;
        final long last = frames.get(frames.size() - 1).sequence();
        final long firstCut = frames.get(frames.size() - 3).start();
        for (final boolean durable : new boolean[] {false, true}) {
            final long forced = durable ? last : last - 3;
            try (JournalMark mark = JournalMark.open(fixture.directory, forced, fixture.storage)) {
                mark.published(last);
            }
            final Path whole = Files.copy(map.file, directory.resolve("whole-" + durable));
            for (long cut = map.end() - 1; cut >= firstCut; cut -= durable ? 13 : 1) {
                try (RandomAccessFile file = new RandomAccessFile(map.file.toFile(), "rw")) {
                    file.setLength(cut);
                }
                checkTorn(map, cut, last, durable);
            }
            Files.copy(whole, map.file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void checkTorn(final FrameMap map, final long cut, final long last, final boolean durable)
            throws IOException {
        final long left =
                map.frames.stream().filter(frame -> frame.end() <= cut).count()
                        + map.frames.get(0).sequence()
                        - 1;
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().lastSequence()).isEqualTo(left);
        assertThat(reading.sequences()).hasSize((int) left);
        assertThat(reading.report().nextSequence()).isEqualTo(last + 1);
        if (durable) {
            assertThat(reading.report().damaged()).extracting(Damage::kind).containsExactly(Kind.END_MISSING);
            assertThat(reading.report().damaged().get(0).firstSequence()).isEqualTo(left + 1);
            assertThat(reading.report().recordsLost()).isEqualTo(last - left);
        } else {
            assertThat(reading.report().damaged()).isEmpty();
            assertThat(reading.report().tornTailRecords()).isEqualTo(last - left);
        }
    }

    @Test
    void afterLossesTheNextRunGoesOnAndTheyAreNotReportedAgain() throws IOException {
        final List<FrameMap> maps = written(false);
        final FrameMap map = maps.get(maps.size() - 1);
        final Frame cut = map.frames.get(map.frames.size() - 5);
        final long last = map.frames.get(map.frames.size() - 1).sequence();
        try (RandomAccessFile file = new RandomAccessFile(map.file.toFile(), "rw")) {
            file.setLength(cut.start() + 17);
        }
        final ChronicleJournal journal = ChronicleJournal.open(fixture.context());
        assertThat(journal.recover(false, record -> {}).recordsLost()).isEqualTo(5);
        journal.start();
        assertThat(Records.append(journal)).isEqualTo(last + 1);
        journal.close();
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged()).isEmpty();
        assertThat(reading.report().lastSequence()).isEqualTo(last + 1);
    }
}
