package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.journal.JournalException;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * Group commit: one thread that forces what the shard has appended and then says so. A lone append is forced at once.
 * Under load appends gather while a force runs, and forces begin at most {@code maxDelay} apart, unless {@code maxBytes}
 * have gathered before.
 *
 * <p>The first error ends it for good. After a failed force the kernel may call the same pages clean, so a second force
 * that succeeds would prove nothing.
 */
final class Forcer implements Runnable {
    /** This many records waiting at the end of a force mean load. */
    private static final int LOAD_RECORDS = 8;

    private static final long PARK_NS = 100_000_000L;
    private static final int MAX_RETIRED = 64;

    private final JournalContext context;
    private final JournalMark mark;
    private final Consumer<OpenCycle> forced;
    private final Consumer<JournalException> failed;
    private final OneToOneConcurrentArrayQueue<OpenCycle> retired = new OneToOneConcurrentArrayQueue<>(MAX_RETIRED);
    private final Thread thread;

    private volatile OpenCycle current;
    private volatile long published;
    private volatile long publishedBytes;
    private volatile long durable;
    /** Wake up when so many bytes are published. */
    private volatile long wakeAtBytes;

    private volatile boolean stopping;
    private volatile long forces;

    Forcer(
            final JournalContext context,
            final JournalMark mark,
            final OpenCycle first,
            final long durable,
            final Consumer<OpenCycle> forced,
            final Consumer<JournalException> failed) {
        this.context = context;
        this.mark = mark;
        this.current = first;
        this.durable = durable;
        this.published = durable;
        this.forced = forced;
        this.failed = failed;
        thread = new Thread(this, "journal-force-" + context.shard());
    }

    void start() {
        thread.start();
    }

    long durable() {
        return durable;
    }

    long forces() {
        return forces;
    }

    /** The shard has gone on to another file. Called before it publishes what is in there. */
    void rolled(final OpenCycle old, final OpenCycle next) {
        while (!retired.offer(old)) {
            Thread.onSpinWait();
        }
        current = next;
    }

    /** The shard has appended up to here. */
    void published(final long sequence, final int bytes) {
        final long total = publishedBytes + bytes;
        publishedBytes = total;
        published = sequence;
        if (total >= wakeAtBytes) {
            LockSupport.unpark(thread);
        }
    }

    /** Forces what is left and ends. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        long forcedBytes = 0;
        long count = 0;
        long begun = System.nanoTime() - context.maxDelayNs();
        try {
            while (true) {
                if (published == durable) {
                    if (stopping) {
                        drainRetired(null);
                        return;
                    }
                    awaitWork(forcedBytes);
                    continue;
                }
                gather(forcedBytes, begun);
                begun = System.nanoTime();
                wakeAtBytes = Long.MAX_VALUE;
                final long bytes = publishedBytes;
                final long target = published;
                force();
                forcedBytes = bytes;
                forces = ++count;
                mark.durable(target);
                durable = target;
                context.wakeUp().run();
            }
        } catch (final IOException | RuntimeException | InternalError e) {
            failed.accept(new JournalException(
                    "the journal could not be forced to disk; nothing after record " + durable
                            + " is acknowledged. Look at the disk and the kernel's log, then start again: " + e,
                    e));
        }
    }

    private void awaitWork(final long forcedBytes) {
        wakeAtBytes = forcedBytes + 1;
        if (published == durable && !stopping) {
            LockSupport.parkNanos(this, PARK_NS);
        }
    }

    /** Under load, waits for company. */
    private void gather(final long forcedBytes, final long lastBegun) {
        if (published - durable < LOAD_RECORDS) {
            return;
        }
        wakeAtBytes = forcedBytes + context.maxBytes();
        long left = lastBegun + context.maxDelayNs() - System.nanoTime();
        while (left > 0 && publishedBytes < wakeAtBytes && !stopping) {
            LockSupport.parkNanos(this, left);
            left = lastBegun + context.maxDelayNs() - System.nanoTime();
        }
    }

    /** The order matters: a file that is retired after the look at {@code current} holds nothing of the target. */
    private void force() throws IOException {
        final OpenCycle file = current;
        if (!drainRetired(file)) {
            file.handle().force();
        }
    }

    private boolean drainRetired(final OpenCycle file) throws IOException {
        boolean drained = false;
        for (OpenCycle old = retired.poll(); old != null; old = retired.poll()) {
            old.handle().force();
            drained |= old == file;
            forced.accept(old);
        }
        return drained;
    }
}
