package io.trunkline.gateway.journal;

/**
 * Reads published records back by sequence. Used by one thread, which need not be the writer's; each thread opens its
 * own. Sees records up to the last {@link Journal#publish()}; whoever tells the outside of a record waits for
 * {@link Journal#durable()} (the output gate does).
 */
public interface RecordSource extends AutoCloseable {
    /**
     * Hands out records from {@code fromSequence} on. Records that retention has removed or that are damaged are left
     * out; the sequences of those handed out tell.
     *
     * @param fromSequence first sequence wanted
     * @param maxRecords at most so many
     * @return the sequence to go on from; {@code fromSequence} where nothing is there yet
     * @throws JournalException where the files cannot be read
     */
    long read(long fromSequence, int maxRecords, RecordHandler handler);

    /** The oldest sequence that is still kept. */
    long oldest();

    /** The newest sequence that can be read. */
    long newest();

    @Override
    void close();
}
