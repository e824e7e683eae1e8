package io.trunkline.perf;

import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A daemon thread with an event loop of its own: its work gets a turn before each of the loop's, until it is closed. */
public final class LoopThread implements AutoCloseable {
    /** How long a turn of the loop may take. */
    public static final long TASK_BUDGET_NS = 1_000_000;

    private static final long END_WITHIN_S = 10;

    private final Work work;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile ManualIoEventLoop loop;
    private volatile boolean closing;

    /** What is done on the thread. */
    public interface Work {
        /** Before the first turn. */
        void open(ManualIoEventLoop loop);

        /** Does what is due; returns nanoseconds until there may be more to do, 0 where there is already. */
        long turn();

        /** After the last turn; the loop still runs what this leaves to it. */
        void ended();
    }

    /** A thread that has not begun. */
    public LoopThread(final String name, final Work work) {
        this.work = work;
        thread = new FastThreadLocalThread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Does something on the thread; only once it has opened its work. */
    public void execute(final Runnable task) {
        loop.execute(task);
    }

    private void run() {
        loop = new ManualIoEventLoop(
                thread, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        work.open(loop);
        while (!closing) {
            final long waitNs = work.turn();
            if (waitNs <= 0) {
                loop.runNow(TASK_BUDGET_NS);
            } else {
                loop.run(waitNs, TASK_BUDGET_NS);
            }
        }
        work.ended();
        final Future<?> unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
        ended.countDown();
    }

    /** Takes no further turn, and does not wait for the end. */
    public void stop() {
        closing = true;
        if (loop != null) {
            loop.wakeup();
        }
    }

    /** Waits until it has ended; nothing where it never began. */
    @Override
    public void close() {
        stop();
        try {
            if (thread.isAlive() && !ended.await(END_WITHIN_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException(thread.getName() + " did not end within " + END_WITHIN_S + " s");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
