package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.engine.StageTimes.Stage;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class StageTimesTest {
    private static final Percentage TWO_DIGITS = Percentage.withPercentage(1);

    private final StageTimes times = new StageTimes(0);
    private long nowNs;

    private Histogram recent(final Stage stage) {
        return times.recent(stage, nowNs);
    }

    @Test
    void endsWhenTheJournalIsDurable() {
        times.note(Stage.ACKNOWLEDGED, 1_000);
        times.note(Stage.TO_CARRIER, 2_000);
        times.seal(7);

        assertThat(times.ends(6)).isFalse();
        times.release(6, 50_000);
        assertThat(recent(Stage.ACKNOWLEDGED).getTotalCount()).isZero();

        assertThat(times.ends(7)).isTrue();
        times.writtenToCarriers(42_000);
        times.release(7, 101_000);

        assertThat(recent(Stage.ACKNOWLEDGED).getMaxValue()).isCloseTo(100_000, TWO_DIGITS);
        assertThat(recent(Stage.TO_CARRIER).getMaxValue()).isCloseTo(40_000, TWO_DIGITS);
        assertThat(times.ends(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void cyclesEndOneByOne() {
        times.note(Stage.ACKNOWLEDGED, 0);
        times.seal(1);
        times.note(Stage.ACKNOWLEDGED, 0);
        times.seal(2);

        times.release(1, 10);
        assertThat(recent(Stage.ACKNOWLEDGED).getTotalCount()).isEqualTo(1);
        times.release(2, 20);
        assertThat(recent(Stage.ACKNOWLEDGED).getTotalCount()).isEqualTo(2);
    }

    @Test
    void takesNoMoreTimesThanItHasRoomFor() {
        for (int i = 0; i < StageTimes.CAPACITY + 10; i++) {
            times.note(Stage.TO_CARRIER, 0);
        }
        times.seal(1);
        times.release(1, 10);

        assertThat(recent(Stage.TO_CARRIER).getTotalCount()).isEqualTo(StageTimes.CAPACITY);
    }

    @Test
    void recentForgetsWhatIsAMinuteOld() throws Exception {
        times.note(Stage.ACKNOWLEDGED, 0);
        times.seal(1);
        times.release(1, 1_000);
        nowNs = 31_000_000_000L;
        assertThat(recent(Stage.ACKNOWLEDGED).getTotalCount()).isEqualTo(1);
        nowNs += 31_000_000_000L;

        assertThat(recent(Stage.ACKNOWLEDGED).getTotalCount()).isZero();
        assertThat(Histogram.decodeFromCompressedByteBuffer(
                                ByteBuffer.wrap(Base64.getDecoder().decode(times.total(Stage.ACKNOWLEDGED))), 0)
                        .getTotalCount())
                .isEqualTo(1);
    }
}
