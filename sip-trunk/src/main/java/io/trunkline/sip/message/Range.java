package io.trunkline.sip.message;

/**
 * A run of octets of a message as one {@code long}, so that it can be returned without an object: offset from the start
 * of the message in the upper half, length in the lower.
 */
public final class Range {
    /** No such octets; not the same as a run of length 0. */
    public static final long NONE = -1L;

    private Range() {}

    /** The run of {@code length} octets from {@code offset} on; both at least 0. */
    public static long of(final int offset, final int length) {
        return ((long) offset << Integer.SIZE) | length;
    }

    /** The run from {@code from} on to {@code end}, exclusive. */
    public static long between(final int from, final int end) {
        return of(from, end - from);
    }

    /** Offset of the first octet. */
    public static int offset(final long range) {
        return (int) (range >> Integer.SIZE);
    }

    /** Number of octets; -1 for {@link #NONE}. */
    public static int length(final long range) {
        return (int) range;
    }

    /** Offset of the octet after the last. */
    public static int end(final long range) {
        return offset(range) + length(range);
    }
}
