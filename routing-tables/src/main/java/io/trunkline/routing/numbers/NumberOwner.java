package io.trunkline.routing.numbers;

/**
 * Who owns a number and what may come in by it, as the value of a number file: the tenant's id above, a bit for every {@link
 * Capability} below. {@link NumberFile#NONE} is owned by nobody and capable of nothing.
 */
public final class NumberOwner {
    private static final int CAPABILITY_BITS = 8;

    private NumberOwner() {}

    /** What a number can be used for. */
    public enum Capability {
        MESSAGE(1),
        CALL(2);

        private final int bit;

        Capability(final int bit) {
            this.bit = bit;
        }

        /** Of the value's lower eight; never given anew. */
        int bit() {
            return bit;
        }
    }

    /**
     * The value for a tenant.
     *
     * @param tenant id, above 0
     */
    public static long of(final int tenant, final Capability... capabilities) {
        if (tenant <= 0) {
            throw new IllegalArgumentException("tenant id " + tenant + " is not above 0");
        }
        long value = (long) tenant << CAPABILITY_BITS;
        for (final Capability capability : capabilities) {
            value |= capability.bit();
        }
        return value;
    }

    /** The tenant's id, or 0 where nobody owns the number. */
    public static int tenant(final long value) {
        return (int) (value >>> CAPABILITY_BITS);
    }

    /** Whether the number can be used for this. */
    public static boolean can(final long value, final Capability capability) {
        return (value & capability.bit()) != 0;
    }
}
