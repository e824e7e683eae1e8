package io.trunkline.gateway.journal;

/** What has the newest checkpoint of a journal. */
@FunctionalInterface
public interface Checkpointed {
    /**
     * Hands out the names of the newest checkpoint, as {@code Named} records; nothing where there is none. Where the oldest files are
     * gone, the records that gave the names first are gone, too: whoever goes by names takes them from here before it reads.
     *
     * @throws JournalException where the journal cannot be read
     */
    void readNames(RecordHandler handler);
}
