package io.trunkline.perf.sim;

import io.netty.buffer.ByteBuf;

/**
 * A submit_sm or data_sm read in place: offsets into the receive buffer, valid until the next {@link #read}. Reused, so
 * that a message costs no object.
 */
final class Submit {
    int sourceTon;
    int sourceNpi;
    int sourceOffset;
    int sourceLength;
    int destinationTon;
    int destinationNpi;
    int destinationOffset;
    int destinationLength;
    int esmClass;
    int registeredDelivery;
    int dataCoding;
    /** Where the user data (with its header, if any) lies. */
    int textOffset;

    int textLength;
    /** The concatenation that this is a part of; parts is 1 for a message of its own. */
    int reference;

    int part;
    int parts;

    private int at;
    private int end;

    /** Reads the PDU in {@code [start, start + length)}; false where it is not whole. */
    boolean read(final ByteBuf buffer, final int start, final int length, final boolean dataSm) {
        at = start + Smpp.HEADER;
        end = start + length;
        textLength = 0;
        textOffset = end;
        part = 1;
        parts = 1;
        reference = 0;
        if (!skipString(buffer) || end - at < 2) {
            return false;
        }
        sourceTon = buffer.getByte(at++);
        sourceNpi = buffer.getByte(at++);
        sourceOffset = at;
        if (!skipString(buffer)) {
            return false;
        }
        sourceLength = at - 1 - sourceOffset;
        if (end - at < 2) {
            return false;
        }
        destinationTon = buffer.getByte(at++);
        destinationNpi = buffer.getByte(at++);
        destinationOffset = at;
        if (!skipString(buffer)) {
            return false;
        }
        destinationLength = at - 1 - destinationOffset;
        if (!(dataSm ? readDataTail(buffer) : readSubmitTail(buffer))) {
            return false;
        }
        readOptions(buffer);
        if ((esmClass & 0x40) != 0) {
            readHeader(buffer);
        }
        return true;
    }

    private boolean readDataTail(final ByteBuf buffer) {
        if (end - at < 3) {
            return false;
        }
        esmClass = buffer.getByte(at++) & 0xFF;
        registeredDelivery = buffer.getByte(at++) & 0xFF;
        dataCoding = buffer.getByte(at++) & 0xFF;
        return true;
    }

    private boolean readSubmitTail(final ByteBuf buffer) {
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

    private boolean skipString(final ByteBuf buffer) {
        if (at >= end) {
            return false;
        }
        // Most strings of a submit are empty.
        if (buffer.getByte(at) == 0) {
            at++;
            return true;
        }
        final int zero = buffer.indexOf(at, end, (byte) 0);
        if (zero < 0) {
            return false;
        }
        at = zero + 1;
        return true;
    }

    private void readOptions(final ByteBuf buffer) {
        while (end - at >= 4) {
            final int tag = buffer.getUnsignedShort(at);
            final int length = buffer.getUnsignedShort(at + 2);
            final int value = at + 4;
            if (length > end - value) {
                return;
            }
            if (tag == Smpp.TAG_MESSAGE_PAYLOAD) {
                textOffset = value;
                textLength = length;
            } else if (tag == Smpp.TAG_SAR_REFERENCE && length == 2) {
                reference = buffer.getUnsignedShort(value);
            } else if (tag == Smpp.TAG_SAR_TOTAL && length == 1) {
                parts = buffer.getByte(value) & 0xFF;
            } else if (tag == Smpp.TAG_SAR_PART && length == 1) {
                part = buffer.getByte(value) & 0xFF;
            }
            at = value + length;
        }
    }

    /** Concatenation in the user data header, 3GPP TS 23.040 §9.2.3.24.1 and .8. */
    private void readHeader(final ByteBuf buffer) {
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
                reference = buffer.getUnsignedShort(element + 2);
                parts = buffer.getByte(element + 4) & 0xFF;
                part = buffer.getByte(element + 5) & 0xFF;
            }
            element += 2 + length;
        }
    }

    /** The text without its user data header. */
    int bodyOffset(final ByteBuf buffer) {
        return (esmClass & 0x40) != 0 && textLength > 0
                ? Math.min(textOffset + 1 + (buffer.getByte(textOffset) & 0xFF), textOffset + textLength)
                : textOffset;
    }
}
