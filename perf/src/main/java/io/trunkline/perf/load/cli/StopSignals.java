package io.trunkline.perf.load.cli;

import org.jline.utils.Signals;

/**
 * Ctrl-C and SIGTERM while a run goes on: the first asks it to stop sending, the second to stop waiting; the report comes
 * in either case, and the command ends with its own exit code.
 */
final class StopSignals implements AutoCloseable {
    private final Object interrupt;
    private final Object terminate;
    private int count;

    StopSignals() {
        interrupt = Signals.register("INT", this::stop);
        terminate = Signals.register("TERM", this::stop);
    }

    private synchronized void stop() {
        count++;
        notifyAll();
    }

    /** How often it was asked. */
    synchronized int count() {
        return count;
    }

    /** Waits for the next one, or until the time has come. */
    synchronized void await(final long untilNs) throws InterruptedException {
        final int before = count;
        long left = untilNs - System.nanoTime();
        while (count == before && left > 0) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = untilNs - System.nanoTime();
        }
    }

    @Override
    public void close() {
        Signals.unregister("INT", interrupt);
        Signals.unregister("TERM", terminate);
    }
}
