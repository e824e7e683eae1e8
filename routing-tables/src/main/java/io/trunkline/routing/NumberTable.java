package io.trunkline.routing;

import org.agrona.DirectBuffer;

/**
 * Which tenant owns a number, for inbound traffic. Immutable; a lookup is a hash and mostly one place in memory.
 *
 * <p>Open addressing with linear probing in two arrays: the packed number, 0 where free, and the tenant. At most five of eight
 * places are taken.
 */
public final class NumberTable {
    /** No tenant owns the number. */
    public static final int NO_TENANT = 0;

    /** A table of no numbers. */
    public static final NumberTable EMPTY = builder(0).build();

    private final long[] keys;
    private final int[] tenants;
    private final int size;

    private NumberTable(final long[] keys, final int[] tenants, final int size) {
        this.keys = keys;
        this.tenants = tenants;
        this.size = size;
    }

    /**
     * Begins a table.
     *
     * @param expected numbers; more are taken, at the price of moving them
     */
    public static Builder builder(final int expected) {
        return new Builder(expected);
    }

    public int size() {
        return size;
    }

    /** The tenant that owns a {@link PackedNumber}, or {@link #NO_TENANT}. */
    public int tenant(final long packedNumber) {
        final int mask = keys.length - 1;
        int at = slot(packedNumber, mask);
        while (keys[at] != packedNumber) {
            if (keys[at] == PackedNumber.NONE) {
                return NO_TENANT;
            }
            at = (at + 1) & mask;
        }
        // A packed number is never NONE, so asking for NONE found a free place.
        return tenants[at];
    }

    /** The tenant that owns a number given as ASCII digits without sign; anything else belongs to {@link #NO_TENANT}. */
    public int tenant(final DirectBuffer digits, final int offset, final int length) {
        return tenant(PackedNumber.of(digits, offset, length));
    }

    private static int slot(final long key, final int mask) {
        long hash = key * 0x9E37_79B9_7F4A_7C15L;
        hash ^= hash >>> 32;
        return (int) hash & mask;
    }

    /** Collects numbers; not for several threads. */
    public static final class Builder {
        private static final int SMALLEST = 8;
        private static final int LARGEST = 1 << 30;

        private long[] keys;
        private int[] tenants;
        private int size;

        private Builder(final int expected) {
            int capacity = SMALLEST;
            while (capacity < LARGEST && limit(capacity) < expected) {
                capacity <<= 1;
            }
            keys = new long[capacity];
            tenants = new int[capacity];
        }

        private static int limit(final int capacity) {
            return capacity / 8 * 5;
        }

        /**
         * Adds a number.
         *
         * @param number 1..18 digits
         * @param tenant id, above 0
         * @return false where the number has an owner already, which stays
         * @throws IllegalArgumentException where a value is out of its range
         */
        public boolean add(final CharSequence number, final int tenant) {
            final long packed = PackedNumber.of(number);
            if (packed == PackedNumber.NONE || packed == PackedNumber.EMPTY) {
                throw new IllegalArgumentException("`" + number + "` is not 1..18 digits");
            }
            return add(packed, tenant);
        }

        /** As {@link #add(CharSequence, int)}, with a {@link PackedNumber}. */
        public boolean add(final long packed, final int tenant) {
            if (packed <= PackedNumber.EMPTY) {
                throw new IllegalArgumentException(packed + " is no packed number");
            }
            if (tenant <= NO_TENANT) {
                throw new IllegalArgumentException("tenant id " + tenant + " is not above 0");
            }
            if (size == limit(keys.length)) {
                grow();
            }
            if (!put(keys, tenants, packed, tenant)) {
                return false;
            }
            size++;
            return true;
        }

        private void grow() {
            if (keys.length == LARGEST) {
                throw new IllegalStateException("a table of more than " + limit(LARGEST) + " numbers");
            }
            final long[] newKeys = new long[keys.length * 2];
            final int[] newTenants = new int[keys.length * 2];
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] != PackedNumber.NONE) {
                    put(newKeys, newTenants, keys[i], tenants[i]);
                }
            }
            keys = newKeys;
            tenants = newTenants;
        }

        private static boolean put(final long[] keys, final int[] tenants, final long key, final int tenant) {
            final int mask = keys.length - 1;
            int at = slot(key, mask);
            while (keys[at] != PackedNumber.NONE) {
                if (keys[at] == key) {
                    return false;
                }
                at = (at + 1) & mask;
            }
            keys[at] = key;
            tenants[at] = tenant;
            return true;
        }

        /** The table; the builder must not be used any more. */
        public NumberTable build() {
            final NumberTable table = new NumberTable(keys, tenants, size);
            keys = null;
            tenants = null;
            return table;
        }
    }
}
