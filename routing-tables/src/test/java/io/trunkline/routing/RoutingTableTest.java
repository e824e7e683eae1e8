package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
    private static final int VERSIONS = 2_000;
    private static final int UNITS = 2_000;
    private static final int RUNS = 5;

    private static Route route() {
        return new Route(List.of(
                new Route.Tier(List.of(new Route.Share(1, 70), new Route.Share(2, 30))),
                new Route.Tier(List.of(new Route.Share(3, 1)))));
    }

    /** A snapshot whose carriers say which version it is. */
    private static RoutingSnapshot snapshot(final int version) {
        return RoutingSnapshot.builder(version)
                .route("49", RoutingSnapshot.ANY, RoutingSnapshot.ANY, RouteSelectionTest.to(version), "r.csv", version)
                .build();
    }

    @Test
    void aReaderSeesWholeSnapshotsAndNeverAnOlderOneAfterANewer() throws Exception {
        final RoutingTable<RoutingSnapshot> table = new RoutingTable<>(snapshot(1));
        final CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            final RouteChoice choice = new RouteChoice();
            long last = 0;
            while (last < VERSIONS) {
                final RoutingSnapshot current = table.current();
                assertThat(current.version()).isGreaterThanOrEqualTo(last);
                last = current.version();
                final int row = current.select(1, 1, Digits.at3("49171"), Digits.OFFSET, 5, 1, choice);
                assertThat(row).isZero();
                assertThat(choice.carrier(0)).isEqualTo((int) last);
            }
        });
        for (int version = 2; version <= VERSIONS; version++) {
            table.publish(snapshot(version));
        }
        reader.get(30, TimeUnit.SECONDS);
        assertThat(table.current().version()).isEqualTo(VERSIONS);
    }

    @Test
    void selectingAndLookingUpAllocatesNothing() {
        final NumberTable.Builder numbers = NumberTable.builder(1);
        numbers.add("447700900123", 5);
        final RoutingTable<RoutingSnapshot> table = new RoutingTable<>(RoutingSnapshot.builder(1)
                .route("", RoutingSnapshot.ANY, RoutingSnapshot.ANY, route(), "r.csv", 1)
                .route("49", RoutingSnapshot.ANY, 2, route(), "r.csv", 2)
                .route("49", 1, 1, route(), "r.csv", 3)
                .numbers(numbers.build())
                .build());
        final RouteChoice choice = new RouteChoice();
        final UnsafeBuffer digits = Digits.at3("491711234567");
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        long found = 0;
        for (int run = 0; run < RUNS; run++) {
            final long before = threads.getThreadAllocatedBytes(thread);
            for (int unit = 0; unit < UNITS; unit++) {
                found += table.current().select(1, 1, digits, Digits.OFFSET, 12, unit, choice);
                found += choice.carrier(0) + table.current().numbers().tenant(digits, Digits.OFFSET, 12);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(found).isPositive();
        // One object per unit would be 16 octets times UNITS in every run.
        assertThat(least).isLessThan(UNITS);
    }
}
