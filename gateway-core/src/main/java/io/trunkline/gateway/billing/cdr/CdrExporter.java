package io.trunkline.gateway.billing.cdr;

import io.trunkline.gateway.billing.Rater;
import io.trunkline.gateway.billing.UnitFacts;
import io.trunkline.gateway.billing.UnitFold;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.BillingSettings.Format;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.JournalTail;
import io.trunkline.gateway.journal.NamesByNumber;
import io.trunkline.gateway.journal.ProcessLock;
import io.trunkline.gateway.journal.RecordView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Writes the records of a journal into files, each once. Where a file ends follows from the journal alone: before the first record
 * whose wall time lies in a later period than that of the file's first record (periods without a message join the next), or
 * behind the message that fills it. So every run over the same journal makes the same files.
 *
 * <p>A file counts from the moment its manifest has its name. What was under way when the process ended is made again, the same;
 * what has a manifest is never written again:
 *
 * <pre>
 *   draft of the file, forced ▸ file renamed ▸ draft of the manifest, forced ▸ manifest renamed ▸ directory forced ▸ cursor
 * </pre>
 *
 * After any {@link IOException} nothing that is in memory counts: the exporter is closed and another opened.
 */
public final class CdrExporter implements AutoCloseable {
    private final Settings settings;
    private final CdrStorage storage;
    private final JournalTail tail;
    private final NamesByNumber names = new NamesByNumber();
    private final UnitFold fold;
    private final CdrRecord record;
    private final CdrForm form;

    private long next;
    private long written;
    private long sequence;
    private String previousSha256;
    private ProcessLock lock;
    private CdrFileWriter file;
    private long firstRecord;
    private long period;
    private long lastTimeNs;
    private volatile long oldestNeeded;

    /**
     * What an exporter is to do.
     *
     * @param directory where files go; made where it is not there
     * @param shard whose journal it is: {@code shard-0}
     * @param periodMs length of a period
     * @param maxRecords messages at which a file ends in any case
     */
    public record Settings(
            Path directory, String shard, Format format, long periodMs, long maxRecords, BillingConfig billing) {}

    private CdrExporter(final Settings settings, final CdrStorage storage, final JournalTail tail) {
        this.settings = settings;
        this.storage = storage;
        this.tail = tail;
        record = new CdrRecord(names, new Rater(settings.billing(), names));
        form = CdrForm.of(settings.format(), settings.shard());
        fold = new UnitFold(names, this::write);
    }

    /**
     * Goes on where the last exporter for this directory ended.
     *
     * @param tail closed with the exporter
     * @throws IOException where the directory cannot be read or written, or holds the records of another journal
     * @throws JournalException where another exporter writes to it, or the journal cannot be read
     */
    public static CdrExporter open(final Settings settings, final JournalTail tail) throws IOException {
        return open(settings, CdrStorage.FILES, tail);
    }

    static CdrExporter open(final Settings settings, final CdrStorage storage, final JournalTail tail)
            throws IOException {
        final CdrExporter exporter = new CdrExporter(settings, storage, tail);
        try {
            exporter.resume();
        } catch (final IOException | RuntimeException e) {
            exporter.close();
            throw e;
        }
        return exporter;
    }

    private void resume() throws IOException {
        final Path kept = CdrCursor.path(settings.directory(), settings.shard());
        Files.createDirectories(kept.getParent());
        lock = ProcessLock.acquire(
                kept.resolveSibling(settings.shard() + ".lock"),
                settings.directory().toString(),
                "one exporter writes to a directory: stop it, or give this one another");
        final CdrCursor cursor = CdrCursor.read(kept);
        names.restore(cursor.tenants(), cursor.carriers(), cursor.binds());
        sequence = cursor.sequence();
        previousSha256 = cursor.sha256();
        written = cursor.lastRecord();
        lastTimeNs = cursor.lastTimeNs();
        next = Math.max(1, cursor.resumeFrom());
        for (final CdrManifest manifest : manifests(settings.directory(), settings.shard())) {
            // Files that were finished, and whose cursor was not written any more, or was removed.
            if (manifest.sequence() > sequence) {
                sequence = manifest.sequence();
                previousSha256 = manifest.sha256();
                written = manifest.lastRecord();
                lastTimeNs = 0;
            }
        }
        if (written > 0 && !tail.had(written, lastTimeNs)) {
            throw new IOException(settings.directory() + " has what another journal recorded, up to record " + written
                    + ": this one was begun anew, or lost its end; give its files a directory of their own");
        }
        fold.quietUntil(written);
        oldestNeeded = next;
        names.ahead(tail);
    }

