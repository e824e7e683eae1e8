package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.trunkline.routing.Route.Share;
import io.trunkline.routing.Route.Tier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In which order the carriers of a route are tried. The draws are a function of unit ids that are fixed here, so the counts are
 * the same in every run; the bounds are five standard deviations of a fair draw.
 */
class RouteOrderTest {
    private static final int UNITS = 100_000;

    private final RouteChoice choice = new RouteChoice();

    private static RoutingSnapshot snapshot(final long version, final Tier... tiers) {
        return RoutingSnapshot.builder(version)
                .route("", RoutingSnapshot.ANY, RoutingSnapshot.ANY, new Route(List.of(tiers)), "routes.csv", 2)
                .build();
    }

    private static Tier tier(final int... carriersAndWeights) {
        final List<Share> shares = new ArrayList<>();
        for (int i = 0; i < carriersAndWeights.length; i += 2) {
            shares.add(new Share(carriersAndWeights[i], carriersAndWeights[i + 1]));
        }
        return new Tier(shares);
    }

    private void select(final RoutingSnapshot snapshot, final long unitId) {
        snapshot.select(1, 1, Digits.at3("49"), Digits.OFFSET, 2, unitId, choice);
    }

    private static void assertFair(final int count, final int draws, final double share) {
        final double deviation = Math.sqrt(draws * share * (1 - share));
        assertThat((double) count).isCloseTo(draws * share, offset(5 * deviation));
    }

    /** Ids as they may come: one after the other, with a shard or a time in the upper bits, far apart. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 16, 1L << 40, 1_000_003L})
    void firstAttemptsAreSharedByWeightWhateverTheStepOfTheUnitIds(final long step) {
        final RoutingSnapshot snapshot = snapshot(1, tier(1, 70, 2, 20, 3, 10));
        final int[] first = new int[4];
        for (int i = 0; i < UNITS; i++) {
            select(snapshot, 17 + i * step);
            first[choice.carrier(0)]++;
        }
        assertFair(first[1], UNITS, 0.7);
        assertFair(first[2], UNITS, 0.2);
        assertFair(first[3], UNITS, 0.1);
    }

    @Test
    void whatFailsOverIsSharedByTheWeightsOfThoseThatAreLeft() {
        final RoutingSnapshot snapshot = snapshot(1, tier(1, 70, 2, 20, 3, 10));
        int failedFirst = 0;
        int second = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            select(snapshot, unit);
            if (choice.carrier(0) == 1) {
                failedFirst++;
                second += choice.carrier(1) == 2 ? 1 : 0;
            }
        }
        assertFair(second, failedFirst, 20.0 / 30.0);
    }

    @Test
    void tiersAreTriedInOrderAndEveryCarrierOnce() {
        final RoutingSnapshot snapshot = snapshot(1, tier(1, 1, 2, 1), tier(3, 5), tier(4, 1, 5, 2, 6, 3));
        for (int unit = 0; unit < 1000; unit++) {
            select(snapshot, unit);
            assertThat(choice.size()).isEqualTo(6);
            final Set<Integer> carriers = new HashSet<>();
            for (int attempt = 0; attempt < 6; attempt++) {
                carriers.add(choice.carrier(attempt));
                assertThat(choice.tier(attempt)).isEqualTo(attempt < 2 ? 0 : attempt < 3 ? 1 : 2);
            }
            assertThat(carriers).hasSize(6);
            assertThat(choice.carrier(2)).isEqualTo(3);
        }
    }

    @Test
    void theDrawsOfTwoTiersAreIndependent() {
        final RoutingSnapshot snapshot = snapshot(1, tier(1, 1, 2, 1), tier(3, 1, 4, 1));
        int both = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            select(snapshot, unit);
            both += choice.carrier(0) == 1 && choice.carrier(2) == 3 ? 1 : 0;
        }
        assertFair(both, UNITS, 0.25);
    }

    @Test
    void theSameUnitGetsTheSameOrderAlsoUnderAnotherVersion() {
        final Tier tier = tier(1, 1, 2, 1, 3, 1, 4, 1);
        final RoutingSnapshot before = snapshot(1, tier);
        final RoutingSnapshot after = snapshot(2, tier);
        for (int unit = 0; unit < 1000; unit++) {
            select(before, unit);
            final int[] order = LongStream.range(0, 4)
                    .mapToInt(attempt -> choice.carrier((int) attempt))
                    .toArray();
            select(after, unit);
            for (int attempt = 0; attempt < 4; attempt++) {
                assertThat(choice.carrier(attempt)).isEqualTo(order[attempt]);
            }
        }
    }

    @Test
    void sixteenCarriersOfTheGreatestWeightAreSharedToo() {
        final int[] shares = new int[32];
        for (int i = 0; i < 16; i++) {
            shares[2 * i] = i;
            shares[2 * i + 1] = Route.MAX_WEIGHT;
        }
        final RoutingSnapshot snapshot = snapshot(1, tier(shares));
        final int[] first = new int[16];
        for (int unit = 0; unit < UNITS; unit++) {
            select(snapshot, unit);
            first[choice.carrier(0)]++;
        }
        for (final int count : first) {
            assertFair(count, UNITS, 1.0 / 16);
        }
    }

    @Test
    void anAttemptThatDoesNotExistIsAProgrammersError() {
        select(snapshot(1, tier(1, 1)), 1);
        assertThatThrownBy(() -> choice.carrier(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
