package io.trunkline.sip.stir.offload;

import io.trunkline.sip.stir.Offload;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/** One thread that does what takes long, for one thread that submits and polls. */
public final class StirWorker implements Offload, AutoCloseable {
    private final OneToOneConcurrentArrayQueue<Work> todo;
    private final OneToOneConcurrentArrayQueue<Work> finished;
    private final int capacity;
    private final Runnable wake;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile long failures;
    private int inHand;

    /**
     * Starts the thread.
     *
     * @param capacity works that are submitted and not done, at most
     * @param wake called after each work, by the worker: the other thread has something to poll
     */
    public StirWorker(final int capacity, final Runnable wake) {
        this.capacity = capacity;
        this.wake = wake;
        todo = new OneToOneConcurrentArrayQueue<>(capacity);
        finished = new OneToOneConcurrentArrayQueue<>(capacity);
        thread = new Thread(this::work, "stir");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public boolean submit(final Work work) {
        if (inHand == capacity || !running) {
            return false;
        }
        inHand++;
        todo.offer(work);
        LockSupport.unpark(thread);
        return true;
    }

    /** Does the second parts of what is finished, at most {@code limit}; on the thread that submits. */
    public int poll(final int limit) {
        int done = 0;
        for (Work work = finished.poll(); work != null; work = done < limit ? finished.poll() : null) {
            inHand--;
            done++;
            work.done();
        }
        return done;
    }

    /** Works that are submitted and not done. */
    public int inHand() {
        return inHand;
    }

    /** Works whose first part threw something. */
    public long failures() {
        return failures;
    }

    private void work() {
        while (running) {
            final Work work = todo.poll();
            if (work == null) {
                LockSupport.park(this);
            } else {
                run(work);
                finished.offer(work);
                wake.run();
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Written by the worker only.
    private void run(final Work work) {
        try {
            work.run();
        } catch (final RuntimeException | StackOverflowError e) {
            failures++;
        }
    }

    /** Ends the thread; what is in hand is not done. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
