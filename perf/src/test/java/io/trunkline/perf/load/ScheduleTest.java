package io.trunkline.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.perf.load.Schedule.Steps.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void stepsFromOneRateToTheNextAndStaysAtTheLast() {
        final Schedule schedule = new Schedule.Steps(List.of(new Step(100, 2), new Step(10, 3)));
        assertThat(schedule.intendedNs(200)).isEqualTo(2 * SECOND);
        assertThat(schedule.intendedNs(210)).isEqualTo(3 * SECOND);
        assertThat(schedule.intendedNs(250)).isEqualTo(7 * SECOND);
        assertThat(schedule.lengthNs()).isEqualTo(5 * SECOND);
    }

    @Test
    void sendsABurstAtOnceAndTheRestEvenly() {
        final Schedule schedule = new Schedule.Burst(10, 50, 5);
        assertThat(schedule.intendedNs(49)).isZero();
        assertThat(schedule.intendedNs(60)).isEqualTo(SECOND);
        assertThat(schedule.intendedNs(100)).isEqualTo(5 * SECOND);
        assertThat(schedule.intendedNs(149)).isEqualTo(5 * SECOND);
    }

    @Test
    void replaysArrivalsFromTheFirstOne(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("arrivals.csv");
        Files.writeString(file, "at,to\n2026-03-01T09:00:01Z,x\n2026-03-01T09:00:00.500Z,y\n2026-03-01T09:00:03Z,z\n");
        final Schedule schedule = ArrivalFile.read(file, 2);
        assertThat(schedule.units()).isEqualTo(3);
        assertThat(schedule.intendedNs(0)).isZero();
        assertThat(schedule.intendedNs(1)).isEqualTo(SECOND / 4);
        assertThat(schedule.intendedNs(2)).isEqualTo(SECOND * 5 / 4);
        assertThat(schedule.dueBy(Schedule.NEVER - 1)).isEqualTo(3);
        Files.writeString(file, "0.1\n0.2\nsoon\n");
        assertThatThrownBy(() -> ArrivalFile.read(file, 1)).hasMessageContaining("arrivals.csv:3: 'soon'");
        Files.writeString(file, "at\n");
        assertThatThrownBy(() -> ArrivalFile.read(file, 1)).hasMessageContaining("no arrival");
    }

    @Test
    void knowsHowManyAreDue() {
        for (final Schedule schedule : List.of(
                new Schedule.Constant(333),
                new Schedule.Ramp(10, 1000, 5),
                new Schedule.Steps(List.of(new Step(7, 1), new Step(900, 3))),
                new Schedule.Burst(50, 20, 1))) {
            for (long elapsed = 0; elapsed < 6 * SECOND; elapsed += 123_456_789) {
                final long due = schedule.dueBy(elapsed);
                assertThat(schedule.intendedNs(due - 1)).as("%s", schedule).isLessThanOrEqualTo(elapsed);
                assertThat(schedule.intendedNs(due)).as("%s", schedule).isGreaterThan(elapsed);
            }
        }
        assertThat(new Schedule.Closed().dueBy(SECOND)).isZero();
    }

    @Test
    void sharesAScheduleWithoutChangingItsForm() {
        final Schedule schedule = new Schedule.Steps(List.of(new Step(100, 2), new Step(10, 3))).share(0.25);
        assertThat(schedule.dueBy(2 * SECOND - 1)).isEqualTo(50);
        assertThat(schedule.dueBy(5 * SECOND - 1)).isBetween(57L, 58L);
    }

    @Test
    void refusesARateOfNothing() {
        assertThatThrownBy(() -> new Schedule.Constant(1e12)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Schedule.Burst(10, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Schedule.Steps(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Schedule.Constant(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Schedule.Ramp(10, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
