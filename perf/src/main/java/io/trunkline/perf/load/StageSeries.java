package io.trunkline.perf.load;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** Latencies of one stage in nanoseconds. One thread records without allocating; one other at a time takes intervals. */
public final class StageSeries {
    /** Longer ones count as this: ten minutes. */
    public static final long HIGHEST_NS = 600_000_000_000L;
    /** Values are kept to so many digits: 0.1 %. */
    public static final int DIGITS = 3;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(HIGHEST_NS, DIGITS);
    private final Histogram total = new Histogram(HIGHEST_NS, DIGITS);
    private Histogram interval;

    /** Below 0, as where clocks disagree, counts as 0. */
    public void record(final long nanos) {
        recorder.recordValue(Math.min(Math.max(nanos, 0), HIGHEST_NS));
    }

    /** What was recorded since the last call; also added to the total. Valid until the next call. */
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
