package io.trunkline.perf.roles;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.StageSeries;
import io.trunkline.perf.roles.RoleCounters.Counter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the roles of this package have in common: when the next unit is due, how late units left, whether more are to be sent, and
 * what was counted. Written by the role's thread alone, read by anyone.
 */
abstract class ScheduledRole implements Role {
    /** Nothing is due sooner, or may be and a look costs little. */
    static final long LONGEST_WAIT_NS = 1_000_000;

    private final Schedule schedule;
    private final boolean closedLoop;
    private final long units;
    private final long durationNs;
    private final RoleCounters counters;
    private final Map<LoadStage, StageSeries> stages = new EnumMap<>(LoadStage.class);
    private final StageSeries sendLag;
    private volatile boolean sending = true;
    private volatile long startNs;
    private volatile String trouble = "";
    private long next;

    /**
     * @param units most that are sent
     * @param duration how long
     */
    ScheduledRole(final Schedule schedule, final long units, final Duration duration, final RoleCounters counters) {
        this.schedule = schedule;
        this.units = units;
        this.counters = counters;
        closedLoop = schedule instanceof Schedule.Closed;
        durationNs = duration.toNanos();
        sendLag = stage(LoadStage.SENT);
    }

    /** A stage whose latencies the role records; to be asked for while it is made. */
    final StageSeries stage(final LoadStage of) {
        return stages.computeIfAbsent(of, stage -> new StageSeries());
    }

    final RoleCounters counters() {
        return counters;
    }

    /** Whether it waits for something after the last unit was sent. */
    abstract boolean isDraining();

    // ---- sending

    /** The schedule begins now. */
    final void begin(final long nowNs) {
        startNs = nowNs;
    }

    final boolean isSending() {
        return sending;
    }

    final boolean isClosedLoop() {
        return closedLoop;
    }

    /** 0 where a unit is due, else nanoseconds until one may be; ends the sending where there is none any more. */
    final long dueInNs(final long nowNs) {
        if (!sending || startNs == 0) {
            return LONGEST_WAIT_NS;
        }
        if (next >= units || nowNs - startNs >= durationNs) {
            sending = false;
            return LONGEST_WAIT_NS;
        }
        return Math.min(LONGEST_WAIT_NS, Math.max(0, intendedNs(nowNs) - nowNs));
    }

    /** When the next unit is meant to leave. */
    final long intendedNs(final long nowNs) {
        return closedLoop ? nowNs : startNs + schedule.intendedNs(next);
    }

    /** Index of the next unit. */
    final long nextIndex() {
        return next;
    }

    /** The next unit has left. */
    final void sent(final long intendedNs, final long nowNs) {
        next++;
        counters.increment(Counter.SENT);
        sendLag.record(nowNs - intendedNs);
        if (nowNs - intendedNs > RoleCounts.LATE_NS) {
            counters.increment(Counter.LATE);
        }
    }

    /** The next unit will never leave. */
    final void dropped() {
        next++;
        counters.increment(Counter.DROPPED);
    }

    /** Drops what the schedule has so many units ahead of already. */
    final void dropBehind(final int most, final long nowNs) {
        while (next < units && startNs + schedule.intendedNs(next + most) <= nowNs) {
            dropped();
        }
    }

    final void trouble(final String text) {
        trouble = text;
    }

    // ---- Role

    @Override
    public final Schedule schedule() {
        return schedule;
    }

    @Override
    public final void stopSending() {
        sending = false;
    }

    @Override
    public final RoleState state() {
        if (startNs == 0) {
            return sending ? RoleState.CONNECTING : RoleState.FAILED;
        }
        if (sending) {
            return RoleState.SENDING;
        }
        return isDraining() ? RoleState.DRAINING : RoleState.SETTLED;
    }

    @Override
    public final long startNs() {
        return startNs;
    }

    @Override
    public RoleCounts counts() {
        return counters.counts();
    }

    @Override
    public boolean expectsEnds() {
        return true;
    }

    @Override
    public final Map<LoadStage, StageSeries> stages() {
        return new EnumMap<>(stages);
    }

    @Override
    public final Map<String, Long> errors() {
        return counters.errors();
    }

    @Override
    public final String trouble() {
        return trouble;
    }
}
