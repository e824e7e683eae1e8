package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Tenant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The journal's numbers, as whoever prepares a configuration beside the shard knows them. {@link Names} are the shard's; it is
 * asked for what is missing here, and numbers never change.
 */
final class KnownNumbers {
    private final Map<Names.Kind, Map<String, Integer>> numbers = new EnumMap<>(Names.Kind.class);

    KnownNumbers() {
        for (final Names.Kind kind : Names.Kind.values()) {
            numbers.put(kind, new HashMap<>());
        }
    }

    /** Names of a configuration that have no number here; kinds without such are left out. */
    Map<Names.Kind, Set<String>> missing(final GatewayConfig config) {
        final Map<Names.Kind, Set<String>> missing = new EnumMap<>(Names.Kind.class);
        missing(Names.Kind.TENANT, config.tenants().stream().map(Tenant::name).toList(), missing);
        missing(
                Names.Kind.CARRIER,
                config.carriers().stream().map(Carrier::name).toList(),
                missing);
        missing(Names.Kind.TREATMENT, RoutingInForce.treatments(config.routing()), missing);
        return missing;
    }

    private void missing(
            final Names.Kind kind, final Collection<String> wanted, final Map<Names.Kind, Set<String>> missing) {
        for (final String name : wanted) {
            if (!numbers.get(kind).containsKey(name)) {
                missing.computeIfAbsent(kind, none -> new LinkedHashSet<>()).add(name);
            }
        }
    }

    /** Takes in what the shard gave out. */
    void add(final Map<Names.Kind, Map<String, Integer>> given) {
        given.forEach((kind, byName) -> numbers.get(kind).putAll(byName));
    }

    /** The number of a name that has one; 0 else. */
    int number(final Names.Kind kind, final String name) {
        return numbers.get(kind).getOrDefault(name, 0);
    }
}
