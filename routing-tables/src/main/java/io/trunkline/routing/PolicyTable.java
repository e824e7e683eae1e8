package io.trunkline.routing;

import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;

/** Which policy holds for a group of tenants and a class: the one that names both, the group, the class, or neither. */
final class PolicyTable {
    private static final int CLASS_BITS = 8;

    /** Most groups: a group and a class are one int. */
    static final int MAX_GROUP = (1 << (Integer.SIZE - 1 - CLASS_BITS)) - 1;

    private final Int2ObjectHashMap<Policy> policies = new Int2ObjectHashMap<>();

    PolicyTable(final Map<Integer, Policy> byKey) {
        byKey.forEach((key, policy) -> policies.put(key.intValue(), policy));
    }

    static int key(final int group, final int messageClass) {
        return group << CLASS_BITS | messageClass;
    }

    /** Whether some policy is for one group alone. */
    boolean namesGroups() {
        return policies.keySet().stream().anyMatch(key -> key >>> CLASS_BITS != RoutingSnapshot.ANY);
    }

    Policy find(final int group, final int messageClass) {
        if (policies.isEmpty()) {
            return Policy.PRIORITY;
        }
        Policy policy = policies.get(key(group, messageClass));
        if (policy == null) {
            policy = policies.get(key(group, RoutingSnapshot.ANY));
        }
        if (policy == null) {
            policy = policies.get(key(RoutingSnapshot.ANY, messageClass));
        }
        if (policy == null) {
            policy = policies.get(key(RoutingSnapshot.ANY, RoutingSnapshot.ANY));
        }
        return policy == null ? Policy.PRIORITY : policy;
    }
}
