package io.trunkline.gateway.journal;

/**
 * The records of a journal as far as they are durable: what is told of them must not be taken back by a power cut. For one
 * thread.
 */
public interface JournalTail extends Checkpointed, AutoCloseable {
    /**
     * Hands out the records from a sequence on.
     *
     * @return where to go on; {@code fromSequence} where nothing is there yet
     * @throws JournalException where the journal cannot be read
     */
    long read(long fromSequence, RecordHandler handler);

    /**
     * Whether this is the journal that had a record once: it has come as far, and where it has the record yet, that is of the same time. A
     * journal that was begun anew gives its numbers again, and its records would be taken for those of long ago.
     *
     * @param wallTimeNs of the record; 0 where that is not known
     */
    default boolean had(final long sequence, final long wallTimeNs) {
        final long[] first = new long[2];
        final long next = read(sequence, record -> {
            if (first[0] == 0) {
                first[0] = record.sequence();
                first[1] = record.wallTimeNs();
            }
        });
        final boolean another = first[0] == sequence && wallTimeNs != 0 && first[1] != wallTimeNs;
        return next > sequence && !another;
    }

    @Override
    void close();
}
