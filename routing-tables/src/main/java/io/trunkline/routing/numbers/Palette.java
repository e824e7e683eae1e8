package io.trunkline.routing.numbers;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/** Every different value once, in the order of their first coming, while a file is being built. */
final class Palette {
    private static final int UNKNOWN = -1;
    private static final int MAX_SIZE = 1 << NumberFileLayout.MAX_VALUE_BITS;

    private final Long2LongHashMap indexes = new Long2LongHashMap(UNKNOWN);
    private long[] values = new long[64];

    int size() {
        return indexes.size();
    }

    /** The value at an index. */
    long value(final int index) {
        return values[index];
    }

    /**
     * The index of a value, which is added where it is new.
     *
     * @throws IllegalArgumentException where the value is not above 0
     * @throws IllegalStateException where there are 2^24 others
     */
    int index(final long value) {
        final long known = indexes.get(value);
        if (known != UNKNOWN) {
            return (int) known;
        }
        if (value <= NumberFile.NONE) {
            throw new IllegalArgumentException("value " + value + " is not above 0");
        }
        final int index = indexes.size();
        if (index == MAX_SIZE) {
            throw new IllegalStateException("more than " + MAX_SIZE + " different values");
        }
        if (index == values.length) {
            values = Arrays.copyOf(values, index * 2);
        }
        values[index] = value;
        indexes.put(value, index);
        return index;
    }
}
