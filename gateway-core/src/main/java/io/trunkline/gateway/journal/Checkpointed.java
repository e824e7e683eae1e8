package io.trunkline.gateway.journal;

/** What has the newest checkpoint of a journal. */
@FunctionalInterface
public interface Checkpointed {
    /**
     * Hands out the records of the newest checkpoint, all names among them; nothing where there is none. Where the oldest files are
     * gone, the records that gave the names first are gone, too: whoever goes by names takes them from here before it reads.
     *
     * @throws JournalException where the journal cannot be read
     */
    void readCheckpoint(RecordHandler handler);
}
