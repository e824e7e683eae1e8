package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.config.JournalSettings;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.ProcessLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What a journal is made of.
 *
 * @param directory of this shard; made where it does not exist
 * @param shard number stamped on records
 * @param durability what {@code durable()} means
 * @param maxDelayNs under load, forces begin at most this far apart
 * @param maxBytes under load, a force begins at this many bytes
 * @param minFreeBytes below this much free space no new work is accepted
 * @param reserveBytes kept allocated behind the writer for work that was accepted before
 * @param allocateAheadBytes allocated ahead of the writer, besides the reserve
 * @param cycleBytes a new file is begun at this size
 * @param cycleNs a new file is begun at this age, so that retention can let go of the old one
 * @param wakeUp called after durable() has advanced, by another thread than the shard's
 * @param onFailure told once of the first durability error, by any thread; the process must end
 * @param onDamage told of every damaged place met while reading, by the thread that reads
 * @param wallClockNs nanoseconds since the epoch; may jump
 * @param storage the disk
 */
record JournalContext(
        Path directory,
        int shard,
        Durability durability,
        long maxDelayNs,
        long maxBytes,
        long minFreeBytes,
        long reserveBytes,
        long allocateAheadBytes,
        long cycleBytes,
        long cycleNs,
        Runnable wakeUp,
        Consumer<JournalException> onFailure,
        Consumer<Damage> onDamage,
        LongSupplier wallClockNs,
        Storage storage) {
    /** In its directory: which process writes it. */
    static final String LOCK = "journal.lock";

    private static final long DEFAULT_CYCLE_BYTES = 512L << 20;
    private static final long DEFAULT_CYCLE_NS = Duration.ofHours(1).toNanos();
    private static final long LARGE_BLOCK = 64L << 20;
    private static final long SMALL_BLOCK = 8L << 20;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    /** The journal of a shard as the config has it. */
    static JournalContext of(
            final Path directory,
            final int shard,
            final JournalSettings settings,
            final Runnable wakeUp,
            final Consumer<JournalException> onFailure,
            final Consumer<Damage> onDamage) {
        return new JournalContext(
                directory,
                shard,
                settings.durability(),
                settings.groupCommit().maxDelay().toNanos(),
                settings.groupCommit().maxBytes().bytes(),
                settings.space().minFree().bytes(),
                settings.space().reserve().bytes(),
                settings.space().allocateAhead().bytes(),
                DEFAULT_CYCLE_BYTES,
                DEFAULT_CYCLE_NS,
                wakeUp,
                onFailure,
                onDamage,
                () -> System.currentTimeMillis() * NANOS_PER_MILLI,
                new PosixStorage());
    }

    /** Takes the journal for this process. */
    ProcessLock lock() throws IOException {
        return ProcessLock.acquire(
                directory.resolve(LOCK),
                "journal " + directory,
                "stop it, or give this instance a data directory of its own");
    }

    /** Bytes that the writer maps at a time. */
    long blockBytes() {
        return cycleBytes >= LARGE_BLOCK ? LARGE_BLOCK : SMALL_BLOCK;
    }

    /** Free on the journal's disk; -1 where that cannot be told. */
    long freeBytes() {
        try {
            return storage.usableBytes(directory);
        } catch (final IOException e) {
            return -1;
        }
    }
}
