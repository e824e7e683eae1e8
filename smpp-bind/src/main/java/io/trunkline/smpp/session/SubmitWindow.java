package io.trunkline.smpp.session;

import java.util.Arrays;

/**
 * The requests of one session that await their answer: sequence number to (ticket, time sent), in constant time and
 * without allocation, whatever the order of the answers. A request that timed out is remembered for a grace, so that
 * its late answer is still known; the oldest of those give way when there are too many.
 *
 * <pre>
 *   keys[]   open addressing, at most half full:  sequence -> slot + 1
 *   slots    ticket | sent at | previous | next    two lists through the slots, both oldest first:
 *                                                  awaiting (sent, no answer) and late (timed out, still known)
 * </pre>
 *
 * All timeouts are equal, so the order of sending is the order of expiry and no timer per request is needed.
 */
public final class SubmitWindow {
    /** The sequence belongs to no request that is known: a duplicate, too late, or invented. */
    public static final int UNKNOWN = 0;
    /** The first answer to a request in time. */
    public static final int AWAITED = 1;
    /** The first answer to a request that was reported unanswered. */
    public static final int LATE = 2;

    /** Most requests that a window may hold. */
    public static final int MAX_CAPACITY = 1 << 16;

    private static final int NIL = -1;

    private final int capacity;
    private final int lateCapacity;
    private final int mask;
    private final int[] table;
    private final int[] sequences;
    private final long[] tickets;
    private final long[] times;
    private final byte[] states;
    private final int[] previous;
    private final int[] next;
    private final int[] heads = {NIL, NIL, NIL};
    private final int[] tails = {NIL, NIL, NIL};
    private int awaiting;
    private int late;
    private long ticket;
    private long sentNs;

