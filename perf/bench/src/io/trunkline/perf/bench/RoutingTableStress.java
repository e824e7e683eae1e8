package io.trunkline.perf.bench;

import io.trunkline.routing.Route;
import io.trunkline.routing.RouteChoice;
import io.trunkline.routing.RoutingSnapshot;
import io.trunkline.routing.RoutingTable;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.*;
import org.openjdk.jcstress.infra.results.II_Result;

/** A snapshot is built and published while another thread routes by what is in force: the old one or the whole new one. */
@JCStressTest
@Outcome(id = "1, 101", expect = Expect.ACCEPTABLE, desc = "the old snapshot")
@Outcome(id = "2, 102", expect = Expect.ACCEPTABLE, desc = "the whole new one")
@Outcome(expect = Expect.FORBIDDEN, desc = "a snapshot not whole")
@State
public class RoutingTableStress {
    private static final RoutingSnapshot OLD = snapshot(1, 101);
    private static final UnsafeBuffer NUMBER = new UnsafeBuffer(new byte[] {'4', '9', '1', '5', '1'});

    private final RoutingTable<RoutingSnapshot> table = new RoutingTable<>(OLD);

    private static RoutingSnapshot snapshot(final long version, final int carrier) {
        return RoutingSnapshot.builder(version)
                .route(
                        "49",
                        RoutingSnapshot.ANY,
                        RoutingSnapshot.ANY,
                        new Route(List.of(new Route.Tier(List.of(new Route.Share(carrier, 1))))),
                        "stress",
                        1)
                .build();
    }

    @Actor
    public void publisher() {
        table.publish(snapshot(2, 102));
    }

    @Actor
    public void router(final II_Result result) {
        final RoutingSnapshot current = table.current();
        final RouteChoice choice = new RouteChoice();
        current.select(1, 1, NUMBER, 0, NUMBER.capacity(), 7, choice);
        result.r1 = (int) current.version();
        result.r2 = choice.size() == 0 ? -1 : choice.carrier(0);
    }
}
