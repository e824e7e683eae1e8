package io.trunkline.gateway.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The frame around every record; little endian, every record starts at a multiple of 8 from the one before.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |            length: frame and block, without padding           |  0
 *  +---------------------------------------------------------------+
 *  |     CRC32C of all that follows, padding included, XOR length  |  4
 *  +---------------------------------------------------------------+
 *  |                       record sequence                         |  8
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |               wall time, nanoseconds since 1970               | 16
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                       unit id, or 0                           | 24
 *  |                                                               |
 *  +-------------------------------+-------------------------------+
 *  |          template id          |        schema version         | 32
 *  +-------------------------------+-------------------------------+
 *  |             shard             |         block length          | 36
 *  +-------------------------------+-------------------------------+
 *  |           SBE block, groups, data; zeros up to a multiple of 8| 40
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * A length that is wrong in its upper bits puts other bytes under the checksum; one that is wrong in its lowest three
 * does not, hence the XOR.
 */
public final class RecordFrame {
    public static final int LENGTH_OFFSET = 0;
    public static final int CRC_OFFSET = 4;
    public static final int SEQUENCE_OFFSET = 8;
    public static final int WALL_TIME_OFFSET = 16;
    public static final int UNIT_ID_OFFSET = 24;
    public static final int TEMPLATE_ID_OFFSET = 32;
    public static final int VERSION_OFFSET = 34;
    public static final int SHARD_OFFSET = 36;
    public static final int BLOCK_LENGTH_OFFSET = 38;
    /** Bytes before the SBE block. */
    public static final int HEADER_LENGTH = 40;

    public static final int ALIGNMENT = 8;
    /** Longest block with its groups and data: five data fields of 64 KiB fit. */
    public static final int MAX_BLOCK_LENGTH = 384 * 1024;
    /** Longest frame, padding included. */
    public static final int MAX_LENGTH = HEADER_LENGTH + MAX_BLOCK_LENGTH;

    private RecordFrame() {}

    /** Bytes that a record takes, given the length in its frame. */
    public static int alignedLength(final int length) {
        return BitUtil.align(length, ALIGNMENT);
    }

    /** Whether the bytes at {@code offset} could begin a frame: cheap, no checksum. */
    public static boolean plausible(final DirectBuffer buffer, final int offset, final int available) {
        if (available < HEADER_LENGTH) {
            return false;
        }
        final int length = buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
        return length >= HEADER_LENGTH && length <= MAX_LENGTH && alignedLength(length) <= available;
    }

    /** The length in the frame, padding not counted. */
    public static int length(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    public static int crc(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + CRC_OFFSET, LITTLE_ENDIAN);
    }

    public static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    public static long wallTimeNs(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + WALL_TIME_OFFSET, LITTLE_ENDIAN);
    }

    /** Writes all of the frame but length and checksum. */
    static void begin(
            final MutableDirectBuffer buffer,
            final int offset,
            final long sequence,
            final long wallTimeNs,
            final long unitId,
            final int templateId,
            final int version,
            final int shard,
            final int blockLength) {
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(offset + WALL_TIME_OFFSET, wallTimeNs, LITTLE_ENDIAN);
        buffer.putLong(offset + UNIT_ID_OFFSET, unitId, LITTLE_ENDIAN);
        buffer.putShort(offset + TEMPLATE_ID_OFFSET, (short) templateId, LITTLE_ENDIAN);
        buffer.putShort(offset + VERSION_OFFSET, (short) version, LITTLE_ENDIAN);
        buffer.putShort(offset + SHARD_OFFSET, (short) shard, LITTLE_ENDIAN);
        buffer.putShort(offset + BLOCK_LENGTH_OFFSET, (short) blockLength, LITTLE_ENDIAN);
    }

    /**
     * Ends a frame: pads, writes length and checksum.
     *
     * @param bytes the same memory as {@code buffer}, whose position and limit are set here
     * @param blockBytes bytes encoded after the header
     * @return bytes taken, padding included
     */
    static int end(
            final MutableDirectBuffer buffer,
            final ByteBuffer bytes,
            final int offset,
            final int blockBytes,
            final CRC32C crc) {
        final int length = HEADER_LENGTH + blockBytes;
        final int aligned = alignedLength(length);
        for (int i = length; i < aligned; i++) {
            buffer.putByte(offset + i, (byte) 0);
        }
        buffer.putInt(offset + LENGTH_OFFSET, length, LITTLE_ENDIAN);
        buffer.putInt(offset + CRC_OFFSET, checksum(bytes, offset, length, crc), LITTLE_ENDIAN);
        return aligned;
    }

    /** Whether a {@link #plausible} frame has the checksum that it says. */
    public static boolean intact(
            final DirectBuffer buffer, final ByteBuffer bytes, final int offset, final CRC32C crc) {
        return checksum(bytes, offset, length(buffer, offset), crc) == crc(buffer, offset);
    }

    private static int checksum(final ByteBuffer bytes, final int offset, final int length, final CRC32C crc) {
        bytes.limit(offset + alignedLength(length)).position(offset + SEQUENCE_OFFSET);
        crc.reset();
        crc.update(bytes);
        return (int) crc.getValue() ^ length;
    }
}
