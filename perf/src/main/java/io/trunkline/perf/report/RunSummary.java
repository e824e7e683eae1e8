package io.trunkline.perf.report;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.RoleState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What came of a run: what {@code summary.json} holds and every report is made from.
 *
 * @param format number of this layout
 * @param outcome how it ended
 * @param seconds measured: from the end of the warm-up to the end of the sending
 * @param drainSeconds from there to the last word, or to the end of patience
 * @param counts of all roles, over the whole run, warm-up too
 * @param rates a second, over the measured time
 * @param stages latencies of the measured time, in microseconds from the intended time
 * @param errors what was told, and how often
 * @param thresholds each with what was measured
 * @param reconciliation what must agree
 * @param warnings what makes the figures doubtful
 */
public record RunSummary(
        int format,
        String title,
        String started,
        Outcome outcome,
        String trouble,
        String command,
        Map<String, String> environment,
        double seconds,
        double drainSeconds,
        List<RoleLine> roles,
        RoleCounts counts,
        Rates rates,
        List<StageLine> stages,
        Map<String, Long> errors,
        List<Threshold.Result> thresholds,
        List<Check> reconciliation,
        List<String> warnings,
        Second.Generator generator) {
    /** Of this class. */
    public static final int FORMAT = 1;

    /** How a run ended. */
    public enum Outcome {
        COMPLETED,
        /** By the one who started it. */
        INTERRUPTED,
        /** No peer, or one that went away for good. */
        ABORTED
    }

    /** A role and what it counted. */
    public record RoleLine(String name, String schedule, RoleState state, RoleCounts counts, String trouble) {}

    /** Means a second over the measured time; ended is 0 where no last word is expected. */
    public record Rates(
            double offered, double sent, double acknowledged, double ended, double errors, boolean openLoop) {}

    /** A stage and its latencies. */
    public record StageLine(String key, String label, String meaning, Percentiles us) {}

    /** What the one who ran it adds. */
    public record Ending(
            String title,
            Instant started,
            Outcome outcome,
            String trouble,
            String command,
            double drainSeconds,
            Map<LoadStage, Histogram> joined,
            List<Check> joinedChecks,
            List<String> warnings) {}

    /** Makes it of what was recorded; without thresholds. */
    public static RunSummary of(final RunRecorder recorder, final Ending ending) {
        final List<Second> measured = recorder.measured();
        final RoleCounts counts = recorder.counts();
        final boolean ends = recorder.roles().stream().anyMatch(Role::expectsEnds);
        final Map<String, Long> errors = new TreeMap<>();
        recorder.roles().forEach(role -> role.errors().forEach((what, count) -> errors.merge(what, count, Long::sum)));
        final List<Check> checks = new ArrayList<>();
        checks.add(
                Check.equal("sent = acknowledged + refused", counts.sent(), counts.acknowledged() + counts.refused()));
        if (ends) {
            checks.add(Check.equal("acknowledged = ended", counts.acknowledged(), counts.ended()));
        }
        checks.addAll(ending.joinedChecks());
        final Second.Generator generator = new Second.Generator(
                mean(measured, second -> second.generator().cpu()),
                mean(measured, second -> second.generator().busiest()),
                mean(measured, second -> second.generator().machine()),
                mean(measured, second -> second.generator().gcMs()),
                measured.stream()
                        .mapToDouble(second -> second.generator().heapMiB())
                        .max()
                        .orElse(0));
        final boolean openLoop =
                recorder.roles().stream().anyMatch(role -> role.schedule().intendedNs(0) >= 0);
        final List<StageLine> stages = stages(recorder.totals(), ending.joined());
        final List<String> warnings = new ArrayList<>(ending.warnings());
        warnings.addAll(Bottleneck.warnings(openLoop, counts, stages, generator));
        return new RunSummary(
                FORMAT,
                ending.title(),
                ending.started().truncatedTo(ChronoUnit.SECONDS).toString(),
                ending.outcome(),
                ending.trouble(),
                ending.command(),
                Environment.here(),
                measured.stream().mapToDouble(Second::length).sum(),
                ending.drainSeconds(),
                recorder.roles().stream()
                        .map(role -> new RoleLine(
                                role.name(), role.schedule().toString(), role.state(), role.counts(), role.trouble()))
                        .toList(),
                counts,
                new Rates(
                        mean(measured, Second::offered),
                        mean(measured, Second::sent),
                        mean(measured, Second::acknowledged),
                        ends ? mean(measured, Second::ended) : 0,
                        mean(measured, Second::errors),
                        openLoop),
                stages,
                errors,
                List.of(),
                checks,
                warnings,
                generator);
    }

    private static double mean(final List<Second> seconds, final ToDoubleFunction<Second> value) {
        double sum = 0;
        double length = 0;
        for (final Second second : seconds) {
            sum += value.applyAsDouble(second) * second.length();
            length += second.length();
        }
        return length == 0 ? 0 : sum / length;
    }

    private static List<StageLine> stages(
            final Map<LoadStage, Histogram> seen, final Map<LoadStage, Histogram> joined) {
        final Map<LoadStage, Histogram> all = new TreeMap<>(seen);
        all.putAll(joined);
        final List<StageLine> lines = new ArrayList<>();
        all.forEach((stage, histogram) ->
                lines.add(new StageLine(stage.key(), stage.label(), stage.meaning(), Percentiles.of(histogram))));
        return lines;
    }

    /** The same, judged. */
    public RunSummary judged(final List<Threshold> bounds) {
        return new RunSummary(
                format,
                title,
                started,
                outcome,
                trouble,
                command,
                environment,
                seconds,
                drainSeconds,
                roles,
                counts,
                rates,
                stages,
                errors,
                bounds.stream().map(bound -> bound.judge(this)).toList(),
                reconciliation,
                warnings,
                generator);
    }

    /** Latencies of a stage; of nothing where it was not measured. */
    public Percentiles stage(final LoadStage stage) {
        return stages.stream()
                .filter(line -> line.key().equals(stage.key()))
                .map(StageLine::us)
                .findFirst()
                .orElse(new Percentiles(0, 0, 0, 0, 0, 0, 0, 0));
    }

    /** Units a second that the run got through: ended ones where ends are expected, else acknowledged ones. */
    public double achieved() {
        return rates.ended() > 0 ? rates.ended() : rates.acknowledged();
    }

    /** Neither an answer nor a last word, or never sent at all. */
    public long lost() {
        final long open = reconciliation.stream().anyMatch(check -> check.what().startsWith("acknowledged = ended"))
                ? counts.open()
                : 0;
        return counts.inFlight() + counts.abandoned() + counts.dropped() + open;
    }

    public boolean reconciled() {
        return reconciliation.stream().allMatch(Check::passed);
    }

    public boolean kept() {
        return thresholds.stream().allMatch(Threshold.Result::kept);
    }

    /** One number by name, for scripts: what the last line of the report says. */
    public Map<String, Number> keyFigures() {
        final Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("achieved", Math.round(achieved()));
        figures.put("answerP50us", Math.round(stage(LoadStage.ACKNOWLEDGED).p50()));
        figures.put("answerP99us", Math.round(stage(LoadStage.ACKNOWLEDGED).p99()));
        figures.put("sent", counts.sent());
        figures.put("acknowledged", counts.acknowledged());
        figures.put("refused", counts.refused());
        figures.put("dropped", counts.dropped());
        figures.put("lost", lost());
        return figures;
    }
}
