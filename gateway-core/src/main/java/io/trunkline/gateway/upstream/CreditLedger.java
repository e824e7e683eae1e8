package io.trunkline.gateway.upstream;

/**
 * Counts the submits whose answer has not left yet. Answers leave in the order in which they were appended, so it is
 * enough to know behind how many bytes of output each one ends. A full ledger lets its newest entry stand for several
 * answers: these count until the last of them has left, which errs on the strict side.
 *
 * <pre>
 *   bytes appended   ---[answer]---[answer]------[answer]--->
 *                                ^ left so far: 2 of 3 answers
 * </pre>
 */
public final class CreditLedger {
    private static final int ENTRIES = 512;
    private static final int MASK = ENTRIES - 1;

    // Made with the first answer: most of what connects and is turned away needs none.
    private long[] ends;
    private int[] answers;
    private int head;
    private int tail;
    private long left;
    private int unanswered;

    /** An answer was appended that ends behind {@code end} bytes of output since the connection began. */
    public void answered(final long end) {
        if (ends == null) {
            ends = new long[ENTRIES];
            answers = new int[ENTRIES];
        }
        unanswered++;
        if (tail - head < ENTRIES) {
            ends[tail & MASK] = end;
            answers[tail & MASK] = 1;
            tail++;
        } else {
            ends[(tail - 1) & MASK] = end;
            answers[(tail - 1) & MASK]++;
        }
    }

    /** So many more bytes of output have left. */
    public void left(final int bytes) {
        left += bytes;
        while (head != tail && ends[head & MASK] <= left) {
            unanswered -= answers[head & MASK];
            head++;
        }
    }

    /** Bytes of output that have left since the connection began. */
    public long left() {
        return left;
    }

    /** Submits whose answer has not left. */
    public int unanswered() {
        return unanswered;
    }
}
