package io.trunkline.perf.load.cli;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.report.Check;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What others wrote down of a run's units, joined with when they were meant to leave. */
final class StageJoin {
    /** Latencies by stage, and what must agree. */
    record Joined(Map<LoadStage, Histogram> stages, List<Check> checks) {}

    private StageJoin() {}

    static Joined of(final List<Role> roles, final OutcomeOptions options, final List<String> warnings) {
        return new Joined(new EnumMap<>(LoadStage.class), List.of());
    }
}
