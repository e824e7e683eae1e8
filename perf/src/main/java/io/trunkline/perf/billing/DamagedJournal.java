package io.trunkline.perf.billing;

import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A copy of a journal that is damaged in one place at a time, and healed again. */
public final class DamagedJournal {
    private static final int PAGE = 4096;
    private static final int RECORD_HEADER = 40;
    private static final int WORD = 4;
    private static final int MAX_GARBAGE = 1 << 15;
    /** A reader names the beginning of the block that it cannot go on from; Chronicle's own blocks between excerpts are this long. */
    private static final int BLOCK = 1 << 16;

    private static final String CYCLE = ".cq4";
    private static final String MANIFEST = ".manifest";

    private final Path data;
    private final Path backup;
    private final List<CycleMap> cycles = new ArrayList<>();
    private final List<Path> touched = new ArrayList<>();

    /**
     * What was done.
     *
     * @param files the files that were hit, with their runs: {@code run-000001/20261121-0800V.cq4}
     * @param from first octet that is another than before; -1 where it is the file as a whole
     * @param to octet behind the last
     * @param lost sequences that cannot be read any more
     */
    public record Wound(DamageKind kind, List<String> files, long from, long to, Set<Long> lost) {
        /** Whether one of the damages that were found is in such a file, and where there is a place, near it. */
        public boolean isNamedBy(final List<Damage> damages) {
            return damages.stream().anyMatch(damage -> files.contains(damage.file()) && isNear(damage));
        }

        private boolean isNear(final Damage damage) {
            if (from < 0 || damage.offset() < 0) {
                return true;
            }
            return damage.offset() <= to && damage.offset() >= from - BLOCK;
        }

        @Override
        public String toString() {
            return kind.word() + " in " + String.join(" and ", files) + (from < 0 ? "" : " at " + from + ".." + to);
        }
    }

