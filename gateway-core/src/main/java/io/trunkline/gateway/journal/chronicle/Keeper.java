package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * What the journal needs done beside the shard: space allocated ahead, the next file made ready, old files closed with
 * their manifests, checkpoints noted, old files let go of. One thread; it never blocks the shard.
 */
final class Keeper implements Runnable {
    private static final long PARK_NS = 50_000_000L;
    private static final int MAX_WAITING = 128;
    /** Kept behind the last record of a closed file: Chronicle's end mark is there, and a torn tail if there is one. */
    private static final long KEPT_BEHIND_END = CycleWriter.OWN_BYTES;

    private final ChronicleJournal journal;
    private final JournalContext context;
    private final CycleList cycles;
    private final LongSupplier durable;
    private final ManyToOneConcurrentArrayQueue<OpenCycle> toClose = new ManyToOneConcurrentArrayQueue<>(MAX_WAITING);
    private final Thread thread;

    private final AtomicReference<JournalState.Checkpoint> checkpoint = new AtomicReference<>();
    private volatile Retention retention;
    private volatile OpenCycle next;
    private volatile String low = "";
    /** What could not be done and is tried again; empty where there is nothing. */
    private volatile String undone = "";

    private volatile boolean stopping;
    private volatile JournalState state;
    /** Of the thread alone: complete and forced, its manifest not written yet. */
    private OpenCycle closing;

    private record Retention(long floor, Duration keep) {}

    Keeper(
            final ChronicleJournal journal,
            final JournalContext context,
            final CycleList cycles,
            final JournalState state,
            final LongSupplier durable) {
        this.journal = journal;
        this.context = context;
        this.cycles = cycles;
        this.state = state;
        this.durable = durable;
        thread = new Thread(this, "journal-keep-" + context.shard());
    }

    void start() {
        thread.start();
    }

    /** The newest that is complete and on the disk; null where there is none. Any thread. */
    JournalState.Checkpoint newestCheckpoint() {
        final List<JournalState.Checkpoint> kept = state.checkpoints();
        return kept.isEmpty() ? null : kept.get(0);
    }

    void wakeUp() {
        LockSupport.unpark(thread);
    }

    /** Why no new work is taken; empty where it is. */
    String low() {
        final String space = low;
        return space.isEmpty() ? undone : space;
    }

    /** The shard has found no room itself. */
    void low(final String reason) {
        low = reason;
        wakeUp();
    }

    /** Takes the file that is ready to be written next; null where there is none. */
    OpenCycle next() {
        return next;
    }

    void nextTaken() {
        next = null;
        wakeUp();
    }

    /** Nothing more is appended to this file, and all of it is forced where the level asks for that. */
    void close(final OpenCycle old) {
        while (!toClose.offer(old)) {
            Thread.onSpinWait();
        }
        wakeUp();
    }

    void checkpoint(final JournalState.Checkpoint complete) {
        checkpoint.set(complete);
        wakeUp();
    }

    void retain(final long floor, final Duration keep) {
        retention = new Retention(floor, keep);
        wakeUp();
    }

