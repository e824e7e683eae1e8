package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import io.trunkline.routing.Policy.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which offers are taken up, in which order; tenant 1 is in group 1, class 1 is meant where nothing else is said. */
class PolicyTest {
    private static final int UNITS = 50_000;
    private static final List<Grade> GRADES = List.of(Grade.GOOD, Grade.FAIR, Grade.POOR);
    private static final int CHEAP = 10_000;
    private static final int MIDDLE = 12_000;
    private static final int DEAR = 20_000;

    private final RouteChoice choice = new RouteChoice();
    private final RouteQuery query = new RouteQuery();

    private static RoutingSnapshot.Builder builder(final Offer... offers) {
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(1).tenantGroup(1, 1);
        for (int i = 0; i < offers.length; i++) {
            builder.route("49", RouteScope.EVERYONE, offers[i], "routes.csv", i + 1);
        }
        return builder;
    }

    private static RoutingSnapshot snapshot(final Policy policy, final Offer... offers) {
        return builder(offers)
                .policy(RoutingSnapshot.ANY, RoutingSnapshot.ANY, policy)
                .build();
    }

    private static Offer offer(final int carrier, final int priority, final int weight, final int cost) {
        return new Offer(RouteSelectionTest.to(carrier), priority, weight, cost);
    }

    private int[] carriers(final RoutingSnapshot snapshot, final RouteQuery asked) {
        final int row = snapshot.select(asked, Digits.at3("4917"), Digits.OFFSET, 4, choice);
        assertThat(row == RoutingSnapshot.NO_ROUTE)
                .isEqualTo(choice.size() == 0)
                .isEqualTo(choice.outcome() != Outcome.FOUND);
        final int[] carriers = new int[choice.size()];
        Arrays.setAll(carriers, choice::carrier);
        return carriers;
    }

    private int[] carriers(final RoutingSnapshot snapshot) {
        return carriers(snapshot, query.message(1, 1, 7));
    }

    @Test
    void leastCostTakesTheCheapestFirstAndOffersWithoutACostLast() {
        final RoutingSnapshot snapshot = snapshot(
                Policy.of(Mode.LEAST_COST),
                offer(1, 9, 1, DEAR),
                offer(2, 9, 1, Offer.UNPRICED),
                offer(3, 0, 1, CHEAP),
                offer(4, 5, 1, MIDDLE));
        assertThat(carriers(snapshot)).containsExactly(3, 4, 1, 2);
    }

