package io.trunkline.routing.numbers;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;

/**
 * What changed since a number file was built: a number's new value, or {@link NumberFile#NONE} where it is gone. One thread
 * puts; any thread reads at the same time, without locks and without allocating, and sees a change whole or not yet.
 *
 * <p>Open addressing with linear probing: a number, 0 where the place is free, and beside it its value. At most five of eight
 * places are taken; numbers never leave. The value is there before its number is (release), so who finds the number (acquire)
 * finds a value.
 */
final class NumberDelta {
    /** The number has not changed. */
    static final long UNCHANGED = -1;

    private static final int SMALLEST = 16;
    private static final int LARGEST = 1 << 29;
    private static final VarHandle PAIR = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle PAIRS;

    static {
        try {
            PAIRS = MethodHandles.lookup().findVarHandle(NumberDelta.class, "pairs", long[].class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Number and value in turns; read by others only through {@link #PAIRS}. */
    private long[] pairs;

    private int size;

    NumberDelta(final int expected) {
        pairs = new long[2 * Math.max(SMALLEST, BitUtil.findNextPositivePowerOfTwo((int) (expected * 8L / 5 + 1)))];
    }

    /** How many numbers have changed; for the thread that puts. */
    int size() {
        return size;
    }

    /** The value since the change, {@link NumberFile#NONE} where the number is gone, or {@link #UNCHANGED}. */
    long value(final long number) {
        final long[] table = (long[]) PAIRS.getAcquire(this);
        final int mask = table.length - 2;
        int at = place(number, mask);
        while (true) {
            final long found = (long) PAIR.getAcquire(table, at);
            if (found == number) {
                return (long) PAIR.getAcquire(table, at + 1);
            }
            if (found == 0) {
                return UNCHANGED;
            }
            at = at + 2 & mask;
        }
    }

    /** Changes a number, which is not 0. */
    void put(final long number, final long value) {
        if (size >= pairs.length / 16 * 5) {
            grow();
        }
        if (put(pairs, number, value)) {
            size++;
        }
    }

    private static boolean put(final long[] table, final long number, final long value) {
        final int mask = table.length - 2;
        int at = place(number, mask);
        while (table[at] != 0) {
            if (table[at] == number) {
                PAIR.setRelease(table, at + 1, value);
                return false;
            }
            at = at + 2 & mask;
        }
        PAIR.setRelease(table, at + 1, value);
        PAIR.setRelease(table, at, number);
        return true;
    }

    private void grow() {
        if (pairs.length > LARGEST) {
            throw new IllegalStateException(size + " changes since the number file was built; build it again");
        }
        final long[] larger = new long[pairs.length * 2];
        forEach((number, value) -> put(larger, number, value));
        PAIRS.setRelease(this, larger);
    }

    /** Shows all changes, in no order; for the thread that puts, or when nobody puts any more. */
    void forEach(final Change change) {
        for (int at = 0; at < pairs.length; at += 2) {
            if (pairs[at] != 0) {
                change.is(pairs[at], pairs[at + 1]);
            }
        }
    }

    private static int place(final long number, final int mask) {
        long hash = number * 0x9E37_79B9_7F4A_7C15L;
        hash ^= hash >>> 32;
        return (int) hash & mask;
    }

    /** A number and its value. */
    @FunctionalInterface
    interface Change {
        void is(long number, long value);
    }
}
