package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.engine.TrafficPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** What may pass by a configuration that no daemon runs, with what operators have added in a daemon's data directory. */
public final class ConfiguredTraffic {
    /** Lines that have expired by now had not when older units came. */
    private static final Clock BEFORE_ALL = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private ConfiguredTraffic() {}

    /**
     * Makes it; only reads.
     *
     * @param data the daemon's directory
     * @param tenants the numbers by which it is going to be asked, by name
     * @throws IOException where a number file cannot be read or is damaged
     */
    public static TrafficPolicy of(final GatewayConfig config, final Path data, final Map<String, Integer> tenants)
            throws IOException {
        final Blocks blocks = new Blocks(data, BEFORE_ALL);
        blocks.recover(tenants);
        blocks.configure(Blocks.lines(config.traffic().blocks()), tenants);
        final TrafficTables tables = new TrafficTables(blocks);
        tables.publish(tables.prepareOutbound(config, tenants));
        return tables;
    }
}
