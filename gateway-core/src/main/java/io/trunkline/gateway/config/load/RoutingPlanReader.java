package io.trunkline.gateway.config.load;

import io.trunkline.gateway.config.RoutingPlan;
import io.trunkline.gateway.config.RoutingPlan.ClassPolicy;
import io.trunkline.gateway.config.RoutingPlan.Quality;
import io.trunkline.gateway.config.RoutingPlan.Rule;
import io.trunkline.gateway.config.RoutingPlan.Way;
import io.trunkline.gateway.config.RoutingPlan.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Binds {@code routing.yaml} entry by entry: one that cannot be bound is null and has left a problem behind, and the others are
 * looked at all the same.
 *
 * @param ways null stands for one that cannot be bound; likewise below
 * @param quality empty where it cannot be bound
 */
record RoutingPlanReader(
        Map<String, Way> ways,
        List<ClassPolicy> policies,
        Map<String, Window> windows,
        List<Rule> rules,
        Optional<Quality> quality,
        YamlTree tree) {
    private static final SchemaNode SCHEMA = SchemaNode.of("routing");

    static RoutingPlanReader read(final YamlTree tree, final Binder binder) {
        return new RoutingPlanReader(
                map("ways", Way.class, tree, binder),
                list("policies", ClassPolicy.class, binder),
                map("windows", Window.class, tree, binder),
                list("rules", Rule.class, binder),
                Optional.ofNullable(binder.bind(
                        "/quality", Quality.class, SCHEMA.at("/quality").orElseThrow())),
                tree);
    }

    private static <T> Map<String, T> map(
            final String key, final Class<T> type, final YamlTree tree, final Binder binder) {
        final Map<String, T> map = new LinkedHashMap<>();
        tree.root().path(key).forEachEntry((name, value) -> {
            final String pointer = YamlTree.child("/" + key, name);
            map.put(name, binder.bind(pointer, type, SCHEMA.at(pointer).orElseThrow()));
        });
        return map;
    }

    private static <T> List<T> list(final String key, final Class<T> type, final Binder binder) {
        return binder.bindAll("/" + key, type, SCHEMA.at("/" + key + "/0").orElseThrow());
    }

    /** All that could be bound. */
    RoutingPlan plan() {
        final Map<String, String> groups = new LinkedHashMap<>();
        tree.root().path("groups").forEachEntry((name, value) -> groups.put(name, value.asString("")));
        return new RoutingPlan(
                groups,
                bound(ways),
                policies.stream().filter(Objects::nonNull).toList(),
                bound(windows),
                rules.stream().filter(Objects::nonNull).toList(),
                quality.orElse(null));
    }

    private static <T> Map<String, T> bound(final Map<String, T> map) {
        final Map<String, T> bound = new LinkedHashMap<>(map);
        bound.values().removeIf(Objects::isNull);
        return bound;
    }
}
