package io.trunkline.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.perf.load.LoadStage;
import io.trunkline.perf.load.RoleCounts;
import io.trunkline.perf.load.Schedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSummaryTest {
    @TempDir
    Path directory;

    @Test
    void reconcilesWhatWasSentWithWhatWasAnswered() {
        final RunSummary run = Runs.summary();
        assertThat(run.reconciled()).isFalse();
        assertThat(run.reconciliation())
                .extracting(Check::what, Check::passed)
                .containsExactly(tuple("sent = acknowledged + refused", false), tuple("acknowledged = ended", false));
    }

    @Test
    void tellsRatesOverTheTimeThatWasReallySampled() {
        final RunSummary run = Runs.summary();
        assertThat(run.rates().sent()).isCloseTo(100, within(5.0));
        assertThat(run.rates().offered()).isCloseTo(100, within(5.0));
        assertThat(run.achieved()).isCloseTo(90, within(5.0));
        assertThat(run.lost()).isEqualTo(6);
    }

    @Test
    void countsAsOfferedWhatWasDueAndNeverLeft() {
        final ScriptedRole stalled = new ScriptedRole(new Schedule.Constant(1000));
        final RunRecorder recorder = new RunRecorder(List.of(stalled), Map::of);
        stalled.start();
        stalled.counts = new RoleCounts(10, 0, 0, 10, 0, 0, 10, 10, 0, 0, 1, 0);
        recorder.sample();
        assertThat(recorder.seconds().get(0).offered()).isCloseTo(1000, within(50.0));
        assertThat(recorder.seconds().get(0).sent()).isCloseTo(10, within(1.0));
    }

    @Test
    void forgetsTheWarmUp() {
        final ScriptedRole role = new ScriptedRole(new Schedule.Constant(1000));
        final RunRecorder recorder = new RunRecorder(List.of(role), Map::of);
        role.start();
        role.record(LoadStage.ACKNOWLEDGED, 1_000_000_000L);
        recorder.startMeasuring();
        role.record(LoadStage.ACKNOWLEDGED, 1_000_000L);
        recorder.sample();
        assertThat(Runs.summary(recorder).stage(LoadStage.ACKNOWLEDGED).count()).isEqualTo(1);
        assertThat(Runs.summary(recorder).stage(LoadStage.ACKNOWLEDGED).max()).isCloseTo(1000, within(2.0));
    }

    @Test
    void warnsWhereUnitsLeftLate() {
        assertThat(Runs.summary().warnings()).anyMatch(warning -> warning.contains("4 more than 1 ms late, 1 dropped"));
    }

    @Test
    void writesEveryFileAndLetsNoTitleBreakOutOfThePage() throws Exception {
        final RunRecorder recorder = Runs.recorded();
        final RunSummary run = Runs.summary(recorder);
        try (RunFiles files = new RunFiles(directory.resolve("out"), 0)) {
            files.onSecond(recorder.seconds().get(0), recorder.totals());
            files.finish(run, recorder, recorder.totals());
            assertThat(files.trouble()).isEmpty();
        }
        final Path out = directory.resolve("out");
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("A test&#39;s &lt;title&gt;", "Where the time goes", "1022 TENANT_QUEUE_FULL")
                .doesNotContain("<title>A test's <title>", "http://", "https://");
        assertThat(Files.readString(out.resolve("answer.hgrm"))).contains("Percentile", "Max");
        assertThat(Files.readString(out.resolve("run.hlog"))).contains("Tag=answer,");
        assertThat(SecondsCsv.read(out.resolve("seconds.csv")).get(0))
                .containsEntry("in_flight", 3.0)
                .containsKey("answer_p99_us");
        assertThat(Files.readString(out.resolve("summary.json"))).contains("\"acknowledged\" : 92");
    }

    @Test
    void comparesARunWithItselfAsTheSame() throws Exception {
        final RunRecorder recorder = Runs.recorded();
        try (RunFiles files = new RunFiles(directory, 0)) {
            files.onSecond(recorder.seconds().get(0), recorder.totals());
            files.finish(Runs.summary(recorder), recorder, recorder.totals());
        }
        assertThat(Comparison.of(directory, directory).rows())
                .isNotEmpty()
                .allMatch(row -> row.ratio() == 1 && !row.beyondNoise());
    }

    @Test
    void callsADifferenceNoiseWhereItsSpreadIsAsLarge() {
        assertThat(Comparison.row("x", new double[] {100, 101, 99, 100}, new double[] {120, 121, 119, 120})
                        .beyondNoise())
                .isTrue();
        assertThat(Comparison.row("x", new double[] {100, 140, 60, 100}, new double[] {120, 160, 80, 120})
                        .beyondNoise())
                .isFalse();
        // Steady, and still too small to be believed.
        assertThat(Comparison.row("x", new double[] {100, 100, 100}, new double[] {101, 101, 101})
                        .beyondNoise())
                .isFalse();
        assertThat(Comparison.row("x", new double[] {100}, new double[] {200}).beyondNoise())
                .isFalse();
    }

    @Test
    void drawsACurveWithAGap() {
        final String svg = new LineChart("t", "", new double[] {1, 2, 3, 4}, Svg::count)
                .curve("c", "red", new double[] {Double.NaN, 50, Double.NaN, 100})
                .svg();
        // Two points; the axis goes to 150, so that 100 lies at two thirds of the frame's height.
        assertThat(svg).contains("<path d=\"M334.0 157.3h0.1M606.0 84.7h0.1\"", ">150<");
    }

    @Test
    void readsAGatewaysMetrics() {
        final Map<String, Double> values = new HashMap<>();
        GatewayProbe.take("# HELP trunkline_queue_units Units that wait", values);
        GatewayProbe.take("trunkline_queue_units{carrier=\"a b\",class=\"otp\"} 3.0", values);
        GatewayProbe.take("trunkline_queue_units{carrier=\"c\",class=\"bulk\"} 4.0", values);
        GatewayProbe.take("trunkline_journal_not_durable_records 17.0", values);
        GatewayProbe.take("something_else 1", values);
        assertThat(values).containsOnly(Map.entry("queued", 7.0), Map.entry("journalLag", 17.0));
    }
}
