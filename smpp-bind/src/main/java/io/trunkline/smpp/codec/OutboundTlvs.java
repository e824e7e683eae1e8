package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** TLVs to be appended to a PDU, in the order in which they were added; reused from PDU to PDU. */
public final class OutboundTlvs {
    private static final int INITIAL_CAPACITY = 256;

    private byte[] octets = new byte[INITIAL_CAPACITY];
    private int length;

    public OutboundTlvs reset() {
        length = 0;
        return this;
    }

    /** Octets of all TLVs so far. */
    public int length() {
        return length;
    }

    /** A TLV with one octet. */
    public OutboundTlvs addInt8(final int tag, final int value) {
        PduWriter.checkOctet("TLV value", value);
        final int at = header(tag, Byte.BYTES);
        octets[at] = (byte) value;
        return this;
    }

    /** A TLV with two octets. */
    public OutboundTlvs addInt16(final int tag, final int value) {
        if ((value & ~0xFFFF) != 0) {
            throw new IllegalArgumentException("TLV value " + value + " is not within 0..65535");
        }
        final int at = header(tag, Short.BYTES);
        octets[at] = (byte) (value >>> 8);
        octets[at + 1] = (byte) value;
        return this;
    }

    /** A TLV with these octets as its value. */
    public OutboundTlvs add(final int tag, final byte[] value, final int offset, final int valueLength) {
        final int at = header(tag, valueLength);
        System.arraycopy(value, offset, octets, at, valueLength);
        return this;
    }

    /** A TLV with these octets as its value. */
    public OutboundTlvs add(final int tag, final DirectBuffer value, final int offset, final int valueLength) {
        final int at = header(tag, valueLength);
        value.getBytes(offset, octets, at, valueLength);
        return this;
    }

    /** TLVs that are encoded already, headers and all; their framing is checked. */
    public OutboundTlvs addEncoded(final DirectBuffer buffer, final int offset, final int encodedLength) {
        final int at = reserve(encodedLength);
        buffer.getBytes(offset, octets, at, encodedLength);
        return checkFraming(at);
    }

    /** As {@link #addEncoded(DirectBuffer, int, int)}. */
    public OutboundTlvs addEncoded(final ByteBuf buffer, final int offset, final int encodedLength) {
        final int at = reserve(encodedLength);
        buffer.getBytes(offset, octets, at, encodedLength);
        return checkFraming(at);
    }

    void write(final ByteBuf out) {
        out.writeBytes(octets, 0, length);
    }

    private OutboundTlvs checkFraming(final int from) {
        int at = from;
        while (length - at >= TlvIterator.HEADER_LENGTH) {
            at += TlvIterator.HEADER_LENGTH + ((octets[at + 2] & 0xFF) << 8 | (octets[at + 3] & 0xFF));
        }
        if (at != length) {
            length = from;
            throw new IllegalArgumentException("octets that are no whole TLVs");
        }
        return this;
    }

    private int header(final int tag, final int valueLength) {
        if ((tag & ~0xFFFF) != 0 || (valueLength & ~0xFFFF) != 0) {
            throw new IllegalArgumentException(
                    "TLV tag " + tag + " or length " + valueLength + " is not within 0..65535");
        }
        final int at = reserve(TlvIterator.HEADER_LENGTH + valueLength);
        octets[at] = (byte) (tag >>> 8);
        octets[at + 1] = (byte) tag;
        octets[at + 2] = (byte) (valueLength >>> 8);
        octets[at + 3] = (byte) valueLength;
        return at + TlvIterator.HEADER_LENGTH;
    }

    private int reserve(final int count) {
        if (count < 0 || count > PduFramer.DEFAULT_MAX_LENGTH - length) {
            throw new IllegalArgumentException(count + " more octets of TLVs do not fit into a PDU");
        }
        final int at = length;
        length += count;
        if (length > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(length, 2 * octets.length));
        }
        return at;
    }
}
