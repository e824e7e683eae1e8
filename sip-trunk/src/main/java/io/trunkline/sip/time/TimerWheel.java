package io.trunkline.sip.time;

/**
 * A hashed timing wheel whose entries are the objects that wait, linked into their spoke: setting and cancelling are a few
 * stores, and what has no deadline costs nothing. A turn takes 65 s, longer than most of what transactions and calls wait for.
 */
public final class TimerWheel {
    static final int NONE = -1;

    private static final int TICK_SHIFT = 3;
    private static final int SPOKES = 1 << 13;
    /** What is due and was not fired yet is a list of its own, so that firing may set and cancel whatever it likes. */
    private static final int DUE = SPOKES;

    private final Timed[] heads = new Timed[SPOKES + 1];
    private long currentTick;
    private int scheduled;

    /** A wheel on which nothing waits. */
    public TimerWheel(final long nowMs) {
        currentTick = nowMs >> TICK_SHIFT;
    }

    /** Entries with a deadline. */
    public int scheduled() {
        return scheduled;
    }

    /** Sets the deadline in place of the one it had; one in the past fires at the next poll. */
    public void schedule(final Timed timed, final long deadlineMs) {
        cancel(timed);
        timed.deadlineMs = deadlineMs;
        link(timed, (int) Math.max(deadlineMs >> TICK_SHIFT, currentTick) & (SPOKES - 1));
        scheduled++;
    }

    /** Takes the deadline away, if there is one. */
    public void cancel(final Timed timed) {
        if (timed.list != NONE) {
            unlink(timed);
            scheduled--;
        }
    }

    private void link(final Timed timed, final int list) {
        final Timed head = heads[list];
        timed.list = list;
        timed.previous = null;
        timed.next = head;
        if (head != null) {
            head.previous = timed;
        }
        heads[list] = timed;
    }

    private void unlink(final Timed timed) {
        if (timed.previous == null) {
            heads[timed.list] = timed.next;
        } else {
            timed.previous.next = timed.next;
        }
        if (timed.next != null) {
            timed.next.previous = timed.previous;
        }
        timed.previous = null;
        timed.next = null;
        timed.list = NONE;
    }

    /**
     * Fires what is due, at most {@code limit} timers; the others are first at the next poll.
     *
     * @return timers fired
     */
    public int poll(final long nowMs, final int limit) {
        collect(nowMs);
        int fired = 0;
        while (heads[DUE] != null && fired < limit) {
            final Timed timed = heads[DUE];
            cancel(timed);
            timed.onTimer(nowMs);
            fired++;
        }
        return fired;
    }

    private void collect(final long nowMs) {
        final long nowTick = nowMs >> TICK_SHIFT;
        // After a pause longer than a turn each spoke needs one look, not one for each tick missed.
        currentTick = Math.max(currentTick, nowTick - SPOKES + 1);
        for (long tick = currentTick; tick <= nowTick; tick++) {
            Timed timed = heads[(int) tick & (SPOKES - 1)];
            while (timed != null) {
                final Timed next = timed.next;
                if (timed.deadlineMs <= nowMs) {
                    unlink(timed);
                    link(timed, DUE);
                }
                timed = next;
            }
        }
        // The tick that is now has not passed: what falls into its rest is looked for again.
        currentTick = Math.max(nowTick, currentTick);
    }
}
