package io.trunkline.perf.load.cli;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.MarkedUnits;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The newest time of each stage of each unit, as nanoseconds since the epoch: eight bytes each. */
final class UnitTimes {
    private final List<MarkedUnits> runs;
    private final Map<LoadStage, List<long[]>> times = new EnumMap<>(LoadStage.class);

    UnitTimes(final List<MarkedUnits> runs, final LoadStage... stages) {
        this.runs = runs;
        for (final LoadStage stage : stages) {
            final List<long[]> ofRuns = new ArrayList<>();
            for (final MarkedUnits run : runs) {
                ofRuns.add(new long[Math.toIntExact(run.units())]);
            }
            times.put(stage, ofRuns);
        }
    }

    Set<LoadStage> stages() {
        return times.keySet();
    }

    /** A unit reached the stage; of several times the newest stays, as that of the last segment. */
    void reached(final LoadStage stage, final long unit, final long atNs) {
        for (int run = 0; run < runs.size(); run++) {
            final long index = unit - runs.get(run).firstUnit();
            final long[] ofRun = times.get(stage).get(run);
            if (index >= 0 && index < ofRun.length) {
                ofRun[(int) index] = Math.max(ofRun[(int) index], atNs);
                return;
            }
        }
    }

    /** 0 where it did not reach the stage. */
    long at(final LoadStage stage, final int run, final long index) {
        return times.get(stage).get(run)[(int) index];
    }
}
