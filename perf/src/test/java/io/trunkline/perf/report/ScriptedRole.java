package io.trunkline.perf.report;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.StageSeries;
import java.util.EnumMap;
import java.util.Map;

/** A role without sockets: a test sets what it counts. */
final class ScriptedRole implements Role {
    private final Schedule schedule;
    private final Map<LoadStage, StageSeries> stages = new EnumMap<>(LoadStage.class);
    private long startNs;
    RoleCounts counts = RoleCounts.NONE;
    RoleState state = RoleState.CONNECTING;

    ScriptedRole(final Schedule schedule) {
        this.schedule = schedule;
        stages.put(LoadStage.SENT, new StageSeries());
        stages.put(LoadStage.ACKNOWLEDGED, new StageSeries());
        stages.put(LoadStage.ENDED, new StageSeries());
    }

    void record(final LoadStage stage, final long nanos) {
        stages.get(stage).record(nanos);
    }

    /** Began a second ago, so that rates can be told without waiting. */
    @Override
    public void start() {
        startNs = System.nanoTime() - 1_000_000_000L;
        state = RoleState.SENDING;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Schedule schedule() {
        return schedule;
    }

    @Override
    public void stopSending() {
        state = RoleState.DRAINING;
    }

    @Override
    public RoleState state() {
        return state;
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public RoleCounts counts() {
        return counts;
    }

    @Override
    public boolean expectsEnds() {
        return true;
    }

    @Override
    public Map<LoadStage, StageSeries> stages() {
        return stages;
    }

    @Override
    public Map<String, Long> errors() {
        return Map.of("refused 1022 TENANT_QUEUE_FULL", 5L);
    }

    @Override
    public String trouble() {
        return "";
    }

    @Override
    public void close() {
        state = RoleState.SETTLED;
    }
}
