package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.RecordFrame;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.Catalogue.Entry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Reads a journal that nobody writes to, or that somebody else writes to, from its files alone; changes nothing. What is
 * there is held against all evidence of what should be: manifests, the mark, the state, the sequences themselves.
 */
final class Recovery {
    private static final int CHUNK = 1 << 20;
    private static final String DAMAGED = "the file does not have its checksum";
    private static final String GONE = "the file is gone";
    private static final String STATE_LOST = "the last checkpoint is searched for in the records";
    private static final String MARK_LOST = "how far the last run came is told from the records alone";

    private final Path directory;
    private final List<Damage> found = new ArrayList<>();
    private final FrameScanner scanner;
    private final Catalogue catalogue;
    private final JournalState state;
    private final JournalMark.Reading mark;

    private long stopAfter = Long.MAX_VALUE;
    private long expected;
    private long records;
    private long bytes;
    private long firstSequence;
    private long lastSequence;
    private long tornBytes;
    private CycleFile unclosed;

    private Recovery(
            final Path directory,
            final FrameScanner scanner,
            final Catalogue catalogue,
            final JournalState state,
            final JournalMark.Reading mark,
            final List<Damage> found) {
        this.directory = directory;
        this.scanner = scanner;
        this.catalogue = catalogue;
        this.state = state;
        this.mark = mark;
        this.found.addAll(found);
    }

    static Recovery load(final Path directory) throws IOException {
        final List<Damage> found = new ArrayList<>();
        // In this order, for a daemon that goes on meanwhile: what they speak of is in the files that are listed then.
        final boolean stateThere = Files.exists(directory.resolve(JournalState.FILE_NAME));
        final JournalState state = JournalState.read(directory);
        final JournalMark.Reading mark = JournalMark.read(directory);
        if (state == null) {
            found.add(sidecar(JournalState.FILE_NAME, DAMAGED, STATE_LOST));
        }
        if (mark.damaged()) {
            found.add(sidecar(JournalMark.FILE_NAME, DAMAGED, MARK_LOST));
        }
        final FrameScanner scanner = new FrameScanner(CHUNK);
        final Catalogue catalogue = Catalogue.load(directory, scanner, found::add);
        final boolean begun = !catalogue.files().isEmpty();
        if (begun && !stateThere) {
            found.add(sidecar(JournalState.FILE_NAME, GONE, STATE_LOST));
        }
        if (begun && !mark.present()) {
            found.add(sidecar(JournalMark.FILE_NAME, GONE, MARK_LOST));
        }
        return new Recovery(directory, scanner, catalogue, begun && !stateThere ? null : state, mark, found);
    }

