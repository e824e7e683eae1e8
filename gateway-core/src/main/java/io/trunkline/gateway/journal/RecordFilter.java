package io.trunkline.gateway.journal;

/** Chooses records; runs on the reading thread, so it must not touch the shard's state. */
@FunctionalInterface
public interface RecordFilter {
    /** Takes every record. */
    RecordFilter ALL = record -> true;

    boolean accept(RecordView record);
}
