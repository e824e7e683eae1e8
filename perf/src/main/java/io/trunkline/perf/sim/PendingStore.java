package io.trunkline.perf.sim;

import io.trunkline.perf.wire.PduOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * What the simulator still has to do: delayed answers, receipts, inbound messages. A slab of slots, as arrays of
 * primitives, and a wheel of one-millisecond buckets over it; a slot costs about 130 bytes and no object. Slots that
 * come due in the same millisecond come out in the order in which they went in.
 */
final class PendingStore {
    static final int NIL = -1;

    /** What a slot stands for. */
    static final byte ANSWER = 1;

    static final byte RECEIPT = 2;
    static final byte INBOUND = 3;

    /** An address as PDUs have it (type, numbering plan, up to 20 digits, zero), and last its length. */
    private static final int ADDRESS = 24;

    private static final int BUCKETS = 1 << 14;

    /** Takes a slot that has come due. */
    interface Due {
        void onDue(int slot);
    }

    long[] message;
    long[] marker;
    int[] session;
    /** Of an answer: the sequence to answer. */
    int[] sequence;
    /** Of an answer: its status; of a receipt: its state. */
    int[] status;
    /** Of an inbound part: its number; else 0. */
    byte[] part;

    byte[] kind;
    int[] account;
    private byte[] addresses;

    private long[] due;
    private int[] next;
    private int free;
    private int capacity;
    private int size;
    private long tick;
    private final int[] head = new int[BUCKETS];
    private final int[] tail = new int[BUCKETS];
    private final int limit;

    /** @param limit most slots; beyond it {@link #take()} gives {@link #NIL} */
    PendingStore(final int limit, final long nowMs) {
        this.limit = limit;
        this.tick = nowMs;
        Arrays.fill(head, NIL);
        Arrays.fill(tail, NIL);
        free = NIL;
        grow(Math.min(limit, 4096));
    }

    private void grow(final int wanted) {
        final int old = capacity;
        message = old == 0 ? new long[wanted] : Arrays.copyOf(message, wanted);
        marker = old == 0 ? new long[wanted] : Arrays.copyOf(marker, wanted);
        session = old == 0 ? new int[wanted] : Arrays.copyOf(session, wanted);
        sequence = old == 0 ? new int[wanted] : Arrays.copyOf(sequence, wanted);
        status = old == 0 ? new int[wanted] : Arrays.copyOf(status, wanted);
        part = old == 0 ? new byte[wanted] : Arrays.copyOf(part, wanted);
        kind = old == 0 ? new byte[wanted] : Arrays.copyOf(kind, wanted);
        account = old == 0 ? new int[wanted] : Arrays.copyOf(account, wanted);
        due = old == 0 ? new long[wanted] : Arrays.copyOf(due, wanted);
        next = old == 0 ? new int[wanted] : Arrays.copyOf(next, wanted);
        addresses = old == 0
                ? new byte[wanted * 2 * ADDRESS]
                : Arrays.copyOf(addresses, Math.multiplyExact(wanted, 2 * ADDRESS));
        for (int slot = wanted - 1; slot >= old; slot--) {
            next[slot] = free;
            free = slot;
        }
        capacity = wanted;
    }

    /** A free slot, or {@link #NIL} at the limit. */
    int take() {
        if (free == NIL) {
            if (capacity >= limit) {
                return NIL;
            }
            grow(Math.min(limit, capacity * 2));
        }
        final int slot = free;
        free = next[slot];
        next[slot] = NIL;
        size++;
        return slot;
    }

    /** Gives a slot back. */
    void release(final int slot) {
        kind[slot] = 0;
        next[slot] = free;
        free = slot;
        size--;
    }

    /** Slots in use, in the wheel or elsewhere. */
    int size() {
        return size;
    }

    int capacity() {
        return capacity;
    }

    /** Puts a slot into the wheel. */
    void schedule(final int slot, final long atMs) {
        final long when = Math.max(atMs, tick + 1);
        due[slot] = when;
        append(slot, (int) (when & (BUCKETS - 1)));
    }

    private void append(final int slot, final int bucket) {
        next[slot] = NIL;
        if (head[bucket] == NIL) {
            head[bucket] = slot;
        } else {
            next[tail[bucket]] = slot;
        }
        tail[bucket] = slot;
    }

    /** Hands out all slots that are due; each has left the wheel when it is handed out. */
    void advance(final long nowMs, final Due handler) {
        if (size == 0) {
            tick = Math.max(tick, nowMs);
        }
        while (tick < nowMs) {
            tick++;
            final int bucket = (int) (tick & (BUCKETS - 1));
            int slot = head[bucket];
            head[bucket] = NIL;
            tail[bucket] = NIL;
            while (slot != NIL) {
                final int after = next[slot];
                if (due[slot] <= tick) {
                    next[slot] = NIL;
                    handler.onDue(slot);
                } else {
                    append(slot, bucket);
                }
                slot = after;
            }
        }
    }

    /** Keeps an address as it stands in a PDU; what is too long for SMPP is cut off. */
    void keepAddress(final int slot, final int which, final DirectBuffer in, final int offset, final int length) {
        final int at = (slot * 2 + which) * ADDRESS;
        final int kept = Math.min(length, ADDRESS - 1);
        for (int i = 0; i < kept; i++) {
            addresses[at + i] = in.getByte(offset + i);
        }
        addresses[at + kept - 1] = 0;
        addresses[at + ADDRESS - 1] = (byte) kept;
    }

    /** Keeps an international number. */
    void keepNumber(final int slot, final int which, final long digits) {
        final byte[] text = Long.toString(digits).getBytes(StandardCharsets.US_ASCII);
        final int at = (slot * 2 + which) * ADDRESS;
        // International number, ISDN plan.
        addresses[at] = 1;
        addresses[at + 1] = 1;
        System.arraycopy(text, 0, addresses, at + 2, text.length);
        addresses[at + 2 + text.length] = 0;
        addresses[at + ADDRESS - 1] = (byte) (3 + text.length);
    }

    void writeAddress(final PduOutput out, final int slot, final int which) {
        final int at = (slot * 2 + which) * ADDRESS;
        out.putShortly(addresses, at, addresses[at + ADDRESS - 1]);
    }

    /** Links slots into lists of the owner's own, while they are outside the wheel. */
    void link(final int slot, final int after) {
        next[slot] = after;
    }

    int linked(final int slot) {
        return next[slot];
    }
}
