package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.Catalogue.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is done once between recovery and the first append of a new run. */
final class RunOpening {
    private final JournalContext context;
    private final Recovery recovery;
    private final RecoveryReport report;

    RunOpening(final JournalContext context, final Recovery recovery, final RecoveryReport report) {
        this.context = context;
        this.recovery = recovery;
        this.report = report;
    }

    /**
     * Makes durable what recovery has read, closes the files that no one closed, and notes the sequences that are lost.
     *
     * @return the state to go on with
     */
    JournalState sealEarlierRuns() throws IOException {
        for (final Entry entry : recovery.catalogue().files()) {
            if (entry.present()
                    && entry.file().manifest() == null
                    && !entry.file().empty()) {
                seal(entry.file());
            }
        }
        for (final Path empty : recovery.catalogue().emptyFiles()) {
            Files.delete(empty);
        }
        JournalState state = recovery.state();
        final long last = lastReadable();
        if (last < report.nextSequence() - 1 && !state.isLost(last + 1, report.nextSequence() - 1)) {
            state = state.with(new JournalState.Lost(last + 1, report.nextSequence() - 1));
        }
        state.write(context.directory(), context.storage());
        return state;
    }

    private long lastReadable() {
        long last = recovery.state().floor() - 1;
        for (final Entry entry : recovery.catalogue().files()) {
            last = Math.max(last, entry.file().lastSequence());
        }
        return last;
    }

    /**
     * Forces a file that its writer did not close, so that what recovery read cannot be lost after it was acted upon.
     * The end that may never have been forced is first written to itself: had its writer died of a failed force, the
     * kernel would hold these pages for clean and force nothing.
     */
    private void seal(final CycleFile file) throws IOException {
        final Storage.Handle handle = context.storage().open(file.path());
        try {
            if (context.durability() == Durability.DISK
                    && file.lastSequence() > recovery.mark().durable()) {
                final int entry = file.index().floor(Math.max(recovery.mark().durable(), 0));
                final long from = entry < 0 ? 0 : file.index().offset(entry);
                handle.rewrite(from, file.endOffset() - from);
            }
            handle.force();
            file.close(false).write(file.manifestPath(), context.storage());
            handle.releaseBehind(file.endOffset() + CycleWriter.OWN_BYTES);
        } finally {
            handle.close();
        }
    }

    /** Makes the directory of a run. */
    Path makeRun(final long run) throws IOException {
        final Path directory = Catalogue.runDirectory(context.directory(), run);
        Files.createDirectory(directory);
        context.storage().forceDirectory(context.directory());
        return directory;
    }

    /** Fills the holes of a file that Chronicle stores into through a mapping. */
    void allocateAll(final Path file) throws IOException {
        final Storage.Handle handle = context.storage().open(file);
        try {
            handle.allocate(0, Files.size(file));
        } finally {
            handle.close();
        }
    }

    /** The files of earlier runs, in order. */
    List<CycleFile> readable() {
        final List<CycleFile> files = new ArrayList<>();
        for (final Entry entry : recovery.catalogue().files()) {
            if (entry.present() && !entry.file().empty()) {
                files.add(entry.file());
            }
        }
        return files;
    }
}
