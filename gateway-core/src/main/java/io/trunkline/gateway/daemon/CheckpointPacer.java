package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.JournalSettings;
import io.trunkline.gateway.journal.Journal;

/** Says when the next checkpoint is due: after a time, or after as many records as fill the configured bytes. */
final class CheckpointPacer {
    /** What a record takes on average; the interval need not be exact. */
    private static final long BYTES_PER_RECORD = 160;

    private static final long LOOK_EVERY_NS = 100_000_000;

    private final long everyNs;
    private final long everyRecords;
    private final Journal journal;
    private long lookAtNs;
    private long dueAtNs;
    private long dueAtSequence;
    private boolean started;
    private boolean writing;

    CheckpointPacer(final JournalSettings.Checkpoint settings, final Journal journal) {
        everyNs = settings.every().toNanos();
        everyRecords = Math.max(1, settings.everyBytes().bytes() / BYTES_PER_RECORD);
        this.journal = journal;
    }

    void poll(final long nowNs, final Runnable begin) {
        if (started && nowNs - lookAtNs < 0) {
            return;
        }
        lookAtNs = nowNs + LOOK_EVERY_NS;
        if (!started) {
            started = true;
            next(nowNs);
        } else if (!writing && (nowNs - dueAtNs >= 0 || journal.committed() >= dueAtSequence)) {
            writing = true;
            next(nowNs);
            begin.run();
        }
    }

    void completed() {
        writing = false;
    }

    private void next(final long nowNs) {
        dueAtNs = nowNs + everyNs;
        dueAtSequence = journal.committed() + everyRecords;
    }
}
