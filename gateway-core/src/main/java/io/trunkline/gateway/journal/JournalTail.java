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

    @Override
    void close();
}
