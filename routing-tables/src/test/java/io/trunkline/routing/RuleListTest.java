package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trunkline.routing.RuleAction.Reject;
import io.trunkline.routing.RuleAction.Rewrite;
import io.trunkline.routing.RuleAction.RouteTo;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RuleListTest {
    private static final int ACME = 1;
    private static final int BETA = 2;
    private static final int CLASS = 1;
    private static final Reject NO = new Reject(42, "not here");

    private final RouteChoice choice = new RouteChoice();
    private final RouteQuery query = new RouteQuery();

    private static RoutingSnapshot.Builder table() {
        return RoutingSnapshot.builder(1)
                .route("49", RoutingSnapshot.ANY, RoutingSnapshot.ANY, RouteSelectionTest.to(49), "routes.csv", 2)
                .route("1", RoutingSnapshot.ANY, RoutingSnapshot.ANY, RouteSelectionTest.to(1), "routes.csv", 3);
    }

    private static UnsafeBuffer ascii(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private RouteQuery unit(final int tenant, final String sender) {
        return query.message(tenant, CLASS, 7).from(ascii(sender), 0, sender.length());
    }

    private int carrier(final RoutingSnapshot snapshot, final RouteQuery asked, final String digits) {
        snapshot.select(asked, Digits.at3(digits), Digits.OFFSET, digits.length(), choice);
        return choice.size() == 0 ? -1 : choice.carrier(0);
    }

    private static DestinationSet set(final String... prefixes) {
        return DestinationSet.of(List.of(prefixes));
    }

    @Test
    void theFirstRuleThatAUnitMeetsDecidesAndWithoutOneTheTableDoes() {
        final RoutingSnapshot snapshot = table().rule(
                        Rule.of(RouteScope.of(ACME, 0), NO, "routing.yaml:5").to(set("4915")))
                .rule(Rule.of(RouteScope.of(ACME, 0), new RouteTo(RouteSelectionTest.to(7)), "routing.yaml:9")
                        .to(set("49")))
                .build();
        assertThat(carrier(snapshot, unit(ACME, ""), "4915112")).isEqualTo(-1);
        assertThat(choice.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(choice.rule().orElseThrow().action()).isEqualTo(NO);
        assertThat(carrier(snapshot, unit(ACME, ""), "4917112")).isEqualTo(7);
        assertThat(choice.outcome()).isEqualTo(Outcome.FOUND);
        assertThat(choice.rule().orElseThrow().place()).isEqualTo("routing.yaml:9");
        assertThat(carrier(snapshot, unit(ACME, ""), "12125550100")).isEqualTo(1);
        assertThat(choice.rule()).isEmpty();
        assertThat(carrier(snapshot, unit(BETA, ""), "4915112")).isEqualTo(49);
    }

    @Test
    void aRuleMayBeForSendersContentsAndTimes() {
        final RoutingSnapshot.Builder builder = table();
        final int mondays = builder.window(
                TimeWindow.weekly(Set.of(DayOfWeek.MONDAY), 0, TimeWindow.MINUTES_OF_DAY, ZoneId.of("UTC")));
        final RoutingSnapshot snapshot = builder.rule(
                        Rule.of(RouteScope.EVERYONE, NO, "r:1").from(SenderMatch.exactly("Bank")))
                .rule(Rule.of(RouteScope.EVERYONE, NO, "r:2").from(SenderMatch.beginningWith("+1900")))
                .rule(Rule.of(RouteScope.EVERYONE, NO, "r:3")
                        .from(SenderMatch.ALPHANUMERIC)
                        .to(set("1")))
                .rule(Rule.of(RouteScope.EVERYONE, NO, "r:4").carrying(Set.of(ContentType.BINARY)))
                .rule(Rule.of(RouteScope.EVERYONE.within(mondays), NO, "r:5").from(SenderMatch.NUMBER))
                .build();
        assertThat(met(snapshot, unit(ACME, "Bank"), "49")).isEqualTo("r:1");
        assertThat(met(snapshot, unit(ACME, "bank"), "49")).isEqualTo("none");
        assertThat(met(snapshot, unit(ACME, "Banks"), "49")).isEqualTo("none");
        assertThat(met(snapshot, unit(ACME, "+19005551"), "49")).isEqualTo("r:2");
        assertThat(met(snapshot, unit(ACME, "Shop"), "1212")).isEqualTo("r:3");
        assertThat(met(snapshot, unit(ACME, "Shop").carrying(ContentType.BINARY), "49"))
                .isEqualTo("r:4");
        assertThat(met(snapshot, unit(ACME, "Shop").carrying(ContentType.GSM_TEXT), "49"))
                .isEqualTo("none");
        // 1970-01-01 was a Thursday.
        assertThat(met(snapshot, unit(ACME, "+4917"), "49")).isEqualTo("none");
        assertThat(met(snapshot, unit(ACME, "+4917").at(4 * 86_400), "49")).isEqualTo("r:5");
        assertThat(met(snapshot, unit(ACME, "").at(4 * 86_400), "49")).isEqualTo("none");
    }

    private String met(final RoutingSnapshot snapshot, final RouteQuery asked, final String digits) {
        carrier(snapshot, asked, digits);
        return choice.rule().map(Rule::place).orElse("none");
    }

    @Test
    void aRewriteChangesTheNumberThatTheTableIsAskedWith() {
        final Rewrite rewrite = new Rewrite(
                new Handling(1, "49", new SenderPolicy(SenderPolicy.Mode.REPLACE_ALPHANUMERIC, "12345")), 1, 1, 8);
        final RoutingSnapshot snapshot = table().rule(
                        Rule.of(RouteScope.EVERYONE, rewrite, "r:1").to(set("0")))
                .build();
        assertThat(carrier(snapshot, unit(ACME, "Shop"), "0171123")).isEqualTo(49);
        assertThat(choice.rewrite()).isEqualTo(rewrite);
        assertThat(carrier(snapshot, unit(ACME, "Shop"), "49171")).isEqualTo(49);
        assertThat(choice.rewrite()).isNull();
        assertThat(carrier(snapshot, unit(ACME, "Shop"), "0".repeat(200))).isEqualTo(49);
        assertThat(snapshot.explain(unit(ACME, "Shop"), "0171123", new PlainNames())
                        .steps())
                .containsExactly(
                        "rule 1, r:1: rewrites, strips 1, prepends 49, sender 12345, TON 1, NPI 1, data coding 8",
                        "routes.csv:2: prefix 49: chosen",
                        "attempt 1: carrier49 (tier 1, weight 1)");
    }

    @Test
    void anExplanationNamesTheRulesThatWerePassedOver() {
        final RoutingSnapshot snapshot = table().rule(Rule.of(RouteScope.of(BETA, 0), NO, "r:1"))
                .rule(Rule.of(RouteScope.EVERYONE.forKind(UnitKind.CALL), NO, "r:2"))
                .rule(Rule.of(RouteScope.EVERYONE, NO, "r:3").from(SenderMatch.NUMBER))
                .rule(Rule.of(RouteScope.EVERYONE, NO, "r:4").to(set("44")))
                .rule(Rule.of(RouteScope.EVERYONE, NO, "r:5").carrying(Set.of(ContentType.BINARY)))
                .rule(Rule.of(RouteScope.of(ACME, 0), NO, "r:6"))
                .build();
        final Explanation explanation = snapshot.explain(unit(ACME, "Shop"), "49171", new PlainNames());
        assertThat(explanation.steps())
                .containsExactly(
                        "rule 1, r:1: passed over, for another tenant",
                        "rule 2, r:2: passed over, for calls",
                        "rule 3, r:3: passed over, for other senders",
                        "rule 4, r:4: passed over, for other destinations",
                        "rule 5, r:5: passed over, for other contents",
                        "rule 6, r:6: refuses the unit with 42: not here");
        assertThat(explanation.carriers()).isEmpty();
    }

    @Test
    void aDestinationSetHasWhatBeginsWithOneOfItsPrefixes() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("RuleListTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            final List<String> prefixes = new ArrayList<>();
            for (int p = random.nextInt(20); p > 0; p--) {
                prefixes.add(digits(random, random.nextInt(i % 10 == 0 ? 0 : 1, 7)));
            }
            final DestinationSet set = DestinationSet.of(prefixes);
            for (int n = 0; n < 100; n++) {
                final String number = digits(random, random.nextInt(20));
                assertThat(set.contains(Digits.at3(number), Digits.OFFSET, number.length()))
                        .as("seed %d: %s in %s", seed, number, prefixes)
                        .isEqualTo(prefixes.stream().anyMatch(number::startsWith));
            }
        }
    }

    private static String digits(final SplittableRandom random, final int length) {
        return random.ints(length, 0, 10)
                .map(digit -> digit < 6 ? digit % 2 : digit)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining());
    }

    @Test
    void whatNoRuleCanBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rewrite(Handling.NONE, 8, -1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rewrite(Handling.NONE, -1, 256, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> SenderMatch.exactly(""));
        assertThatIllegalArgumentException().isThrownBy(() -> set("+49"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table().rule(Rule.of(RouteScope.EVERYONE.within(1), NO, "r:1")));
    }
}
