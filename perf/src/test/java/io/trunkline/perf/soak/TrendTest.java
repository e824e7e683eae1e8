package io.trunkline.perf.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static Trend noisy(final double perHour, final double noise) {
        final SplittableRandom random = new SplittableRandom(7);
        final Trend trend = new Trend("heapMiB", 5);
        for (int second = 0; second < 1200; second += 10) {
            trend.add(second, 100 + perHour * second / 3600 + (random.nextDouble() - 0.5) * noise);
        }
        return trend;
    }

    @Test
    void callsNoiseNoise() {
        assertThat(noisy(0, 20).grows()).isFalse();
    }

    @Test
    void findsALeakUnderNoise() {
        final Trend leak = noisy(60, 10);
        assertThat(leak.grows()).isTrue();
        assertThat(leak.slope().perHour()).isCloseTo(60, within(leak.slope().noisePerHour() * 1.5));
    }

    @Test
    void passesOverGrowthThatIsCertainAndTiny() {
        assertThat(noisy(6, 0.1).grows()).isFalse();
    }

    @Test
    void leavesTheWarmUpOut() {
        final Trend trend = new Trend("heapMiB", 1);
        for (int second = 0; second < 100; second++) {
            trend.add(second, second < 25 ? second : 25);
        }
        assertThat(trend.slope().perHour()).isZero();
    }
}
