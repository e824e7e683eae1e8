package io.trunkline.gateway.upstream.smpp;

import io.trunkline.gateway.engine.PackedSender;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.smpp.codec.EsmClass;
import io.trunkline.smpp.codec.MessageState;
import io.trunkline.smpp.codec.Npi;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.TlvTag;
import io.trunkline.smpp.codec.Ton;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the status of a unit as a delivery receipt: the text of SMPP 3.4 Appendix B, which every client reads, and the
 * TLVs receipted_message_id, message_state and network_error_code, which say it without parsing. Dates are UTC.
 */
final class ReceiptWriter {
    private static final int ERR_MAX = 999;
    /** Digits of the longest number that is the network's own. */
    private static final int SHORT_CODE_MAX = 7;

    private static final int NETWORK_GSM = 3;
    private static final long DAY_MS = 86_400_000L;

    private final SubmitMemory memory;
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[256]);
    private final UnsafeBuffer id = new UnsafeBuffer(new byte[24]);
    private final UnsafeBuffer networkError = new UnsafeBuffer(new byte[3]);
    private int at;

    ReceiptWriter(final SubmitMemory memory) {
        this.memory = memory;
    }

    /** Fills the PDU, which was reset. */
    void write(final DeliverySlot slot, final OutboundSm receipt) {
        final UnitState state = UnitState.of(slot.state);
        final boolean remembered = memory.find(slot.unitId);
        if (remembered) {
            memory.address(receipt);
        } else {
            address(slot, receipt);
        }
        final long acceptedAtMs =
                slot.acceptedAtMs > 0 ? slot.acceptedAtMs : remembered ? memory.acceptedAtMs() : slot.timeMs;
        final int messageState = messageState(state);
        writeText(slot, state, acceptedAtMs);
        final int idLength = id.putNaturalLongAscii(0, slot.messageId);
        id.putByte(idLength, (byte) 0);
        receipt.esmClass(
                        state != null && state.terminal()
                                ? EsmClass.TYPE_DELIVERY_RECEIPT
                                : EsmClass.TYPE_INTERMEDIATE_NOTIFICATION)
                .message(text, 0, at)
                .tlv(TlvTag.RECEIPTED_MESSAGE_ID, id, 0, idLength + 1)
                .tlvInt8(TlvTag.MESSAGE_STATE, messageState);
        if (slot.rawCode != 0) {
            networkError.putByte(0, (byte) NETWORK_GSM);
            networkError.putByte(1, (byte) (slot.rawCode >>> 8));
            networkError.putByte(2, (byte) slot.rawCode);
            receipt.tlv(TlvTag.NETWORK_ERROR_CODE, networkError, 0, 3);
        }
    }

    /** From the journal alone: TON and NPI are by what the addresses look like. */
    private void address(final DeliverySlot slot, final OutboundSm receipt) {
        if (slot.destination > 0) {
            final int digits = id.putNaturalLongAscii(0, slot.destination);
            receipt.source(Ton.INTERNATIONAL, Npi.ISDN, id, 0, digits);
        }
        final int length = PackedSender.unpack(slot.senderHi, slot.senderLo, id, 0);
        boolean digits = true;
        for (int i = 0; i < length; i++) {
            final int octet = id.getByte(i);
            digits &= (octet >= '0' && octet <= '9') || (octet == '+' && i == 0);
        }
        final int ton = !digits ? Ton.ALPHANUMERIC : length > SHORT_CODE_MAX ? Ton.INTERNATIONAL : Ton.NETWORK_SPECIFIC;
        if (length > 0) {
            receipt.destination(ton, digits ? Npi.ISDN : Npi.UNKNOWN, id, 0, length);
        }
    }

    /** {@code id:IIIIIIIIII sub:SSS dlvrd:DDD submit date:YYMMDDhhmm done date:YYMMDDhhmm stat:DDDDDDD err:E text:}. */
    private void writeText(final DeliverySlot slot, final UnitState state, final long acceptedAtMs) {
        at = 0;
        put("id:");
        at += text.putNaturalLongAscii(at, slot.messageId);
        put(" sub:");
        padded(slot.segments, 3);
        put(" dlvrd:");
        padded(slot.segmentsDelivered, 3);
        put(" submit date:");
        date(acceptedAtMs);
        put(" done date:");
        date(slot.timeMs);
        put(" stat:");
        put(stat(state));
        put(" err:");
        padded(slot.rawCode > 0 && slot.rawCode <= ERR_MAX ? slot.rawCode : 0, 3);
        put(" text:");
    }

    private void put(final String ascii) {
        at += text.putStringWithoutLengthAscii(at, ascii);
    }

    private void padded(final int value, final int digits) {
        text.putNaturalPaddedIntAscii(at, digits, value);
        at += digits;
    }

    /** Year within the century, month, day, hour, minute (civil from days, Gregorian). */
    private void date(final long epochMs) {
        final long days = Math.floorDiv(epochMs, DAY_MS) + 719_468L;
        final int minutes = (int) (Math.floorMod(epochMs, DAY_MS) / 60_000L);
        final long era = Math.floorDiv(days, 146_097L);
        final int ofEra = (int) Math.floorMod(days, 146_097L);
        final int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        final int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final int shifted = (5 * ofYear + 2) / 153;
        final int month = shifted < 10 ? shifted + 3 : shifted - 9;
        final long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        padded((int) (year % 100), 2);
        padded(month, 2);
        padded(ofYear - (153 * shifted + 2) / 5 + 1, 2);
        padded(minutes / 60, 2);
        padded(minutes % 60, 2);
    }

    static int messageState(final UnitState state) {
        if (state == null) {
            return MessageState.UNKNOWN;
        }
        return switch (state) {
            case ACCEPTED -> MessageState.ACCEPTED;
            case SENT, IN_DOUBT -> MessageState.ENROUTE;
            case DELIVERED -> MessageState.DELIVERED;
            case UNDELIVERED -> MessageState.UNDELIVERABLE;
            case FAILED -> MessageState.REJECTED;
            case EXPIRED -> MessageState.EXPIRED;
            case CANCELLED -> MessageState.DELETED;
            case UNKNOWN -> MessageState.UNKNOWN;
        };
    }

    /** Seven characters, as Appendix B has them. */
    private static String stat(final UnitState state) {
        if (state == null) {
            return "UNKNOWN";
        }
        return switch (state) {
            case ACCEPTED -> "ACCEPTD";
            case SENT, IN_DOUBT -> "ENROUTE";
            case DELIVERED -> "DELIVRD";
            case UNDELIVERED -> "UNDELIV";
            case FAILED -> "REJECTD";
            case EXPIRED -> "EXPIRED";
            case CANCELLED -> "DELETED";
            case UNKNOWN -> "UNKNOWN";
        };
    }
}
