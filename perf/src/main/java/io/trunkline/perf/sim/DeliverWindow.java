package io.trunkline.perf.sim;

import java.util.Arrays;

/** The window of deliver_sm written and not answered, by sequence, and those that wait for room in it. */
final class DeliverWindow {
    private final PendingStore store;
    private final int[] slots;
    private final SlotQueue waiting;
    private int open;

    DeliverWindow(final PendingStore store, final int size) {
        this.store = store;
        this.slots = new int[Math.max(64, Integer.highestOneBit(size * 2 - 1) << 1)];
        this.waiting = new SlotQueue(store);
        Arrays.fill(slots, PendingStore.NIL);
    }

    boolean isFull(final int limit) {
        return open >= Math.min(limit, slots.length / 2);
    }

    boolean taken(final int sequence) {
        return slots[sequence & (slots.length - 1)] != PendingStore.NIL;
    }

    void sent(final int sequence, final int slot) {
        slots[sequence & (slots.length - 1)] = slot;
        open++;
    }

    int answered(final int sequence) {
        final int at = sequence & (slots.length - 1);
        final int slot = slots[at];
        if (slot == PendingStore.NIL || store.sequence[slot] != sequence) {
            return PendingStore.NIL;
        }
        slots[at] = PendingStore.NIL;
        open--;
        return slot;
    }

    void keep(final int slot) {
        waiting.add(slot);
    }

    int kept() {
        return waiting.poll();
    }

    void forEachOpen(final PendingStore.Due taker) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != PendingStore.NIL) {
                taker.onDue(slots[i]);
                slots[i] = PendingStore.NIL;
            }
        }
        for (int slot = waiting.poll(); slot != PendingStore.NIL; slot = waiting.poll()) {
            taker.onDue(slot);
        }
        open = 0;
    }
}
