package io.trunkline.routing.rates;

import java.util.Arrays;

/**
 * Distinct prefixes in order, and for a number the longest of them that it begins with. Immutable; a lookup allocates nothing.
 *
 * <p>A prefix is aligned to fifteen digits, 44 being 440000000000000, and is the interval of the numbers that begin with it. Such
 * intervals lie within each other or apart, so the last prefix that begins at or before a number has all that hold the number
 * among the prefixes around it. Those follow by {@code around}, from the longest to the shortest.
 *
 * <pre>
 *   place    0    1     2      3        key     440…, 440…, 447…, 44770…
 *   prefix  4    44    447   44770      around   -1     0     1     2
 * </pre>
 */
final class PrefixPlaces {
    static final int NO_PLACE = -1;

    private static final int ALIGNED_DIGITS = RateRow.MAX_PREFIX;

    /** From so many prefixes on a table of the first four digits spares most steps of the search. */
    private static final int JUMP_FROM = 4096;

    private static final int JUMPS = 10_000;
    private static final long JUMP_UNIT = 100_000_000_000L;

    private final long[] key;
    private final byte[] length;
    private final int[] around;

    /** The first place at or behind each beginning of four digits; null where there are few. */
    private final int[] jump;

    /**
     * Places.
     *
     * @param keys aligned prefixes, ascending; of the same ones the shorter comes first
     * @param lengths digits of each
     */
    PrefixPlaces(final long[] keys, final byte[] lengths) {
        key = keys;
        length = lengths;
        around = new int[keys.length];
        for (int inner = 0; inner < keys.length; inner++) {
            int outer = inner - 1;
            while (outer != NO_PLACE && !holds(outer, keys[inner], lengths[inner])) {
                outer = around[outer];
            }
            around[inner] = outer;
        }
        jump = keys.length < JUMP_FROM ? null : jumps();
    }

    /** An aligned prefix. */
    static long aligned(final long prefix, final int digits) {
        return prefix * RateQuery.powerOfTen(ALIGNED_DIGITS - digits);
    }

    int size() {
        return key.length;
    }

    /** Whether the prefixes are the same. */
    boolean sameAs(final PrefixPlaces other) {
        return Arrays.equals(key, other.key) && Arrays.equals(length, other.length);
    }

    long key(final int place) {
        return key[place];
    }

    int length(final int place) {
        return length[place];
    }

    /** The place of the next shorter prefix that holds this one, or {@link #NO_PLACE}. */
    int around(final int place) {
        return around[place];
    }

    /** The place of the longest prefix that these aligned digits, of which there are so many, begin with, or {@link #NO_PLACE}. */
    int longest(final long aligned, final int digits) {
        int at = floor(aligned);
        while (at != NO_PLACE && !holds(at, aligned, digits)) {
            at = around[at];
        }
        return at;
    }

    private boolean holds(final int place, final long alignedDigits, final int digits) {
        final int itsLength = length[place];
        return itsLength <= digits && alignedDigits - key[place] < RateQuery.powerOfTen(ALIGNED_DIGITS - itsLength);
    }

    private int[] jumps() {
        final int[] result = new int[JUMPS + 1];
        int next = 0;
        for (int i = 0; i < JUMPS; i++) {
            while (next < key.length && key[next] < i * JUMP_UNIT) {
                next++;
            }
            result[i] = next;
        }
        Arrays.fill(result, JUMPS, JUMPS + 1, key.length);
        return result;
    }

    /** The last place that begins at or before a number. */
    private int floor(final long aligned) {
        int low = 0;
        int high = key.length - 1;
        if (jump != null) {
            final int first = (int) (aligned / JUMP_UNIT);
            low = jump[first];
            high = jump[first + 1] - 1;
        }
        int left = high - low + 1;
        if (left <= 0 || key[low] > aligned) {
            return low - 1;
        }
        // Without a branch that depends on the number: it would be guessed wrong every other time.
        while (left > 1) {
            final int half = left >>> 1;
            low = key[low + half] <= aligned ? low + half : low;
            left -= half;
        }
        return low;
    }
}
