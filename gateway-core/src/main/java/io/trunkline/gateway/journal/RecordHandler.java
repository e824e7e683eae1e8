package io.trunkline.gateway.journal;

/** Takes records in the order of their sequences. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * The next record.
     *
     * @param record valid only during the call
     */
    void onRecord(RecordView record);
}
