package io.trunkline.gateway.events;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The newest events of one tenant, so that a sink which was full for a moment need not be served from the journal.
 * Status events are kept whole; of inbound messages and steps of calls only where they are. Not thread-safe.
 *
 * <pre>
 *  +0 sequence  +8 record  +16 unit  +24 referenceHi  +32 referenceLo  +40 timeMs
 *  +48 rawCode  +52 code (2)  +54 state  +55 segments  +56 delivered  +57 duplicate  +58 kind
 *  +59 origin  +60 receiptWish  +64 acceptedAtMs  +72 destination
 *  +80 senderHi  +88 senderLo
 * </pre>
 */
final class EventTail {
    /** Bytes per event. */
    static final int SLOT_LENGTH = 96;

    private static final byte STATUS = 1;
    private static final byte ELSEWHERE = 2;

    private final int mask;
    private final UnsafeBuffer slots;

    EventTail(final int events) {
        mask = events - 1;
        slots = new UnsafeBuffer(new byte[events * SLOT_LENGTH]);
    }

    void add(final StatusEvent event, final long record) {
        final int slot = slot(event.sequence);
        slots.putLong(slot, event.sequence);
        slots.putLong(slot + 8, record);
        slots.putLong(slot + 16, event.unitId);
        slots.putLong(slot + 24, event.referenceHi);
        slots.putLong(slot + 32, event.referenceLo);
        slots.putLong(slot + 40, event.timeMs);
        slots.putInt(slot + 48, event.rawCode);
        slots.putShort(slot + 52, (short) event.errorCode);
        slots.putByte(slot + 54, (byte) event.state);
        slots.putByte(slot + 55, (byte) event.segments);
        slots.putByte(slot + 56, (byte) event.segmentsDelivered);
        slots.putByte(slot + 57, (byte) (event.possibleDuplicate ? 1 : 0));
        slots.putByte(slot + 58, STATUS);
        slots.putByte(slot + 59, (byte) event.origin);
        slots.putByte(slot + 60, (byte) event.receiptWish);
        slots.putLong(slot + 64, event.acceptedAtMs);
        slots.putLong(slot + 72, event.destination);
        slots.putLong(slot + 80, event.senderHi);
        slots.putLong(slot + 88, event.senderLo);
    }

    /** An event that is read back from its record. */
    void addRecord(final long sequence, final long record) {
        final int slot = slot(sequence);
        slots.putLong(slot, sequence);
        slots.putLong(slot + 8, record);
        slots.putByte(slot + 58, ELSEWHERE);
    }

    boolean has(final long sequence) {
        return slots.getLong(slot(sequence)) == sequence;
    }

    boolean isStatus(final long sequence) {
        return slots.getByte(slot(sequence) + 58) == STATUS;
    }

    /** Sequence of the record that carries an event that is here. */
    long record(final long sequence) {
        return slots.getLong(slot(sequence) + 8);
    }

    void read(final long sequence, final StatusEvent event) {
        final int slot = slot(sequence);
        event.sequence = sequence;
        event.unitId = slots.getLong(slot + 16);
        event.referenceHi = slots.getLong(slot + 24);
        event.referenceLo = slots.getLong(slot + 32);
        event.timeMs = slots.getLong(slot + 40);
        event.rawCode = slots.getInt(slot + 48);
        event.errorCode = slots.getShort(slot + 52) & 0xFFFF;
        event.state = slots.getByte(slot + 54);
        event.segments = slots.getByte(slot + 55) & 0xFF;
        event.segmentsDelivered = slots.getByte(slot + 56) & 0xFF;
        event.possibleDuplicate = slots.getByte(slot + 57) != 0;
        event.origin = slots.getByte(slot + 59);
        event.receiptWish = slots.getByte(slot + 60);
        event.acceptedAtMs = slots.getLong(slot + 64);
        event.destination = slots.getLong(slot + 72);
        event.senderHi = slots.getLong(slot + 80);
        event.senderLo = slots.getLong(slot + 88);
    }

    private int slot(final long sequence) {
        return ((int) sequence & mask) * SLOT_LENGTH;
    }
}