    /** The manifests in a directory, by sequence. */
    static List<CdrManifest> manifests(final Path directory, final String shard) throws IOException {
        final List<CdrManifest> found = new ArrayList<>();
        for (final Path path : manifestPaths(directory, shard)) {
            found.add(CdrManifest.read(path));
        }
        return found;
    }

    static List<Path> manifestPaths(final Path directory, final String shard) throws IOException {
        final String prefix = "cdr-" + shard + "-";
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> {
                        final String name = path.getFileName().toString();
                        return name.startsWith(prefix) && name.endsWith(CdrManifest.SUFFIX);
                    })
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads what has come to the journal, and finishes the files that end in it.
     *
     * @return records read
     * @throws IOException where a file cannot be written; see above
     */
    public long poll() throws IOException {
        final long before = next;
        try {
            next = tail.read(next, this::onRecord);
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
        return next - before;
    }

    private void onRecord(final RecordView journaled) {
        final long at = journaled.sequence();
        if (at <= written) {
            fold.onRecord(journaled);
            return;
        }
        try {
            final long itsPeriod =
                    Math.floorDiv(TimeUnit.NANOSECONDS.toMillis(journaled.wallTimeNs()), settings.periodMs());
            if (file != null && itsPeriod > period) {
                if (file.totals().records() > 0) {
                    finish(fold.last());
                } else {
                    period = itsPeriod;
                }
            }
            if (file == null) {
                begin(itsPeriod);
            }
            fold.onRecord(journaled);
            lastTimeNs = journaled.wallTimeNs();
            if (file.totals().records() >= settings.maxRecords()) {
                finish(at);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin(final long itsPeriod) throws IOException {
        period = itsPeriod;
        firstRecord = written + 1;
        file = CdrFileWriter.create(form, storage, path(sequence + 1));
    }

    private Path path(final long ofSequence) {
        return settings.directory().resolve(CdrManifest.fileName(settings.shard(), ofSequence, form.suffix()));
    }

    private void write(final UnitFacts facts) {
        try {
            file.record(record.of(facts));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finish(final long lastRecord) throws IOException {
        final Path path = path(sequence + 1);
        final String sha256 = file.finish();
        storage.force(CdrStorage.draft(path));
        storage.rename(CdrStorage.draft(path), path);
        final CdrTotals totals = file.totals();
        final CdrManifest manifest = new CdrManifest(
                settings.shard(),
                sequence + 1,
                path.getFileName().toString(),
                file.bytes(),
                sha256,
                previousSha256,
                firstRecord,
                lastRecord,
                totals.records(),
                totals.segments(),
                totals.priceMissing(),
                totals.costMissing(),
                totals.incomplete(),
                totals.sums(),
                fold.takeGaps(),
                settings.billing().hash());
        storage.write(CdrManifest.path(settings.directory(), path.getFileName().toString()), manifest.content());
        storage.forceDirectory(settings.directory());
        file = null;
        sequence++;
        written = lastRecord;
        previousSha256 = sha256;
        final CdrCursor cursor = CdrCursor.after(manifest, lastTimeNs, fold.oldestOpen(lastRecord + 1), names);
        final Path cursorPath = CdrCursor.path(settings.directory(), settings.shard());
        storage.write(cursorPath, cursor.content());
        storage.forceDirectory(cursorPath.getParent());
        oldestNeeded = cursor.resumeFrom();
    }

    /** Oldest record that this exporter, or the one after it, will read. Any thread. */
    public long oldestNeeded() {
        return oldestNeeded;
    }

    /** Sequence of the last file that is finished. */
    public long sequence() {
        return sequence;
    }

    /** Last record of the journal that is in a finished file. */
    public long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        tail.close();
        try {
            if (file != null) {
                file.close();
                file = null;
            }
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
