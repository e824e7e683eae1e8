package io.trunkline.gateway.journal.chronicle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** Where in a cycle file some of its records begin. One thread adds, any thread looks up. */
final class SparseIndex {
    private static final int INITIAL_CAPACITY = 256;
    private static final VarHandle SIZE;

    static {
        try {
            SIZE = MethodHandles.lookup().findVarHandle(SparseIndex.class, "size", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long[] entries = new long[2 * INITIAL_CAPACITY];

    @SuppressWarnings("unused")
    private int size;

    /** Adds an entry behind the others: the excerpt header at {@code offset} comes before record {@code sequence}. */
    void add(final long sequence, final long offset) {
        final int count = (int) SIZE.get(this);
        long[] array = entries;
        if (2 * count == array.length) {
            array = Arrays.copyOf(array, 2 * array.length);
            entries = array;
        }
        array[2 * count] = sequence;
        array[2 * count + 1] = offset;
        SIZE.setRelease(this, count + 1);
    }

    int size() {
        return (int) SIZE.getAcquire(this);
    }

    long sequence(final int entry) {
        return entries[2 * entry];
    }

    long offset(final int entry) {
        return entries[2 * entry + 1];
    }

    /** The last entry at or before a sequence; -1 where there is none. */
    int floor(final long sequence) {
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            if (sequence(middle) <= sequence) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
