package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The compiled table against a plain scan over a sorted map, on random rows and numbers. */
class PrefixTableAgainstScanTest {
    private static final int TENANTS = 5;
    private static final int CLASSES = 4;

    private record Row(String prefix, int tenant, int messageClass, int id) {
        int rank() {
            return (tenant == RoutingSnapshot.ANY ? 0 : 2) + (messageClass == RoutingSnapshot.ANY ? 0 : 1);
        }

        boolean isFor(final int wantedTenant, final int wantedClass) {
            return (tenant == RoutingSnapshot.ANY || tenant == wantedTenant)
                    && (messageClass == RoutingSnapshot.ANY || messageClass == wantedClass);
        }
    }

    private static final int EXPLAIN_EVERY = 50;

    private final NavigableMap<String, List<Row>> rows = new TreeMap<>();

    private int scan(final String number, final int tenant, final int messageClass) {
        for (int length = number.length(); length >= 0; length--) {
            Row best = null;
            for (final Row row : rows.getOrDefault(number.substring(0, length), List.of())) {
                if (row.isFor(tenant, messageClass) && (best == null || row.rank() > best.rank())) {
                    best = row;
                }
            }
            if (best != null) {
                return best.id();
            }
        }
        return RoutingSnapshot.NO_ROUTE;
    }

    private static String digits(final SplittableRandom random, final int length) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            // Few different digits, so that prefixes nest.
            text.append(random.nextInt(3) == 0 ? random.nextInt(10) : random.nextInt(2));
        }
        return text.toString();
    }

    private RoutingSnapshot build(final SplittableRandom random, final int count, final boolean withDefault) {
        rows.clear();
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(1);
        final Set<Row> seen = new HashSet<>();
        int id = 0;
        for (int i = 0; i < count; i++) {
            final int length = i == 0 && withDefault ? 0 : random.nextInt(1, 16);
            final int tenant = random.nextBoolean() ? RoutingSnapshot.ANY : random.nextInt(TENANTS);
            final int messageClass = random.nextBoolean() ? RoutingSnapshot.ANY : random.nextInt(CLASSES);
            final String prefix = digits(random, random.nextBoolean() ? length : Math.min(length, 5));
            if (seen.add(new Row(prefix, tenant, messageClass, 0))) {
                builder.route(prefix, tenant, messageClass, RouteSelectionTest.to(id), "routes.csv", id);
                rows.computeIfAbsent(prefix, p -> new ArrayList<>()).add(new Row(prefix, tenant, messageClass, id));
                id++;
            }
        }
        return builder.build();
    }

    private void compare(final long seed, final int count, final int lookups) {
        final SplittableRandom random = new SplittableRandom(seed);
        final RoutingSnapshot snapshot = build(random, count, random.nextBoolean());
        final RouteChoice choice = new RouteChoice();
        final List<String> prefixes = new ArrayList<>(rows.keySet());
        for (int i = 0; i < lookups; i++) {
            final String start = random.nextBoolean() ? prefixes.get(random.nextInt(prefixes.size())) : "";
            final String number = start + digits(random, random.nextInt(16));
            final int tenant = random.nextInt(1, TENANTS);
            final int messageClass = random.nextInt(1, CLASSES);
            final int row = snapshot.select(
                    tenant, messageClass, Digits.at3(number), Digits.OFFSET, number.length(), i, choice);
            // The line of a row, and the only carrier of its route, is its id here.
            final int found = row == RoutingSnapshot.NO_ROUTE
                    ? RoutingSnapshot.NO_ROUTE
                    : snapshot.row(row).line();
            assertThat(found)
                    .as("seed %d: %s, tenant %d, class %d", seed, number, tenant, messageClass)
                    .isEqualTo(scan(number, tenant, messageClass));
            if (row != RoutingSnapshot.NO_ROUTE) {
                assertThat(choice.carrier(0)).as("seed %d", seed).isEqualTo(found);
            }
            if (row != RoutingSnapshot.NO_ROUTE && i % EXPLAIN_EVERY == 0) {
                assertThat(snapshot.explain(tenant, messageClass, number, i, new PlainNames())
                                .steps())
                        .as("seed %d: %s, tenant %d, class %d", seed, number, tenant, messageClass)
                        .anyMatch(step -> step.startsWith("routes.csv:" + found + ": ") && step.endsWith("chosen"));
            }
        }
    }

    @Test
    void manySmallTablesAnswerLikeTheScan() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("PrefixTableAgainstScanTest: -Dtrunkline.seed=" + seed);
        for (int i = 0; i < 200; i++) {
            compare(seed + i, 1 + i, 100);
        }
    }

    @Test
    void aLargeTableAnswersLikeTheScan() {
        compare(20261121L, 50_000, 20_000);
    }

    @Test
    void aTableThatIsLookedIntoBySixDigitsAtOnceAnswersLikeTheScan() {
        compare(20261122L, 250_000, 20_000);
    }
}