    /**
     * Copies a journal.
     *
     * @param source data directory of a daemon that has stopped
     * @param work where the copies go
     */
    public DamagedJournal(final Path source, final Path work) throws IOException {
        data = work.resolve("data");
        backup = work.resolve("backup");
        copy(source.resolve("journal"), data.resolve("journal"));
        copy(source.resolve("journal"), backup.resolve("journal"));
        try (Stream<Path> all = Files.walk(data)) {
            for (final Path file :
                    all.filter(path -> path.toString().endsWith(CYCLE)).sorted().toList()) {
                final CycleMap map = new CycleMap(file);
                if (!map.frames().isEmpty()) {
                    cycles.add(map);
                }
            }
        }
        cycles.sort(Comparator.comparingLong(CycleMap::firstSequence));
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (final Path path : all.toList()) {
                final Path target = to.resolve(from.relativize(path));
                Files.createDirectories(target.getParent());
                if (Files.isRegularFile(path)) {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** The files with records, in order. */
    public List<CycleMap> cycles() {
        return cycles;
    }

    /** Reads the journal as the tools do. */
    public RecoveryReport read(final List<Long> sequences) {
        return JournalFiles.in(data).get(0).read(record -> sequences.add(record.sequence()));
    }

    /** All sequences but those that are lost. */
    public List<Long> expected(final Wound wound) {
        final List<Long> expected = new ArrayList<>();
        for (final CycleMap cycle : cycles) {
            for (final CycleMap.Frame frame : cycle.frames()) {
                if (!wound.lost().contains(frame.sequence())) {
                    expected.add(frame.sequence());
                }
            }
        }
        return expected;
    }

    /** Does damage of a kind at a random place. */
    public Wound wound(final DamageKind kind, final SplittableRandom random) throws IOException {
        final CycleMap cycle = cycles.get(random.nextInt(cycles.size()));
        final CycleMap.Frame frame =
                cycle.frames().get(random.nextInt(cycle.frames().size()));
        return switch (kind) {
            case FLIPPED_BIT -> flip(cycle, frame, random);
            case ZEROED_RECORD -> overwrite(kind, cycle, frame.start(), new byte[RECORD_HEADER]);
            case ZEROED_HEADER ->
                overwrite(
                        kind,
                        cycle,
                        cycle.headers().get(random.nextInt(cycle.headers().size())),
                        new byte[WORD]);
            case ZEROED_PAGE -> overwrite(kind, cycle, frame.start() & -PAGE, new byte[PAGE]);
            case GARBAGE -> {
                final byte[] garbage = new byte[1 + random.nextInt(MAX_GARBAGE)];
                random.nextBytes(garbage);
                yield overwrite(kind, cycle, frame.start() + random.nextInt(RECORD_HEADER), garbage);
            }
            case CUT_OFF -> cut(cycle, frame, random);
            case MISSING_CYCLE -> missing(cycle);
            case SWAPPED_CYCLES -> swapped(cycle, random);
            case MANIFEST_BIT -> manifest(cycle, random);
        };
    }

    private Wound flip(final CycleMap cycle, final CycleMap.Frame frame, final SplittableRandom random)
            throws IOException {
        final long at = frame.start() + random.nextLong(frame.end() - frame.start());
        final byte[] octet = octets(cycle.file(), at, 1);
        octet[0] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return overwrite(DamageKind.FLIPPED_BIT, cycle, at, octet);
    }

    private Wound overwrite(final DamageKind kind, final CycleMap cycle, final long offset, final byte[] octets)
            throws IOException {
        // What lies behind the last record was never written to: nobody misses it.
        final int length = (int) Math.min(octets.length, cycle.end() - offset);
        final byte[] before = octets(cycle.file(), offset, length);
        final byte[] after = Arrays.copyOf(octets, length);
        int first = 0;
        int last = length;
        while (first < length && before[first] == after[first]) {
            first++;
        }
        while (last > first && before[last - 1] == after[last - 1]) {
            last--;
        }
        try (RandomAccessFile file = new RandomAccessFile(cycle.file().toFile(), "rw")) {
            file.seek(offset);
            file.write(after);
        }
        touched.add(cycle.file());
        return new Wound(
                kind,
                List.of(label(cycle.file())),
                offset + first,
                offset + last,
                new HashSet<>(cycle.within(offset + first, offset + last)));
    }

    private static byte[] octets(final Path file, final long offset, final int length) throws IOException {
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "r")) {
            final byte[] octets = new byte[length];
            random.seek(offset);
            random.readFully(octets);
            return octets;
        }
    }

    private Wound cut(final CycleMap cycle, final CycleMap.Frame frame, final SplittableRandom random)
            throws IOException {
        final long at = frame.start() + random.nextLong(frame.end() - frame.start());
        try (RandomAccessFile file = new RandomAccessFile(cycle.file().toFile(), "rw")) {
            file.setLength(at);
        }
        touched.add(cycle.file());
        return new Wound(
                DamageKind.CUT_OFF,
                List.of(label(cycle.file())),
                at,
                cycle.end(),
                new HashSet<>(cycle.within(at, cycle.end())));
    }

    private Wound missing(final CycleMap cycle) throws IOException {
        Files.delete(cycle.file());
        touched.add(cycle.file());
        return new Wound(
                DamageKind.MISSING_CYCLE,
                List.of(label(cycle.file())),
                -1,
                -1,
                new HashSet<>(cycle.within(0, Long.MAX_VALUE)));
    }

    /** Two files have each other's content; their records are all there, and yet nothing is where it was. */
    private Wound swapped(final CycleMap cycle, final SplittableRandom random) throws IOException {
        CycleMap other = cycle;
        while (other == cycle) {
            other = cycles.get(random.nextInt(cycles.size()));
        }
        final Path between = data.resolve("between");
        Files.move(cycle.file(), between);
        Files.move(other.file(), cycle.file());
        Files.move(between, other.file());
        touched.add(cycle.file());
        touched.add(other.file());
        // Whether records can be had back is decided by their order, which the files' content still tells.
        return new Wound(
                DamageKind.SWAPPED_CYCLES, List.of(label(cycle.file()), label(other.file())), -1, -1, new HashSet<>());
    }

    private Wound manifest(final CycleMap cycle, final SplittableRandom random) throws IOException {
        final Path manifest = cycle.file()
                .resolveSibling(cycle.file().getFileName().toString().replace(CYCLE, MANIFEST));
        final byte[] content = Files.readAllBytes(manifest);
        content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        Files.write(manifest, content);
        touched.add(manifest);
        return new Wound(DamageKind.MANIFEST_BIT, List.of(label(manifest)), -1, -1, new HashSet<>());
    }

    private static String label(final Path file) {
        return file.getParent().getFileName() + "/" + file.getFileName();
    }

    /** Undoes the damage. */
    public void heal() throws IOException {
        for (final Path file : touched) {
            Files.copy(backup.resolve(data.relativize(file)), file, StandardCopyOption.REPLACE_EXISTING);
        }
        touched.clear();
    }
}