    /**
     * An empty window.
     *
     * @param capacity most requests awaiting an answer, 1..{@link #MAX_CAPACITY}
     * @param lateCapacity most timed-out requests remembered, 0..{@link #MAX_CAPACITY}
     */
    public SubmitWindow(final int capacity, final int lateCapacity) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity must be 1.." + MAX_CAPACITY + ": " + capacity);
        }
        if (lateCapacity < 0 || lateCapacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("lateCapacity must be 0.." + MAX_CAPACITY + ": " + lateCapacity);
        }
        this.capacity = capacity;
        this.lateCapacity = lateCapacity;
        final int slots = capacity + lateCapacity;
        table = new int[Integer.highestOneBit(slots) << 2];
        mask = table.length - 1;
        sequences = new int[slots];
        tickets = new long[slots];
        times = new long[slots];
        states = new byte[slots];
        previous = new int[slots];
        next = new int[slots];
        reset();
    }

    /** Whether another request may be sent. */
    public boolean hasRoom() {
        return awaiting < capacity;
    }

    /** Requests that await an answer. */
    public int awaiting() {
        return awaiting;
    }

    public int capacity() {
        return capacity;
    }

    /** Whether the sequence number is free: it would be wrong to use one again while its answer may still come. */
    public boolean knows(final int sequence) {
        return find(sequence) != NIL;
    }

    /** Notes a request as sent. The window must have room and must not know the sequence. */
    public void sent(final int sequence, final long requestTicket, final long nowNs) {
        assert hasRoom() && !knows(sequence);
        final int slot = heads[UNKNOWN];
        unlink(slot, UNKNOWN);
        sequences[slot] = sequence;
        tickets[slot] = requestTicket;
        times[slot] = nowNs;
        append(slot, AWAITED);
        awaiting++;
        insert(sequence, slot);
    }

    /**
     * Takes an answer; {@link #ticket()} and {@link #sentNs()} then speak of its request.
     *
     * @return {@link #AWAITED}, {@link #LATE} or {@link #UNKNOWN}
     */
    public int answered(final int sequence) {
        final int slot = find(sequence);
        if (slot == NIL) {
            return UNKNOWN;
        }
        final int state = states[slot];
        select(slot);
        release(slot);
        return state;
    }

    /**
     * Takes the oldest request sent at or before a time and remembers it as late from now on; call until false.
     *
     * @param sentUntilNs now minus the response timeout
     */
    public boolean pollTimedOut(final long sentUntilNs, final long nowNs) {
        final int slot = heads[AWAITED];
        if (slot == NIL || times[slot] - sentUntilNs > 0) {
            return false;
        }
        select(slot);
        if (lateCapacity == 0) {
            release(slot);
            return true;
        }
        if (late == lateCapacity) {
            release(heads[LATE]);
        }
        unlink(slot, AWAITED);
        awaiting--;
        times[slot] = nowNs;
        append(slot, LATE);
        late++;
        return true;
    }

    /** Forgets the requests that timed out at or before a time. */
    public void forgetLate(final long timedOutUntilNs) {
        while (heads[LATE] != NIL && times[heads[LATE]] - timedOutUntilNs <= 0) {
            release(heads[LATE]);
        }
    }

    /** Takes the oldest request that awaits an answer, as when the connection is gone; call until false. */
    public boolean pollOldest() {
        final int slot = heads[AWAITED];
        if (slot == NIL) {
            return false;
        }
        select(slot);
        release(slot);
        return true;
    }

    /** Forgets everything without a word. */
    public void reset() {
        Arrays.fill(table, 0);
        Arrays.fill(heads, NIL);
        Arrays.fill(tails, NIL);
        awaiting = 0;
        late = 0;
        for (int slot = 0; slot < sequences.length; slot++) {
            append(slot, UNKNOWN);
        }
    }

    /** Ticket of the request spoken of last. */
    public long ticket() {
        return ticket;
    }

    /** When the request spoken of last was sent. */
    public long sentNs() {
        return sentNs;
    }

    private void select(final int slot) {
        ticket = tickets[slot];
        sentNs = times[slot];
    }

    private void release(final int slot) {
        final int state = states[slot];
        if (state == AWAITED) {
            awaiting--;
        } else {
            late--;
        }
        delete(sequences[slot]);
        unlink(slot, state);
        free(slot);
    }

    /** The slot used last is used next: it is still in the cache. */
    private void free(final int slot) {
        final int first = heads[UNKNOWN];
        states[slot] = UNKNOWN;
        previous[slot] = NIL;
        next[slot] = first;
        if (first == NIL) {
            tails[UNKNOWN] = slot;
        } else {
            previous[first] = slot;
        }
        heads[UNKNOWN] = slot;
    }

    private void append(final int slot, final int list) {
        states[slot] = (byte) list;
        previous[slot] = tails[list];
        next[slot] = NIL;
        if (tails[list] == NIL) {
            heads[list] = slot;
        } else {
            next[tails[list]] = slot;
        }
        tails[list] = slot;
    }

    private void unlink(final int slot, final int list) {
        if (previous[slot] == NIL) {
            heads[list] = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (next[slot] == NIL) {
            tails[list] = previous[slot];
        } else {
            previous[next[slot]] = previous[slot];
        }
    }

    private int home(final int sequence) {
        // The numbers are our own and grow one by one: side by side they fill the cache lines and never collide.
        return sequence & mask;
    }

    private int find(final int sequence) {
        for (int i = home(sequence); table[i] != 0; i = (i + 1) & mask) {
            if (sequences[table[i] - 1] == sequence) {
                return table[i] - 1;
            }
        }
        return NIL;
    }

    private void insert(final int sequence, final int slot) {
        int i = home(sequence);
        while (table[i] != 0) {
            i = (i + 1) & mask;
        }
        table[i] = slot + 1;
    }

    /** Removes without tombstones: what follows in the run moves back where its home allows. */
    private void delete(final int sequence) {
        int hole = home(sequence);
        while (sequences[table[hole] - 1] != sequence) {
            hole = (hole + 1) & mask;
        }
        for (int i = (hole + 1) & mask; table[i] != 0; i = (i + 1) & mask) {
            final int home = home(sequences[table[i] - 1]);
            if (((i - home) & mask) >= ((i - hole) & mask)) {
                table[hole] = table[i];
                hole = i;
            }
        }
        table[hole] = 0;
    }
}
