package io.trunkline.gateway.journal.seal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;

/** Numbers handed from one thread to one other, as many as it was made for. Allocates nothing after construction. */
final class IntRing {
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(IntRing.class, "head", long.class);
            TAIL = lookup.findVarHandle(IntRing.class, "tail", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int[] numbers;
    private final int mask;

    /** Numbers taken so far: written by the taking thread. */
    @SuppressWarnings("unused")
    private long head;

    /** Numbers offered so far: written by the offering thread. */
    @SuppressWarnings("unused")
    private long tail;

    IntRing(final int capacity) {
        numbers = new int[BitUtil.findNextPositivePowerOfTwo(capacity)];
        mask = numbers.length - 1;
    }

    /** Puts a number behind the others. Who offers no number twice that was not taken between finds room. */
    void offer(final int number) {
        final long at = (long) TAIL.get(this);
        numbers[(int) at & mask] = number;
        TAIL.setRelease(this, at + 1);
    }

    /** Takes the oldest number; 0 where there is none. */
    int poll() {
        final long at = (long) HEAD.get(this);
        if (at == (long) TAIL.getAcquire(this)) {
            return 0;
        }
        final int number = numbers[(int) at & mask];
        HEAD.setRelease(this, at + 1);
        return number;
    }

    /** How many there are, or were a moment ago. */
    int size() {
        return (int) ((long) TAIL.getAcquire(this) - (long) HEAD.getAcquire(this));
    }
}
