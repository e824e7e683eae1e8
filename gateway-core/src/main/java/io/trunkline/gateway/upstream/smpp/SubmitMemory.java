package io.trunkline.gateway.upstream.smpp;

import io.netty.buffer.ByteBuf;
import io.trunkline.smpp.codec.CancelDecoder;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.TlvIterator;
import io.trunkline.smpp.codec.TlvTag;
import io.trunkline.smpp.codec.WireBytes;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a receipt says that the status of a unit does not: the client's own spelling of the addresses, its
 * user_message_reference, which receipts it wanted. Bounded: the oldest submit is forgotten first, and all are with the
 * process; a receipt then says what the status alone knows.
 *
 * <pre>
 *  0        8             16    20     21      22      23      24      25       26      27    48    69
 *  +--------+-------------+-----+------+-------+-------+-------+-------+--------+-------+-----+-----+
 *  | unit   | accepted ms | umr | regd | s.ton | s.npi | s.len | d.ton | d.npi  | d.len | src | dst |
 *  +--------+-------------+-----+------+-------+-------+-------+-------+--------+-------+-----+-----+
 *  72             80             88             96         100   104
 *  +--------------+--------------+--------------+----------+------+
 *  | address hash | service type | order         | previous | free |
 *  +--------------+--------------+--------------+----------+------+
 * </pre>
 *
 * <p>Submits of the same addresses are chained from the newest to the oldest, for cancel_sm without an id. An entry that
 * was overwritten has a higher order than the one that leads to it, and so ends the chain.
 */
final class SubmitMemory {
    private static final int UNIT = 0;
    private static final int ACCEPTED = 8;
    private static final int REFERENCE = 16;
    private static final int REGISTERED = 20;
    private static final int SOURCE_TON = 21;
    private static final int SOURCE_NPI = 22;
    private static final int SOURCE_LENGTH = 23;
    private static final int DESTINATION_TON = 24;
    private static final int DESTINATION_NPI = 25;
    private static final int DESTINATION_LENGTH = 26;
    private static final int SOURCE = 27;
    private static final int DESTINATION = SOURCE + OutboundSm.ADDRESS_MAX + 1;
    private static final int HASH = 72;
    private static final int SERVICE_TYPE = 80;
    private static final int ORDER = 88;
    private static final int PREVIOUS = 96;
    private static final int ENTRY = 104;
    /** No unit has this id. */
    static final long NONE = 0;
    /** Entries that a cancel_sm may look at. */
    private static final int MAX_STEPS = 1_024;

    private static final int NO_REFERENCE = -1;
    private static final long NOT_FOUND = -1;

    private final int capacity;
    private final UnsafeBuffer entries;
    private final Long2LongHashMap offsets;
    private final Long2LongHashMap newestOfAddresses;
    private int next;
    private int found;
    private long order;
    private int step;
    private int steps;

    /** Remembers so many submits, {@value #ENTRY} bytes each. */
    SubmitMemory(final int capacity) {
        this.capacity = capacity;
        this.entries = new UnsafeBuffer(new byte[Math.multiplyExact(capacity, ENTRY)]);
        this.offsets = new Long2LongHashMap(2 * capacity, 0.55f, NOT_FOUND);
        this.newestOfAddresses = new Long2LongHashMap(2 * capacity, 0.55f, NOT_FOUND);
    }

    /** Remembers an accepted submit. */
    void remember(final long unitId, final SmDecoder sm, final long acceptedAtMs) {
        final int entry = next * ENTRY;
        next = next + 1 == capacity ? 0 : next + 1;
        final long before = entries.getLong(entry + UNIT);
        if (offsets.get(before) == entry) {
            offsets.remove(before);
        }
        final long hashBefore = entries.getLong(entry + HASH);
        if (newestOfAddresses.get(hashBefore) == entry) {
            newestOfAddresses.remove(hashBefore);
        }
        entries.putLong(entry + UNIT, unitId);
        entries.putLong(entry + ACCEPTED, acceptedAtMs);
        final TlvIterator tlvs = sm.tlvs();
        entries.putInt(
                entry + REFERENCE,
                tlvs.length() > 0 && tlvs.find(TlvTag.USER_MESSAGE_REFERENCE)
                        ? (int) tlvs.unsignedValue(NO_REFERENCE)
                        : NO_REFERENCE);
        entries.putByte(entry + REGISTERED, (byte) sm.registeredDelivery());
        entries.putByte(entry + SOURCE_TON, (byte) sm.sourceTon());
        entries.putByte(entry + SOURCE_NPI, (byte) sm.sourceNpi());
        entries.putByte(entry + DESTINATION_TON, (byte) sm.destinationTon());
        entries.putByte(entry + DESTINATION_NPI, (byte) sm.destinationNpi());
        address(sm.buffer(), sm.sourceOffset(), sm.sourceLength(), entry + SOURCE_LENGTH, entry + SOURCE);
        address(
                sm.buffer(),
                sm.destinationOffset(),
                sm.destinationLength(),
                entry + DESTINATION_LENGTH,
                entry + DESTINATION);
        offsets.put(unitId, entry);
        chain(entry, sm);
    }

