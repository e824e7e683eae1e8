package io.trunkline.gateway.journal;

import java.time.Duration;

/**
 * The journal with its life: opened (which locks its directory), recovered, started, appended to, closed.
 *
 * <pre>{@code
 * final RecoveryReport report = store.recover(true, fold);
 * store.start();            // appends go to a fresh run from here on
 * ...
 * store.close();            // forces, writes the last manifest, lets go of the lock
 * }</pre>
 *
 * The append side belongs to one thread, the shard's; it need not be the one that opened, recovered and started.
 */
public interface JournalStore extends Journal, Checkpointed, AutoCloseable {
    /**
     * Hands out the records of earlier runs. Once, before {@link #start()}.
     *
     * @param fromLastCheckpoint from the last complete checkpoint, else from the oldest record kept
     * @throws JournalException where the files cannot be read at all
     */
    RecoveryReport recover(boolean fromLastCheckpoint, RecordHandler handler);

    /** Opens a fresh run. Sequences go on after {@link RecoveryReport#nextSequence()}. */
    void start();

    /** A reader for one thread; the caller closes it. Any thread. */
    RecordSource newSource();

    /** As of this run and those before it. Any thread. */
    @Override
    void readNames(RecordHandler handler);

    /** The {@code CheckpointEnd} of this checkpoint was committed. Called by the shard; the rest is done behind. */
    void checkpointCompleted(long beginSequence);

    /**
     * Lets go of whole files whose records are all below {@code floorSequence} and older than {@code keep}. What the
     * last checkpoints need is kept in any case. Any thread; the rest is done behind.
     *
     * @param keep how old the newest record of a file must be
     */
    void retain(long floorSequence, Duration keep);

    /**
     * Bytes that may still be appended before even the reserve is used up; {@code Long.MAX_VALUE} where that is not
     * known. At {@code STORAGE_LOW} the journal is {@link #exhausted()} long before this is none.
     */
    long headroom();

    /** Any thread. */
    JournalStatus status();

    @Override
    void close();
}
