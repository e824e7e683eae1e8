package io.trunkline.gateway.journal.chronicle;

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
        final List<JournalState.Checkpoint> candidates =
                new ArrayList<>(recovery.state().checkpoints());
        if (stateDamaged) {
            candidates.addAll(ends());
        }
        for (final JournalState.Checkpoint candidate : candidates) {
            if (candidate.begin() >= recovery.state().floor() && whole(candidate)) {
                return candidate;
            }
        }
        return null;
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
        recovery.lookThrough(checkpoint, record -> {
            count[0]++;
            beginSeen[0] |= record.sequence() == checkpoint.begin()
                    && record.templateId() == CheckpointBeginDecoder.TEMPLATE_ID;
        });
        return beginSeen[0] && count[0] == checkpoint.end() - checkpoint.begin() + 1;
    }
}
