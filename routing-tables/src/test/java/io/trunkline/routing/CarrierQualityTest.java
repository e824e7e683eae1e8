package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trunkline.routing.CarrierQuality.CallEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Six buckets of ten seconds, judged from ten samples on. */
class CarrierQualityTest {
    private static final long START = 1_800_000_000_000L;
    private static final long SECOND = 1000;
    private static final int CARRIER = 3;

    private static CarrierQuality quality(final QualityRule... rules) {
        return new CarrierQuality(new QualitySettings(10 * SECOND, 6, 10, 300 * SECOND, 8, List.of(rules)));
    }

    private static final QualityRule POOR_BELOW_80 = new QualityRule(Indicator.DELIVERY_RATE, Grade.POOR, 8_000, 9_000);

    private static void messages(
            final CarrierQuality quality, final int delivered, final int failed, final long nowMs) {
        for (int i = 0; i < delivered + failed; i++) {
            quality.message(CARRIER, i < delivered, 2_000, nowMs);
        }
        quality.judge(nowMs);
    }

    @Test
    void aGradeComesBelowOneBoundAndGoesAtTheOther() {
        final CarrierQuality quality = quality(POOR_BELOW_80);
        messages(quality, 80, 20, START);
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.GOOD);
        messages(quality, 0, 1, START);
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.POOR);
        messages(quality, 98, 0, START);
        assertThat(quality.value(CARRIER, Indicator.DELIVERY_RATE)).isEqualTo(8_944);
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE))
                .as("between the bounds")
                .isEqualTo(Grade.POOR);
        messages(quality, 11, 0, START);
        assertThat(quality.value(CARRIER, Indicator.DELIVERY_RATE)).isEqualTo(9_000);
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.GOOD);
        assertThat(quality.grade(CARRIER, UnitKind.CALL)).isEqualTo(Grade.GOOD);
        assertThat(quality.grade(99, UnitKind.MESSAGE)).isEqualTo(Grade.GOOD);
    }

    @Test
    void anotherGoesOnWithWhatWasCountedAndWithTheGradesOfTheSameRules() {
        final CarrierQuality before = quality(POOR_BELOW_80);
        messages(before, 0, 100, START);
        final QualitySettings more = new QualitySettings(10 * SECOND, 6, 10, 300 * SECOND, 64, List.of(POOR_BELOW_80));
        assertThat(new CarrierQuality(more, before).grade(CARRIER, UnitKind.MESSAGE))
                .isEqualTo(Grade.POOR);
        final QualityRule fair = new QualityRule(Indicator.DELIVERY_RATE, Grade.FAIR, 8_000, 9_000);
        final CarrierQuality other =
                new CarrierQuality(new QualitySettings(10 * SECOND, 6, 10, 300 * SECOND, 64, List.of(fair)), before);
        other.judge(START);
        assertThat(other.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.FAIR);
        final CarrierQuality longer = new CarrierQuality(
                new QualitySettings(10 * SECOND, 12, 10, 300 * SECOND, 64, List.of(POOR_BELOW_80)), before);
        longer.judge(START);
        assertThat(longer.grade(CARRIER, UnitKind.MESSAGE)).as("begins anew").isEqualTo(Grade.GOOD);
    }

    @Test
    void aDelayThatIsNotKnownDoesNotCount() {
        final CarrierQuality quality = quality();
        quality.message(CARRIER, true, CarrierQuality.UNKNOWN, START);
        assertThat(quality.value(CARRIER, Indicator.DELIVERY_LATENCY)).isEqualTo(CarrierQuality.UNKNOWN);
        quality.message(CARRIER, true, 500, START);
        assertThat(quality.value(CARRIER, Indicator.DELIVERY_LATENCY)).isEqualTo(500);
        assertThat(quality.value(CARRIER, Indicator.DELIVERY_RATE)).isEqualTo(10_000);
    }

    @Test
    void gradesChangeOnlyWhenTheyAreJudged() {
        final CarrierQuality quality = quality(POOR_BELOW_80);
        for (int i = 0; i < 100; i++) {
            quality.message(CARRIER, false, 0, START);
        }
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.GOOD);
        quality.judge(START);
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.POOR);
    }

    @Test
    void withTooFewSamplesAGradeIsHeldForAWhileAndThenTheCarrierIsTriedAgain() {
        final CarrierQuality quality = quality(POOR_BELOW_80);
        messages(quality, 0, 9, START);
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.GOOD);
        messages(quality, 0, 1, START);
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.POOR);
        quality.judge(START + 299 * SECOND);
        assertThat(quality.value(CARRIER, Indicator.DELIVERY_RATE)).isEqualTo(CarrierQuality.UNKNOWN);
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.POOR);
        // It was judged while the ten were in the window, which is to the end of the sixth bucket.
        quality.judge(START + 300 * SECOND);
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.GOOD);
    }

    @Test
    void theWorstOfTheRulesThatHoldIsTheGrade() {
        final CarrierQuality quality = quality(
                POOR_BELOW_80,
                new QualityRule(Indicator.DELIVERY_RATE, Grade.FAIR, 9_500, 9_800),
                new QualityRule(Indicator.DELIVERY_LATENCY, Grade.FAIR, 10_000, 8_000));
        messages(quality, 94, 6, START);
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.FAIR);
        messages(quality, 0, 50, START);
        assertThat(quality.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.POOR);
        final CarrierQuality slow = quality(new QualityRule(Indicator.DELIVERY_LATENCY, Grade.FAIR, 1_999, 1_000));
        messages(slow, 20, 0, START);
        assertThat(slow.grade(CARRIER, UnitKind.MESSAGE)).isEqualTo(Grade.FAIR);
    }

    @Test
    void callsAreMeasuredAsTelephonyDoes() {
        final CarrierQuality quality = quality();
        for (int i = 0; i < 6; i++) {
            quality.call(CARRIER, CallEnd.ANSWERED, 1_500, 100 + i * 20, START);
        }
        quality.call(CARRIER, CallEnd.USER, 2_500, 0, START);
        quality.call(CARRIER, CallEnd.USER, CarrierQuality.UNKNOWN, 0, START);
        quality.call(CARRIER, CallEnd.NETWORK, CarrierQuality.UNKNOWN, 0, START);
        quality.call(CARRIER, CallEnd.NETWORK, CarrierQuality.UNKNOWN, 0, START);
        assertThat(quality.value(CARRIER, Indicator.ANSWER_SEIZURE_RATIO)).isEqualTo(6_000);
        assertThat(quality.value(CARRIER, Indicator.NETWORK_EFFECTIVENESS_RATIO))
                .isEqualTo(8_000);
        assertThat(quality.value(CARRIER, Indicator.AVERAGE_CALL_DURATION)).isEqualTo(150);
        assertThat(quality.value(CARRIER, Indicator.POST_DIAL_DELAY)).isEqualTo(1_642);
        assertThat(quality.value(CARRIER, Indicator.DELIVERY_RATE)).isEqualTo(CarrierQuality.UNKNOWN);
    }

    private record Event(long ms, boolean delivered, long delayMs) {}

    @Test
    void theWindowHoldsWhatAListOfEventsHolds() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("CarrierQualityTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final CarrierQuality quality = quality();
        final List<Event> events = new ArrayList<>();
        long now = START;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(100) == 0 ? random.nextInt(100_000) : random.nextInt(2_000);
            final Event event = new Event(now, random.nextInt(4) > 0, random.nextInt(10_000));
            events.add(event);
            quality.message(CARRIER, event.delivered(), event.delayMs(), now);
            final long firstBucket = now / 10_000 - 5;
            final List<Event> inside = events.stream()
                    .skip(Math.max(0, events.size() - 500))
                    .filter(each -> each.ms() / 10_000 >= firstBucket)
                    .toList();
            final List<Event> delivered =
                    inside.stream().filter(Event::delivered).toList();
            assertThat(quality.value(CARRIER, Indicator.DELIVERY_RATE))
                    .as("seed %d, event %d", seed, i)
                    .isEqualTo(delivered.size() * 10_000L / inside.size());
            assertThat(quality.value(CARRIER, Indicator.DELIVERY_LATENCY))
                    .as("seed %d, event %d", seed, i)
                    .isEqualTo(
                            delivered.isEmpty()
                                    ? CarrierQuality.UNKNOWN
                                    : delivered.stream()
                                                    .mapToLong(Event::delayMs)
                                                    .sum()
                                            / delivered.size());
        }
    }

    @Test
    void aRuleWithoutRoomBetweenItsBoundsTheWrongWayRoundIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QualityRule(Indicator.DELIVERY_RATE, Grade.POOR, 9_000, 8_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QualityRule(Indicator.POST_DIAL_DELAY, Grade.POOR, 3_000, 4_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QualityRule(Indicator.DELIVERY_RATE, Grade.GOOD, 1, 2));
    }
}
