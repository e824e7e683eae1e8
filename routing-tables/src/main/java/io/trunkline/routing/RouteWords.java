package io.trunkline.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** What {@link RouteNames} answered: a million rows name a handful of tenants and routes, and each is asked for once. */
final class RouteWords {
    private final RouteNames names;
    private final Map<String, Integer> tenants = new HashMap<>();
    private final Map<String, Integer> groups = new HashMap<>();
    private final Map<String, Integer> classes = new HashMap<>();
    private final Map<String, Integer> windows = new HashMap<>();
    private final Map<String, Optional<Route>> routes = new HashMap<>();
    private RouteScope lastScope = RouteScope.EVERYONE;

    RouteWords(final RouteNames names) {
        this.names = names;
    }

    int tenant(final String word) {
        return ask(tenants, word, names::tenant);
    }

    int group(final String word) {
        return ask(groups, word, names::group);
    }

    int messageClass(final String word) {
        return ask(classes, word, names::messageClass);
    }

    int window(final String word) {
        return ask(windows, word, names::window);
    }

    /** The route, or null where there is none. */
    Route route(final String word) {
        return routes.computeIfAbsent(word, names::route).orElse(null);
    }

    private static int ask(final Map<String, Integer> known, final String word, final ToIntFunction<String> names) {
        return known.computeIfAbsent(word, names::applyAsInt);
    }

    /** A scope, the last one again where it is the same. */
    RouteScope scope(final int tenant, final int group, final UnitKind kind, final int messageClass, final int window) {
        if (lastScope.tenant() != tenant
                || lastScope.group() != group
                || lastScope.kind() != kind
                || lastScope.messageClass() != messageClass
                || lastScope.window() != window) {
            lastScope = new RouteScope(tenant, group, kind, messageClass, window);
        }
        return lastScope;
    }
}
