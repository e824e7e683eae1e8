package io.trunkline.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.perf.load.LoadReport.Percentiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThresholdTest {
    private static final LoadReport REPORT = new LoadReport(
            "constant 100.0/s",
            10,
            Map.of("sent", 1010L, "accepted", 1000L, "refused", 5L, "terminal", 998L, "delivered", 990L),
            Map.of(1022, 5L),
            Map.of(0, 998L),
            new Percentiles(1000, 400, 5_900, 8_000, 9_000),
            new Percentiles(998, 20_000, 90_000, 95_000, 99_000),
            new Percentiles(1010, 1, 2, 3, 4));

    @Test
    void boundsTimesInTheirUnits() {
        assertThat(Threshold.parse("answer-p99<=6ms").holds(REPORT)).isTrue();
        assertThat(Threshold.parse("answer-p99<=5ms").holds(REPORT)).isFalse();
        assertThat(Threshold.parse("end-p50<=0.02s").holds(REPORT)).isTrue();
    }

    @Test
    void countsWhatHasNoLastWordAsLost() {
        // Two accepted without an end, five without an answer.
        assertThat(Threshold.parse("lost=0").measured(REPORT)).isEqualTo(7);
        assertThat(Threshold.parse("lost<=7").holds(REPORT)).isTrue();
        assertThat(Threshold.parse("rate>=99").holds(REPORT)).isTrue();
        assertThat(Threshold.parse("undelivered<=7").holds(REPORT)).isFalse();
    }

    @Test
    void saysWhatCanBeBounded() {
        assertThatThrownBy(() -> Threshold.parse("p99<=5ms"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("answer-p99");
        assertThatThrownBy(() -> Threshold.parse("fast please")).isInstanceOf(IllegalArgumentException.class);
    }
}