    private void chain(final int entry, final SmDecoder sm) {
        final long hash = addressHash(
                sm.buffer(), sm.sourceOffset(), sm.sourceLength(), sm.destinationOffset(), sm.destinationLength());
        order++;
        entries.putLong(entry + HASH, hash);
        entries.putLong(entry + SERVICE_TYPE, packed(sm.buffer(), sm.serviceTypeOffset(), sm.serviceTypeLength()));
        entries.putLong(entry + ORDER, order);
        entries.putInt(entry + PREVIOUS, (int) newestOfAddresses.put(hash, entry));
    }

    /** The newest remembered unit with the addresses, and the service type if there is one, of the cancel_sm, or {@link #NONE}. */
    long newest(final CancelDecoder cancel) {
        step = (int) newestOfAddresses.get(addressHash(
                cancel.buffer(),
                cancel.sourceOffset(),
                cancel.sourceLength(),
                cancel.destinationOffset(),
                cancel.destinationLength()));
        steps = 0;
        return matching(cancel);
    }

    /** The next older one, after {@link #newest}. */
    long older(final CancelDecoder cancel) {
        walk();
        return matching(cancel);
    }

    private void walk() {
        final int previous = entries.getInt(step + PREVIOUS);
        final boolean older = previous != NOT_FOUND
                && entries.getLong(previous + ORDER) < entries.getLong(step + ORDER)
                && entries.getLong(previous + HASH) == entries.getLong(step + HASH);
        step = older && ++steps < MAX_STEPS ? previous : (int) NOT_FOUND;
    }

    private long matching(final CancelDecoder cancel) {
        while (step != NOT_FOUND && !matches(cancel)) {
            walk();
        }
        return step == NOT_FOUND ? NONE : entries.getLong(step + UNIT);
    }

    private boolean matches(final CancelDecoder cancel) {
        final ByteBuf pdu = cancel.buffer();
        final long serviceType = packed(pdu, cancel.serviceTypeOffset(), cancel.serviceTypeLength());
        return (serviceType == 0 || serviceType == entries.getLong(step + SERVICE_TYPE))
                && same(pdu, cancel.sourceOffset(), cancel.sourceLength(), SOURCE_LENGTH, SOURCE)
                && same(pdu, cancel.destinationOffset(), cancel.destinationLength(), DESTINATION_LENGTH, DESTINATION);
    }

    private boolean same(final ByteBuf pdu, final int offset, final int length, final int lengthAt, final int at) {
        if (length == 0 || length != entries.getByte(step + lengthAt)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (pdu.getByte(offset + i) != entries.getByte(step + at + i)) {
                return false;
            }
        }
        return true;
    }

    private static long addressHash(
            final ByteBuf pdu, final int from, final int fromLength, final int to, final int toLength) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < fromLength; i++) {
            hash = (hash ^ pdu.getByte(from + i)) * 0x100000001B3L;
        }
        hash = (hash ^ 0xFF) * 0x100000001B3L;
        for (int i = 0; i < toLength; i++) {
            hash = (hash ^ pdu.getByte(to + i)) * 0x100000001B3L;
        }
        return hash;
    }

    /** Up to eight octets in one number; a service_type has five (SMPP 3.4 §5.2.11). */
    private static long packed(final ByteBuf pdu, final int offset, final int length) {
        long value = 0;
        for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
            value = (value << 8) | (pdu.getByte(offset + i) & 0xFF);
        }
        return value;
    }

    /** An address that is longer than a deliver_sm can say is left out. */
    private void address(final ByteBuf from, final int offset, final int length, final int lengthAt, final int target) {
        final int kept = length > OutboundSm.ADDRESS_MAX ? 0 : length;
        entries.putByte(lengthAt, (byte) kept);
        WireBytes.copy(from, offset, entries, target, kept);
    }

    /** Turns to what is known of a unit; false where nothing is. The accessors speak of it until the next call. */
    boolean find(final long unitId) {
        found = (int) offsets.get(unitId);
        return found != NOT_FOUND;
    }

    long acceptedAtMs() {
        return entries.getLong(found + ACCEPTED);
    }

    int registeredDelivery() {
        return entries.getByte(found + REGISTERED) & 0xFF;
    }

    /** A receipt goes the other way: from the message's destination to its source. */
    void address(final OutboundSm receipt) {
        receipt.source(
                entries.getByte(found + DESTINATION_TON) & 0xFF,
                entries.getByte(found + DESTINATION_NPI) & 0xFF,
                entries,
                found + DESTINATION,
                entries.getByte(found + DESTINATION_LENGTH));
        receipt.destination(
                entries.getByte(found + SOURCE_TON) & 0xFF,
                entries.getByte(found + SOURCE_NPI) & 0xFF,
                entries,
                found + SOURCE,
                entries.getByte(found + SOURCE_LENGTH));
        final int reference = entries.getInt(found + REFERENCE);
        if (reference != NO_REFERENCE) {
            receipt.tlvInt16(TlvTag.USER_MESSAGE_REFERENCE, reference & 0xFFFF);
        }
    }

    int size() {
        return offsets.size();
    }
}
