package io.trunkline.gateway.engine;

import org.agrona.collections.Int2ObjectHashMap;

/**
 * The units of one class that wait for one carrier. Tenants take turns by deficit round robin, counted in segments and
 * weighted: one tenant's flood delays that tenant alone.
 */
final class ClassLane {
    /** Segments per turn and weight. Small, so that a turn is short. */
    private static final int QUANTUM = 4;

    private final Int2ObjectHashMap<TenantQueue> byTenant = new Int2ObjectHashMap<>();
    private TenantQueue current;
    private int size;

    int size() {
        return size;
    }

    int size(final int tenantNumber) {
        final TenantQueue queue = byTenant.get(tenantNumber);
        return queue == null ? 0 : queue.size();
    }

    long oldestAcceptedAtMs() {
        long oldest = 0;
        TenantQueue queue = current;
        if (queue != null) {
            do {
                final long acceptedAtMs = queue.head().acceptedAtMs;
                oldest = oldest == 0 ? acceptedAtMs : Math.min(oldest, acceptedAtMs);
                queue = queue.nextActive;
            } while (queue != current);
        }
        return oldest;
    }

    void addLast(final Unit unit) {
        final TenantQueue queue = queueOf(unit.tenant);
        final boolean idle = queue.isEmpty();
        queue.addLast(unit);
        size++;
        if (idle) {
            activate(queue);
        }
    }

    /** Back to the front: a unit that was taken and could not be sent after all. */
    void addFirst(final Unit unit) {
        final TenantQueue queue = queueOf(unit.tenant);
        final boolean idle = queue.isEmpty();
        queue.addFirst(unit);
        size++;
        if (idle) {
            activate(queue);
        }
    }

    /** Back to the front with its body, behind others that came back so. */
    void addRestored(final Unit unit) {
        final TenantQueue queue = queueOf(unit.tenant);
        final boolean idle = queue.isEmpty();
        queue.addRestored(unit);
        size++;
        if (idle) {
            activate(queue);
        }
    }

    boolean spilled(final TenantState tenant) {
        final TenantQueue queue = byTenant.get(tenant.number());
        return queue != null && queue.spilled();
    }

    void remove(final Unit unit) {
        final TenantQueue queue = unit.queue;
        queue.remove(unit);
        size--;
        if (queue.isEmpty()) {
            deactivate(queue);
        }
    }

    /** Takes the unit whose turn it is, or null. */
    Unit poll() {
        if (current == null) {
            return null;
        }
        while (current.deficit < current.head().segments) {
            // A turn begins: whoever cannot afford its unit keeps what it has saved for its next one.
            current.deficit += QUANTUM * current.tenant.weight();
            if (current.deficit >= current.head().segments) {
                break;
            }
            current = current.nextActive;
        }
        final TenantQueue queue = current;
        final Unit unit = queue.head();
        queue.deficit -= unit.segments;
        queue.remove(unit);
        size--;
        if (queue.isEmpty()) {
            deactivate(queue);
        } else if (queue.deficit < queue.head().segments) {
            current = queue.nextActive;
        }
        return unit;
    }

    private TenantQueue queueOf(final TenantState tenant) {
        TenantQueue queue = byTenant.get(tenant.number());
        if (queue == null) {
            queue = new TenantQueue(tenant, this);
            byTenant.put(tenant.number(), queue);
        }
        return queue;
    }

    private void activate(final TenantQueue queue) {
        if (current == null) {
            queue.nextActive = queue;
            queue.previousActive = queue;
            current = queue;
            return;
        }
        // Just before the current one: its turn comes when all others had theirs.
        queue.nextActive = current;
        queue.previousActive = current.previousActive;
        current.previousActive.nextActive = queue;
        current.previousActive = queue;
    }

    private void deactivate(final TenantQueue queue) {
        queue.deficit = 0;
        if (queue.nextActive == queue) {
            current = null;
        } else {
            queue.previousActive.nextActive = queue.nextActive;
            queue.nextActive.previousActive = queue.previousActive;
            if (current == queue) {
                current = queue.nextActive;
            }
        }
        queue.nextActive = null;
        queue.previousActive = null;
    }
}
