package io.trunkline.smpp.session;

/** Sequence numbers of our requests: 1..0x7FFFFFFF, then from 1 again (SMPP 3.4 §5.1.4). */
final class SequenceNumbers {
    private int last;

    SequenceNumbers() {
        this(0);
    }

    /** Goes on after a number, 0..0x7FFFFFFF. */
    SequenceNumbers(final int last) {
        this.last = last;
    }

    int next() {
        last = last == Integer.MAX_VALUE ? 1 : last + 1;
        return last;
    }

    /** The next one that no request in the window still has, which matters after the numbers went round. */
    int nextUnknownTo(final SubmitWindow window) {
        int sequence = next();
        while (window.knows(sequence)) {
            sequence = next();
        }
        return sequence;
    }
}
