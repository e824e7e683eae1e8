package io.trunkline.gateway.journal;

import io.trunkline.gateway.config.JournalSettings.Durability;

/**
 * How the journal stands, for {@code show journal}, metrics and readiness. Built on request by any thread.
 *
 * @param condition whether it takes new work
 * @param reason why not, for the operator; empty where it does
 * @param durability level in force
 * @param run number of this run of the daemon
 * @param published last sequence appended
 * @param durable last sequence at the level in force
 * @param oldest oldest sequence kept
 * @param files cycle files kept
 * @param bytes in these files, allocated ahead not counted
 * @param aheadBytes allocated ahead of the writer and not yet used
 * @param freeBytes free on the file system
 * @param forces forces so far; 0 at {@code PROCESS}
 */
public record JournalStatus(
        Condition condition,
        String reason,
        Durability durability,
        long run,
        long published,
        long durable,
        long oldest,
        int files,
        long bytes,
        long aheadBytes,
        long freeBytes,
        long forces) {

    /** Whether the journal takes new work. */
    public enum Condition {
        OK,
        /** The disk is nearly full: in-flight work may be finished from the reserve, new work is refused. */
        STORAGE_LOW,
        /** A durability error: final. The process must end. */
        FAILED
    }
}
