package io.trunkline.gateway.journal;

import java.util.function.LongSupplier;

/** A tail of a journal's source. */
public final class SourceTail implements JournalTail {
    private static final int BATCH = 4096;

    private final RecordSource source;
    private final LongSupplier durable;
    private final Checkpointed checkpoint;
    private final int mostRecords;

    private SourceTail(
            final RecordSource source,
            final LongSupplier durable,
            final Checkpointed checkpoint,
            final int mostRecords) {
        this.source = source;
        this.durable = durable;
        this.checkpoint = checkpoint;
        this.mostRecords = mostRecords;
    }

    /** A tail of the journal that this process writes. */
    public static SourceTail of(final JournalStore journal) {
        return of(journal, BATCH);
    }

    /** One that hands out at most {@code mostRecords} at a call. */
    public static SourceTail of(final JournalStore journal, final int mostRecords) {
        return new SourceTail(journal.newSource(), () -> journal.status().durable(), journal, mostRecords);
    }

    /**
     * A tail of a source that hands out durable records alone.
     *
     * @param source closed with this
     * @param checkpoint of the same journal
     */
    public static SourceTail ofDurable(final RecordSource source, final Checkpointed checkpoint) {
        return new SourceTail(source, () -> Long.MAX_VALUE, checkpoint, BATCH);
    }

    @Override
    public long read(final long fromSequence, final RecordHandler handler) {
        final long last = durable.getAsLong();
        if (fromSequence > last) {
            return fromSequence;
        }
        final int batch = (int) Math.min(mostRecords, last - fromSequence + 1);
        final long next = source.read(fromSequence, batch, record -> {
            if (record.sequence() <= last) {
                handler.onRecord(record);
            }
        });
        return Math.min(next, last == Long.MAX_VALUE ? last : last + 1);
    }

    @Override
    public void readNames(final RecordHandler handler) {
        checkpoint.readNames(handler);
    }

    @Override
    public void close() {
        source.close();
    }
}
