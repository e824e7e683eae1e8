package io.trunkline.perf.sim;

/** A first-in first-out list of slots that are outside the wheel, linked through the store. */
final class SlotQueue {
    private final PendingStore store;
    private int head = PendingStore.NIL;
    private int tail = PendingStore.NIL;

    SlotQueue(final PendingStore store) {
        this.store = store;
    }

    boolean isEmpty() {
        return head == PendingStore.NIL;
    }

    void add(final int slot) {
        store.link(slot, PendingStore.NIL);
        if (head == PendingStore.NIL) {
            head = slot;
        } else {
            store.link(tail, slot);
        }
        tail = slot;
    }

    /** The oldest, removed; {@link PendingStore#NIL} where there is none. */
    int poll() {
        final int slot = head;
        if (slot != PendingStore.NIL) {
            head = store.linked(slot);
            if (head == PendingStore.NIL) {
                tail = PendingStore.NIL;
            }
        }
        return slot;
    }
}
