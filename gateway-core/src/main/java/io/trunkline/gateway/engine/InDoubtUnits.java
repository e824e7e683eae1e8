package io.trunkline.gateway.engine;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Units in doubt that wait for a receipt, by the handset's number: their message id never came, so the number is all
 * that a receipt and a unit have in common. Only an unambiguous match counts: where the answers of two units for the same
 * handset were lost lately, even if one of them has been closed since, a receipt for one could be taken for the other's.
 */
final class InDoubtUnits {
    private static final long AMBIGUOUS = -1;

    private final Long2ObjectHashMap<Unit> byNumber = new Long2ObjectHashMap<>();
    /** Numbers for which an answer was lost lately, and for which unit; or that there were several. */
    private final KeyedRing lately;

    private final long[] doubted;
    private int size;

    InDoubtUnits(final int remembered) {
        lately = new KeyedRing(remembered);
        doubted = new long[remembered];
    }

    /** An answer for this unit was lost, whatever the policy makes of it. */
    void noted(final Unit unit) {
        final int slot = lately.find(0, unit.destination, 0);
        if (slot < 0) {
            doubted[lately.put(0, unit.destination, 0)] = unit.id;
        } else if (doubted[slot] != unit.id) {
            doubted[slot] = AMBIGUOUS;
        }
    }

    int size() {
        return size;
    }

    void add(final Unit unit) {
        unit.inDoubtListed = true;
        unit.queueNext = byNumber.put(unit.destination, unit);
        size++;
    }

    void remove(final Unit unit) {
        if (!unit.inDoubtListed) {
            return;
        }
        Unit head = byNumber.get(unit.destination);
        if (head == unit) {
            head = unit.queueNext;
        } else {
            Unit before = head;
            while (before.queueNext != unit) {
                before = before.queueNext;
            }
            before.queueNext = unit.queueNext;
        }
        if (head == null) {
            byNumber.remove(unit.destination);
        } else {
            byNumber.put(unit.destination, head);
        }
        unit.queueNext = null;
        unit.inDoubtListed = false;
        size--;
    }

    /** The one unit in doubt for this number; null where there is none or more than one. */
    Unit only(final long number) {
        final Unit unit = size == 0 || number == 0 ? null : byNumber.get(number);
        if (unit == null || unit.queueNext != null) {
            return null;
        }
        final int slot = lately.find(0, number, 0);
        return slot >= 0 && doubted[slot] == unit.id ? unit : null;
    }

    /** The value of E.164 digits, at most 15 of them, with anything else skipped; 0 where there are too many or none. */
    static long number(final DirectBuffer buffer, final int offset, final int length) {
        long value = 0;
        int digits = 0;
        for (int i = 0; i < length; i++) {
            final byte octet = buffer.getByte(offset + i);
            if (octet >= '0' && octet <= '9') {
                value = value * 10 + (octet - '0');
                digits++;
            }
        }
        return digits > 15 ? 0 : value;
    }
}
