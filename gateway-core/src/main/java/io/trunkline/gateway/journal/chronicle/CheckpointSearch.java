package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.CheckpointNames;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.codec.CheckpointBeginDecoder;
import io.trunkline.gateway.journal.codec.CheckpointEndDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which checkpoint a start may begin with: the newest whose records are all whole. The state names the last ones; where it is damaged,
 * the records are searched for their ends.
 */
final class CheckpointSearch {
    private final Recovery recovery;
    private final boolean stateDamaged;

    CheckpointSearch(final Recovery recovery, final boolean stateDamaged) {
        this.recovery = recovery;
        this.stateDamaged = stateDamaged;
    }

    /** The newest that is whole; null where there is none. */
    JournalState.Checkpoint newest() throws IOException {
        for (final JournalState.Checkpoint candidate : candidates()) {
            if (whole(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** Hands out the names of the newest, and where some of them are damaged those of the one before as well. */
    void names(final RecordHandler handler) throws IOException {
        for (final JournalState.Checkpoint candidate : candidates()) {
            final CheckpointNames names = new CheckpointNames(candidate.begin(), handler);
            recovery.lookThrough(candidate, names, names::complete);
            if (names.whole()) {
                return;
            }
        }
    }

    /** Newest first. */
    private List<JournalState.Checkpoint> candidates() throws IOException {
        final List<JournalState.Checkpoint> candidates =
                new ArrayList<>(recovery.state().checkpoints());
        if (stateDamaged) {
            candidates.addAll(ends());
        }
        candidates.removeIf(candidate -> candidate.begin() < recovery.state().floor());
        return candidates;
    }

    /** All that the records have the end of, newest first. */
    private List<JournalState.Checkpoint> ends() throws IOException {
        final List<JournalState.Checkpoint> ends = new ArrayList<>();
        final CheckpointEndDecoder decoder = new CheckpointEndDecoder();
        recovery.lookThrough(record -> {
            if (record.templateId() == CheckpointEndDecoder.TEMPLATE_ID) {
                decoder.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                ends.add(0, new JournalState.Checkpoint(decoder.beginSequence(), record.sequence()));
            }
        });
        return ends;
    }

    private boolean whole(final JournalState.Checkpoint checkpoint) throws IOException {
        final boolean[] beginSeen = new boolean[1];
        final long[] count = new long[1];
        final RecordHandler counter = record -> {
            count[0]++;
            beginSeen[0] |= record.sequence() == checkpoint.begin()
                    && record.templateId() == CheckpointBeginDecoder.TEMPLATE_ID;
        };
        recovery.lookThrough(checkpoint, counter, () -> false);
        return beginSeen[0] && count[0] == checkpoint.end() - checkpoint.begin() + 1;
    }
}
