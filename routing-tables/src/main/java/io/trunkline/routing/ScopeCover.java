package io.trunkline.routing;

import org.agrona.collections.Int2IntHashMap;

/** Whether all units of one scope are of another. */
final class ScopeCover {
    private final Int2IntHashMap groupOfTenant;

    ScopeCover(final Int2IntHashMap groupOfTenant) {
        this.groupOfTenant = groupOfTenant;
    }

    /** Whether every unit that a narrow {@link ScopeKey} is for is one that the wide one is for. */
    boolean covers(final long wide, final long narrow) {
        return coversAudience(wide, narrow)
                && coversValue(ScopeKey.messageClass(wide), ScopeKey.messageClass(narrow))
                && coversValue(ScopeKey.kind(wide), ScopeKey.kind(narrow))
                && coversValue(ScopeKey.window(wide), ScopeKey.window(narrow));
    }

    private boolean coversAudience(final long wide, final long narrow) {
        final int tenant = ScopeKey.tenant(wide);
        final int group = ScopeKey.group(wide);
        if (tenant != RoutingSnapshot.ANY) {
            return tenant == ScopeKey.tenant(narrow);
        }
        return group == RoutingSnapshot.ANY || group == groupOf(narrow);
    }

    /** The group that a scope's units are all of, or {@link RoutingSnapshot#ANY}. */
    int groupOf(final long key) {
        final int tenant = ScopeKey.tenant(key);
        return tenant == RoutingSnapshot.ANY ? ScopeKey.group(key) : groupOfTenant.get(tenant);
    }

    private static boolean coversValue(final int wide, final int narrow) {
        return wide == 0 || wide == narrow;
    }
}
