package io.trunkline.perf.wire;

import io.trunkline.perf.Digits;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A submit_sm, deliver_sm (which have one layout) or data_sm read in place: offsets into the receive buffer, valid until
 * the next {@link #read}. Reused, so that a message costs no object.
 */
public final class ShortMessage {
    private static final int LONGEST_ADDRESS = 64;

    /** Where the source stands: type, numbering plan, digits, zero. */
    public int sourceAt;

    public int sourceBytes;
    /** Where the destination stands, in the same form. */
    public int destinationAt;

    public int destinationBytes;
    /** The destination's digits as a number; characters that are not digits are left out. */
    public long destination;

    public int sourceHash;
    public int esmClass;
    public int registeredDelivery;
    public int dataCoding;
    /** Where the user data (with its header, if any) lies. */
    public int textOffset;

    public int textLength;
    /** The concatenation that this is a part of; parts is 1 for a message of its own. */
    public int reference;

    public int part;
    public int parts;
    /** Where the value of receipted_message_id stands; its length is 0 where there is none. */
    public int receiptedIdOffset;

    public int receiptedIdLength;
    /** Value of message_state; 0 where there is none. */
    public int messageState;

    private int at;
    private int end;

    /** Reads the PDU in {@code [start, start + length)}; false where it is not whole. */
    public boolean read(final DirectBuffer buffer, final int start, final int length, final boolean dataSm) {
        at = start + Smpp.HEADER;
        end = start + length;
        textLength = 0;
        textOffset = end;
        part = 1;
        parts = 1;
        reference = 0;
        receiptedIdLength = 0;
        messageState = 0;
        if (!skipString(buffer)) {
            return false;
        }
        sourceAt = at;
        if (!skipAddress(buffer)) {
            return false;
        }
        sourceBytes = at - sourceAt;
        destinationAt = at;
        if (!skipAddress(buffer)) {
            return false;
        }
        destinationBytes = at - destinationAt;
        if (!(dataSm ? readDataTail(buffer) : readSubmitTail(buffer))) {
            return false;
        }
        if (at < end) {
            readOptions(buffer);
        }
        if ((esmClass & 0x40) != 0) {
            readHeader(buffer);
        }
        destination = number(buffer, destinationAt + 2, destinationBytes - 3);
        sourceHash = hash(buffer, sourceAt + 2, sourceBytes - 3);
        return true;
    }

    private boolean readDataTail(final DirectBuffer buffer) {
        if (end - at < 3) {
            return false;
        }
        esmClass = buffer.getByte(at++) & 0xFF;
        registeredDelivery = buffer.getByte(at++) & 0xFF;
        dataCoding = buffer.getByte(at++) & 0xFF;
        return true;
    }

    private boolean readSubmitTail(final DirectBuffer buffer) {
        if (end - at < 3) {
            return false;
        }
        esmClass = buffer.getByte(at) & 0xFF;
        at += 3;
        final boolean scheduleWhole = skipString(buffer);
        final boolean validityWhole = skipString(buffer);
        if (!scheduleWhole || !validityWhole || end - at < 5) {
            return false;
        }
        registeredDelivery = buffer.getByte(at) & 0xFF;
        dataCoding = buffer.getByte(at + 2) & 0xFF;
        textLength = buffer.getByte(at + 4) & 0xFF;
        textOffset = at + 5;
        at += 5 + textLength;
        return at <= end;
    }

    private boolean skipAddress(final DirectBuffer buffer) {
        if (end - at < 2) {
            return false;
        }
        at += 2;
        final int digits = at;
        return skipString(buffer) && at - 1 - digits <= LONGEST_ADDRESS;
    }

    private boolean skipString(final DirectBuffer buffer) {
        while (at < end) {
            if (buffer.getByte(at++) == 0) {
                return true;
            }
        }
        return false;
    }

    private void readOptions(final DirectBuffer buffer) {
        while (end - at >= 4) {
            final int tag = unsignedShort(buffer, at);
            final int length = unsignedShort(buffer, at + 2);
            final int value = at + 4;
            if (length > end - value) {
                return;
            }
            if (tag == Smpp.TAG_MESSAGE_PAYLOAD) {
                textOffset = value;
                textLength = length;
            } else if (tag == Smpp.TAG_SAR_REFERENCE && length == 2) {
                reference = unsignedShort(buffer, value);
            } else if (tag == Smpp.TAG_SAR_TOTAL && length == 1) {
                parts = buffer.getByte(value) & 0xFF;
            } else if (tag == Smpp.TAG_SAR_PART && length == 1) {
                part = buffer.getByte(value) & 0xFF;
            } else if (tag == Smpp.TAG_RECEIPTED_MESSAGE_ID) {
                receiptedIdOffset = value;
                // A C-octet string, and some leave the zero out.
                receiptedIdLength = length > 0 && buffer.getByte(value + length - 1) == 0 ? length - 1 : length;
            } else if (tag == Smpp.TAG_MESSAGE_STATE && length == 1) {
                messageState = buffer.getByte(value) & 0xFF;
            }
            at = value + length;
        }
    }

    /** Concatenation in the user data header, 3GPP TS 23.040 §9.2.3.24.1 and .8. */
    private void readHeader(final DirectBuffer buffer) {
        if (textLength < 1) {
            return;
        }
        final int headerEnd = Math.min(textOffset + 1 + (buffer.getByte(textOffset) & 0xFF), textOffset + textLength);
        int element = textOffset + 1;
        while (headerEnd - element >= 2) {
            final int id = buffer.getByte(element);
            final int length = buffer.getByte(element + 1) & 0xFF;
            if (id == 0 && length == 3 && headerEnd - element >= 5) {
                reference = buffer.getByte(element + 2) & 0xFF;
                parts = buffer.getByte(element + 3) & 0xFF;
                part = buffer.getByte(element + 4) & 0xFF;
            } else if (id == 8 && length == 4 && headerEnd - element >= 6) {
                reference = unsignedShort(buffer, element + 2);
                parts = buffer.getByte(element + 4) & 0xFF;
                part = buffer.getByte(element + 5) & 0xFF;
            }
            element += 2 + length;
        }
    }

    private static int unsignedShort(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    }

    /** The text without its user data header. */
    public int bodyOffset(final DirectBuffer buffer) {
        return (esmClass & 0x40) != 0 && textLength > 0
                ? Math.min(textOffset + 1 + (buffer.getByte(textOffset) & 0xFF), textOffset + textLength)
                : textOffset;
    }

    private static long number(final DirectBuffer buffer, final int offset, final int length) {
        long number = 0;
        int done = 0;
        if (length >= Long.BYTES) {
            final long front = Digits.eight(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN));
            if (front >= 0) {
                number = front;
                done = Long.BYTES;
            }
        }
        for (int i = done; i < length; i++) {
            final int digit = buffer.getByte(offset + i) - '0';
            if (digit >= 0 && digit <= 9) {
                number = number * 10 + digit;
            }
        }
        return number;
    }

    private static int hash(final DirectBuffer buffer, final int offset, final int length) {
        long hash = length;
        int done = 0;
        for (; length - done >= Long.BYTES; done += Long.BYTES) {
            hash = (hash ^ buffer.getLong(offset + done)) * 0x9E3779B97F4A7C15L;
        }
        for (; done < length; done++) {
            hash = (hash ^ buffer.getByte(offset + done)) * 0x100000001B3L;
        }
        return (int) (hash ^ hash >>> 32);
    }
}
