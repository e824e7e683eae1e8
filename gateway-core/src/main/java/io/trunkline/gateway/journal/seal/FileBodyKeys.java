package io.trunkline.gateway.journal.seal;

import io.trunkline.gateway.journal.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keys of a {@link KeyFile}. The shard takes keys that are on the disk already, so that a body never waits for another force
 * than the journal's own; a thread beside it overwrites those that were given back, forces them, and hands them out as new
 * ones.
 *
 * <pre>
 *   shard   take ◀──────────── ready ◀── forced ◀──┐
 *           forget ──▶ forgotten ──▶ overwritten ──┘   keeper
 * </pre>
 */
public final class FileBodyKeys implements BodyKeys, AutoCloseable {
    /** What a unit that has ended may still hold until its key is overwritten and forced. */
    private static final int SPARE = KeyFile.CHUNK_SLOTS;

    private static final int FIRST = 4096;
    private static final int BATCH = 8192;
    /** With fewer than this many ready, what was overwritten is forced at once. */
    private static final int LOW = KeyFile.CHUNK_SLOTS / 4;

    /** Part of what streams depend on: bodies have 0 here. */
    private static final int BLINDING = 1;

    private static final long FORCE_EVERY_NS = 500_000_000L;
    private static final long GROW_AGAIN_NS = 1_000_000_000L;
    private static final long PARK_NS = 10_000_000L;

    private final KeyFile file;
    private final Consumer<JournalException> onFailure;
    private final IntRing ready;
    private final IntRing forgotten;
    private final ChaCha20 cipher = new ChaCha20();
    private final UnsafeBuffer blinded = new UnsafeBuffer(new byte[Long.BYTES]);
    private final BitSet kept = new BitSet();
    private final Thread keeper;

    // Of the keeper alone.
    private final int[] overwritten;
    private int waiting;
    private int nextUnused = 1;
    private long forcedAtNs;
    private long growAgainNs = System.nanoTime();
    private volatile boolean stopping;
    private boolean started;

    /**
     * Opens the keys.
     *
     * @param path of the file; made where it is not there
     * @param units that may be open at once
     * @param onFailure told once where keys cannot be written: no further ones are handed out then
     */
    public FileBodyKeys(final Path path, final int units, final Consumer<JournalException> onFailure) {
        final int slots = units + SPARE;
        file = KeyFile.open(path, slots);
        this.onFailure = onFailure;
        final int most = Math.max(slots, file.slots()) + KeyFile.CHUNK_SLOTS;
        ready = new IntRing(most);
        forgotten = new IntRing(most);
        overwritten = new int[BATCH];
        keeper = new Thread(this::run, "trunkline-body-keys");
        keeper.setDaemon(true);
    }

    @Override
    public boolean ready() {
        return ready.size() > 0;
    }

    @Override
    public int take() {
        return ready.poll();
    }

    @Override
    public long serial(final int key) {
        return file.serial(key);
    }

    @Override
    public void apply(
            final int key, final long unitId, final MutableDirectBuffer body, final int offset, final int length) {
        cipher.key(file.chunk(key), KeyFile.offset(key));
        cipher.begin(0, 0, (int) unitId, (int) (unitId >>> Integer.SIZE));
        cipher.apply(body, offset, length);
    }

    @Override
    public long blind(final long hash) {
        blinded.putLong(0, 0);
        cipher.key(file.chunk(KeyFile.SECRET), KeyFile.offset(KeyFile.SECRET));
        cipher.begin(0, BLINDING, (int) hash, (int) (hash >>> Integer.SIZE));
        cipher.apply(blinded, 0, Long.BYTES);
        return blinded.getLong(0);
    }

    @Override
    public void forget(final int key) {
        forgotten.offer(key);
    }

    @Override
    public void keep(final int key) {
        if (file.holds(key)) {
            kept.set(key);
        }
    }

    @Override
    public void forgetOthers() {
        started = true;
        forcedAtNs = System.nanoTime();
        // A first few at once: listeners are about to be opened.
        renewUnused(FIRST);
        force();
        keeper.start();
    }

    private void run() {
        try {
            while (!stopping) {
                final int renewed = renewForgotten() + renewUnused(Math.min(BATCH, wanted()));
                final boolean due = waiting == overwritten.length
                        || ready.size() < LOW
                        || System.nanoTime() - forcedAtNs >= FORCE_EVERY_NS;
                if (waiting > 0 && due) {
                    force();
                } else if (renewed == 0) {
                    LockSupport.parkNanos(this, PARK_NS);
                }
            }
            renewForgotten();
            force();
        } catch (final JournalException | UncheckedIOException | InternalError e) {
            onFailure.accept(new JournalException("keys of bodies cannot be written: " + e, e));
        }
    }

    /** What is free beyond what lies ready is overwritten all the same: a crash may have kept it from being so. */
    private int wanted() {
        return nextUnused < file.slots() || ready.size() < LOW ? BATCH : 0;
    }

    private int renewForgotten() {
        int renewed = 0;
        while (waiting < overwritten.length) {
            final int key = forgotten.poll();
            if (key == 0) {
                break;
            }
            renew(key);
            renewed++;
        }
        return renewed;
    }

    /** Goes on through the slots that nobody has asked for since the start; adds to them where there are too few. */
    private int renewUnused(final int most) {
        if (nextUnused >= file.slots() && most > 0 && !file.full()) {
            grow();
        }
        int renewed = 0;
        while (renewed < most && waiting < overwritten.length && nextUnused < file.slots()) {
            if (!kept.get(nextUnused)) {
                renew(nextUnused);
                renewed++;
            }
            nextUnused++;
        }
        return renewed;
    }

    /** On a full disk those that there are must do; later there may be room again. */
    private void grow() {
        if (System.nanoTime() - growAgainNs < 0) {
            return;
        }
        try {
            file.grow();
        } catch (final IOException e) {
            growAgainNs = System.nanoTime() + GROW_AGAIN_NS;
        }
    }

    private void renew(final int key) {
        file.renew(key);
        overwritten[waiting++] = key;
    }

    private void force() {
        file.force();
        forcedAtNs = System.nanoTime();
        for (int i = 0; i < waiting; i++) {
            ready.offer(overwritten[i]);
        }
        waiting = 0;
    }

    @Override
    public void close() {
        stopping = true;
        if (started) {
            LockSupport.unpark(keeper);
            try {
                keeper.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        file.close();
    }
}
