package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Groups, kinds, classes and time windows: the compiled table against a scan over all rows, on random rows and units. */
class ScopesAgainstScanTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Set<DayOfWeek> WORKDAYS =
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
    private static final int TENANTS = 6;
    private static final int GROUPS = 3;

    private record Row(String prefix, RouteScope scope, int id) {
        /** Greater is preferred, among rows of one prefix that fit. */
        int rank() {
            final int audience = scope.tenant() != 0 ? 2 : scope.group() != 0 ? 1 : 0;
            return audience * 8
                    + (scope.messageClass() != 0 ? 4 : 0)
                    + (scope.kind() != UnitKind.ANY ? 2 : 0)
                    + (scope.window() != 0 ? 1 : 0);
        }

        boolean fits(final String number, final RouteQuery query, final boolean work) {
            return number.startsWith(prefix)
                    && (scope.tenant() == 0 || scope.tenant() == query.tenant())
                    && (scope.group() == 0 || scope.group() == groupOf(query.tenant()))
                    && (scope.kind() == UnitKind.ANY || scope.kind() == query.kind())
                    && (scope.messageClass() == 0 || scope.messageClass() == query.messageClass())
                    && (scope.window() == 0 || work);
        }
    }

    /** Tenant 1 is in no group. */
    private static int groupOf(final int tenant) {
        return tenant == 1 ? 0 : tenant % GROUPS + 1;
    }

    private static RouteScope scope(final SplittableRandom random) {
        final int audience = random.nextInt(3);
        return new RouteScope(
                audience == 1 ? random.nextInt(1, TENANTS) : 0,
                audience == 2 ? random.nextInt(1, GROUPS + 1) : 0,
                UnitKind.of(random.nextInt(3)),
                random.nextInt(4),
                random.nextInt(2));
    }

    private static String digits(final SplittableRandom random, final int length) {
        return random.ints(length, 0, 3).mapToObj(String::valueOf).collect(Collectors.joining());
    }

    private static Set<Integer> scan(
            final List<Row> rows, final String number, final RouteQuery query, final boolean work) {
        final List<Row> fitting =
                rows.stream().filter(row -> row.fits(number, query, work)).toList();
        return fitting.stream()
                .max(Comparator.comparingInt((Row row) -> row.prefix().length()).thenComparingInt(Row::rank))
                .map(best -> fitting.stream()
                        .filter(row -> row.prefix().equals(best.prefix())
                                && row.scope().equals(best.scope()))
                        .map(Row::id)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private static void compare(final long seed, final int count) {
        final SplittableRandom random = new SplittableRandom(seed);
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(1);
        builder.window(TimeWindow.weekly(WORKDAYS, 8 * 60, 20 * 60, ZONE));
        for (int tenant = 2; tenant < TENANTS; tenant++) {
            builder.tenantGroup(tenant, groupOf(tenant));
        }
        final List<Row> rows = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            final Row row = new Row(digits(random, random.nextInt(7)), scope(random), id);
            rows.add(row);
            builder.route(row.prefix(), row.scope(), Offer.of(RouteSelectionTest.to(id)), "f", id);
        }
        final RoutingSnapshot snapshot = builder.build();
        final RouteChoice choice = new RouteChoice();
        final RouteQuery query = new RouteQuery();
        for (int unit = 0; unit < 500; unit++) {
            final String number = digits(random, random.nextInt(9));
            final long second = 1_700_000_000L + random.nextInt(100_000_000);
            final int tenant = random.nextInt(1, TENANTS);
            final int messageClass = random.nextInt(1, 4);
            (random.nextBoolean() ? query.message(tenant, messageClass, unit) : query.call(tenant, messageClass, unit))
                    .at(second);
            final ZonedDateTime local = Instant.ofEpochSecond(second).atZone(ZONE);
            final boolean work =
                    WORKDAYS.contains(local.getDayOfWeek()) && local.getHour() >= 8 && local.getHour() < 20;
            final int row = snapshot.select(query, Digits.at3(number), Digits.OFFSET, number.length(), choice);
            final Set<Integer> found = new HashSet<>();
            for (int attempt = 0; attempt < choice.size(); attempt++) {
                found.add(choice.carrier(attempt));
                assertThat(snapshot.row(choice.row(attempt)).line()).isEqualTo(choice.carrier(attempt));
            }
            final Set<Integer> expected = scan(rows, number, query, work);
            assertThat(found)
                    .as(
                            "seed %d, %d rows: %s for tenant %d, class %d at %s",
                            seed, count, number, tenant, messageClass, local)
                    .hasSameSizeAs(expected.stream().limit(Route.MAX_CARRIERS).toList())
                    .isSubsetOf(expected);
            assertThat(row == RoutingSnapshot.NO_ROUTE).isEqualTo(expected.isEmpty());
        }
    }

    @Test
    void everyUnitGetsTheOffersThatAScanFinds() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("ScopesAgainstScanTest: -Dtrunkline.seed=" + seed);
        for (int i = 0; i < 60; i++) {
            compare(seed + i, 1 + i * 5);
        }
    }
}
