package io.trunkline.perf.report;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.load.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A run that was never made: a role that says what it is told to. */
final class Runs {
    private Runs() {}

    /** A hundred sent, five refused, three unanswered, ninety ended, latencies from 1 to 6 ms. */
    static RunSummary summary() {
        return summary(recorded());
    }

    static RunSummary summary(final RunRecorder recorder) {
        return RunSummary.of(
                recorder,
                new RunSummary.Ending(
                        "A test's <title>",
                        Instant.parse("2026-03-01T09:00:00Z"),
                        RunSummary.Outcome.COMPLETED,
                        "",
                        "trunkline load",
                        0.5,
                        Map.of(),
                        List.of(),
                        List.of()));
    }

    static RunRecorder recorded() {
        final ScriptedRole role = new ScriptedRole(new Schedule.Constant(100));
        final RunRecorder recorder = new RunRecorder(List.of(role), Map::of);
        role.start();
        role.counts = new RoleCounts(100, 1, 4, 92, 5, 0, 90, 80, 0, 0, 1, 0);
        for (int unit = 0; unit < 100; unit++) {
            role.record(LoadStage.SENT, 10_000L + unit);
            role.record(LoadStage.ACKNOWLEDGED, 1_000_000L + unit * 50_000L + (unit == 99 ? 50_000 : 0));
            role.record(LoadStage.ENDED, 50_000_000L + unit * 1_000_000L);
        }
        role.state = RoleState.SETTLED;
        recorder.sample();
        return recorder;
    }
}
