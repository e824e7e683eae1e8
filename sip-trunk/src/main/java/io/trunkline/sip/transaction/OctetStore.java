package io.trunkline.sip.transaction;

import java.util.ArrayDeque;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Room for messages that may have to be sent again, in blocks of 512 octets, 1 KiB, 2 KiB, ... which are used again. Bounded
 * by the octets of all blocks, used or free.
 */
public final class OctetStore {
    private static final int SMALLEST_SHIFT = 9;
    private static final int CLASSES = 10;

    private final long maxOctets;
    private final ArrayDeque<UnsafeBuffer>[] free = classes();
    private long octets;
    private int used;

    /** A store of at most {@code maxOctets}. */
    public OctetStore(final long maxOctets) {
        this.maxOctets = maxOctets;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // An array of generic queues cannot be made otherwise.
    private static ArrayDeque<UnsafeBuffer>[] classes() {
        final ArrayDeque[] queues = new ArrayDeque[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            queues[i] = new ArrayDeque<>();
        }
        return queues;
    }

    private static int sizeClass(final int length) {
        final int size = BitUtil.findNextPositivePowerOfTwo(Math.max(length, 1 << SMALLEST_SHIFT));
        return Integer.numberOfTrailingZeros(size) - SMALLEST_SHIFT;
    }

    /** A block of at least {@code length} octets, or null where the limit is reached. */
    public UnsafeBuffer take(final int length) {
        final int sizeClass = sizeClass(length);
        if (sizeClass >= CLASSES) {
            return null;
        }
        UnsafeBuffer block = free[sizeClass].pollLast();
        if (block == null) {
            final int size = 1 << (SMALLEST_SHIFT + sizeClass);
            if (octets + size > maxOctets && !release(size)) {
                return null;
            }
            octets += size;
            block = new UnsafeBuffer(new byte[size]);
        }
        used++;
        return block;
    }

    /** Lets free blocks of other sizes go until there is room. */
    private boolean release(final int size) {
        for (final ArrayDeque<UnsafeBuffer> queue : free) {
            while (octets + size > maxOctets && !queue.isEmpty()) {
                octets -= queue.pollLast().capacity();
            }
        }
        return octets + size <= maxOctets;
    }

    /** Gives back a block that was taken. */
    public void give(final UnsafeBuffer block) {
        free[sizeClass(block.capacity())].addLast(block);
        used--;
    }

    /** Blocks in use. */
    public int used() {
        return used;
    }

    /** Octets of all blocks, used or free. */
    public long octets() {
        return octets;
    }
}
