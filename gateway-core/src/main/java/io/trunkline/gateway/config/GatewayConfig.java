package io.trunkline.gateway.config;

import java.util.List;
import java.util.Optional;

/**
 * One whole configuration: read, checked, and either applied as it is or not at all.
 *
 * @param version number under which the daemon applied it, from 1; 0 while it is a candidate
 * @param hash SHA-256 of the normalised content in lower-case hexadecimal; comments and order of keys in YAML, and the values
 *     behind secret references do not change it
 * @param billing absent where there is neither {@code billing.yaml} nor {@code rates.csv}
 */
public record GatewayConfig(
        int version,
        String hash,
        Gateway gateway,
        List<Tenant> tenants,
        List<Carrier> carriers,
        Routing routing,
        Traffic traffic,
        Optional<BillingConfig> billing) {
    public GatewayConfig {
        tenants = List.copyOf(tenants);
        carriers = List.copyOf(carriers);
    }

    /** The same configuration, applied as {@code version}. */
    public GatewayConfig applied(final int version) {
        return new GatewayConfig(version, hash, gateway, tenants, carriers, routing, traffic, billing);
    }

    public Optional<Tenant> tenant(final String name) {
        return tenants.stream().filter(tenant -> tenant.name().equals(name)).findFirst();
    }

    public Optional<Carrier> carrier(final String name) {
        return carriers.stream().filter(carrier -> carrier.name().equals(name)).findFirst();
    }
}
