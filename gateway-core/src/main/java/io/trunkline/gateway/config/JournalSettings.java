package io.trunkline.gateway.config;

import java.time.Duration;
import java.util.List;

/**
 * {@code journal} of {@code gateway.yaml}.
 *
 * @param sealBodiesOf classes whose bodies nobody can read once their message has ended
 */
public record JournalSettings(
        Durability durability,
        GroupCommit groupCommit,
        Retention retention,
        Space space,
        List<MessageClass> sealBodiesOf,
        Checkpoint checkpoint) {
    public JournalSettings {
        sealBodiesOf = List.copyOf(sealBodiesOf);
    }

    /** Nothing is sealed. */
    public JournalSettings(
            final Durability durability,
            final GroupCommit groupCommit,
            final Retention retention,
            final Space space,
            final Checkpoint checkpoint) {
        this(durability, groupCommit, retention, space, List.of(), checkpoint);
    }

    /** What an acknowledgement promises. */
    public enum Durability {
        /** Survives {@code kill -9}: acknowledged once appended. */
        PROCESS,
        /** Survives power loss: acknowledged once forced to the disk. */
        DISK
    }

    /** At {@code DISK}, the force comes after this delay or this many bytes, whichever is first. */
    public record GroupCommit(Duration maxDelay, Size maxBytes) {}

    /**
     * Files whose records are all older than {@code keep} and that nobody needs are removed.
     *
     * @param unacknowledged how long a subscription may need its events
     */
    public record Retention(Duration keep, Duration unacknowledged) {
        /** Subscriptions keep nothing longer than the rest. */
        public Retention(final Duration keep) {
            this(keep, keep);
        }
    }

    /**
     * The disk under the journal.
     *
     * @param minFree below this much free space no new unit is accepted
     * @param reserve kept allocated, so that what was accepted can be finished on a full disk
     * @param allocateAhead allocated ahead of the writer
     */
    public record Space(Size minFree, Size reserve, Size allocateAhead) {}

    /** A checkpoint is written at this interval or after this many bytes, whichever is first. */
    public record Checkpoint(Duration every, Size everyBytes) {}
}
