package io.trunkline.gateway.engine;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Units in doubt that wait for a receipt, by the handset's number: their message id never came, so the number is all
 * that a receipt and a unit have in common. Only an unambiguous match counts.
 */
final class InDoubtUnits {
    private final Long2ObjectHashMap<Unit> byNumber = new Long2ObjectHashMap<>();
    private int size;

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
        return unit == null || unit.queueNext != null ? null : unit;
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
