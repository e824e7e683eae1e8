package io.trunkline.perf.prove;

import io.trunkline.gateway.config.JournalSettings;
import io.trunkline.gateway.config.JournalSettings.Checkpoint;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.config.JournalSettings.GroupCommit;
import io.trunkline.gateway.config.JournalSettings.Retention;
import io.trunkline.gateway.config.JournalSettings.Space;
import io.trunkline.gateway.config.Size;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.ChronicleJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Reads the journal of a daemon that has stopped, from its first record, without starting a run of its own. */
public final class JournalFiles {
    private static final String LOCK = "journal.lock";
    private static final int DEPTH = 4;
    /** Reading needs none of these; opening wants them all the same. */
    private static final JournalSettings SETTINGS = new JournalSettings(
            Durability.PROCESS,
            new GroupCommit(Duration.ofMillis(2), new Size(1 << 18)),
            new Retention(Duration.ofDays(7)),
            new Space(new Size(1 << 20), new Size(0), new Size(1 << 20)),
            new Checkpoint(Duration.ofMinutes(1), new Size(1 << 29)));

    private JournalFiles() {}

    /**
     * Folds all records below the data directory.
     *
     * @throws IllegalStateException where there is no journal, or it is damaged
     */
    public static JournalView read(final Path data) {
        final JournalView view = new JournalView();
        read(data, view);
        return view;
    }

    /**
     * Hands out all records below the data directory.
     *
     * @throws IllegalStateException where there is no journal, or it is damaged
     */
    public static void read(final Path data, final RecordHandler handler) {
        for (final Path shard : shards(data)) {
            try (JournalStore journal =
                    ChronicleJournal.open(shard, 0, SETTINGS, () -> {}, failure -> {}, damage -> {})) {
                final RecoveryReport report = journal.recover(false, handler);
                if (!report.clean()) {
                    throw new IllegalStateException("the journal is damaged: " + report.damaged());
                }
            }
        }
    }

    private static List<Path> shards(final Path data) {
        try (Stream<Path> files = Files.walk(data, DEPTH)) {
            final List<Path> found = files.filter(file -> file.endsWith(LOCK))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("no journal below " + data);
            }
            return found;
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot look for the journal in " + data, e);
        }
    }
}