    @Test
    void offersOfOneCostShareByWeight() {
        final RoutingSnapshot snapshot = snapshot(
                Policy.of(Mode.LEAST_COST), offer(1, 0, 3, CHEAP), offer(2, 9, 1, CHEAP), offer(3, 9, 9, DEAR));
        int first = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            first += carriers(snapshot, query.message(1, 1, unit))[0] == 1 ? 1 : 0;
        }
        assertThat((double) first).isCloseTo(UNITS * 0.75, offset(5 * Math.sqrt(UNITS * 0.75 * 0.25)));
    }

    @Test
    void weightedSharesAmongAllWhateverTheirPriorityAndCost() {
        final RoutingSnapshot snapshot =
                snapshot(Policy.of(Mode.WEIGHTED), offer(1, 9, 1, CHEAP), offer(2, 0, 4, DEAR));
        int second = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            second += carriers(snapshot, query.message(1, 1, unit))[0] == 2 ? 1 : 0;
        }
        assertThat((double) second).isCloseTo(UNITS * 0.8, offset(5 * Math.sqrt(UNITS * 0.8 * 0.2)));
    }

    @Test
    void aPriceCapOfThePolicyOrOfTheUnitLeavesOutWhatCostsMoreOrHasNoCost() {
        final Offer[] offers = {offer(1, 9, 1, DEAR), offer(2, 5, 1, Offer.UNPRICED), offer(3, 0, 1, CHEAP)};
        assertThat(carriers(snapshot(Policy.PRIORITY, offers))).containsExactly(1, 2, 3);
        assertThat(carriers(snapshot(Policy.PRIORITY.atMost(MIDDLE), offers))).containsExactly(3);
        assertThat(carriers(snapshot(Policy.PRIORITY.atMost(DEAR), offers))).containsExactly(1, 3);
        assertThat(carriers(
                        snapshot(Policy.PRIORITY.atMost(DEAR), offers),
                        query.message(1, 1, 7).paying(RouteQuery.NO_PRICE, CHEAP)))
                .containsExactly(3);
        assertThat(carriers(snapshot(Policy.PRIORITY.atMost(CHEAP - 1), offers)))
                .isEmpty();
        assertThat(choice.outcome()).isEqualTo(Outcome.OVER_PRICE_CAP);
    }

    @Test
    void theMarginGuardLeavesOutWhatEarnsTooLittle() {
        final Offer[] offers = {offer(1, 9, 1, 9_001), offer(2, 5, 1, 9_000), offer(3, 4, 1, Offer.UNPRICED)};
        final RoutingSnapshot tenPercent = snapshot(Policy.PRIORITY.earning(1_000), offers);
        assertThat(carriers(tenPercent, query.message(1, 1, 7).paying(10_000, Policy.NO_CAP)))
                .containsExactly(2);
        assertThat(carriers(tenPercent, query.message(1, 1, 7).paying(9_500, Policy.NO_CAP)))
                .isEmpty();
        assertThat(choice.outcome()).isEqualTo(Outcome.BELOW_MARGIN);
        assertThat(carriers(tenPercent)).as("the price is not known").containsExactly(1, 2, 3);
        assertThat(carriers(
                        snapshot(Policy.PRIORITY.earning(-1_000), offers),
                        query.message(1, 1, 7).paying(8_183, Policy.NO_CAP)))
                .as("a loss of up to a tenth is allowed")
                .containsExactly(1, 2);
    }

    @Test
    void pinnedKeepsToOneCarrierAtItsLowestCost() {
        final Offer[] offers = {offer(1, 9, 1, CHEAP), offer(2, 0, 1, DEAR)};
        final Route behind = new Route(List.of(
                new Route.Tier(List.of(new Route.Share(8, 1))), new Route.Tier(List.of(new Route.Share(2, 5)))));
        assertThat(carriers(snapshot(Policy.pinned(2), offers))).containsExactly(2);
        assertThat(carriers(snapshot(Policy.pinned(2), offers[0], offers[1], new Offer(behind, 0, 1, CHEAP))))
                .containsExactly(2);
        assertThat(choice.tier(0)).isEqualTo(1);
        assertThat(choice.weight(0)).isEqualTo(5);
        assertThat(carriers(snapshot(Policy.pinned(3), offers))).isEmpty();
        assertThat(choice.outcome()).isEqualTo(Outcome.NOT_PINNED);
        assertThat(carriers(snapshot(Policy.pinned(2).atMost(CHEAP), offers))).isEmpty();
        assertThat(choice.outcome()).isEqualTo(Outcome.OVER_PRICE_CAP);
    }

    @Test
    void qualityTakesTheBestGradeFirstAndOfOneGradeTheCheapest() {
        final RoutingSnapshot snapshot = snapshot(
                Policy.of(Mode.QUALITY),
                offer(1, 0, 1, CHEAP),
                offer(2, 0, 1, MIDDLE),
                offer(3, 0, 1, DEAR),
                offer(4, 0, 1, DEAR + 1));
        final Grade[] grades = {Grade.GOOD, Grade.POOR, Grade.GOOD, Grade.FAIR, Grade.GOOD};
        final Measurements measurements = (carrier, kind) -> kind == UnitKind.MESSAGE ? grades[carrier] : Grade.GOOD;
        assertThat(carriers(snapshot, query.message(1, 1, 7).measured(measurements)))
                .containsExactly(2, 4, 3, 1);
        assertThat(carriers(snapshot, query.call(1, 1, 7).measured(measurements)))
                .containsExactly(1, 2, 3, 4);
        assertThat(carriers(snapshot)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void someUnitsProbeACarrierThatIsNotGood() {
        final RoutingSnapshot snapshot =
                snapshot(Policy.of(Mode.QUALITY).probing(20), offer(1, 0, 1, CHEAP), offer(2, 0, 1, MIDDLE));
        final Measurements oneIsPoor = (carrier, kind) -> carrier == 1 ? Grade.POOR : Grade.GOOD;
        int probes = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            final int[] order = carriers(snapshot, query.message(1, 1, unit).measured(oneIsPoor));
            assertThat(order).containsExactlyInAnyOrder(1, 2);
            probes += order[0] == 1 ? 1 : 0;
        }
        assertThat((double) probes).isCloseTo(UNITS * 0.02, offset(5 * Math.sqrt(UNITS * 0.02 * 0.98)));
    }

    @Test
    void thePolicyForGroupAndClassHoldsBeforeThatForTheGroupThatForTheClassAndThatForAll() {
        final RoutingSnapshot snapshot = builder(
                        offer(1, 0, 1, 1), offer(2, 0, 1, 1), offer(3, 0, 1, 1), offer(4, 0, 1, 1))
                .tenantGroup(2, 2)
                .policy(1, 1, Policy.pinned(1))
                .policy(1, 0, Policy.pinned(2))
                .policy(0, 1, Policy.pinned(3))
                .policy(0, 0, Policy.pinned(4))
                .build();
        assertThat(carriers(snapshot, query.message(1, 1, 7))).containsExactly(1);
        assertThat(carriers(snapshot, query.message(1, 2, 7))).containsExactly(2);
        assertThat(carriers(snapshot, query.message(2, 1, 7))).containsExactly(3);
        assertThat(carriers(snapshot, query.message(9, 2, 7))).containsExactly(4);
    }

    @Test
    void randomOffersAreOrderedAsASortSaysAndTheSameQueryHasTheSameAnswer() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("PolicyTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            final List<Offer> offers = new ArrayList<>();
            for (int carrier = 0; carrier < random.nextInt(1, 17); carrier++) {
                // Costs and priorities differ, so that nothing is left to weights.
                offers.add(offer(carrier, carrier * 7 % 17, 1 + random.nextInt(9), 1000 + carrier * 5 % 17));
            }
            final Grade[] grades = random.ints(17, 0, 3).mapToObj(GRADES::get).toArray(Grade[]::new);
            final Mode mode =
                    List.of(Mode.PRIORITY, Mode.LEAST_COST, Mode.QUALITY).get(random.nextInt(3));
            final int cap = 1000 + random.nextInt(20);
            final RoutingSnapshot snapshot = snapshot(Policy.of(mode).atMost(cap), offers.toArray(Offer[]::new));
            query.message(1, 1, i).measured((carrier, kind) -> grades[carrier]);
            final Comparator<Offer> byCost = Comparator.comparingInt(Offer::cost);
            final Comparator<Offer> order = switch (mode) {
                case PRIORITY -> Comparator.comparingInt(Offer::priority).reversed();
                case QUALITY ->
                    Comparator.comparing((Offer offer) -> grades[carrier(offer)])
                            .thenComparing(byCost);
                default -> byCost;
            };
            final int[] expected = offers.stream()
                    .filter(offer -> offer.cost() <= cap)
                    .sorted(order)
                    .mapToInt(PolicyTest::carrier)
                    .toArray();
            assertThat(carriers(snapshot, query))
                    .as("seed %d, table %d, %s", seed, i, mode)
                    .isEqualTo(expected);
            assertThat(carriers(snapshot, query)).isEqualTo(expected);
        }
    }

    private static int carrier(final Offer offer) {
        return offer.route().tiers().get(0).shares().get(0).carrier();
    }

    @Test
    void anExplanationNamesThePolicyAndWhatItLeavesOut() {
        final RoutingSnapshot snapshot = snapshot(
                Policy.of(Mode.QUALITY).atMost(MIDDLE).earning(500).probing(10),
                offer(1, 0, 1, CHEAP),
                offer(2, 0, 1, DEAR),
                offer(3, 0, 1, MIDDLE),
                offer(4, 0, 1, Offer.UNPRICED));
        query.message(1, 1, 7).paying(12_100, Policy.NO_CAP).measured((carrier, kind) -> Grade.FAIR);
        assertThat(snapshot.explain(query, "4917", new PlainNames()).steps())
                .containsExactly(
                        "routes.csv:1: prefix 49: on offer, priority 0, weight 1, cost 0.01",
                        "routes.csv:3: prefix 49: on offer, priority 0, weight 1, cost 0.012",
                        "routes.csv:2: prefix 49: on offer, priority 0, weight 1, cost 0.02",
                        "routes.csv:4: prefix 49: on offer, priority 0, weight 1, cost unknown",
                        "policy quality, at most 0.012, margin of 500 basis points of 0.0121, probes 10 of 1000",
                        "routes.csv:3: left out, too little of the price remains",
                        "routes.csv:2: left out, over the price cap",
                        "routes.csv:4: left out, over the price cap: its cost is unknown",
                        "attempt 1: carrier1 (routes.csv:1, tier 1, weight 1), fair");
        assertThat(snapshot(Policy.pinned(9), offer(1, 0, 1, CHEAP))
                        .explain(1, 1, "4917", 7, new PlainNames())
                        .steps())
                .containsExactly(
                        "routes.csv:1: prefix 49: chosen",
                        "policy pinned to carrier9",
                        "no route: the pinned carrier is on no offer");
    }

    @Test
    void whatNoPolicyCanBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Policy.of(Mode.PINNED));
        assertThatIllegalArgumentException().isThrownBy(() -> Policy.PRIORITY.probing(1));
        assertThatIllegalArgumentException().isThrownBy(() -> Policy.PRIORITY.atMost(-2));
        assertThatIllegalArgumentException().isThrownBy(() -> Policy.PRIORITY.earning(10_001));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RoutingSnapshot.builder(1).policy(0, 0, Policy.PRIORITY).policy(0, 0, Policy.PRIORITY));
    }
}