    /** Does what is left and ends. */
    void stop() {
        stopping = true;
        wakeUp();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                journal.keeperAnswered();
                checkSpace();
                write();
                LockSupport.parkNanos(this, PARK_NS);
            }
            write();
            closeUndone();
            discardNext();
        } catch (final IOException | RuntimeException e) {
            journal.fail(new JournalException("the journal's files could not be kept: " + e, e));
        }
    }

    /** What is written beside the records can wait for room, and the next start can do without it. */
    private void write() {
        try {
            // First: it makes room.
            letGo();
            closeRetired();
            noteCheckpoint();
            undone = "";
        } catch (final IOException e) {
            undone = "the journal's files could not be kept, which is tried again: " + e;
        }
    }

    /** Allocates ahead and makes the next file ready; where that fails, no new work is taken until it does not. */
    private void checkSpace() throws IOException {
        final long free = context.storage().usableBytes(context.directory());
        if (free < context.minFreeBytes()) {
            low = "only " + free + " bytes are free on the journal's disk, less than " + context.minFreeBytes();
            return;
        }
        try {
            final OpenCycle current = journal.current();
            final long ahead = context.reserveBytes() + context.allocateAheadBytes();
            final long end = current.file().endOffset() + ahead;
            if (current.allocatedEnd() < end - ahead / 4 || !low.isEmpty()) {
                current.allocateTo(end);
            }
            // The shard goes on to the next file before it clears `next`: in this order the file is not made twice.
            if (next == null && journal.rollIsNear()) {
                next = journal.prepare(CycleWriter.cycleAfter(journal.current().cycle(), journal.wallMillis()));
            }
            low = "";
        } catch (final IOException e) {
            low = e.getMessage();
        }
    }

    private void closeRetired() throws IOException {
        for (OpenCycle old = toBeClosed(); old != null; old = toBeClosed()) {
            closeCycle(old, context);
            closing = null;
        }
    }

    private OpenCycle toBeClosed() {
        if (closing == null) {
            closing = toClose.poll();
        }
        return closing;
    }

    /**
     * Writes the manifest of a file that is complete and lets go of it.
     *
     * @throws IOException where that could not be done, and may be tried again
     * @throws JournalException where the file could not be forced, which is final
     */
    static void closeCycle(final OpenCycle old, final JournalContext context) throws IOException {
        try {
            old.handle().force();
        } catch (final IOException e) {
            throw new JournalException(old.file().label() + " could not be forced to disk: " + e, e);
        }
        old.file().close(true).write(old.file().manifestPath(), context.storage());
        old.handle().releaseBehind(old.file().endOffset() + KEPT_BEHIND_END);
        old.handle().close();
    }

    /** Closes the file of a run that ends. On a full disk it stays without a manifest, and the next start makes one. */
    static void closeLast(final OpenCycle last, final JournalContext context) throws IOException {
        try {
            closeCycle(last, context);
        } catch (final IOException e) {
            last.handle().close();
        }
    }

    private void noteCheckpoint() throws IOException {
        final JournalState.Checkpoint complete = checkpoint.get();
        if (complete != null && complete.end() <= durable.getAsLong()) {
            write(state.with(complete));
            checkpoint.compareAndSet(complete, null);
        }
    }

    private void write(final JournalState newState) throws IOException {
        newState.write(context.directory(), context.storage());
        state = newState;
    }

    private void letGo() throws IOException {
        final Retention wish = retention;
        if (wish == null) {
            return;
        }
        retention = null;
        long floor = wish.floor;
        for (final JournalState.Checkpoint kept : state.checkpoints()) {
            floor = Math.min(floor, kept.begin());
        }
        final long newestWallNs = context.wallClockNs().getAsLong() - wish.keep.toNanos();
        final CycleFile[] files = cycles.files();
        for (int i = 0; i < files.length - 1; i++) {
            final CycleFile file = files[i];
            if (file.manifest() == null || file.lastSequence() >= floor || file.lastWallNs() >= newestWallNs) {
                return;
            }
            delete(file, files[i + 1]);
        }
    }

    /**
     * The manifest goes first: where the disk is full, what it took is enough for the state. The floor goes up before the records
     * go: a crash between the two leaves a file that is known to be of no use.
     */
    private void delete(final CycleFile file, final CycleFile following) throws IOException {
        Files.deleteIfExists(file.manifestPath());
        write(state.withFloor(following.empty() ? file.lastSequence() + 1 : following.firstSequence()));
        cycles.remove(file);
        Files.deleteIfExists(file.path());
        final Path run = file.path().getParent();
        if (!run.equals(following.path().getParent())) {
            deleteRun(run);
        }
        context.storage().forceDirectory(context.directory());
    }

    /** Removes the directory of a run that holds no cycle file any more. */
    private static void deleteRun(final Path directory) throws IOException {
        final List<Path> left = new ArrayList<>();
        try (Stream<Path> children = Files.list(directory)) {
            children.forEach(left::add);
        }
        if (left.stream().noneMatch(path -> path.toString().endsWith(CycleFile.SUFFIX))) {
            for (final Path path : left) {
                Files.delete(path);
            }
            Files.delete(directory);
        }
    }

    /** At the end: the next start closes what has no manifest. */
    private void closeUndone() throws IOException {
        for (OpenCycle old = toBeClosed(); old != null; old = toBeClosed()) {
            old.handle().close();
            closing = null;
        }
    }

    private void discardNext() throws IOException {
        final OpenCycle unused = next;
        if (unused != null) {
            next = null;
            unused.handle().close();
            Files.deleteIfExists(unused.file().path());
        }
    }
}
