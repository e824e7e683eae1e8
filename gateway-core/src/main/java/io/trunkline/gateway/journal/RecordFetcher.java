package io.trunkline.gateway.journal;

/**
 * Reads for the shard without making it wait: it asks, and polls for what was read. Requests are served one after
 * another, in the order of asking. Both methods are called by the shard's thread only.
 */
public interface RecordFetcher extends AutoCloseable {
    /** Calls of the handler in one duty cycle: what one brings must not hold up the others' work. */
    int POLL_LIMIT = 256;

    /**
     * Asks for records.
     *
     * @param correlationId handed back with every record and with the end
     * @param fromSequence first sequence to look at
     * @param toSequence last sequence to look at
     * @param maxRecords ends after so many accepted records
     * @param filter runs on the reading thread
     * @return false where too many requests wait already: ask again later
     */
    boolean request(long correlationId, long fromSequence, long toSequence, int maxRecords, RecordFilter filter);

    /**
     * Hands out what was read since. What is not polled stays; when the buffer is full the reading thread waits.
     *
     * @param limit at most so many calls of the handler
     * @return calls made
     */
    int poll(Handler handler, int limit);

    @Override
    void close();

    /** Takes what was asked for. */
    interface Handler {
        /**
         * One record that was asked for.
         *
         * @param record valid only during the call
         */
        void onRecord(long correlationId, RecordView record);

        /**
         * The request is served.
         *
         * @param nextSequence where a next request would go on; may be below {@code toSequence} where
         *     {@code maxRecords} were found or nothing further is published yet
         * @param failed the journal could not be read; the daemon's log says why
         */
        void onEnd(long correlationId, long nextSequence, boolean failed);
    }
}
