package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private volatile JournalState.Checkpoint checkpoint;
    private volatile Retention retention;
    private volatile OpenCycle next;
    private volatile String low = "";
    private volatile boolean stopping;
    private volatile JournalState state;

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
        return low;
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
        checkpoint = complete;
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
                closeRetired();
                noteCheckpoint();
                letGo();
                LockSupport.parkNanos(this, PARK_NS);
            }
            closeRetired();
            noteCheckpoint();
            discardNext();
        } catch (final IOException | RuntimeException e) {
            journal.fail(new JournalException("the journal's files could not be kept: " + e, e));
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
        for (OpenCycle old = toClose.poll(); old != null; old = toClose.poll()) {
            closeCycle(old, context);
        }
    }

    /** Writes the manifest of a file that is complete and lets go of it. */
    static void closeCycle(final OpenCycle old, final JournalContext context) throws IOException {
        old.handle().force();
        old.file().close(true).write(old.file().manifestPath(), context.storage());
        old.handle().releaseBehind(old.file().endOffset() + KEPT_BEHIND_END);
        old.handle().close();
    }

    private void noteCheckpoint() throws IOException {
        final JournalState.Checkpoint complete = checkpoint;
        if (complete != null && complete.end() <= durable.getAsLong()) {
            checkpoint = null;
            state = state.with(complete);
            state.write(context.directory(), context.storage());
        }
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

    /** The floor goes up first: a crash between the two leaves files that are known to be of no use. */
    private void delete(final CycleFile file, final CycleFile following) throws IOException {
        final long floor = following.empty() ? file.lastSequence() + 1 : following.firstSequence();
        state = state.withFloor(floor);
        state.write(context.directory(), context.storage());
        cycles.remove(file);
        Files.deleteIfExists(file.path());
        Files.deleteIfExists(file.manifestPath());
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

    private void discardNext() throws IOException {
        final OpenCycle unused = next;
        if (unused != null) {
            next = null;
            unused.handle().close();
            Files.deleteIfExists(unused.file().path());
        }
    }
}
