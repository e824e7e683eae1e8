package io.trunkline.routing;

/**
 * Whom and what a row is for, besides its prefix.
 *
 * @param tenant id above 0, or {@link RoutingSnapshot#ANY}
 * @param group id above 0 of a group of tenants, or {@link RoutingSnapshot#ANY}; not together with a tenant
 * @param kind of unit, or {@link UnitKind#ANY}
 * @param messageClass 1..255, or {@link RoutingSnapshot#ANY}
 * @param window as {@link RoutingSnapshot.Builder#window} numbered it, or {@link RoutingSnapshot#ANY}: always
 */
public record RouteScope(int tenant, int group, UnitKind kind, int messageClass, int window) {
    /** Most time windows of a snapshot. */
    public static final int MAX_WINDOWS = (1 << ScopeKey.WINDOW_BITS) - 1;

    /** For every unit, always. */
    public static final RouteScope EVERYONE = new RouteScope(0, 0, UnitKind.ANY, 0, 0);

    public RouteScope {
        if (tenant < 0 || group < 0) {
            throw new IllegalArgumentException("tenant " + tenant + ", group " + group + ": no id is negative");
        }
        if (tenant != RoutingSnapshot.ANY && group != RoutingSnapshot.ANY) {
            throw new IllegalArgumentException("a row for tenant " + tenant + " and also for group " + group);
        }
        if (messageClass < 0 || messageClass > ScopeKey.MAX_CLASS) {
            throw new IllegalArgumentException("class " + messageClass + " is not within 0.." + ScopeKey.MAX_CLASS);
        }
        if (window < 0 || window > MAX_WINDOWS) {
            throw new IllegalArgumentException("window " + window + " is not within 0.." + MAX_WINDOWS);
        }
    }

    /** For a tenant and a class, either of which may be {@link RoutingSnapshot#ANY}, always. */
    public static RouteScope of(final int tenant, final int messageClass) {
        return new RouteScope(tenant, RoutingSnapshot.ANY, UnitKind.ANY, messageClass, RoutingSnapshot.ANY);
    }

    public RouteScope forGroup(final int itsGroup) {
        return new RouteScope(RoutingSnapshot.ANY, itsGroup, kind, messageClass, window);
    }

    public RouteScope forKind(final UnitKind itsKind) {
        return new RouteScope(tenant, group, itsKind, messageClass, window);
    }

    public RouteScope within(final int itsWindow) {
        return new RouteScope(tenant, group, kind, messageClass, itsWindow);
    }
}
