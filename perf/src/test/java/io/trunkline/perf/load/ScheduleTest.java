package io.trunkline.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void spacesAConstantRateEvenlyWithoutDrift() {
        final Schedule schedule = new Schedule.Constant(3);
        assertThat(schedule.intendedNs(0)).isZero();
        assertThat(schedule.intendedNs(3)).isEqualTo(SECOND);
        assertThat(schedule.intendedNs(3_000_000)).isEqualTo(1_000_000 * SECOND);
    }

    @Test
    void rampsByTheAreaUnderTheLine() {
        final Schedule schedule = new Schedule.Ramp(100, 300, 10);
        // Half of the ramp: 100·5 + 20·25/2 = 750 units after 5 s; 2,000 after 10 s; then 300 a second.
        assertThat(schedule.intendedNs(750)).isCloseTo(5 * SECOND, within(1_000L));
        assertThat(schedule.intendedNs(2000)).isCloseTo(10 * SECOND, within(1_000L));
        assertThat(schedule.intendedNs(2600)).isCloseTo(12 * SECOND, within(1_000L));
    }

    @Test
    void neverGoesBackwards() {
        final Schedule schedule = new Schedule.Ramp(5000, 10, 3);
        long last = 0;
        for (long unit = 0; unit < 20_000; unit++) {
            final long at = schedule.intendedNs(unit);
            assertThat(at).isGreaterThanOrEqualTo(last);
            last = at;
        }
    }

    @Test
    void refusesARateOfNothing() {
        assertThatThrownBy(() -> new Schedule.Constant(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Schedule.Ramp(10, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
