package io.trunkline.perf.report;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.StageSeries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Watches the roles of a run: takes a sample whenever it is told to (once a second), keeps all samples, and hands each
 * to those who show or write it. For one thread.
 */
public final class RunRecorder {
    /** Somebody who is told of each sample. */
    public interface Listener {
        /**
         * A sample was taken.
         *
         * @param stages what was recorded in this second, by stage; valid during the call
         */
        void onSecond(Second second, Map<LoadStage, Histogram> stages);
    }

    /** A shorter sample would make a rate of a few units. */
    private static final long SHORTEST_NS = 250_000_000L;

    private final List<Role> roles;
    private final Supplier<Map<String, Double>> gateway;
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Second> seconds = new ArrayList<>();
    private final Map<LoadStage, Histogram> totals = new EnumMap<>(LoadStage.class);
    private final ProcessProbe probe = new ProcessProbe();
    private RoleCounts last = RoleCounts.NONE;
    private long lastOffered;
    private long lastNs;
    private long startNs;
    private int measuredFrom;
    private boolean sending;

    public RunRecorder(final List<Role> roles, final Supplier<Map<String, Double>> gateway) {
        this.roles = List.copyOf(roles);
        this.gateway = gateway;
        for (final Role role : roles) {
            for (final LoadStage stage : role.stages().keySet()) {
                totals.computeIfAbsent(stage, any -> histogram());
            }
        }
    }

    private static Histogram histogram() {
        return new Histogram(StageSeries.HIGHEST_NS, StageSeries.DIGITS);
    }

    public RunRecorder telling(final Listener listener) {
        listeners.add(listener);
        return this;
    }

    /** Whether a role is connected, so that there is something to sample. */
    public boolean begun() {
        if (startNs == 0) {
            startNs = roles.stream()
                    .mapToLong(Role::startNs)
                    .filter(ns -> ns != 0)
                    .min()
                    .orElse(0);
            lastNs = startNs;
            sending = true;
        }
        return startNs != 0;
    }

    /** Takes a sample. Nothing happens before it has {@link #begun()}; what is too short to tell a rate waits for the next. */
    public void sample() {
        if (!begun()) {
            return;
        }
        final long nowNs = System.nanoTime();
        if (nowNs - lastNs < SHORTEST_NS) {
            sending = someoneSends();
            return;
        }
        take(nowNs, (nowNs - lastNs) / 1e9);
    }

    /** The roles were told to stop: what is sampled from here on is the waiting for last words. */
    public void sendingIsOver() {
        sample();
        sending = false;
    }

    /** The last sample, however short it is: nothing that was recorded is lost. */
    public void finish() {
        if (begun()) {
            final long nowNs = System.nanoTime();
            take(nowNs, Math.max(nowNs - lastNs, SHORTEST_NS) / 1e9);
        }
    }

    private boolean someoneSends() {
        return roles.stream().anyMatch(role -> role.state() == RoleState.SENDING);
    }

    private void take(final long nowNs, final double elapsed) {
        final RoleCounts now = counts();
        final long offered = offered(nowNs);
        final Map<LoadStage, Histogram> stages = intervals();
        final Second second = new Second(
                (nowNs - startNs) / 1e9,
                elapsed,
                sending,
                (offered - lastOffered) / elapsed,
                (now.sent() - last.sent()) / elapsed,
                (now.acknowledged() - last.acknowledged()) / elapsed,
                (now.ended() - last.ended()) / elapsed,
                (now.received() - last.received()) / elapsed,
                (failures(now) - failures(last)) / elapsed,
                (now.late() - last.late()) / elapsed,
                now.inFlight(),
                roles.stream().anyMatch(Role::expectsEnds) ? now.open() : 0,
                percentiles(stages),
                probe.read(),
                gateway.get());
        seconds.add(second);
        sending = someoneSends();
        last = now;
        lastOffered = offered;
        lastNs = nowNs;
        listeners.forEach(listener -> listener.onSecond(second, stages));
    }

    private static long failures(final RoleCounts counts) {
        return counts.refused() + counts.dropped() + counts.abandoned();
    }

    private long offered(final long nowNs) {
        long due = 0;
        for (final Role role : roles) {
            final RoleCounts counts = role.counts();
            // Once the sending is over, what was due is what was sent or dropped.
            due += role.state() == RoleState.SENDING
                    ? Math.max(counts.sent() + counts.dropped(), role.schedule().dueBy(nowNs - role.startNs()))
                    : counts.sent() + counts.dropped();
        }
        return Math.max(due, lastOffered);
    }

    private Map<LoadStage, Histogram> intervals() {
        final Map<LoadStage, Histogram> merged = new EnumMap<>(LoadStage.class);
        for (final Role role : roles) {
            role.stages().forEach((stage, series) -> {
                final Histogram interval = series.takeInterval();
                totals.computeIfAbsent(stage, any -> histogram()).add(interval);
                if (roles.size() == 1) {
                    merged.put(stage, interval);
                } else {
                    merged.computeIfAbsent(stage, any -> histogram()).add(interval);
                }
            });
        }
        return merged;
    }

    private static Map<String, Percentiles> percentiles(final Map<LoadStage, Histogram> stages) {
        final Map<String, Percentiles> found = new LinkedHashMap<>();
        stages.forEach((stage, histogram) -> found.put(stage.key(), Percentiles.of(histogram)));
        return found;
    }

    /** The warm-up is over: latencies so far are forgotten, and rates count from here. */
    public void startMeasuring() {
        intervals();
        totals.values().forEach(Histogram::reset);
        measuredFrom = seconds.size();
    }

    /** All samples, warm-up and drain too. */
    public List<Second> seconds() {
        return Collections.unmodifiableList(seconds);
    }

    /** Samples between the warm-up and the end of the sending. */
    public List<Second> measured() {
        int end = seconds.size();
        while (end > measuredFrom && !seconds.get(end - 1).sending()) {
            end--;
        }
        // A run that ended inside its first second has only that one.
        return seconds.subList(measuredFrom, end == measuredFrom ? seconds.size() : end);
    }

    /** All latencies of the measured time, by stage. */
    public Map<LoadStage, Histogram> totals() {
        return Collections.unmodifiableMap(totals);
    }

    /** All roles' counts together. */
    public RoleCounts counts() {
        RoleCounts sum = RoleCounts.NONE;
        for (final Role role : roles) {
            sum = sum.plus(role.counts());
        }
        return sum;
    }

    public List<Role> roles() {
        return roles;
    }

    /** {@link System#nanoTime()} of the first role's start; 0 before. */
    public long startNs() {
        return startNs;
    }
}
