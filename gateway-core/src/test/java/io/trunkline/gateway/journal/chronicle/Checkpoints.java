package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.codec.CheckpointBeginEncoder;
import io.trunkline.gateway.journal.codec.CheckpointEndEncoder;
import io.trunkline.gateway.journal.codec.UnitSnapshotEncoder;

/** Checkpoints for tests, without snapshots. */
public final class Checkpoints {
    private Checkpoints() {}

    /** A whole checkpoint with what is recorded within it; returns the sequence of its begin. */
    public static long around(final JournalStore journal, final Runnable within) {
        final long begin = append(journal);
        within.run();
        end(journal, begin);
        journal.publish();
        journal.checkpointCompleted(begin);
        return begin;
    }

    /** Commits the begin of a checkpoint and returns its sequence. */
    public static long append(final Journal journal) {
        final int offset = journal.begin(CheckpointBeginEncoder.TEMPLATE_ID, 0, CheckpointBeginEncoder.BLOCK_LENGTH);
        final CheckpointBeginEncoder encoder = new CheckpointBeginEncoder();
        encoder.wrap(journal.buffer(), offset).lastUnitId(0).openUnits(0).configVersion(1);
        return journal.commit(CheckpointBeginEncoder.BLOCK_LENGTH);
    }

    /** Commits the snapshot of an open unit without parts. */
    public static long snapshot(final Journal journal) {
        final int offset = journal.begin(UnitSnapshotEncoder.TEMPLATE_ID, 1, 2 * UnitSnapshotEncoder.BLOCK_LENGTH);
        final UnitSnapshotEncoder encoder = new UnitSnapshotEncoder();
        encoder.wrap(journal.buffer(), offset).partsCount(0);
        return journal.commit(encoder.encodedLength());
    }

    /** Commits the end of a checkpoint. */
    public static long end(final Journal journal, final long begin) {
        final int offset = journal.begin(CheckpointEndEncoder.TEMPLATE_ID, 0, CheckpointEndEncoder.BLOCK_LENGTH);
        new CheckpointEndEncoder().wrap(journal.buffer(), offset).beginSequence(begin);
        return journal.commit(CheckpointEndEncoder.BLOCK_LENGTH);
    }
}
