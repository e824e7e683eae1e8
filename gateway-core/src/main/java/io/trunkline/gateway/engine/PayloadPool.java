package io.trunkline.gateway.engine;

import java.util.ArrayDeque;
import org.agrona.BitUtil;

/**
 * Byte arrays for addresses and bodies of units that wait to be sent, in powers of two, with one limit over all of
 * them. At the limit nothing is handed out: the unit is accepted all the same and its body read back from the journal
 * when its turn comes. An eighth is kept for bodies that are read back, so that a flood of new ones cannot keep out those
 * that come before them.
 */
final class PayloadPool {
    private static final int SMALLEST_SHIFT = 6;
    private static final int CLASSES = 12;

    private final long limitBytes;
    private final long newBytesLimit;
    private final ArrayDeque<byte[]>[] free;
    private long usedBytes;

    @SuppressWarnings({"unchecked", "rawtypes"})
    PayloadPool(final long limitBytes) {
        this.limitBytes = limitBytes;
        newBytesLimit = limitBytes - limitBytes / 8;
        free = new ArrayDeque[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            free[i] = new ArrayDeque<>();
        }
    }

    /** For a new unit: an array of at least this length, or null at the limit. Lengths up to 128 KiB. */
    byte[] take(final int length) {
        return take(length, newBytesLimit);
    }

    /** The same for a body that was read back. */
    byte[] takeRestored(final int length) {
        return take(length, limitBytes);
    }

    /** Worth reading a body back; with many on their way one may yet find no room. */
    boolean roomToRestore() {
        return usedBytes < limitBytes - (limitBytes - newBytesLimit) / 2;
    }

    private byte[] take(final int length, final long limit) {
        final int sizeClass = sizeClass(length);
        final int size = 1 << (sizeClass + SMALLEST_SHIFT);
        if (usedBytes + size > limit) {
            return null;
        }
        usedBytes += size;
        final byte[] reused = free[sizeClass].pollLast();
        return reused == null ? new byte[size] : reused;
    }

    void giveBack(final byte[] payload) {
        usedBytes -= payload.length;
        free[sizeClass(payload.length)].addLast(payload);
    }

    long usedBytes() {
        return usedBytes;
    }

    private static int sizeClass(final int length) {
        final int power = BitUtil.findNextPositivePowerOfTwo(Math.max(length, 1 << SMALLEST_SHIFT));
        return Integer.numberOfTrailingZeros(power) - SMALLEST_SHIFT;
    }
}
