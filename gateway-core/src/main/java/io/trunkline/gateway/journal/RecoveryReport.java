package io.trunkline.gateway.journal;

import java.util.List;

/**
 * What recovery did.
 *
 * @param checkpoint sequence of the {@code CheckpointBegin} that the replay began at, or 0 where it began at the oldest
 *     record
 * @param firstSequence first record handed out; 0 where there was none
 * @param lastSequence last record handed out; 0 where there was none
 * @param nextSequence what the next record gets: above all sequences of which there is any evidence
 * @param records handed out
 * @param bytes of the records handed out
 * @param tornTailBytes at the end of the last run, written in part and never acknowledged: dropped
 * @param tornTailRecords known to have been published there and never forced: dropped; 0 where that is not known
 * @param damaged places that do not hold what they should, with what is lost by them
 * @param millis taken
 */
public record RecoveryReport(
        long checkpoint,
        long firstSequence,
        long lastSequence,
        long nextSequence,
        long records,
        long bytes,
        long tornTailBytes,
        long tornTailRecords,
        List<Damage> damaged,
        long millis) {
    public RecoveryReport {
        damaged = List.copyOf(damaged);
    }

    /** Records that should be there and cannot be read. */
    public long recordsLost() {
        return damaged.stream().mapToLong(Damage::records).sum();
    }

    public boolean clean() {
        return damaged.isEmpty();
    }
}
