package io.trunkline.gateway.engine;

/** One tenant's units of one class that wait for one carrier, first come first served. Intrusive: no memory per unit. */
final class TenantQueue {
    final TenantState tenant;
    final ClassLane lane;

    private Unit head;
    private Unit tail;
    private int size;

    /** Segments that this tenant may still send in the current round. */
    int deficit;
    /** Neighbours in the lane's round of tenants that have something to send. */
    TenantQueue nextActive;

    TenantQueue previousActive;

    TenantQueue(final TenantState tenant, final ClassLane lane) {
        this.tenant = tenant;
        this.lane = lane;
    }

    boolean isEmpty() {
        return head == null;
    }

    int size() {
        return size;
    }

    Unit head() {
        return head;
    }

    void addLast(final Unit unit) {
        unit.queue = this;
        unit.queuePrevious = tail;
        if (tail == null) {
            head = unit;
        } else {
            tail.queueNext = unit;
        }
        tail = unit;
        size++;
    }

    void addFirst(final Unit unit) {
        unit.queue = this;
        unit.queueNext = head;
        if (head == null) {
            tail = unit;
        } else {
            head.queuePrevious = unit;
        }
        head = unit;
        size++;
    }

    void remove(final Unit unit) {
        if (unit.queuePrevious == null) {
            head = unit.queueNext;
        } else {
            unit.queuePrevious.queueNext = unit.queueNext;
        }
        if (unit.queueNext == null) {
            tail = unit.queuePrevious;
        } else {
            unit.queueNext.queuePrevious = unit.queuePrevious;
        }
        unit.queueNext = null;
        unit.queuePrevious = null;
        unit.queue = null;
        size--;
    }
}
