package io.trunkline.perf.bench;

import io.trunkline.routing.Route;
import io.trunkline.routing.RouteChoice;
import io.trunkline.routing.RoutingSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.*;

/** The carriers of a number, out of tables of several sizes; the numbers differ, so that caches are as under load. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RoutingBench {
    private static final int NUMBERS = 1 << 16;
    private static final int DIGITS = 12;

    @Param({"1000", "100000"})
    public int rows;

    private final UnsafeBuffer numbers = new UnsafeBuffer(new byte[NUMBERS * DIGITS]);
    private final RouteChoice choice = new RouteChoice();
    private RoutingSnapshot snapshot;
    private int next;

    @Setup
    public void setUp() {
        final SplittableRandom random = new SplittableRandom(1);
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(1);
        final Set<String> seen = new HashSet<>();
        builder.route("", RoutingSnapshot.ANY, RoutingSnapshot.ANY, to(1), "bench", 1);
        while (seen.size() < rows) {
            final String prefix = digits(random, random.nextInt(2, 9));
            if (seen.add(prefix)) {
                builder.route(
                        prefix, RoutingSnapshot.ANY, RoutingSnapshot.ANY, to(1 + seen.size() % 50), "bench", 1 + seen.size());
            }
        }
        snapshot = builder.build();
        for (int i = 0; i < NUMBERS; i++) {
            numbers.putBytes(i * DIGITS, digits(random, DIGITS).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static Route to(final int carrier) {
        return new Route(List.of(new Route.Tier(List.of(new Route.Share(carrier, 1)))));
    }

    private static String digits(final SplittableRandom random, final int length) {
        return String.valueOf(random.nextLong(1, 10)
                        + random.nextLong(1_000_000_000_000_000L) * 10 + 1_000_000_000_000_000_000L)
                .substring(1, 1 + length);
    }

    @Benchmark
    public int select() {
        next = next + 1 & NUMBERS - 1;
        return snapshot.select(3, 1, numbers, next * DIGITS, DIGITS, next, choice);
    }
}
