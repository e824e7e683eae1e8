package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitTimerWheelTest {
    private static final long SEED = 99L;

    private final UnitTimerWheel wheel = new UnitTimerWheel(1_000);
    private final List<Unit> fired = new ArrayList<>();

    @Test
    void firesWhatIsDueAndNothingBefore() {
        final Unit unit = new Unit(0);
        wheel.schedule(unit, Unit.TimerPurpose.RETRY, 1_500);
        poll(1_499);
        assertThat(fired).isEmpty();
        poll(1_500);
        assertThat(fired).containsExactly(unit);
        assertThat(wheel.scheduled()).isZero();
    }

    @Test
    void firesADeadlineInThePastAtTheNextPoll() {
        final Unit unit = new Unit(0);
        wheel.schedule(unit, Unit.TimerPurpose.RETRY, 10);
        poll(1_000);
        assertThat(fired).containsExactly(unit);
    }

    @Test
    void keepsADeadlineManyTurnsAway() {
        final Unit unit = new Unit(0);
        final long threeDays = 3 * 86_400_000L;
        wheel.schedule(unit, Unit.TimerPurpose.RECEIPT, threeDays);
        for (long now = 1_000; now < threeDays; now += 3_600_000) {
            poll(now);
        }
        assertThat(fired).isEmpty();
        poll(threeDays);
        assertThat(fired).containsExactly(unit);
    }

    @Test
    void leavesTheRestForTheNextPollAtItsLimit() {
        for (int i = 0; i < 10; i++) {
            wheel.schedule(new Unit(i), Unit.TimerPurpose.RETRY, 1_100);
        }
        assertThat(wheel.poll(1_200, (unit, purpose) -> fired.add(unit), 4)).isEqualTo(4);
        poll(1_200);
        assertThat(fired).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void letsAHandlerCancelTheNeighbourThatIsDueToo() {
        final Unit first = new Unit(0);
        final Unit second = new Unit(1);
        wheel.schedule(first, Unit.TimerPurpose.RETRY, 1_100);
        wheel.schedule(second, Unit.TimerPurpose.RETRY, 1_100);
        wheel.poll(
                1_200,
                (unit, purpose) -> {
                    fired.add(unit);
                    wheel.cancel(unit == first ? second : first);
                },
                10);
        assertThat(fired).hasSize(1);
        assertThat(wheel.scheduled()).isZero();
    }

    @Test
    void firesEveryTimerOnceWithinATickOverManyRandomSteps() {
        final Random random = new Random(SEED);
        final Map<Unit, Long> deadlines = new HashMap<>();
        final Unit[] units = new Unit[500];
        for (int i = 0; i < units.length; i++) {
            units[i] = new Unit(i);
        }
        long now = 1_000;
        for (int step = 0; step < 20_000; step++) {
            final Unit unit = units[random.nextInt(units.length)];
            if (random.nextInt(4) == 0) {
                wheel.cancel(unit);
                deadlines.remove(unit);
            } else {
                final long deadline = now + random.nextInt(400_000);
                wheel.schedule(unit, Unit.TimerPurpose.RETRY, deadline);
                deadlines.put(unit, deadline);
            }
            now += random.nextInt(500);
            final long time = now;
            wheel.poll(
                    time,
                    (due, purpose) -> {
                        final Long deadline = deadlines.remove(due);
                        assertThat(deadline).as("seed %d", SEED).isNotNull().isLessThanOrEqualTo(time);
                    },
                    1_000);
            assertThat(deadlines.values().stream().filter(deadline -> deadline <= time))
                    .as("seed %d step %d", SEED, step)
                    .isEmpty();
        }
    }

    private void poll(final long now) {
        wheel.poll(now, (unit, purpose) -> fired.add(unit), 1_000);
    }
}