    private static Damage sidecar(final String file, final String trouble, final String consequence) {
        return new Damage(Damage.Kind.SIDECAR, file, -1, -1, 0, -1, trouble + "; " + consequence);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    FrameScanner scanner() {
        return scanner;
    }

    /** The state as read; rebuilt where it is damaged. */
    JournalState state() {
        if (state != null) {
            return state;
        }
        return new JournalState(oldest(), List.of(), List.of());
    }

    JournalMark.Reading mark() {
        return mark;
    }

    /**
     * Hands out all records from the last complete checkpoint, or from the oldest one.
     *
     * @return what was found
     */
    RecoveryReport replay(final boolean fromLastCheckpoint, final RecordHandler handler) throws IOException {
        final long started = System.nanoTime();
        final JournalState.Checkpoint from = fromLastCheckpoint ? lastCheckpoint() : null;
        final long checkpoint = from == null ? 0 : from.begin();
        final long start = Math.max(checkpoint, 1);
        expected = checkpoint > 0 ? checkpoint : state().floor();
        for (int i = 0; i < catalogue.files().size(); i++) {
            final Entry entry = catalogue.files().get(i);
            final boolean last = i == catalogue.files().size() - 1;
            if (!belowFloor(entry)) {
                read(entry, last, start, handler, found::add);
            }
        }
        final long torn = checkEnd();
        return new RecoveryReport(
                checkpoint,
                firstSequence,
                lastSequence,
                nextSequence(),
                records,
                bytes,
                tornBytes,
                torn,
                found,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    }

    private boolean belowFloor(final Entry entry) {
        return entry.file().manifest() != null && entry.file().lastSequence() < state().floor();
    }

    private void read(
            final Entry entry,
            final boolean last,
            final long start,
            final RecordHandler handler,
            final Consumer<Damage> damages)
            throws IOException {
        final CycleFile file = entry.file();
        final Manifest manifest = file.manifest();
        if (manifest != null && manifest.last() < start) {
            return;
        }
        if (!entry.present()) {
            missing(file, damages);
            return;
        }
        checkGap(entry, damages);
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            if (manifest == null) {
                scanner.open(channel, file.label(), damage -> unlessUnpublished(file, damage, damages));
                scanner.expect(entry.wholeBeginning() ? 0 : Math.min(expected, entry.firstSequence()));
                readUnclosed(file, start, handler, damages);
                unclosed = file;
                if (last) {
                    tornBytes = scanner.tornBytes();
                }
            } else {
                readClosed(channel, file, start, handler, damages);
            }
        } catch (final NoSuchFileException e) {
            gone(file, damages);
        }
    }

    /** A file that was here a moment ago: let go of by the daemon, or lost. */
    private void gone(final CycleFile file, final Consumer<Damage> damages) throws IOException {
        final JournalState now = JournalState.read(directory);
        if (now == null || file.lastSequence() >= now.floor()) {
            missing(file, damages);
        } else {
            expected = Math.max(expected, now.floor());
        }
    }

    /** Whole records in an append that was cut off before its header was set are no damage. */
    private void unlessUnpublished(final CycleFile file, final Damage damage, final Consumer<Damage> damages) {
        final boolean unpublished = damage.kind() == Damage.Kind.HEADER
                && mark.present()
                && mark.published() >= 0
                && damage.firstSequence() > mark.published();
        if (unpublished) {
            file.unheadedFrom(damage.offset());
        } else {
            damages.accept(damage);
        }
    }

    private void readUnclosed(
            final CycleFile file, final long start, final RecordHandler handler, final Consumer<Damage> damages)
            throws IOException {
        for (RecordView record = nextRecord(); record != null; record = nextRecord()) {
            if (scanner.beganExcerpt()) {
                file.excerpt(record.sequence(), scanner.excerptOffset());
            }
            file.record(record.sequence(), crc(record), record.wallTimeNs());
            file.advance(record.sequence(), scanner.position());
            if (record.sequence() >= Math.max(start, expected)) {
                handOut(record, handler);
            }
        }
        if (scanner.tornBytes() == 0 && file.lastSequence() == mark.published()) {
            checkLastHeader(file, damages);
        }
    }

    /** All records are there, and yet the last excerpt is longer than they are. */
    private void checkLastHeader(final CycleFile file, final Consumer<Damage> damages) {
        if (scanner.endedInsideExcerpt()) {
            damages.accept(new Damage(
                    Damage.Kind.HEADER,
                    file.label(),
                    scanner.excerpt(),
                    scanner.excerptOffset(),
                    scanner.expected(),
                    scanner.expected() - 1,
                    "header of the last excerpt is wrong"));
        }
    }

    private void readClosed(
            final FileChannel channel,
            final CycleFile file,
            final long start,
            final RecordHandler handler,
            final Consumer<Damage> all)
            throws IOException {
        final Manifest manifest = file.manifest();
        final Consumer<Damage> damages = damage -> {
            if (!manifest.knows(damage)) {
                all.accept(damage);
            }
        };
        final int entry = start > manifest.first() ? manifest.index().floor(start) : -1;
        if (entry >= 0) {
            scanner.open(
                    channel,
                    file.label(),
                    manifest.index().offset(entry),
                    manifest.index().sequence(entry),
                    damages);
        } else {
            scanner.open(channel, file.label(), 0, manifest.first(), damages);
        }
        scanner.require(manifest.last());
        final int damagedBefore = found.size();
        long hash = 0;
        for (RecordView record = nextRecord(); record != null; record = nextRecord()) {
            hash = RollingHash.next(hash, record.sequence(), crc(record));
            if (record.sequence() >= Math.max(start, expected)) {
                handOut(record, handler);
            }
        }
        if (stopAfter <= manifest.last()) {
            return;
        }
        if (manifest.clean() && scanner.expected() > manifest.last()) {
            checkLastHeader(file, damages);
        }
        if (entry < 0 && found.size() == damagedBefore && hash != manifest.hash()) {
            damages.accept(new Damage(
                    Damage.Kind.HASH,
                    file.label(),
                    -1,
                    -1,
                    0,
                    -1,
                    "its records are whole, but not the ones that its manifest was made of"));
        }
        expected = Math.max(expected, manifest.last() + 1);
    }

    private static int crc(final RecordView record) {
        return RecordFrame.crc(record.buffer(), record.frameOffset());
    }

    private void handOut(final RecordView record, final RecordHandler handler) {
        if (records == 0) {
            firstSequence = record.sequence();
        }
        records++;
        bytes += record.frameLength();
        lastSequence = record.sequence();
        expected = record.sequence() + 1;
        handler.onRecord(record);
    }

    private RecordView nextRecord() throws IOException {
        final RecordView record = scanner.next(0);
        return record == null || record.sequence() > stopAfter ? null : record;
    }

    private void missing(final CycleFile file, final Consumer<Damage> damages) {
        final long first = Math.max(expected, file.firstSequence());
        if (first <= file.lastSequence()) {
            damages.accept(new Damage(
                    Damage.Kind.FILE_MISSING,
                    file.label(),
                    -1,
                    -1,
                    first,
                    file.lastSequence(),
                    "the file is gone; its manifest is here"));
            expected = file.lastSequence() + 1;
        }
    }

    private void checkGap(final Entry entry, final Consumer<Damage> damages) {
        final boolean readerTells = entry.file().manifest() == null && !entry.wholeBeginning();
        if (entry.firstSequence() <= expected || readerTells) {
            return;
        }
        if (state == null && records == 0 && expected == state().floor()) {
            return;
        }
        if (!state().isLost(expected, entry.firstSequence() - 1)) {
            damages.accept(gapBefore(entry));
        }
        expected = entry.firstSequence();
    }

    /** A file that was closed has a manifest. One without, right before a gap, was longer once: the records were in it. */
    private Damage gapBefore(final Entry entry) {
        final CycleFile before = unclosed != null && unclosed.lastSequence() == expected - 1 ? unclosed : null;
        return new Damage(
                Damage.Kind.GAP,
                (before == null ? entry.file() : before).label(),
                -1,
                before == null ? -1 : before.endOffset(),
                expected,
                entry.firstSequence() - 1,
                before == null
                        ? "records before this file are missing"
                        : "the file ends before " + entry.file().label() + " begins");
    }

    /** Holds the end of the records against the mark; returns how many were published but never forced. */
    private long checkEnd() {
        final long last = Math.max(expected - 1, 0);
        final long acknowledged = Math.max(mark.durable(), lastCheckpointEnd());
        if (acknowledged > last && !state().isLost(last + 1, acknowledged)) {
            final int files = catalogue.files().size();
            final CycleFile file =
                    files == 0 ? null : catalogue.files().get(files - 1).file();
            found.add(new Damage(
                    Damage.Kind.END_MISSING,
                    file == null ? directory.getFileName().toString() : file.label(),
                    -1,
                    file == null ? -1 : file.endOffset(),
                    last + 1,
                    acknowledged,
                    "the journal ends before records that were durable"));
        }
        final long after = Math.max(last, acknowledged);
        return mark.published() <= after || state().isLost(after + 1, mark.published()) ? 0 : mark.published() - after;
    }

    private long lastCheckpointEnd() {
        return state().checkpoints().isEmpty()
                ? 0
                : state().checkpoints().get(0).end();
    }

    private long nextSequence() {
        long next = Math.max(expected, Math.max(mark.published(), mark.durable()) + 1);
        next = Math.max(next, lastCheckpointEnd() + 1);
        for (final Entry entry : catalogue.files()) {
            next = Math.max(next, entry.file().lastSequence() + 1);
        }
        for (final JournalState.Lost gap : state().lost()) {
            next = Math.max(next, gap.last() + 1);
        }
        return Math.max(next, 1);
    }

    private long oldest() {
        return catalogue.files().isEmpty() ? 1 : catalogue.files().get(0).firstSequence();
    }

    /** Hands out the names of the newest checkpoint alone. */
    void replayNames(final RecordHandler handler) throws IOException {
        new CheckpointSearch(this, state == null).names(handler);
    }

    private JournalState.Checkpoint lastCheckpoint() throws IOException {
        return new CheckpointSearch(this, state == null).newest();
    }

    // ---- reading that finds out something, and reports no damage ----

    /** Hands out all records. */
    void lookThrough(final RecordHandler handler) throws IOException {
        again().replay(false, handler);
        catalogueReadAgain();
    }

    /** Hands out the records of a checkpoint, up to the one behind which it is {@code enough}. */
    void lookThrough(
            final JournalState.Checkpoint checkpoint, final RecordHandler handler, final BooleanSupplier enough)
            throws IOException {
        again().readRange(checkpoint.begin(), checkpoint.end(), handler, enough);
        catalogueReadAgain();
    }

    private Recovery again() {
        return new Recovery(directory, scanner, catalogue, state, mark, List.of());
    }

    /** Unclosed files collect what they hold while they are read: a second reading must begin anew. */
    private void catalogueReadAgain() {
        catalogue.files().forEach(entry -> entry.file().forget());
    }

    private void readRange(final long first, final long last, final RecordHandler handler, final BooleanSupplier enough)
            throws IOException {
        expected = first;
        stopAfter = last;
        final RecordHandler untilEnough = record -> {
            handler.onRecord(record);
            if (enough.getAsBoolean()) {
                stopAfter = record.sequence();
            }
        };
        for (final Entry entry : catalogue.files()) {
            final boolean before =
                    entry.file().manifest() != null && entry.file().lastSequence() < first;
            if (!before && entry.firstSequence() <= stopAfter && entry.present()) {
                read(entry, false, first, untilEnough, damage -> {});
            }
        }
    }
}
