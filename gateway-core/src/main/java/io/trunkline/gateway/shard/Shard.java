package io.trunkline.gateway.shard;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.journal.Journal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * The shard's thread and its duty cycle:
 *
 * <pre>
 *   sockets (decode, decide, encode) -> timers and dispatch -> publish the journal -> seal -> release what is durable
 * </pre>
 *
 * Everything that is given to {@link #work} and every handler of a channel on {@link #loop} runs on this one thread.
 */
public final class Shard implements AutoCloseable, NanoClock {
    /** With units waiting, asleep for no longer than this; else ten times as long. */
    private static final long TICK_NS = 1_000_000;
    /** Nor for less: what binds are paced by allows for it, and a core is not burnt for the even spacing of a fast one. */
    private static final long SHORTEST_WAIT_NS = 200_000;

    private static final int IDLE_TICKS = 10;
    private static final int IO_TASKS_NS = 1_000_000;
    private static final int MAX_CALLS = 64;
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    /** A part of the duty cycle. */
    public interface Work {
        /** Called after every clock read: once per cycle and once per read from a socket. */
        void time(long nowNs, long nowMs);

        /** Does what there is to do and says how much that was. */
        int doWork(long nowNs);

        /** Whether there may be more to do before the next tick, so that the shard should not sleep long. */
        boolean busy();

        /** The outputs of this duty cycle leave once the journal is durable up to {@code position}. */
        void sealed(long position);

        /** What is for carriers and waited for the journal to be durable up to {@code durable} is with its sockets. */
        void writtenToCarriers(long durable);

        /** All that waited for the journal to be durable up to {@code durable} is with its sockets. */
        void released(long durable);

        /** When there is more to do without anything having happened, ns; {@code Long.MAX_VALUE} where that is not known. */
        long wakeAtNs();
    }

    private final ManualIoEventLoop loop;
    private final Thread thread;
    private final Gateway.Idle idle;
    private final EpochNanoClock wallClock;
    private final AtomicInteger calls = new AtomicInteger();
    private final OutputGate gate;
    private final ShardCounters counters = new ShardCounters();

    private Journal journal;
    private Work work;
    private volatile boolean running = true;
    private volatile Throwable failure;
    private volatile Consumer<Throwable> onFailure = problem -> {};
    private long nowNs;
    private long nowMs;

    /**
     * A shard, not started yet.
     *
     * @param outputLimit bytes that a connection may have waiting to leave
     */
    public Shard(
            final String name,
            final IoHandlerFactory io,
            final Gateway.Idle idle,
            final EpochNanoClock wallClock,
            final int outputLimit) {
        this.idle = idle;
        this.wallClock = wallClock;
        // Netty recycles buffers only for threads that it can clean up after.
        thread = new FastThreadLocalThread(this::run, name);
        loop = new ManualIoEventLoop(thread, io);
        gate = new OutputGate(outputLimit, this::readClocks);
        nowNs = System.nanoTime();
        nowMs = TimeUnit.NANOSECONDS.toMillis(wallClock.nanoTime());
    }

    /** The event loop of all its channels. */
    public ManualIoEventLoop loop() {
        return loop;
    }

    public OutputGate gate() {
        return gate;
    }

    public ShardCounters counters() {
        return counters;
    }

    /** Monotonic time of this duty cycle. */
    @Override
    public long nanoTime() {
        return nowNs;
    }

    /** Wall time of this duty cycle. */
    public long nowMs() {
        return nowMs;
    }

    /** Starts the thread; {@code newWork} is part of each of its cycles. */
    public void start(final Journal newJournal, final Work newWork) {
        journal = newJournal;
        work = newWork;
        thread.start();
    }

    /** Wakes the thread if it sleeps in the selector. Any thread. */
    public void wakeUp() {
        loop.wakeup();
    }

    /**
     * Runs a task on the shard's thread and waits for what it gives. Any thread but the shard's own.
     *
     * @throws TimeoutException where the shard did not get to it in time, or has too many tasks already; the task is not run then
     */
    public <T> T call(final Supplier<T> task, final long timeoutMs) throws TimeoutException {
        if (calls.incrementAndGet() > MAX_CALLS) {
            calls.decrementAndGet();
            throw new TimeoutException("the shard has " + MAX_CALLS + " tasks waiting");
        }
        final CompletableFuture<T> result = new CompletableFuture<>();
        final AtomicBoolean decided = new AtomicBoolean();
        loop.execute(() -> {
            calls.decrementAndGet();
            if (!decided.compareAndSet(false, true)) {
                return;
            }
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return answer(result, decided, timeoutMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the shard", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** A task that was given up is not run any more; one that has begun is waited for. */
    private <T> T answer(final CompletableFuture<T> result, final AtomicBoolean decided, final long timeoutMs)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            try {
                return result.get(timeoutMs, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (decided.compareAndSet(false, true) || !thread.isAlive()) {
                    throw e;
                }
            }
        }
    }

    /** What ended the thread, or null while it runs or was closed in good order. */
    public Throwable failure() {
        return failure;
    }

    /** Told, on the shard's thread, of what ended it. */
    public void onFailure(final Consumer<Throwable> handler) {
        onFailure = handler;
    }

    public Thread thread() {
        return thread;
    }

    @Override
    public void close() {
        running = false;
        loop.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        ThreadScheduling.shortSlices();
        try {
            while (running) {
                cycle();
            }
            finish();
        } catch (Throwable e) {
            // Nothing that the shard holds can be trusted now; the journal has all that was acknowledged.
            failure = e;
            onFailure.accept(e);
        }
    }

    private void cycle() {
        final boolean mayWait = idle == Gateway.Idle.BLOCK;
        final int io = mayWait ? loop.run(waitNs(), IO_TASKS_NS) : loop.runNow(IO_TASKS_NS);
        readClocks();
        final int done = io + work.doWork(nowNs);
        journal.publish();
        gate.seal(journal.committed());
        work.sealed(journal.committed());
        final long durable = journal.durable();
        int released = gate.releaseToCarriers(durable);
        work.writtenToCarriers(durable);
        released += gate.release(durable);
        work.released(durable);
        counters.cycles++;
        if (done + released == 0) {
            counters.idleCycles++;
            if (idle == Gateway.Idle.YIELD) {
                LockSupport.parkNanos(1);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private long waitNs() {
        final long tickNs = work.busy() ? TICK_NS : IDLE_TICKS * TICK_NS;
        final long wakeAtNs = work.wakeAtNs();
        return wakeAtNs == Long.MAX_VALUE
                ? tickNs
                : Math.max(SHORTEST_WAIT_NS, Math.min(tickNs, wakeAtNs - System.nanoTime()));
    }

    /** Reads the clocks in the middle of a duty cycle: the thread may have slept before what a socket brings now. */
    public void readClocks() {
        nowNs = System.nanoTime();
        final long wallNs = wallClock.nanoTime();
        nowMs = TimeUnit.NANOSECONDS.toMillis(wallNs);
        journal.wallTimeNs(wallNs);
        work.time(nowNs, nowMs);
    }

    /** What was journaled is still told where the journal gets that far; then the sockets are closed. */
    private void finish() {
        journal.publish();
        gate.seal(journal.committed());
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (gate.holds() && System.nanoTime() < until) {
            gate.releaseToCarriers(journal.durable());
            gate.release(journal.durable());
            loop.run(TICK_NS);
        }
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> running = false);
        while (!loop.isTerminated() && System.nanoTime() < until) {
            loop.run(TICK_NS);
        }
    }
}
