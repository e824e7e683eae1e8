package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which row a unit is routed by. */
class RouteSelectionTest {
    private static final int ACME = 1;
    private static final int OTHER = 2;
    private static final int OTP = 1;
    private static final int BULK = 3;
    private static final int LONGEST_ID = Integer.MAX_VALUE;

    private final RouteChoice choice = new RouteChoice();

    static Route to(final int carrier) {
        return new Route(List.of(new Route.Tier(List.of(new Route.Share(carrier, 1)))));
    }

    private final RoutingSnapshot snapshot = RoutingSnapshot.builder(7)
            .route("", RoutingSnapshot.ANY, RoutingSnapshot.ANY, to(100), "routes.csv", 2)
            .route("49", RoutingSnapshot.ANY, RoutingSnapshot.ANY, to(101), "routes.csv", 3)
            .route("49", ACME, RoutingSnapshot.ANY, to(102), "routes.csv", 4)
            .route("49", RoutingSnapshot.ANY, OTP, to(103), "routes.csv", 5)
            .route("49", ACME, OTP, to(104), "routes.csv", 6)
            .route("49171", OTHER, RoutingSnapshot.ANY, to(105), "routes.csv", 7)
            .route("49171", LONGEST_ID, 255, to(106), "routes.csv", 8)
            .build();

    private int carrier(final RoutingSnapshot from, final int tenant, final int messageClass, final String digits) {
        final int row =
                from.select(tenant, messageClass, Digits.at3(digits), Digits.OFFSET, digits.length(), 1, choice);
        assertThat(row == RoutingSnapshot.NO_ROUTE).isEqualTo(choice.size() == 0);
        return row == RoutingSnapshot.NO_ROUTE ? -1 : choice.carrier(0);
    }

    private int carrier(final int tenant, final int messageClass, final String digits) {
        return carrier(snapshot, tenant, messageClass, digits);
    }

    @Test
    void theLongestPrefixWins() {
        assertThat(carrier(9, BULK, "306912345678")).isEqualTo(100);
        assertThat(carrier(9, BULK, "491601234567")).isEqualTo(101);
        assertThat(carrier(OTHER, BULK, "491711234567")).isEqualTo(105);
    }

    @Test
    void withEqualPrefixesTheRowThatNamesMoreWinsAndATenantCountsMoreThanAClass() {
        assertThat(carrier(ACME, OTP, "491601234567")).isEqualTo(104);
        assertThat(carrier(ACME, BULK, "491601234567")).isEqualTo(102);
        assertThat(carrier(OTHER, OTP, "491601234567")).isEqualTo(103);
        assertThat(carrier(OTHER, BULK, "491601234567")).isEqualTo(101);
    }

    @Test
    void aLongerPrefixForSomeoneElseIsPassedOver() {
        assertThat(carrier(ACME, OTP, "491711234567")).isEqualTo(104);
        assertThat(carrier(9, BULK, "491711234567")).isEqualTo(101);
        assertThat(carrier(LONGEST_ID, 255, "491711234567")).isEqualTo(106);
        assertThat(carrier(LONGEST_ID, BULK, "491711234567")).isEqualTo(101);
    }

    @Test
    void aNumberThatIsShorterThanThePrefixOrNoNumberGetsWhatItsDigitsReach() {
        assertThat(carrier(9, BULK, "49")).isEqualTo(101);
        assertThat(carrier(9, BULK, "4")).isEqualTo(100);
        assertThat(carrier(9, BULK, "")).isEqualTo(100);
        assertThat(carrier(9, BULK, "4x9171")).isEqualTo(100);
        assertThat(carrier(9, BULK, "49".repeat(50))).isEqualTo(101);
    }

    @Test
    void whereNoRowIsMeantForTheUnitThereIsNoRoute() {
        final RoutingSnapshot only = RoutingSnapshot.builder(1)
                .route("49", ACME, RoutingSnapshot.ANY, to(1), "routes.csv", 2)
                .build();
        assertThat(carrier(only, OTHER, BULK, "49171")).isEqualTo(-1);
        assertThat(carrier(only, ACME, BULK, "30691")).isEqualTo(-1);
        assertThat(carrier(RoutingSnapshot.builder(1).build(), ACME, BULK, "49171"))
                .isEqualTo(-1);
    }

    @Test
    void aRowKnowsWhereItComesFrom() {
        final int row = snapshot.select(ACME, OTP, Digits.at3("49160"), Digits.OFFSET, 5, 1, choice);
        assertThat(snapshot.row(row))
                .isEqualTo(new RouteRow(row, "49", RouteScope.of(ACME, OTP), Offer.of(to(104)), "routes.csv", 6));
        assertThat(snapshot.row(row).place()).isEqualTo("routes.csv:6");
        assertThat(snapshot.version()).isEqualTo(7);
        assertThat(snapshot.rowCount()).isEqualTo(7);
    }

    @Test
    void rowsWithTheSameRouteShareIt() {
        final RoutingSnapshot shared = RoutingSnapshot.builder(1)
                .route("30", RoutingSnapshot.ANY, RoutingSnapshot.ANY, to(1), "a.csv", 2)
                .route("31", RoutingSnapshot.ANY, RoutingSnapshot.ANY, to(1), "b.csv", 2)
                .build();
        assertThat(shared.routeCount()).isEqualTo(1);
        assertThat(List.of(shared.row(0).place(), shared.row(1).place())).containsExactly("a.csv:2", "b.csv:2");
    }

