package io.trunkline.gateway.journal;

import io.trunkline.gateway.journal.codec.CheckpointEndDecoder;
import io.trunkline.gateway.journal.codec.DedupeSnapshotDecoder;
import io.trunkline.gateway.journal.codec.NamedDecoder;
import io.trunkline.gateway.journal.codec.UnitSnapshotDecoder;

/**
 * Picks the names out of a checkpoint whose records come from its begin on. They stand before its snapshots, so whoever wants names alone
 * need not read a million open units.
 */
public final class CheckpointNames implements RecordHandler {
    private static final int BATCH = 256;

    private final RecordHandler handler;
    private long next;
    private boolean gap;
    private boolean complete;

    /** @param begin sequence of the checkpoint's begin */
    public CheckpointNames(final long begin, final RecordHandler handler) {
        next = begin;
        this.handler = handler;
    }

    /**
     * Reads on until all names have come.
     *
     * @param end sequence of the checkpoint's end
     */
    public void read(final RecordSource source, final long end) {
        long before = 0;
        while (next <= end && next > before && !complete) {
            before = next;
            final long reached = source.read(next, (int) Math.min(BATCH, end - next + 1), this);
            gap |= reached > next;
            next = Math.max(next, reached);
        }
    }

    @Override
    public void onRecord(final RecordView record) {
        if (complete) {
            return;
        }
        gap |= record.sequence() != next;
        next = record.sequence() + 1;
        switch (record.templateId()) {
            case NamedDecoder.TEMPLATE_ID -> handler.onRecord(record);
            case UnitSnapshotDecoder.TEMPLATE_ID, DedupeSnapshotDecoder.TEMPLATE_ID, CheckpointEndDecoder.TEMPLATE_ID ->
                complete = true;
            default -> {
                // Traffic goes on beside a checkpoint.
            }
        }
    }

    /** No more names will come. */
    public boolean complete() {
        return complete;
    }

    /** All names came: no record was missing among them. */
    public boolean whole() {
        return complete && !gap;
    }
}
