package io.trunkline.perf.load;

import java.util.EnumMap;
import java.util.Map;

/**
 * Latencies of a run, in nanoseconds from the intended time: to the sending (the generator's own lag), to the answer,
 * to the terminal status. The run's thread records; one other thread at a time takes intervals.
 */
public final class LoadLatencies {
    private final StageSeries sendLag = new StageSeries();
    private final StageSeries answered = new StageSeries();
    private final StageSeries terminal = new StageSeries();

    void sendLag(final long nanos) {
        sendLag.record(nanos);
    }

    void answered(final long nanos) {
        answered.record(nanos);
    }

    void terminal(final long nanos) {
        terminal.record(nanos);
    }

    public StageSeries sendLag() {
        return sendLag;
    }

    public StageSeries answered() {
        return answered;
    }

    public StageSeries terminal() {
        return terminal;
    }

    /** The three by stage. */
    public Map<LoadStage, StageSeries> byStage() {
        final Map<LoadStage, StageSeries> stages = new EnumMap<>(LoadStage.class);
        stages.put(LoadStage.SENT, sendLag);
        stages.put(LoadStage.ACKNOWLEDGED, answered);
        stages.put(LoadStage.ENDED, terminal);
        return stages;
    }

    /** Forgets all: the end of the warm-up. */
    public void reset() {
        sendLag.reset();
        answered.reset();
        terminal.reset();
    }
}
