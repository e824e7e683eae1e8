package io.trunkline.gateway.journal;

import io.trunkline.gateway.config.JournalSettings;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.config.Size;
import io.trunkline.gateway.journal.chronicle.ChronicleJournal;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.nio.file.Path;
import java.time.Duration;

/** A journal in a data directory for tests that fill it and read its files. */
public final class ShortJournal {
    private ShortJournal() {}

    /** Begins a run. */
    public static JournalStore open(final Path data) {
        final JournalSettings settings = new JournalSettings(
                Durability.PROCESS,
                new JournalSettings.GroupCommit(Duration.ofMillis(2), new Size(1024)),
                new JournalSettings.Retention(Duration.ofDays(1)),
                new JournalSettings.Space(new Size(0), new Size(1 << 20), new Size(1 << 20)),
                new JournalSettings.Checkpoint(Duration.ofMinutes(1), new Size(1 << 20)));
        final JournalStore journal = ChronicleJournal.open(
                JournalFiles.shardDirectory(data, 0), 0, settings, () -> {}, failure -> {}, damage -> {});
        journal.recover(true, record -> {});
        journal.start();
        return journal;
    }
}
