package io.trunkline.gateway.upstream.binary;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Walks the fields of variable length behind a message's block, each with its length before it; the frame has been validated. */
final class VariableFields {
    private DirectBuffer buffer;
    private int offset;
    private int length;

    /** Before the first field. */
    VariableFields startAt(final DirectBuffer octets, final int position) {
        buffer = octets;
        offset = position;
        length = 0;
        return this;
    }

    /** Goes on to the next field; returns its length. */
    int next() {
        final int lengthAt = offset + length;
        length = buffer.getShort(lengthAt, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        offset = lengthAt + Short.BYTES;
        return length;
    }

    /** Where the field begins whose length {@link #next} returned. */
    int offset() {
        return offset;
    }
}
