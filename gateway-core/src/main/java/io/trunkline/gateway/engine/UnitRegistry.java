package io.trunkline.gateway.engine;

import java.util.Arrays;
import java.util.function.Consumer;

/** The open units, by id and by slot, up to a fixed number of them. */
final class UnitRegistry {
    private static final int CHUNK = 1024;

    private final int limit;
    private final UnitIdTable byId = new UnitIdTable();
    private Unit[] slots = new Unit[CHUNK];
    private int slotCount;
    private int[] freeSlots = new int[CHUNK];
    private int freeCount;

    UnitRegistry(final int limit) {
        this.limit = limit;
    }

    int open() {
        return byId.size();
    }

    /** So many are about to be opened: tables need not grow step by step. */
    void expect(final int count) {
        final int most = Math.min(count, limit);
        if (most > slots.length) {
            slots = Arrays.copyOf(slots, most);
        }
        byId.expect(most);
    }

    boolean full() {
        return byId.size() >= limit;
    }

    Unit get(final long id) {
        final int slot = byId.find(id);
        return slot < 0 ? null : slots[slot];
    }

    /** The unit that the ticket was issued for, or null where it has been closed since. */
    Unit ofTicket(final long ticket) {
        final int slot = Unit.slotOf(ticket);
        if (slot >= slotCount) {
            return null;
        }
        final Unit unit = slots[slot];
        return unit.issued(ticket) ? unit : null;
    }

    /** A unit with this id and nothing else set. */
    Unit open(final long id) {
        final Unit unit = freeCount > 0 ? slots[freeSlots[--freeCount]] : grow();
        unit.id = id;
        byId.put(id, unit.slot);
        return unit;
    }

    void close(final Unit unit) {
        byId.remove(unit.id);
        unit.clear();
        if (freeCount == freeSlots.length) {
            freeSlots = Arrays.copyOf(freeSlots, freeCount * 2);
        }
        freeSlots[freeCount++] = unit.slot;
    }

    /** Number of slots ever used; with {@link #atSlot} a walk over all open units that may pause between calls. */
    int slotCount() {
        return slotCount;
    }

    /** The unit object of a slot that is in use. */
    Unit inSlot(final int slot) {
        return slots[slot];
    }

    /** The open unit in this slot, or null. */
    Unit atSlot(final int slot) {
        final Unit unit = slots[slot];
        return unit.id == 0 ? null : unit;
    }

    void forEach(final Consumer<Unit> action) {
        for (int i = 0; i < slotCount; i++) {
            if (slots[i].id != 0) {
                action.accept(slots[i]);
            }
        }
    }

    private Unit grow() {
        if (slotCount == slots.length) {
            slots = Arrays.copyOf(slots, Math.max(CHUNK, slotCount + (slotCount >> 1)));
        }
        final Unit unit = new Unit(slotCount);
        slots[slotCount++] = unit;
        return unit;
    }
}
