package io.trunkline.perf.load;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Latencies of a run, in nanoseconds from the intended time: to the sending (the generator's own lag), to the answer,
 * to the terminal status. The run's thread records; one other thread at a time takes intervals.
 */
public final class LoadLatencies {
    private static final long HIGHEST_NS = 600_000_000_000L;
    private static final int DIGITS = 3;

    private final Series sendLag = new Series();
    private final Series answered = new Series();
    private final Series terminal = new Series();

    /** One histogram that grows by intervals. */
    public static final class Series {
        private final SingleWriterRecorder recorder = new SingleWriterRecorder(HIGHEST_NS, DIGITS);
        private final Histogram total = new Histogram(HIGHEST_NS, DIGITS);
        private Histogram interval;

        void record(final long nanos) {
            recorder.recordValue(Math.min(Math.max(nanos, 0), HIGHEST_NS));
        }

        /** What was recorded since the last call; also added to the total. */
        public synchronized Histogram takeInterval() {
            interval = recorder.getIntervalHistogram(interval);
            total.add(interval);
            return interval;
        }

        /** Everything so far. */
        public synchronized Histogram total() {
            takeInterval();
            return total.copy();
        }

        /** Forgets what was recorded: the end of the warm-up. */
        public synchronized void reset() {
            takeInterval();
            total.reset();
        }
    }

    void sendLag(final long nanos) {
        sendLag.record(nanos);
    }

    void answered(final long nanos) {
        answered.record(nanos);
    }

    void terminal(final long nanos) {
        terminal.record(nanos);
    }

    public Series sendLag() {
        return sendLag;
    }

    public Series answered() {
        return answered;
    }

    public Series terminal() {
        return terminal;
    }

    /** Forgets all: the end of the warm-up. */
    public void reset() {
        sendLag.reset();
        answered.reset();
        terminal.reset();
    }
}
