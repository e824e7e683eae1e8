package io.trunkline.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
        Bodies bodies,
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
        this(durability, groupCommit, retention, space, List.of(), Bodies.AS_THEY_CAME, checkpoint);
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

    /**
     * How bodies stand in the journal.
     *
     * @param readableFor how long they can be read; empty: for as long as their records are kept
     * @param keys that what they are enciphered with lies on the disk under, the one in use first; none: as it is
     */
    public record Bodies(Optional<Duration> readableFor, List<Key> keys) {
        /** Nothing is done to them. */
        public static final Bodies AS_THEY_CAME = new Bodies(Optional.empty(), List.of());

        public Bodies {
            keys = List.copyOf(keys);
        }

        /** Whether bodies are enciphered. */
        public boolean enciphered() {
            return readableFor.isPresent() || !keys.isEmpty();
        }
    }

    /**
     * A key of AES-256.
     *
     * @param id that what is enciphered under it names it by
     * @param key 64 hexadecimal digits
     */
    public record Key(int id, Secret key) {}

    /** A checkpoint is written at this interval or after this many bytes, whichever is first. */
    public record Checkpoint(Duration every, Size everyBytes) {}
}
