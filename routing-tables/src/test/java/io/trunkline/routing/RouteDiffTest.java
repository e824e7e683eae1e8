package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.routing.RouteDiff.Change;
import io.trunkline.routing.RouteDiff.Kind;
import io.trunkline.routing.RouteDiff.Translation;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RouteDiffTest {
    private static final int ACME = 1;
    private static final int OTP = 1;

    private static RoutingSnapshot.Builder table() {
        return RoutingSnapshot.builder(1);
    }

    private static RoutingSnapshot.Builder row(
            final RoutingSnapshot.Builder table, final String prefix, final int carrier, final int cost) {
        return table.route(prefix, RouteScope.EVERYONE, new Offer(RouteSelectionTest.to(carrier), 0, 1, cost), "f", 1);
    }

    private static RouteDiff between(final RoutingSnapshot before, final RoutingSnapshot after) {
        return RouteDiff.between(before, after, Translation.SAME, 10, 5);
    }

    private static void counts(final RouteDiff diff, final int added, final int removed, final int changed) {
        assertThat(diff.count(Kind.ADDED)).as("added").isEqualTo(added);
        assertThat(diff.count(Kind.REMOVED)).as("removed").isEqualTo(removed);
        assertThat(diff.count(Kind.CHANGED)).as("changed").isEqualTo(changed);
    }

    @Test
    void rowsThatComeGoAndChangeAreCounted() {
        final RoutingSnapshot before =
                row(row(row(table(), "34", 1, 5), "44", 1, 5), "49", 1, 5).build();
        final RoutingSnapshot after =
                row(row(row(table(), "33", 1, 5), "44", 2, 5), "49", 1, 5).build();
        final RouteDiff diff = between(before, after);
        counts(diff, 1, 1, 1);
        assertThat(after.row(diff.examples(Kind.ADDED).get(0).after()).prefix()).isEqualTo("33");
        assertThat(before.row(diff.examples(Kind.REMOVED).get(0).before()).prefix())
                .isEqualTo("34");
        assertThat(diff.examples(Kind.CHANGED)).containsExactly(new Change(1, 1));
        counts(between(before, before), 0, 0, 0);
    }

    @Test
    void offersSideBySideAreToldApartByTheirCarriers() {
        final RoutingSnapshot before = row(row(table(), "49", 1, 5), "49", 2, 6).build();
        final RoutingSnapshot after =
                row(row(row(table(), "49", 2, 6), "49", 1, 7), "49", 3, 8).build();
        counts(between(before, after), 1, 0, 1);
        counts(between(after, before), 0, 1, 1);
    }

    @Test
    void theGreatestPriceMovesAreTheExamples() {
        final RoutingSnapshot.Builder before = table();
        final RoutingSnapshot.Builder after = table();
        for (int i = 10; i < 99; i++) {
            row(before, Integer.toString(i), 1, 1_000);
            row(after, Integer.toString(i), 1, i == 50 ? 3_000 : i == 60 ? 900 : 1_000 + i);
        }
        final RoutingSnapshot is = after.build();
        final RouteDiff diff = RouteDiff.between(before.build(), is, Translation.SAME, 2, 5);
        counts(diff, 0, 0, 89);
        assertThat(diff.count(Kind.DEARER)).isEqualTo(48);
        assertThat(diff.count(Kind.CHEAPER)).isEqualTo(1);
        assertThat(is.row(diff.examples(Kind.DEARER).get(0).after()).prefix()).isEqualTo("50");
        assertThat(is.row(diff.examples(Kind.DEARER).get(1).after()).prefix()).isEqualTo("98");
    }

    @Test
    void tenantsAndCarriersAreKnownByTranslationAndNotByTheirIds() {
        final RoutingSnapshot before = table().route("49", ACME, OTP, RouteSelectionTest.to(1), "f", 1)
                .route("49", 2, 0, RouteSelectionTest.to(2), "f", 2)
                .build();
        final RoutingSnapshot after = table().route("49", 2, OTP, RouteSelectionTest.to(2), "f", 1)
                .route("49", ACME, 0, RouteSelectionTest.to(1), "f", 2)
                .build();
        counts(between(before, after), 2, 2, 0);
        final Translation swapped = new Translation() {
            @Override
            public int tenant(final int id) {
                return 3 - id;
            }

            @Override
            public int carrier(final int id) {
                return 3 - id;
            }
        };
        counts(RouteDiff.between(before, after, swapped, 10, 5), 0, 0, 0);
    }

    @Test
    void itFindsWhatAMapOfAllRowsFinds() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("RouteDiffTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            final Map<String, Integer> before = rows(random);
            final Map<String, Integer> after = rows(random);
            int added = 0;
            int changed = 0;
            for (final Map.Entry<String, Integer> row : after.entrySet()) {
                final Integer old = before.get(row.getKey());
                added += old == null ? 1 : 0;
                changed += old != null && !old.equals(row.getValue()) ? 1 : 0;
            }
            final int removed = before.size() - (after.size() - added);
            counts(between(table(before), table(after)), added, removed, changed);
        }
    }

    private static Map<String, Integer> rows(final SplittableRandom random) {
        final Map<String, Integer> rows = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            rows.put(Integer.toString(random.nextInt(120)), random.nextInt(3));
        }
        return rows;
    }

    private static RoutingSnapshot table(final Map<String, Integer> rows) {
        final RoutingSnapshot.Builder table = table();
        rows.forEach((prefix, carrier) -> row(table, prefix, carrier, 5));
        return table.build();
    }
}
