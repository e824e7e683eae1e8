package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;

/**
 * Walks the mandatory fields of one PDU's body. It never leaves the PDU and never throws: a field that is not there reads
 * as zero or empty and is remembered in {@link #exhausted()}.
 */
final class PduCursor {
    private ByteBuf buf;
    private int position;
    private int limit;
    private int start;
    private int length;
    private boolean exhausted;

    void wrap(final ByteBuf buffer, final int from, final int to) {
        buf = buffer;
        position = from;
        limit = to;
        start = from;
        length = 0;
        exhausted = false;
    }

    int position() {
        return position;
    }

    int remaining() {
        return limit - position;
    }

    /** True once a field was asked for that lies beyond the end of the PDU. */
    boolean exhausted() {
        return exhausted;
    }

    /** Start of the field last read by {@link #cString()} or {@link #octets(int)}. */
    int start() {
        return start;
    }

    /** Its octets, without the NUL of a C-octet string. */
    int length() {
        return length;
    }

    /**
     * A C-octet string of any length: carriers exceed the maxima of the specification. One whose NUL is missing reaches to
     * the end of the PDU, so what should have followed it is found missing rather than read from a wrong place.
     */
    void cString() {
        start = position;
        if (position >= limit) {
            length = 0;
            exhausted = true;
            return;
        }
        final int end = buf.indexOf(position, limit, (byte) 0);
        if (end < 0) {
            length = limit - position;
            position = limit;
        } else {
            length = end - position;
            position = end + 1;
        }
    }

    /**
     * The C-octet string that ends the mandatory fields: a peer that forgets its NUL also sends nothing at all where it is
     * empty, so that does not exhaust the cursor.
     */
    void lastCString() {
        if (position < limit || exhausted) {
            cString();
        } else {
            start = position;
            length = 0;
        }
    }

    /** {@code count} octets; fewer where the PDU ends before, which exhausts the cursor. */
    void octets(final int count) {
        start = position;
        length = count;
        if (count > limit - position) {
            length = limit - position;
            exhausted = true;
        }
        position += length;
    }

    int uint8() {
        if (position >= limit) {
            exhausted = true;
            return 0;
        }
        return buf.getByte(position++) & 0xFF;
    }

    int int32() {
        if (limit - position < Integer.BYTES) {
            position = limit;
            exhausted = true;
            return 0;
        }
        final int value = buf.getInt(position);
        position += Integer.BYTES;
        return value;
    }
}
