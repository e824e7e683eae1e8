package io.trunkline.routing.numbers;

import io.trunkline.routing.PackedNumber;

/**
 * Turns packed numbers into hashes of as few bits as they need and back again: no two numbers have the same hash, so the hash
 * stands for the number. Neighbours, as numbers are given out, come far apart.
 *
 * <p>Multiplications by odd constants and shifts onto itself, modulo 2^bits: each of the steps can be undone.
 */
final class NumberHash {
    private static final long FIRST = 0x9E37_79B9_7F4A_7C15L;
    private static final long SECOND = 0xD6E8_FEB8_6659_FD93L;
    private static final long FIRST_UNDONE = inverse(FIRST);
    private static final long SECOND_UNDONE = inverse(SECOND);

    private final int maxDigits;
    private final int bits;
    private final int shift;
    private final long mask;
    private final long limit;

    /**
     * A hash for numbers of up to so many digits.
     *
     * @param maxDigits 1..18
     */
    NumberHash(final int maxDigits) {
        if (maxDigits < 1 || maxDigits > PackedNumber.MAX_DIGITS) {
            throw new IllegalArgumentException("numbers of " + maxDigits + " digits: 1..18 can be had");
        }
        this.maxDigits = maxDigits;
        long above = 2;
        for (int digit = 0; digit < maxDigits; digit++) {
            above *= 10;
        }
        limit = above;
        bits = Long.SIZE - Long.numberOfLeadingZeros(limit - 1);
        mask = (1L << bits) - 1;
        shift = (bits + 1) / 2;
    }

    /** Newton's iteration: each round doubles the bits that are right, of which an odd number has three to begin with. */
    private static long inverse(final long odd) {
        long inverse = odd;
        for (int round = 0; round < 5; round++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    int maxDigits() {
        return maxDigits;
    }

    /** Hashes are below 2^bits; at most 61. */
    int bits() {
        return bits;
    }

    /** Whether a value is of the range that this hashes: every number of 1..maxDigits digits is. */
    boolean covers(final long packed) {
        return packed > 1 && packed < limit;
    }

    /** The hash of what is {@link #covers covered}. */
    long of(final long packed) {
        // A shift by half of the bits, onto itself twice, is the value again.
        long hash = packed ^ packed >>> shift;
        hash = hash * FIRST & mask;
        hash ^= hash >>> shift;
        hash = hash * SECOND & mask;
        return hash ^ hash >>> shift;
    }

    /** The number that has this hash. */
    long number(final long hash) {
        long packed = hash ^ hash >>> shift;
        packed = packed * SECOND_UNDONE & mask;
        packed ^= packed >>> shift;
        packed = packed * FIRST_UNDONE & mask;
        return packed ^ packed >>> shift;
    }
}
