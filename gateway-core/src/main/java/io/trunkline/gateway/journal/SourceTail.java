package io.trunkline.gateway.journal;

import java.util.function.LongSupplier;

/** A tail of a journal's source. */
public final class SourceTail implements JournalTail {
    private static final int BATCH = 4096;

    private final RecordSource source;
    private final LongSupplier durable;
    private final int mostRecords;

    /**
     * A tail.
     *
     * @param source closed with this
     * @param durable last sequence that a power cut leaves
     */
    public SourceTail(final RecordSource source, final LongSupplier durable) {
        this(source, durable, BATCH);
    }

    /** A tail that hands out at most {@code mostRecords} at a call. */
    public SourceTail(final RecordSource source, final LongSupplier durable, final int mostRecords) {
        this.source = source;
        this.durable = durable;
        this.mostRecords = mostRecords;
    }

    /** A tail of a source that hands out durable records alone. */
    public static SourceTail ofDurable(final RecordSource source) {
        return new SourceTail(source, () -> Long.MAX_VALUE);
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
    public void close() {
        source.close();
    }
}
