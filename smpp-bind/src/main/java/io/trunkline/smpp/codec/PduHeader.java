package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;

/**
 * The header that every PDU begins with (SMPP 3.4 §3.2), read in place. All fields are big-endian.
 *
 * <pre>
 *   0        4            8                12               16
 *   +--------+------------+----------------+----------------+-- - - -
 *   | length | command_id | command_status | sequence_number| body
 *   +--------+------------+----------------+----------------+-- - - -
 * </pre>
 *
 * The sequence number is an opaque u32: carriers use 0 and the upper half of the range too, and a response echoes whatever
 * the request had.
 */
public final class PduHeader {
    /** Octets of a header, and so the smallest command_length. */
    public static final int LENGTH = 16;

    static final int COMMAND_ID_OFFSET = 4;
    static final int COMMAND_STATUS_OFFSET = 8;
    static final int SEQUENCE_OFFSET = 12;

    private PduHeader() {}

    /** command_length: octets of the whole PDU with its header. */
    public static int length(final ByteBuf buf, final int offset) {
        return buf.getInt(offset);
    }

    public static int commandId(final ByteBuf buf, final int offset) {
        return buf.getInt(offset + COMMAND_ID_OFFSET);
    }

    public static int commandStatus(final ByteBuf buf, final int offset) {
        return buf.getInt(offset + COMMAND_STATUS_OFFSET);
    }

    public static int sequence(final ByteBuf buf, final int offset) {
        return buf.getInt(offset + SEQUENCE_OFFSET);
    }
}
