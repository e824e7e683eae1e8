package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.Records;
import io.trunkline.gateway.journal.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A small journal in a directory, and what came of reading it back. */
final class Fixture {
    static final long MEBIBYTE = 1L << 20;
    private static final int MAX_BATCHES = 20_000;

    final Path directory;
    final List<JournalException> failures = new CopyOnWriteArrayList<>();
    final List<Damage> damages = new CopyOnWriteArrayList<>();
    Durability durability = Durability.PROCESS;
    long cycleBytes = MEBIBYTE;
    long minFreeBytes;
    long reserveBytes = MEBIBYTE;
    long allocateAheadBytes = MEBIBYTE;
    Storage storage = new PosixStorage();
    private volatile long wallClockNs = TimeUnit.SECONDS.toNanos(1_790_000_000L);

    Fixture(final Path directory) {
        this.directory = directory;
    }

    long wallClockNs() {
        return wallClockNs;
    }

    /** The wall clock jumps. */
    void passes(final long nanos) {
        final long later = wallClockNs + nanos;
        wallClockNs = later;
    }

    JournalContext context() {
        return new JournalContext(
                directory,
                0,
                durability,
                TimeUnit.MILLISECONDS.toNanos(2),
                256 * 1024,
                minFreeBytes,
                reserveBytes,
                allocateAheadBytes,
                cycleBytes,
                TimeUnit.HOURS.toNanos(1),
                () -> {},
                failures::add,
                damages::add,
                () -> wallClockNs,
                storage);
    }

    /** Opens, recovers and starts. */
    ChronicleJournal start() {
        final ChronicleJournal journal = ChronicleJournal.open(context());
        journal.recover(false, record -> {});
        journal.start();
        return journal;
    }

    /** What a kill at this moment would leave, elsewhere. */
    Fixture asKilled(final Path elsewhere) throws IOException {
        copy(directory, elsewhere);
        return new Fixture(elsewhere);
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (final Path path : all.toList()) {
                final Path target = to.resolve(from.relativize(path));
                Files.createDirectories(target.getParent());
                if (Files.isRegularFile(path)) {
                    Files.copy(path, target);
                }
            }
        }
    }

    /** Appends {@code count} records, at most {@code batch} a publish. */
    static void append(final ChronicleJournal journal, final int count, final int batch) {
        for (int i = 1; i <= count; i++) {
            Records.append(journal);
            if (i % batch == 0) {
                journal.publish();
            }
        }
        journal.publish();
    }

    /** Appends until the journal has gone on to another file {@code rolls} times. */
    static void appendOver(final ChronicleJournal journal, final int rolls) {
        for (int i = 0; i < rolls; i++) {
            final OpenCycle before = journal.current();
            for (int batches = 0; journal.current() == before; batches++) {
                if (batches > MAX_BATCHES) {
                    throw new AssertionError("no new file after " + journal.status());
                }
                append(journal, 10, 7);
            }
        }
    }

    static void awaitDurable(final ChronicleJournal journal) {
        Awaitility.await()
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> journal.durable() == journal.committed());
    }

    /** What a reading gave: the report, and the sequences of the records that were as they were written. */
    record Reading(RecoveryReport report, List<Long> sequences) {}

    /** Reads the directory as it is, without locking or changing it. */
    Reading read() throws IOException {
        return read(false);
    }

    Reading read(final boolean fromLastCheckpoint) throws IOException {
        final List<Long> sequences = new ArrayList<>();
        final RecoveryReport report = Recovery.load(directory).replay(fromLastCheckpoint, record -> {
            if (!Records.isWhole(record)) {
                throw new AssertionError("record " + record.sequence() + " is not what was written");
            }
            sequences.add(record.sequence());
        });
        return new Reading(report, sequences);
    }

    List<Path> cycleFiles() throws IOException {
        return files(CycleFile.SUFFIX);
    }

    List<Path> files(final String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
        }
    }
}
