package io.trunkline.sip.transaction;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A message, or a part of one, that is kept for later in a block of a store. Made once, filled and emptied many times. */
public final class KeptOctets {
    private final OctetStore store;
    private UnsafeBuffer block;
    private int length;

    /** Holds nothing yet. */
    public KeptOctets(final OctetStore store) {
        this.store = store;
    }

    /** Keeps a copy in place of what was kept; false where the store has no room, and nothing is kept. */
    public boolean keep(final DirectBuffer buffer, final int offset, final int octets) {
        clear();
        block = store.take(octets);
        if (block == null) {
            return false;
        }
        block.putBytes(0, buffer, offset, octets);
        length = octets;
        return true;
    }

    /** Replaces everything from {@code from} on; false where the store has no room, and all stays as it was. */
    public boolean replaceTail(final int from, final DirectBuffer buffer, final int offset, final int octets) {
        if (from + octets > block.capacity()) {
            final UnsafeBuffer larger = store.take(from + octets);
            if (larger == null) {
                return false;
            }
            larger.putBytes(0, block, 0, from);
            store.give(block);
            block = larger;
        }
        block.putBytes(from, buffer, offset, octets);
        length = from + octets;
        return true;
    }

    /** Lets go what was kept. */
    public void clear() {
        if (block != null) {
            store.give(block);
            block = null;
        }
        length = 0;
    }

    public boolean isEmpty() {
        return block == null;
    }

    /** What was kept, from 0 to {@link #length()}; null where there is nothing. */
    public UnsafeBuffer buffer() {
        return block;
    }

    public int length() {
        return length;
    }
}
