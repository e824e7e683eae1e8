package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.engine.Router;
import io.trunkline.routing.NumberTable;
import io.trunkline.routing.Route;
import io.trunkline.routing.RouteChoice;
import io.trunkline.routing.RoutingSnapshot;
import io.trunkline.routing.RoutingTable;
import org.agrona.DirectBuffer;

/** The routing snapshot in force, as the engine asks it; compiled from config, with names turned into numbers. */
final class RoutingTables implements Router {
    private static final String ROUTES_FILE = "routes.csv";

    private final Names names;
    private final TrafficTables traffic;
    private final RoutingTable table =
            new RoutingTable(RoutingSnapshot.builder(0).build());
    private final RouteChoice choice = new RouteChoice();
    private int version;
    private int row;

    RoutingTables(final Names names, final TrafficTables traffic) {
        this.names = names;
        this.traffic = traffic;
    }

    /** Compiles and publishes the routes of a config whose tenants and carriers all have numbers. */
    void publish(final GatewayConfig config) {
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(config.version());
        for (final Routing.Route route : config.routing().routes()) {
            builder.route(
                    route.prefix(),
                    route.tenant()
                            .map(name -> names.known(Names.Kind.TENANT, name))
                            .orElse(RoutingSnapshot.ANY),
                    route.messageClass()
                            .map(messageClass -> messageClass.number())
                            .orElse(RoutingSnapshot.ANY),
                    new Route(route.tiers().stream().map(this::tier).toList()),
                    ROUTES_FILE,
                    route.line());
        }
        final NumberTable.Builder numbers =
                NumberTable.builder(config.routing().owners().size());
        for (final Routing.NumberOwner owner : config.routing().owners()) {
            numbers.add(owner.number(), names.known(Names.Kind.TENANT, owner.tenant()));
        }
        table.publish(builder.numbers(numbers.build()).build());
    }

    private Route.Tier tier(final Routing.Tier tier) {
        return new Route.Tier(tier.shares().stream()
                .map(share -> new Route.Share(names.known(Names.Kind.CARRIER, share.carrier()), share.weight()))
                .toList());
    }

    @Override
    public int route(
            final int tenant,
            final int messageClass,
            final DirectBuffer digits,
            final int offset,
            final int length,
            final long unitId,
            final int[] carriers) {
        final RoutingSnapshot snapshot = table.current();
        version = (int) snapshot.version();
        row = snapshot.select(tenant, messageClass, digits, offset, length, unitId, choice);
        final int count = Math.min(choice.size(), carriers.length);
        for (int i = 0; i < count; i++) {
            carriers[i] = choice.carrier(i);
        }
        return count;
    }

    @Override
    public int tableVersion() {
        return version;
    }

    @Override
    public int tableRow() {
        return row;
    }

    @Override
    public int owner(final DirectBuffer digits, final int offset, final int length) {
        // The rows of numbers.csv go before the number file, so that a few can change without it.
        final int listed = table.current().numbers().tenant(digits, offset, length);
        return listed == NumberTable.NO_TENANT ? traffic.owner(digits, offset, length) : listed;
    }
}
