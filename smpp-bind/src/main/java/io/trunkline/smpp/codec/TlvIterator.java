package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Walks the TLVs at the end of a PDU (SMPP 3.4 §3.2.4.1), in place. Values are raw bytes whatever the tag says: carriers
 * send wrong lengths, unknown tags and values outside of every list.
 *
 * <pre>
 *   0     2        4
 *   +-----+--------+--------------+
 *   | tag | length | value        |   tag and length unsigned, big-endian
 *   +-----+--------+--------------+
 * </pre>
 *
 * A TLV that claims more octets than the PDU has ends the walk, as do the one to three octets that some peers leave behind
 * the last TLV; {@link #leftover()} tells how much was not a TLV. The PDU itself is never refused for it.
 */
public final class TlvIterator {
    /** Octets of tag and length. */
    public static final int HEADER_LENGTH = 4;

    private ByteBuf buf = Unpooled.EMPTY_BUFFER;
    private int begin;
    private int end;
    private int next;
    private int tag;
    private int valueOffset;
    private int valueLength;

    /** Takes the octets {@code offset .. offset + length - 1} as TLVs; they must lie within the buffer. */
    public TlvIterator wrap(final ByteBuf buffer, final int offset, final int length) {
        buf = buffer;
        begin = offset;
        end = offset + length;
        rewind();
        return this;
    }

    /** Back to before the first TLV. */
    public TlvIterator rewind() {
        next = begin;
        tag = 0;
        valueOffset = begin;
        valueLength = 0;
        return this;
    }

    /** Steps to the next TLV; false at the end, and the current TLV is then none. */
    public boolean next() {
        if (end - next >= HEADER_LENGTH) {
            final int length = buf.getUnsignedShort(next + 2);
            if (length <= end - next - HEADER_LENGTH) {
                tag = buf.getUnsignedShort(next);
                valueOffset = next + HEADER_LENGTH;
                valueLength = length;
                next = valueOffset + length;
                return true;
            }
        }
        tag = 0;
        valueOffset = next;
        valueLength = 0;
        return false;
    }

    /**
     * Looks for the first TLV of this tag from the beginning on and makes it the current one; {@link #next()} then goes on
     * behind it, so repeated TLVs (broadcast_area_identifier) can be had by {@link #nextOf}. Where a carrier repeats what
     * should stand once, the first counts.
     */
    public boolean find(final int wanted) {
        rewind();
        return nextOf(wanted);
    }

    /** Steps to the next TLV of this tag. */
    public boolean nextOf(final int wanted) {
        while (next()) {
            if (tag == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Tag of the current TLV, 0..65535. */
    public int tag() {
        return tag;
    }

    /** Where the value begins, as an index into the buffer. */
    public int valueOffset() {
        return valueOffset;
    }

    /** Octets of the value, 0..65535. */
    public int valueLength() {
        return valueLength;
    }

    /**
     * The value as an unsigned big-endian number by the length that it has, not the one that it should have: a carrier's
     * message_state of two octets means what it says.
     *
     * @param absent given back for a value of no octets or of more than four, which is no number
     */
    public long unsignedValue(final long absent) {
        if (valueLength == 0 || valueLength > Integer.BYTES) {
            return absent;
        }
        long value = 0;
        for (int i = 0; i < valueLength; i++) {
            value = value << 8 | buf.getUnsignedByte(valueOffset + i);
        }
        return value;
    }

    /** Octets of a C-octet string in the value: those before the first NUL, or all of them where it has none. */
    public int cStringLength() {
        int length = 0;
        while (length < valueLength && buf.getByte(valueOffset + length) != 0) {
            length++;
        }
        return length;
    }

    /** The buffer that the offsets point into. */
    public ByteBuf buffer() {
        return buf;
    }

    /** Where the TLVs begin, as an index into the buffer. */
    public int offset() {
        return begin;
    }

    /** Octets of all TLVs and what may be left behind them. */
    public int length() {
        return end - begin;
    }

    /** Octets that follow the current TLV; once {@link #next()} was false, those that are no TLV. */
    public int leftover() {
        return end - next;
    }
}
