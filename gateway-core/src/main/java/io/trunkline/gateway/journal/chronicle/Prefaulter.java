package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.config.JournalSettings.Durability;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;

/**
 * Has the pages ahead of the writer in memory and mapped before it gets there. Without it each 4 KiB of the journal cost
 * the shard a page fault, and where the disk's read-ahead is large one fault in many cleared megabytes of memory at once:
 * 20 ms at 8 MiB. One thread per journal, asleep until the writer has used up half of what was made ready.
 *
 * <p>Needs {@code MADV_POPULATE_*} of Linux 5.14; on kernels before it the writer takes its faults itself.
 */
final class Prefaulter implements Runnable, AutoCloseable {
    /** Made ready ahead of the writer: a tenth of a second at 160 MB/s. */
    static final long AHEAD_BYTES = 16L << 20;

    /** Per system call: whoever maps or unmaps memory meanwhile waits for the end of one. */
    private static final long STEP_BYTES = 1L << 20;

    private static final long PAGE_BYTES = 4096;
    /** From {@code asm-generic/mman-common.h}. */
    private static final int MADV_POPULATE_READ = 22;

    private static final int MADV_POPULATE_WRITE = 23;
    private static final int EINVAL = 22;

    private final int advice;
    private final Thread thread;

    private volatile Block block;
    private volatile boolean stopping;

    /** A part of the file that the writer has mapped, and some of the next part; offsets are the file's. */
    private static final class Block {
        private final MappedBytesStore store;
        private final long start;
        private final long end;
        private final long address;
        private volatile long wanted;
        private volatile long readyEnd;

        private Block(final MappedBytesStore store, final long written) {
            this.store = store;
            start = store.start();
            end = start + store.realCapacity();
            address = store.addressForWrite(start);
            readyEnd = written / PAGE_BYTES * PAGE_BYTES;
            wanted = readyEnd;
        }

        private long reachable(final long wish, final long allocatedEnd) {
            return Math.min(wish, Math.min(end, allocatedEnd)) / PAGE_BYTES * PAGE_BYTES;
        }
    }

    Prefaulter(final int shard, final Durability durability) {
        // A page made writable is dirty: where every force writes all that is dirty, it would be written twice.
        advice = durability == Durability.DISK ? MADV_POPULATE_READ : MADV_POPULATE_WRITE;
        thread = new Thread(this, "journal-ahead-" + shard);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * How far the writer has got. Called by the shard after each append.
     *
     * @param store what maps the place that was written last
     * @param written end of what is written, offset in the file
     * @param allocatedEnd no page of the file at or above is made ready
     */
    void written(final BytesStore<?, ?> store, final long written, final long allocatedEnd) {
        Block current = block;
        if (current == null || current.store != store) {
            if (!(store instanceof MappedBytesStore mapped)) {
                return;
            }
            current = new Block(mapped, written);
            // Faults that come all the same fetch their own page, not the disk's whole read-ahead.
            PosixAPI.posix().madvise(current.address, mapped.realCapacity(), MAdviseFlag.MADV_RANDOM.value());
            block = current;
        }
        final long wish = current.reachable(written + AHEAD_BYTES, allocatedEnd);
        if (wish - current.wanted >= AHEAD_BYTES / 2) {
            current.wanted = wish;
            LockSupport.unpark(thread);
        }
    }

    /** Pages of the writer's block below this offset of the file are ready; 0 before the first append. */
    long readyEnd() {
        final Block current = block;
        return current == null ? 0 : current.readyEnd;
    }

    @Override
    public void run() {
        while (!stopping) {
            final Block current = block;
            if (current != null && !makeReady(current)) {
                return;
            }
            LockSupport.park(this);
        }
    }

    /**
     * A block that the writer leaves meanwhile may be unmapped under us, and its addresses mean something else: the
     * kernel then refuses, or maps pages that somebody else wanted anyway. Nothing is ever written.
     *
     * @return false where this kernel cannot do it
     */
    private boolean makeReady(final Block current) {
        long at = current.readyEnd;
        while (!stopping && current == block && at < current.wanted) {
            final long length = Math.min(STEP_BYTES, current.wanted - at);
            if (PosixAPI.posix().madvise(current.address + (at - current.start), length, advice) != 0) {
                return PosixAPI.posix().lastError() != EINVAL;
            }
            at += length;
            current.readyEnd = at;
        }
        return true;
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
