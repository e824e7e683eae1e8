package io.trunkline.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.perf.load.LoadStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {
    private final RunSummary run = Runs.summary();

    private boolean kept(final String text) {
        return Threshold.parse(text).judge(run).kept();
    }

    @Test
    void boundsTimesInTheirUnits() {
        final double p99 = run.stage(LoadStage.ACKNOWLEDGED).p99();
        assertThat(p99).isBetween(5_800.0, 6_100.0);
        assertThat(kept("answer-p99<=6.1ms")).isTrue();
        assertThat(kept("answer-p99<=5000us")).isFalse();
        assertThat(kept("answer-p99<0.0061s")).isTrue();
        assertThat(kept("answer-max>=6ms")).isTrue();
    }

    @Test
    void countsWhatHasNoLastWordAsLost() {
        // Three of a hundred were not answered, two of the acknowledged have no last word, one was dropped.
        assertThat(Threshold.parse("lost=0").judge(run).measured()).isEqualTo("6");
        assertThat(kept("lost=6")).isTrue();
        assertThat(kept("lost<=5")).isFalse();
        assertThat(kept("refused<=5%")).isTrue();
        assertThat(kept("refused<5%")).isFalse();
        assertThat(kept("undelivered=10")).isTrue();
    }

    @Test
    void isNotKeptByALatencyOfWhichNothingWasMeasured() {
        assertThat(kept("carrier-p99<=10s")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fast please",
                "p99<=5ms",
                "answer-p75<=5ms",
                "answer-p99<=5",
                "answer-p99<=5%x",
                "answer-p99<=-1ms",
                "lost=3ms",
                "lost=many",
                "answer-p99<=",
                "answer-p99<=5%"
            })
    void saysWhatCannotBeBounded(final String text) {
        assertThatThrownBy(() -> Threshold.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