    @Test
    void theSameRouteTwiceForTheSameUnitsIsRefusedWithBothPlaces() {
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(1)
                .route("49", ACME, OTP, to(1), "routes.csv", 2)
                .route("49", ACME, OTP, to(2), "routes.csv", 5)
                .route("49", RouteScope.of(ACME, OTP), new Offer(to(1), 5, 1, 10), "routes.csv", 9);
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("routes.csv:2")
                .withMessageContaining("routes.csv:9");
    }

    @Test
    void moreRowsForTheSameUnitsThanAPolicyLooksAtAreRefused() {
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(1);
        for (int carrier = 1; carrier <= RouteChoice.MAX_OFFERS + 1; carrier++) {
            builder.route("49", ACME, OTP, to(carrier), "routes.csv", carrier);
        }
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("more than 64 rows");
    }

    @Test
    void rowsGetTheSameIdsWhateverTheirOrderInTheFile() {
        final RoutingSnapshot one = RoutingSnapshot.builder(1)
                .route("49", RouteScope.EVERYONE, new Offer(to(1), 1, 1, 5), "f", 1)
                .route("49", RouteScope.EVERYONE, new Offer(to(2), 2, 1, 5), "f", 2)
                .route("49", RouteScope.EVERYONE, Offer.of(to(3)), "f", 3)
                .route("49", RouteScope.EVERYONE, Offer.of(to(4)), "f", 4)
                .route("4", ACME, OTP, to(5), "f", 5)
                .build();
        final RoutingSnapshot other = RoutingSnapshot.builder(1)
                .route("4", ACME, OTP, to(5), "f", 5)
                .route("49", RouteScope.EVERYONE, Offer.of(to(4)), "f", 4)
                .route("49", RouteScope.EVERYONE, Offer.of(to(3)), "f", 3)
                .route("49", RouteScope.EVERYONE, new Offer(to(2), 2, 1, 5), "f", 2)
                .route("49", RouteScope.EVERYONE, new Offer(to(1), 1, 1, 5), "f", 1)
                .build();
        for (int row = 0; row < one.rowCount(); row++) {
            assertThat(one.row(row)).isEqualTo(other.row(row));
        }
        assertThat(one.row(1).line()).isEqualTo(2);
    }

    @Test
    void valuesOutsideOfTheirRangesAreRefused() {
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(1);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.route("+49", 0, 0, to(1), "f", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.route("49", -1, 0, to(1), "f", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.route("49", 0, 256, to(1), "f", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteScope(1, 1, UnitKind.ANY, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.route("49", RouteScope.EVERYONE.within(1), Offer.of(to(1)), "f", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.tenantGroup(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Offer(to(1), -1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Offer(to(1), 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Offer(to(1), 0, 1, -2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Route.Share(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Route(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Route(List.of(to(1).tiers().get(0), to(1).tiers().get(0))));
    }

    @Test
    void anExplanationNamesEveryRowInOrderAndTheAttempts() {
        final RoutingSnapshot.Names names = new RoutingSnapshot.Names() {
            @Override
            public String tenant(final int id) {
                return id == ACME ? "acme" : "tenant" + id;
            }

            @Override
            public String messageClass(final int id) {
                return id == OTP ? "otp" : "class" + id;
            }

            @Override
            public String carrier(final int id) {
                return "carrier" + id;
            }
        };
        final Explanation explanation = snapshot.explain(ACME, BULK, "491711234567", 1, names);
        assertThat(snapshot.row(explanation.row()).line()).isEqualTo(4);
        assertThat(explanation.carriers()).containsExactly(102);
        assertThat(explanation.steps())
                .containsExactly(
                        "routes.csv:8: prefix 49171, tenant tenant2147483647, class class255: "
                                + "passed over, for another tenant",
                        "routes.csv:7: prefix 49171, tenant tenant2: passed over, for another tenant",
                        "routes.csv:6: prefix 49, tenant acme, class otp: passed over, for another class",
                        "routes.csv:4: prefix 49, tenant acme: chosen",
                        "attempt 1: carrier102 (tier 1, weight 1)");
        assertThat(RoutingSnapshot.builder(1)
                        .build()
                        .explain(ACME, BULK, "49", 1, names)
                        .steps())
                .containsExactly("no route: no row is for this number, tenant and class");
    }

    @Test
    void anExplanationOfAPrefixWithManyRowsStaysShort() {
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(1)
                .route("49", RoutingSnapshot.ANY, RoutingSnapshot.ANY, to(1), "routes.csv", 1);
        for (int tenant = 1; tenant <= 500; tenant++) {
            builder.route("49", tenant, RoutingSnapshot.ANY, to(2), "routes.csv", 1 + tenant);
        }
        final Explanation explanation = builder.build().explain(1000, BULK, "49171", 1, new RoutingSnapshot.Names() {
            @Override
            public String tenant(final int id) {
                return "t" + id;
            }

            @Override
            public String messageClass(final int id) {
                return "c" + id;
            }

            @Override
            public String carrier(final int id) {
                return "k" + id;
            }
        });
        assertThat(explanation.steps()).hasSize(23).contains("480 more rows passed over");
        assertThat(explanation.steps().get(21)).isEqualTo("routes.csv:1: prefix 49: chosen");
    }
}
