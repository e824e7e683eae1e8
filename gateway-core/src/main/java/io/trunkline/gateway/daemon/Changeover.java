package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.config.Traffic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a configuration changes for the shard, found out beside it: a thousand carriers that stay as they are cost it nothing.
 *
 * @param tenants new ones, and those that differ
 * @param carriers new ones, and those that differ
 * @param gone carriers that are not there any more
 * @param accounts whether who may come in differs
 * @param limits whether how much may pass differs
 * @param blocks whether the block and safe lists differ
 * @param peers whether trunks or platforms of calls differ, or how they are spoken to
 */
record Changeover(
        GatewayConfig config,
        List<Tenant> tenants,
        List<Carrier> carriers,
        List<Carrier> gone,
        boolean accounts,
        boolean limits,
        boolean blocks,
        boolean peers) {
    Changeover {
        tenants = List.copyOf(tenants);
        carriers = List.copyOf(carriers);
        gone = List.copyOf(gone);
    }

    static Changeover between(final GatewayConfig before, final GatewayConfig after) {
        final Map<String, Carrier> staying = byName(after.carriers(), Carrier::name);
        return new Changeover(
                after,
                differing(before.tenants(), after.tenants(), Tenant::name),
                differing(before.carriers(), after.carriers(), Carrier::name),
                before.carriers().stream()
                        .filter(carrier -> !staying.containsKey(carrier.name()))
                        .toList(),
                !before.tenants().equals(after.tenants()),
                !sameLimits(before.traffic(), after.traffic()),
                !before.traffic().blocks().equals(after.traffic().blocks()),
                !before.carriers().equals(after.carriers())
                        || !before.tenants().equals(after.tenants())
                        || !before.gateway().sip().equals(after.gateway().sip()));
    }

    private static boolean sameLimits(final Traffic before, final Traffic after) {
        return before.limits().equals(after.limits())
                && before.amounts().equals(after.amounts())
                && before.campaigns().equals(after.campaigns());
    }

    private static <T> List<T> differing(final List<T> before, final List<T> after, final Function<T, String> name) {
        final Map<String, T> old = byName(before, name);
        return after.stream()
                .filter(one -> !one.equals(old.get(name.apply(one))))
                .toList();
    }

    private static <T> Map<String, T> byName(final List<T> all, final Function<T, String> name) {
        final Map<String, T> byName = new HashMap<>();
        all.forEach(one -> byName.put(name.apply(one), one));
        return byName;
    }
}
