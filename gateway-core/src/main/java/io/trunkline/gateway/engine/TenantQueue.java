package io.trunkline.gateway.engine;

/** One tenant's units of one class that wait for one carrier, first come first served. Intrusive: no memory per unit. */
final class TenantQueue {
    final TenantState tenant;
    final ClassLane lane;

    private Unit head;
    private Unit tail;
    private int size;
    /** The unit that was put back last with its body read from the journal; null once it has left. */
    private Unit lastRestored;
    /** Units in this line whose body is in the journal alone. */
    private int withoutBody;

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

    /** Some wait here without their body: those that come now go behind them, and leave the memory to them. */
    boolean spilled() {
        return withoutBody > 0;
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
        count(unit);
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
        count(unit);
    }

    /** To the front, behind those that were read back before it: bodies come in the order of asking. */
    void addRestored(final Unit unit) {
        final Unit before = lastRestored;
        if (before == null) {
            addFirst(unit);
        } else {
            unit.queue = this;
            unit.queuePrevious = before;
            unit.queueNext = before.queueNext;
            if (before.queueNext == null) {
                tail = unit;
            } else {
                before.queueNext.queuePrevious = unit;
            }
            before.queueNext = unit;
            count(unit);
        }
        lastRestored = unit;
    }

    private void count(final Unit unit) {
        size++;
        withoutBody += unit.payload == null ? 1 : 0;
    }

    void remove(final Unit unit) {
        if (unit == lastRestored) {
            lastRestored = null;
        }
        withoutBody -= unit.payload == null ? 1 : 0;
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
