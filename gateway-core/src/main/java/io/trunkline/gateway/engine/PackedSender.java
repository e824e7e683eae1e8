package io.trunkline.gateway.engine;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A sender in 128 bits, so that a unit, its records and its events have it when its payload is gone: a receipt goes to the
 * sender. Octets as they were submitted, but for the + of a number that is too long with it.
 *
 * <pre>
 *   high 64 bits: octets 0..7     low 64 bits: octets 8..14, then their number
 * </pre>
 */
public final class PackedSender {
    /** Longest sender that has room: an E.164 number has 15 digits, an alphanumeric sender 11 characters. */
    public static final int MAX_LENGTH = 15;

    private static final int LENGTH_MASK = 0xFF;

    private PackedSender() {}

    public static long hi(final DirectBuffer buffer, final int offset, final int length) {
        final int skip = skipped(buffer, offset, length);
        return length - skip > MAX_LENGTH ? 0 : octets(buffer, offset + skip, Math.min(Long.BYTES, length - skip));
    }

    /** All zero where the sender is too long to be kept. */
    public static long lo(final DirectBuffer buffer, final int offset, final int length) {
        final int skip = skipped(buffer, offset, length);
        final int kept = length - skip;
        if (kept > MAX_LENGTH) {
            return 0;
        }
        return octets(buffer, offset + skip + Long.BYTES, Math.max(0, kept - Long.BYTES)) | kept;
    }

    private static int skipped(final DirectBuffer buffer, final int offset, final int length) {
        return length > MAX_LENGTH && buffer.getByte(offset) == '+' ? 1 : 0;
    }

    /** Left-aligned. */
    private static long octets(final DirectBuffer buffer, final int offset, final int length) {
        long octets = 0;
        for (int i = 0; i < length; i++) {
            octets |= (buffer.getByte(offset + i) & 0xFFL) << (56 - 8 * i);
        }
        return octets;
    }

    /** Writes the sender's octets, at most {@link #MAX_LENGTH}; returns their number, 0 where it is not known. */
    public static int unpack(final long hi, final long lo, final MutableDirectBuffer to, final int offset) {
        final int length = (int) lo & LENGTH_MASK;
        if (length > MAX_LENGTH) {
            // From a record that is older than this field.
            return 0;
        }
        for (int i = 0; i < length; i++) {
            final long word = i < Long.BYTES ? hi : lo;
            to.putByte(offset + i, (byte) (word >>> (56 - 8 * (i & 7))));
        }
        return length;
    }
}
