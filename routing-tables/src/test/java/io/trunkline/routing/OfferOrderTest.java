package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several rows for the same units; draws are a function of unit ids that are fixed here, as in {@link RouteOrderTest}. */
class OfferOrderTest {
    private static final int UNITS = 100_000;

    private final RouteChoice choice = new RouteChoice();

    private static RoutingSnapshot snapshot(final Offer... offers) {
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(1);
        for (int i = 0; i < offers.length; i++) {
            builder.route("49", RouteScope.EVERYONE, offers[i], "routes.csv", i + 1);
        }
        return builder.build();
    }

    private static Offer offer(final int carrier, final int priority, final int weight) {
        return new Offer(RouteSelectionTest.to(carrier), priority, weight, Offer.UNPRICED);
    }

    private int[] carriers(final RoutingSnapshot snapshot, final long unitId) {
        snapshot.select(1, 1, Digits.at3("4917"), Digits.OFFSET, 4, unitId, choice);
        final int[] carriers = new int[choice.size()];
        Arrays.setAll(carriers, choice::carrier);
        return carriers;
    }

    @Test
    void offersOfGreaterPriorityGoFirst() {
        final RoutingSnapshot snapshot = snapshot(offer(1, 5, 1), offer(2, 9, 1), offer(3, 0, 10_000));
        for (int unit = 0; unit < 100; unit++) {
            assertThat(carriers(snapshot, unit)).containsExactly(2, 1, 3);
        }
    }

    @Test
    void offersOfEqualPriorityShareByWeightAndSoDoesWhatFailsOver() {
        final RoutingSnapshot snapshot =
                snapshot(offer(1, 5, 70), offer(2, 5, 20), offer(3, 5, 10), offer(4, 1, 1), offer(5, 1, 3));
        final int[] first = new int[6];
        final int[] second = new int[6];
        final int[] fourth = new int[6];
        for (int unit = 0; unit < UNITS; unit++) {
            final int[] order = carriers(snapshot, unit);
            assertThat(order).hasSize(5).doesNotHaveDuplicates();
            first[order[0]]++;
            second[order[1]] += order[0] == 1 ? 1 : 0;
            fourth[order[3]]++;
        }
        assertFair(first[1], UNITS, 0.7);
        assertFair(first[2], UNITS, 0.2);
        assertFair(first[3], UNITS, 0.1);
        assertFair(second[2], first[1], 20.0 / 30);
        assertFair(fourth[5], UNITS, 0.75);
    }

    private static void assertFair(final int count, final int draws, final double share) {
        final double deviation = Math.sqrt(draws * share * (1 - share));
        assertThat((double) count).isCloseTo(draws * share, offset(5 * deviation));
    }

    @Test
    void aCarrierOfSeveralOffersIsTriedOnceByTheFirstOfThem() {
        final Handling prefixed = new Handling(2, "00", SenderPolicy.KEEP);
        final Route both = new Route(List.of(
                new Route.Tier(List.of(new Route.Share(1, 1, prefixed))),
                new Route.Tier(List.of(new Route.Share(2, 1)))));
        final RoutingSnapshot snapshot =
                snapshot(new Offer(both, 5, 1, Offer.UNPRICED), offer(1, 9, 1), offer(3, 1, 1));
        assertThat(carriers(snapshot, 1)).containsExactly(1, 2, 3);
        assertThat(choice.handling(0)).isEqualTo(Handling.NONE);
        assertThat(snapshot.row(choice.row(0)).line()).isEqualTo(2);
        assertThat(snapshot.row(choice.row(1)).line()).isEqualTo(1);
    }

    @Test
    void moreCarriersThanAreTriedDoNoHarm() {
        final Offer[] offers = new Offer[RouteChoice.MAX_OFFERS];
        for (int i = 0; i < offers.length; i++) {
            offers[i] = offer(i, i, 1);
        }
        assertThat(carriers(snapshot(offers), 3)).hasSize(Route.MAX_CARRIERS).startsWith(63, 62, 61);
    }

    @Test
    void anExplanationSaysWhatWasOnOfferAndWhereEachAttemptComesFrom() {
        final RoutingSnapshot snapshot = snapshot(
                new Offer(RouteSelectionTest.to(1), 0, 1, 12_300),
                new Offer(
                        new Route(List.of(new Route.Tier(List.of(new Route.Share(
                                2, 1, new Handling(2, "0", new SenderPolicy(SenderPolicy.Mode.REPLACE, "Info"))))))),
                        1,
                        1,
                        Offer.UNPRICED));
        assertThat(snapshot.explain(1, 1, "4917", 1, new PlainNames()).steps())
                .containsExactly(
                        "routes.csv:2: prefix 49: on offer, priority 1, weight 1, cost unknown",
                        "routes.csv:1: prefix 49: on offer, priority 0, weight 1, cost 0.0123",
                        "attempt 1: carrier2 (routes.csv:2, tier 1, weight 1), strips 2, prepends 0, sender Info",
                        "attempt 2: carrier1 (routes.csv:1, tier 1, weight 1)");
    }
}
