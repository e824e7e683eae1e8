package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.Checkpointed;
import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.RecordFilter;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecoveryReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The journal of a shard as files: for tools. Reads only, locks nothing, and may be used while the daemon writes. */
public final class JournalFiles implements Checkpointed {
    private static final String SHARD_PREFIX = "shard-";

    private final Path directory;

    private JournalFiles(final Path directory) {
        this.directory = directory;
    }

    /** Where the journal of a shard is in the data directory. */
    public static Path shardDirectory(final Path dataDirectory, final int shard) {
        return dataDirectory.resolve("journal").resolve(SHARD_PREFIX + shard);
    }

    /** The journals of all shards in a data directory. */
    public static List<JournalFiles> in(final Path dataDirectory) {
        final Path journals = dataDirectory.resolve("journal");
        if (!Files.isDirectory(journals)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(journals)) {
            return children.filter(child -> child.getFileName().toString().startsWith(SHARD_PREFIX))
                    .sorted()
                    .map(JournalFiles::new)
                    .toList();
        } catch (final IOException e) {
            throw new JournalException("cannot list " + journals + ": " + e, e);
        }
    }

    /** Where the runs are. */
    public Path directory() {
        return directory;
    }

    /** {@code shard-0}. */
    public String name() {
        return directory.getFileName().toString();
    }

    /**
     * Reads everything and holds it against all evidence.
     *
     * @param handler takes every whole record, oldest first
     */
    public RecoveryReport read(final RecordHandler handler) {
        return read(RecordFilter.ALL, handler);
    }

    /**
     * The same, for several threads that read all and share the work: each checks the checksums of its own records, and takes
     * those of the others as they are.
     *
     * @param checked goes by the record's unit or type alone
     */
    public RecoveryReport read(final RecordFilter checked, final RecordHandler handler) {
        try {
            final boolean live = isWritten();
            final Recovery recovery = Recovery.load(directory);
            recovery.scanner().checkOnly(checked);
            final RecoveryReport report = recovery.replay(false, handler);
            final JournalMark.Reading mark = recovery.mark();
            return live && mark.present() && !mark.damaged() ? withoutUnpublished(report, mark.published()) : report;
        } catch (final IOException e) {
            throw new JournalException("the journal " + directory + " cannot be read: " + e, e);
        }
    }

    @Override
    public void readNames(final RecordHandler handler) {
        try {
            Recovery.load(directory).replayNames(handler);
        } catch (final IOException e) {
            throw new JournalException("the journal " + directory + " cannot be read: " + e, e);
        }
    }

    /** What a daemon was just writing while it was read may have looked torn, and is nothing to report. */
    private static RecoveryReport withoutUnpublished(final RecoveryReport report, final long published) {
        final List<Damage> said = report.damaged().stream()
                .filter(damage -> damage.firstSequence() <= published)
                .toList();
        return new RecoveryReport(
                report.checkpoint(),
                report.firstSequence(),
                report.lastSequence(),
                report.nextSequence(),
                report.records(),
                report.bytes(),
                0,
                0,
                said,
                report.millis());
    }

    /**
     * Reads on as the journal grows.
     *
     * @param damages told of every damaged place that is met
     */
    public JournalFollower follow(final Consumer<Damage> damages) {
        return new JournalFollower(directory, damages);
    }

    private boolean isWritten() throws IOException {
        final Path lock = directory.resolve(JournalContext.LOCK);
        if (!Files.exists(lock)) {
            return false;
        }
        final String holder = Files.readString(lock, StandardCharsets.US_ASCII).strip();
        return holder.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(holder)).isPresent();
    }

    /** The cycle files with what their manifests say; those still open have no manifest. */
    public List<CycleSummary> files() {
        try {
            return Recovery.load(directory).catalogue().files().stream()
                    .map(JournalFiles::summary)
                    .toList();
        } catch (final IOException e) {
            throw new JournalException("the journal " + directory + " cannot be read: " + e, e);
        }
    }

    private static CycleSummary summary(final Catalogue.Entry entry) {
        final Manifest manifest = entry.file().manifest();
        if (manifest == null) {
            return new CycleSummary(entry.file().label(), "open", entry.firstSequence(), 0, 0, 0, 0);
        }
        return new CycleSummary(
                entry.file().label(),
                !entry.present() ? "missing" : manifest.clean() ? "clean" : "recovered",
                manifest.first(),
                manifest.last(),
                manifest.count(),
                manifest.excerpts(),
                manifest.end());
    }

    /**
     * One cycle file.
     *
     * @param file name with its run
     * @param closed {@code open}, {@code clean}, {@code recovered} or {@code missing}
     * @param firstSequence first record
     * @param lastSequence last record; 0 where the file is open
     * @param records count; 0 where the file is open
     * @param excerpts appends; 0 where the file is open
     * @param bytes used; 0 where the file is open
     */
    public record CycleSummary(
            String file,
            String closed,
            long firstSequence,
            long lastSequence,
            long records,
            long excerpts,
            long bytes) {}
}
