package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.routing.RouteLint.Finding;
import io.trunkline.routing.RouteLint.Kind;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteLintTest {
    private static final int ACME = 1;
    private static final int WHOLESALE = 7;
    private static final int DISABLED = 9;
    private static final int CALLS_ONLY = 8;
    private static final RuleAction REJECT = new RuleAction.Reject(1033, "");
    private static final RouteLint.Context CONTEXT = new RouteLint.Context(
            5,
            15,
            3,
            Instant.parse("2026-11-21T00:00:00Z").getEpochSecond(),
            carrier -> carrier != DISABLED,
            carrier -> carrier != CALLS_ONLY);

    private static List<Finding> findings(final RoutingSnapshot.Builder table) {
        final List<Finding> findings = new ArrayList<>();
        RouteLint.check(table.build(), CONTEXT, findings::add);
        return findings;
    }

    private static Rule rule(final RuleAction action, final int line, final String... to) {
        return new Rule(
                RouteScope.EVERYONE,
                SenderMatch.ANY,
                to.length == 0 ? Optional.empty() : Optional.of(DestinationSet.of(List.of(to))),
                Set.of(),
                action,
                "r:" + line);
    }

    private static RoutingSnapshot.Builder row(
            final RoutingSnapshot.Builder table, final String prefix, final int tenant, final int line) {
        return table.route(prefix, tenant, 0, RouteSelectionTest.to(1), "f", line);
    }

    private static RoutingSnapshot.Builder tenDigitsBelow(final RoutingSnapshot.Builder table, final String prefix) {
        for (int digit = 0; digit < 10; digit++) {
            row(table, prefix + digit, 0, 100 + digit);
        }
        return table;
    }

    @Test
    void aRowWhoseEveryLongerPrefixHasARowIsCovered() {
        final RoutingSnapshot.Builder table = tenDigitsBelow(row(RoutingSnapshot.builder(1), "49", 0, 1), "49");
        assertThat(findings(table)).containsExactly(new Finding(Kind.ROW_COVERED, "f:1", "f:100"));
    }

    @Test
    void coveredMayAlsoBeByPrefixesOfUnlikeLengths() {
        final RoutingSnapshot.Builder table = row(RoutingSnapshot.builder(1), "49", 0, 1);
        for (int digit = 1; digit < 10; digit++) {
            row(table, "49" + digit, 0, 2);
        }
        tenDigitsBelow(table, "490");
        assertThat(findings(table)).extracting(Finding::place).containsExactly("f:1");
    }

    @Test
    void aTableThatJumpsOverDigitsIsLookedThroughAlike() {
        final RoutingSnapshot.Builder table = tenDigitsBelow(row(RoutingSnapshot.builder(1), "491", 0, 1), "491");
        for (int other = 70_000; other < 80_000; other++) {
            row(table, Integer.toString(other), 0, other);
        }
        assertThat(findings(table)).containsExactly(new Finding(Kind.ROW_COVERED, "f:1", "f:100"));
    }

    @Test
    void aNumberThatMayEndWhereThePrefixDoesIsTheRowsOwn() {
        assertThat(findings(tenDigitsBelow(row(RoutingSnapshot.builder(1), "49171", 0, 1), "49171")))
                .isEmpty();
    }

    @Test
    void longerPrefixesForSomeoneElseCoverNothing() {
        final RoutingSnapshot.Builder table = row(RoutingSnapshot.builder(1), "49", 0, 1);
        for (int digit = 0; digit < 10; digit++) {
            row(table, "49" + digit, ACME, 2);
        }
        assertThat(findings(table)).isEmpty();
        assertThat(findings(tenDigitsBelow(row(RoutingSnapshot.builder(1), "49", ACME, 1), "49")))
                .extracting(Finding::place)
                .containsExactly("f:1");
    }

    @Test
    void aRuleBehindOneThatTakesAllItsUnitsIsShadowed() {
        final RoutingSnapshot.Builder table = RoutingSnapshot.builder(1)
                .tenantGroup(ACME, WHOLESALE)
                .rule(Rule.of(RouteScope.EVERYONE.forGroup(WHOLESALE), REJECT, "r:1")
                        .to(DestinationSet.of(List.of("44", "48"))))
                .rule(Rule.of(RouteScope.of(ACME, 1), REJECT, "r:2").to(DestinationSet.of(List.of("4477"))))
                .rule(Rule.of(RouteScope.of(2, 1), REJECT, "r:3").to(DestinationSet.of(List.of("4477"))))
                .rule(Rule.of(RouteScope.of(ACME, 1), REJECT, "r:4").to(DestinationSet.of(List.of("44", "49"))))
                .rule(Rule.of(RouteScope.EVERYONE, REJECT, "r:5").from(SenderMatch.beginningWith("IN")))
                .rule(Rule.of(RouteScope.EVERYONE, REJECT, "r:6").from(SenderMatch.exactly("INFO")))
                .rule(Rule.of(RouteScope.EVERYONE, REJECT, "r:7").from(SenderMatch.exactly("NEWS")));
        assertThat(findings(table))
                .containsExactly(
                        new Finding(Kind.RULE_SHADOWED, "r:2", "r:1"), new Finding(Kind.RULE_SHADOWED, "r:6", "r:5"));
    }

    @Test
    void aRowBehindARuleThatTakesAllItsUnitsIsShadowedUnlessAnotherRuleChangesNumbers() {
        assertThat(findings(row(RoutingSnapshot.builder(1).rule(rule(REJECT, 1, "44")), "4477", 0, 3)))
                .containsExactly(new Finding(Kind.ROW_SHADOWED, "f:3", "r:1"));
        assertThat(findings(row(RoutingSnapshot.builder(1).rule(rule(REJECT, 1, "4477")), "44", 0, 3)))
                .isEmpty();
        final RuleAction rewrite = RuleAction.Rewrite.of(new Handling(2, "44", SenderPolicy.KEEP));
        assertThat(findings(row(
                        RoutingSnapshot.builder(1).rule(rule(rewrite, 1, "49")).rule(rule(REJECT, 2, "44")),
                        "4477",
                        0,
                        3)))
                .isEmpty();
    }

    @Test
    void whatNoUnitCanMeetIsToldOf() {
        final RoutingSnapshot.Builder table = RoutingSnapshot.builder(1);
        final int over = table.window(new TimeWindow(
                Set.of(DayOfWeek.MONDAY),
                0,
                1440,
                ZoneId.of("UTC"),
                Instant.MIN,
                Instant.parse("2026-01-01T00:00:00Z")));
        table.rule(Rule.of(RouteScope.EVERYONE.forKind(UnitKind.CALL), REJECT, "r:1")
                        .carrying(Set.of(ContentType.GSM_TEXT)))
                .rule(Rule.of(RouteScope.EVERYONE.within(over), REJECT, "r:2"));
        row(row(table, "049", 0, 5), "49", 0, 6)
                .route("48", RouteScope.EVERYONE.within(over), Offer.of(RouteSelectionTest.to(1)), "f", 7);
        assertThat(findings(table))
                .containsExactly(
                        new Finding(Kind.RULE_NEVER, "r:1", ""),
                        new Finding(Kind.RULE_NEVER, "r:2", ""),
                        new Finding(Kind.ROW_NEVER, "f:5", ""),
                        new Finding(Kind.ROW_NEVER, "f:7", ""));
    }

    @Test
    void routesOfDisabledCarriersAloneAreToldOf() {
        final RoutingSnapshot.Builder table = RoutingSnapshot.builder(1)
                .rule(Rule.of(RouteScope.of(ACME, 1), new RuleAction.RouteTo(RouteSelectionTest.to(DISABLED)), "r:1"))
                .route("49", 0, 0, RouteSelectionTest.to(DISABLED), "f", 2)
                .route(
                        "48",
                        0,
                        0,
                        new Route(List.of(
                                RouteSelectionTest.to(DISABLED).tiers().get(0),
                                RouteSelectionTest.to(1).tiers().get(0))),
                        "f",
                        3);
        assertThat(findings(table))
                .containsExactly(new Finding(Kind.RULE_UNUSABLE, "r:1", ""), new Finding(Kind.ROW_UNUSABLE, "f:2", ""));
    }

    @Test
    void whatIsForMessagesAndNamesACarrierThatTakesNoneIsToldOf() {
        final RouteScope messages = RouteScope.EVERYONE.forKind(UnitKind.MESSAGE);
        final Route route = new Route(List.of(
                RouteSelectionTest.to(1).tiers().get(0),
                RouteSelectionTest.to(CALLS_ONLY).tiers().get(0)));
        final RoutingSnapshot.Builder table = RoutingSnapshot.builder(1)
                .rule(Rule.of(messages.forGroup(WHOLESALE), new RuleAction.RouteTo(route), "r:1"))
                .route("49", messages, Offer.of(route), "f", 2)
                .route("48", RouteScope.EVERYONE, Offer.of(route), "f", 3)
                .route("47", messages, Offer.of(RouteSelectionTest.to(1)), "f", 4);
        assertThat(findings(table))
                .containsExactly(
                        new Finding(Kind.RULE_WITHOUT_WAY, "r:1", Integer.toString(CALLS_ONLY)),
                        new Finding(Kind.ROW_WITHOUT_WAY, "f:2", Integer.toString(CALLS_ONLY)));
    }

    @Test
    void rowsThatTheirPolicyAlwaysLeavesOutAreToldOf() {
        final RoutingSnapshot.Builder table = RoutingSnapshot.builder(1)
                .tenantGroup(ACME, WHOLESALE)
                .policy(
                        WHOLESALE,
                        0,
                        Policy.of(Policy.Mode.LEAST_COST).sellingAt(20_000).earning(1_000))
                .policy(8, 0, Policy.of(Policy.Mode.WEIGHTED).atMost(10_000))
                .policy(9, 0, Policy.pinned(4));
        final Offer offer = new Offer(RouteSelectionTest.to(1), 0, 1, 19_000);
        table.route("49", RouteScope.of(ACME, 0), offer, "f", 1)
                .route("49", RouteScope.EVERYONE.forGroup(8), offer, "f", 2)
                .route("49", RouteScope.EVERYONE.forGroup(9), offer, "f", 3)
                .route("49", RouteScope.EVERYONE, offer, "f", 4)
                .route("48", RouteScope.of(ACME, 0), new Offer(RouteSelectionTest.to(1), 0, 1, 18_000), "f", 5);
        assertThat(findings(table))
                .containsExactlyInAnyOrder(
                        new Finding(Kind.ROW_BELOW_MARGIN, "f:1", ""),
                        new Finding(Kind.ROW_OVER_CAP, "f:2", ""),
                        new Finding(Kind.ROW_NOT_PINNED, "f:3", ""));
    }

    @Test
    void aRowThatCostsMoreThanIsPaidIsToldOfAlsoWhereNothingKeepsUnitsFromIt() {
        final RoutingSnapshot.Builder table = RoutingSnapshot.builder(1)
                .policy(0, 0, Policy.of(Policy.Mode.PRIORITY).sellingAt(20_000))
                .policy(0, 3, Policy.of(Policy.Mode.PRIORITY).sellingAt(30_000))
                .route("44", RouteScope.of(0, 1), new Offer(RouteSelectionTest.to(1), 0, 1, 20_001), "f", 1)
                .route("45", RouteScope.of(0, 1), new Offer(RouteSelectionTest.to(1), 0, 1, 20_000), "f", 2)
                .route("46", RouteScope.EVERYONE, new Offer(RouteSelectionTest.to(1), 0, 1, 25_000), "f", 3)
                .route("47", RouteScope.EVERYONE, Offer.of(RouteSelectionTest.to(1)), "f", 4);
        assertThat(findings(table)).containsExactly(new Finding(Kind.ROW_ABOVE_PRICE, "f:1", ""));
    }

    @Test
    void aWindowThatDoesNotOpenBeforeItsEndIsOver() {
        final Set<DayOfWeek> weekend = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
        // The context's now is a Saturday.
        final Instant monday = Instant.parse("2026-11-23T00:00:00Z");
        final RoutingSnapshot.Builder table = RoutingSnapshot.builder(1);
        final int mondayToThursday = table.window(
                new TimeWindow(weekend, 0, 360, ZoneId.of("UTC"), monday, Instant.parse("2026-11-27T00:00:00Z")));
        final int mondayToSaturday = table.window(
                new TimeWindow(weekend, 0, 360, ZoneId.of("UTC"), monday, Instant.parse("2026-11-28T00:00:01Z")));
        final int everyWeekend = table.window(TimeWindow.weekly(weekend, 0, 360, ZoneId.of("UTC")));
        final Route route = RouteSelectionTest.to(1);
        table.route("44", RouteScope.EVERYONE.within(mondayToThursday), Offer.of(route), "f", 1)
                .route("45", RouteScope.EVERYONE.within(mondayToSaturday), Offer.of(route), "f", 2)
                .rule(Rule.of(RouteScope.EVERYONE.within(mondayToThursday), REJECT, "r:1"));
        final RoutingSnapshot snapshot = table.build();

        final List<Finding> findings = new ArrayList<>();
        RouteLint.check(snapshot, CONTEXT, findings::add);

        assertThat(findings)
                .containsExactly(new Finding(Kind.RULE_NEVER, "r:1", ""), new Finding(Kind.ROW_NEVER, "f:1", ""));
        assertThat(snapshot.usedWindows().stream().toArray())
                .containsExactly(mondayToThursday, mondayToSaturday)
                .doesNotContain(everyWeekend);
    }
}
