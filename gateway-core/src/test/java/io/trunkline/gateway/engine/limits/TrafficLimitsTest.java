package io.trunkline.gateway.engine.limits;

import static io.trunkline.gateway.config.TrafficLimit.Dimension.BRAND;
import static io.trunkline.gateway.config.TrafficLimit.Dimension.CAMPAIGN;
import static io.trunkline.gateway.config.TrafficLimit.Dimension.NETWORK;
import static io.trunkline.gateway.config.TrafficLimit.Dimension.SENDER;
import static io.trunkline.gateway.config.TrafficLimit.Dimension.TENANT;
import static io.trunkline.gateway.engine.limits.LimitRig.ACME;
import static io.trunkline.gateway.engine.limits.LimitRig.ATT;
import static io.trunkline.gateway.engine.limits.LimitRig.GLOBEX;
import static io.trunkline.gateway.engine.limits.LimitRig.TMOBILE;
import static io.trunkline.gateway.engine.limits.LimitRig.bounded;
import static io.trunkline.gateway.engine.limits.LimitRig.forSome;
import static io.trunkline.gateway.engine.limits.LimitRig.in;
import static io.trunkline.gateway.engine.limits.LimitRig.limit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.gateway.config.Traffic;
import io.trunkline.gateway.config.TrafficLimit;
import io.trunkline.gateway.config.TrafficLimit.Every;
import io.trunkline.gateway.config.TrafficLimit.WhenFull;
import io.trunkline.gateway.engine.ErrorCode;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficLimitsTest {
    @ParameterizedTest
    @CsvSource({"SECOND, 7", "SECOND, 100", "SECOND, 333", "MINUTE, 75", "MINUTE, 4500", "HOUR, 7000"})
    void aKeyUnderPressureGetsItsPaceToTheSegment(final Every every, final int segments) {
        final LimitRig rig = new LimitRig(limit("pace", segments, every, SENDER));
        final long periodMs = every == Every.SECOND ? 1_000 : every == Every.MINUTE ? 60_000 : 3_600_000;
        final long spanMs = Math.max(60_000, 10 * periodMs / segments);
        rig.from("447700900001");

        final int passed = rig.press(spanMs, rig.unit(ACME, ATT, "447700900001", "spring", 1));

        final double perMs = (double) segments / periodMs;
        assertThat((double) passed).isCloseTo(perMs * spanMs, within(1.5 + perMs * 10));
    }

    @Test
    void messagesOfSeveralSegmentsPayForEachOfThem() {
        final LimitRig rig = new LimitRig(limit("pace", 100, Every.SECOND, SENDER));

        final int passed = rig.press(30_000, rig.unit(ACME, ATT, "447700900001", "spring", 7));

        assertThat(passed).isBetween(3_000 - 7, 3_000 + 7);
    }

    @Test
    void aBurstPassesAtOnceAndThenThePaceHolds() {
        final LimitRig rig = new LimitRig(bounded(limit("pace", 60, Every.MINUTE, SENDER), 20, 100, WhenFull.REFUSE));
        int atOnce = 0;
        while (rig.from("447700900001") == ErrorCode.NONE) {
            atOnce++;
        }
        assertThat(atOnce).isEqualTo(20);
        assertThat(rig.limits.retryAfterMs()).isEqualTo(1_000);
        rig.advance(999);
        assertThat(rig.from("447700900001")).isEqualTo(ErrorCode.OVER_SENDER_LIMIT);
        rig.advance(1);
        assertThat(rig.from("447700900001")).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void eachKeyHasItsOwnAllowanceHoweverOthersPress() {
        final LimitRig rig = new LimitRig(limit("campaigns", 600, Every.MINUTE, NETWORK, CAMPAIGN));
        final int[] passed = new int[4];
        for (int ms = 0; ms < 30_000; ms++) {
            rig.advance(1);
            // The first asks a thousand times a second, the last as often as it may.
            passed[0] += rig.acquire(rig.unit(ACME, ATT, "1", "spring", 1)) == ErrorCode.NONE ? 1 : 0;
            passed[1] +=
                    ms % 7 == 0 && rig.acquire(rig.unit(ACME, TMOBILE, "1", "spring", 1)) == ErrorCode.NONE ? 1 : 0;
            passed[2] += ms % 31 == 0 && rig.acquire(rig.unit(ACME, ATT, "1", "autumn", 1)) == ErrorCode.NONE ? 1 : 0;
            passed[3] +=
                    ms % 100 == 0 && rig.acquire(rig.unit(GLOBEX, ATT, "1", "winter", 1)) == ErrorCode.NONE ? 1 : 0;
        }
        assertThat(passed[0]).isBetween(300, 302);
        assertThat(passed[1]).isBetween(298, 302);
        // Who comes late by more than a hundredth of a second loses that.
        assertThat(passed[2]).isBetween(270, 302);
        assertThat(passed[3]).isEqualTo(300);
    }

    @Test
    void aDayIsExactAndBeginsAnewAtMidnightInItsZone() {
        final ZoneId zone = ZoneId.of("America/Los_Angeles");
        final LimitRig rig = new LimitRig(in(zone, limit("day", 10, Every.DAY, NETWORK, BRAND)));
        final LocalDays days = new LocalDays(zone);
        assertThat(rig.press(50, rig.unit(ACME, TMOBILE, "1", "spring", 3))).isEqualTo(9);
        // One is left: a campaign of the same brand may have it, a message of three segments may not.
        assertThat(rig.acquire(rig.unit(ACME, TMOBILE, "2", "autumn", 1))).isEqualTo(ErrorCode.NONE);
        assertThat(rig.acquire(rig.unit(ACME, TMOBILE, "2", "autumn", 1))).isEqualTo(ErrorCode.OVER_BRAND_LIMIT);
        assertThat((long) rig.limits.retryAfterMs()).isEqualTo(days.leftMs(rig.nowMs));
        assertThat(rig.acquire(rig.unit(ACME, TMOBILE, "2", "winter", 1))).isEqualTo(ErrorCode.NONE);
        rig.advance(days.leftMs(rig.nowMs) - 1);
        assertThat(rig.acquire(rig.unit(ACME, TMOBILE, "2", "autumn", 1))).isEqualTo(ErrorCode.OVER_BRAND_LIMIT);
        rig.advance(1);
        assertThat(rig.press(50, rig.unit(ACME, TMOBILE, "2", "autumn", 1))).isEqualTo(10);
    }

    @Test
    void aClockSetBackOverMidnightGivesNothingBack() {
        final LimitRig rig = new LimitRig(limit("day", 10, Every.DAY, BRAND));
        rig.advance(new LocalDays(ZoneId.of("UTC")).leftMs(rig.nowMs) + 1_000);
        rig.press(10, rig.unit(ACME, ATT, "1", "spring", 1));
        rig.nowMs -= 60_000;
        assertThat(rig.acquire(rig.unit(ACME, ATT, "1", "spring", 1))).isEqualTo(ErrorCode.OVER_BRAND_LIMIT);
    }

    @Test
    void aUnitThatOneLimitRefusesIsChargedToNone() {
        final LimitRig rig = new LimitRig(
                limit("day", 5, Every.DAY, BRAND), limit("sender", 1, Every.HOUR, SENDER), limit("all", 9, Every.DAY));
        assertThat(rig.from("447700900001")).isEqualTo(ErrorCode.NONE);
        for (int i = 0; i < 50; i++) {
            assertThat(rig.from("447700900001")).isEqualTo(ErrorCode.OVER_SENDER_LIMIT);
        }
        for (int other = 2; other <= 5; other++) {
            assertThat(rig.from("44770090000" + other)).isEqualTo(ErrorCode.NONE);
        }
        // Of two that refuse the one is named that makes it wait longer.
        assertThat(rig.from("447700900001")).isEqualTo(ErrorCode.OVER_BRAND_LIMIT);
        assertThat(rig.acquire(rig.unit(GLOBEX, ATT, "447700900007", "winter", 1)))
                .isEqualTo(ErrorCode.NONE);
    }

    @Test
    void theRefusalSaysWhatIsCounted() {
        assertRefusal(ErrorCode.OVER_TENANT_LIMIT, limit("a", 1, Every.DAY, TENANT));
        assertRefusal(ErrorCode.OVER_NETWORK_LIMIT, limit("a", 1, Every.DAY, NETWORK));
        assertRefusal(ErrorCode.OVER_NETWORK_LIMIT, limit("a", 1, Every.DAY));
        assertRefusal(ErrorCode.OVER_CAMPAIGN_LIMIT, limit("a", 1, Every.DAY, NETWORK, CAMPAIGN));
        assertRefusal(ErrorCode.OVER_SENDER_LIMIT, limit("a", 1, Every.DAY, NETWORK, SENDER));
        assertRefusal(
                ErrorCode.OVER_DESTINATION_LIMIT, limit("a", 1, Every.DAY, TENANT, TrafficLimit.Dimension.DESTINATION));
    }

    private static void assertRefusal(final ErrorCode code, final TrafficLimit limit) {
        final LimitRig rig = new LimitRig(limit);
        assertThat(rig.from("447700900001")).isEqualTo(ErrorCode.NONE);
        assertThat(rig.from("447700900001")).isEqualTo(code);
        assertThat(code.retryable()).isTrue();
    }

    @Test
    void aLimitIsForItsNetworksAndTenantsAlone() {
        final LimitRig rig =
                new LimitRig(forSome(limit("att", 1, Every.DAY, NETWORK), List.of(ATT, "unknown"), List.of("acme")));

        assertThat(rig.press(10, rig.unit(ACME, ATT, "1", "spring", 1))).isEqualTo(1);
        assertThat(rig.press(10, rig.unit(ACME, "unknown", "1", "spring", 1))).isEqualTo(1);
        assertThat(rig.press(10, rig.unit(ACME, TMOBILE, "1", "spring", 1))).isEqualTo(10);
        assertThat(rig.press(10, rig.unit(GLOBEX, ATT, "1", "spring", 1))).isEqualTo(10);
    }

    @Test
    void aCampaignThatIsNotListedCountsAsNone() {
        final LimitRig rig = new LimitRig(limit("campaign", 2, Every.DAY, CAMPAIGN));
        assertThat(rig.acquire(rig.unit(ACME, ATT, "1", "made up", 1))).isEqualTo(ErrorCode.NONE);
        assertThat(rig.acquire(rig.unit(ACME, ATT, "1", "made up too", 1))).isEqualTo(ErrorCode.NONE);
        assertThat(rig.acquire(rig.unit(ACME, ATT, "1", "", 1))).isEqualTo(ErrorCode.OVER_CAMPAIGN_LIMIT);
    }

    @Test
    void aSignBeforeANumberMakesNoOtherSender() {
        final LimitRig rig = new LimitRig(limit("sender", 1, Every.DAY, SENDER));
        assertThat(rig.from("+447700900001")).isEqualTo(ErrorCode.NONE);
        assertThat(rig.from("447700900001")).isEqualTo(ErrorCode.OVER_SENDER_LIMIT);
    }

    @Test
    void keysHaveAmountsOfTheirOwn() {
        final LimitRig rig = new LimitRig();
        rig.limits.configure(LimitRig.traffic(
                List.of(limit("campaign", 2, Every.DAY, TENANT, CAMPAIGN)),
                List.of(
                        new Traffic.Amount("campaign", "acme", "", "", "spring", "", 5, 2),
                        new Traffic.Amount("campaign", "globex", "", "", "winter", "", 1, 3))));

        assertThat(rig.press(20, rig.unit(ACME, ATT, "1", "spring", 1))).isEqualTo(5);
        assertThat(rig.press(20, rig.unit(ACME, ATT, "1", "winter", 1))).isEqualTo(2);
        assertThat(rig.press(20, rig.unit(GLOBEX, ATT, "1", "winter", 1))).isEqualTo(1);
        assertThat(rig.press(20, rig.unit(GLOBEX, ATT, "1", "spring", 1))).isEqualTo(2);
    }

    @Test
    void whereNoMoreKeysCanBeCountedOthersAreRefusedOrPassAndItIsSaid() {
        final TrafficLimit day = limit("sender", 2, Every.DAY, SENDER);
        final LimitRig rig = new LimitRig(bounded(day, 0, 3, WhenFull.REFUSE));
        for (int sender = 1; sender <= 3; sender++) {
            assertThat(rig.from("44770090000" + sender)).isEqualTo(ErrorCode.NONE);
        }
        assertThat(rig.from("447700900004")).isEqualTo(ErrorCode.LIMIT_KEYS_FULL);
        // Those that are counted notice nothing.
        assertThat(rig.from("447700900001")).isEqualTo(ErrorCode.NONE);
        assertThat(rig.limits.view().get(0)).isEqualTo(new TrafficLimits.View("sender", 3, 3, 1, 1));

        rig.configure(bounded(day, 0, 3, WhenFull.ADMIT));
        for (int i = 0; i < 10; i++) {
            assertThat(rig.from("447700900004")).isEqualTo(ErrorCode.NONE);
        }
        assertThat(rig.from("447700900001")).isEqualTo(ErrorCode.OVER_SENDER_LIMIT);
        // The next day those of the day before give way.
        rig.advance(86_400_000);
        assertThat(rig.press(10, rig.unit(ACME, ATT, "447700900004", "spring", 1)))
                .isEqualTo(2);
    }

    @Test
    void keysThatHaveRestedGiveWayToOthers() {
        final LimitRig rig = new LimitRig(bounded(limit("sender", 1, Every.SECOND, SENDER), 1, 50, WhenFull.REFUSE));
        for (int sender = 0; sender < 10_000; sender++) {
            assertThat(rig.from("4477009" + (10_000 + sender))).isEqualTo(ErrorCode.NONE);
            rig.advance(40);
        }
        assertThat(rig.limits.view().get(0).keys()).isEqualTo(50);
    }

    @Test
    void anotherAmountGoesOnFromWhatWasUsedAndAnotherLimitBeginsAnew() {
        final LimitRig rig = new LimitRig(limit("day", 10, Every.DAY, BRAND));
        rig.press(8, rig.unit(ACME, ATT, "1", "spring", 1));

        rig.configure(limit("day", 12, Every.DAY, BRAND));
        assertThat(rig.press(20, rig.unit(ACME, ATT, "1", "spring", 1))).isEqualTo(4);
        rig.configure(bounded(limit("day", 13, Every.DAY, BRAND), 0, 20, WhenFull.REFUSE));
        assertThat(rig.press(20, rig.unit(ACME, ATT, "1", "spring", 1))).isEqualTo(1);
        rig.configure(limit("day", 3, Every.DAY, BRAND, TENANT));
        assertThat(rig.press(20, rig.unit(ACME, ATT, "1", "spring", 1))).isEqualTo(3);
    }

    @Test
    void inAnySpanOfTimeNoKeyGetsMoreThanPaceAndBurst() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final int perSecond = 1 + random.nextInt(200);
        final int burst = 1 + random.nextInt(50);
        final LimitRig rig =
                new LimitRig(bounded(limit("pace", perSecond, Every.SECOND, SENDER), burst, 10, WhenFull.REFUSE));
        final LimitedUnit unit = rig.unit(ACME, ATT, "1", "spring", 1);
        final int[] passedAt = new int[20_000];
        for (int ms = 0; ms < passedAt.length; ms++) {
            rig.advance(1);
            final int asked = random.nextInt(400) == 0 ? random.nextInt(400) : random.nextInt(3);
            for (int i = 0; i < asked; i++) {
                passedAt[ms] += rig.acquire(unit) == ErrorCode.NONE ? 1 : 0;
            }
        }
        for (int from = 0; from < passedAt.length; from += 97) {
            int passed = 0;
            for (int to = from; to < passedAt.length; to++) {
                passed += passedAt[to];
                final double most = perSecond * (to - from + 1) / 1000.0 + Math.max(burst, 1 + perSecond * 0.01) + 1;
                assertThat((double) passed)
                        .as("seed %d, %d to %d ms", seed, from, to)
                        .isLessThanOrEqualTo(most);
            }
        }
    }
}
