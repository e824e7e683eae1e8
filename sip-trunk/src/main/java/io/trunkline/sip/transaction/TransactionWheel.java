package io.trunkline.sip.transaction;

/**
 * A hashed timing wheel whose timers are the transactions themselves, linked into their spoke: setting and cancelling are a
 * few stores, and a transaction without a deadline costs nothing. A turn takes 65 s, longer than any timer but C.
 */
final class TransactionWheel {
    static final int NONE = -1;

    private static final int TICK_SHIFT = 3;
    private static final int SPOKES = 1 << 13;
    /** What is due and was not fired yet is a list of its own, so that firing may set and cancel whatever it likes. */
    private static final int DUE = SPOKES;

    private final Transaction[] heads = new Transaction[SPOKES + 1];
    private long currentTick;
    private int scheduled;

    TransactionWheel(final long nowMs) {
        currentTick = nowMs >> TICK_SHIFT;
    }

    /** Transactions with a deadline. */
    int scheduled() {
        return scheduled;
    }

    /** Sets the deadline in place of the one it had; one in the past fires at the next poll. */
    void schedule(final Transaction transaction, final long deadlineMs) {
        cancel(transaction);
        transaction.timerDeadlineMs = deadlineMs;
        link(transaction, (int) Math.max(deadlineMs >> TICK_SHIFT, currentTick) & (SPOKES - 1));
        scheduled++;
    }

    void cancel(final Transaction transaction) {
        if (transaction.timerList != NONE) {
            unlink(transaction);
            scheduled--;
        }
    }

    private void link(final Transaction transaction, final int list) {
        final Transaction head = heads[list];
        transaction.timerList = list;
        transaction.timerPrevious = null;
        transaction.timerNext = head;
        if (head != null) {
            head.timerPrevious = transaction;
        }
        heads[list] = transaction;
    }

    private void unlink(final Transaction transaction) {
        if (transaction.timerPrevious == null) {
            heads[transaction.timerList] = transaction.timerNext;
        } else {
            transaction.timerPrevious.timerNext = transaction.timerNext;
        }
        if (transaction.timerNext != null) {
            transaction.timerNext.timerPrevious = transaction.timerPrevious;
        }
        transaction.timerPrevious = null;
        transaction.timerNext = null;
        transaction.timerList = NONE;
    }

    /**
     * Fires what is due, at most {@code limit} transactions; the others are first at the next poll.
     *
     * @return transactions fired
     */
    int poll(final long nowMs, final int limit) {
        collect(nowMs);
        int fired = 0;
        while (heads[DUE] != null && fired < limit) {
            final Transaction transaction = heads[DUE];
            cancel(transaction);
            transaction.onTimer(nowMs);
            fired++;
        }
        return fired;
    }

    private void collect(final long nowMs) {
        final long nowTick = nowMs >> TICK_SHIFT;
        // After a pause longer than a turn each spoke needs one look, not one for each tick missed.
        currentTick = Math.max(currentTick, nowTick - SPOKES + 1);
        for (long tick = currentTick; tick <= nowTick; tick++) {
            Transaction transaction = heads[(int) tick & (SPOKES - 1)];
            while (transaction != null) {
                final Transaction next = transaction.timerNext;
                if (transaction.timerDeadlineMs <= nowMs) {
                    unlink(transaction);
                    link(transaction, DUE);
                }
                transaction = next;
            }
        }
        // The tick that is now has not passed: what falls into its rest is looked for again.
        currentTick = Math.max(nowTick, currentTick);
    }
}
