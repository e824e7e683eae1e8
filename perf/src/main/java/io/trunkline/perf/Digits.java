package io.trunkline.perf;

/** Decimal digits, eight at a time: a register holds eight characters. */
public final class Digits {
    private static final long ZEROS = 0x3030303030303030L;
    private static final long HIGH_NIBBLES = 0xF0F0F0F0F0F0F0F0L;
    private static final long SIXES = 0x0606060606060606L;
    private static final long PAIR_MASK = 0x000000FF000000FFL;

    private Digits() {}

    /**
     * The value of eight ASCII digits, the first in the lowest byte.
     *
     * @return -1 where one of them is not a digit
     */
    public static long eight(final long characters) {
        // A digit has a high nibble of 3, and still has it when 6 is added: 0x3A to 0x3F would not.
        if ((characters & HIGH_NIBBLES) != ZEROS || ((characters + SIXES) & HIGH_NIBBLES) != ZEROS) {
            return -1;
        }
        final long digits = characters - ZEROS;
        // Neighbours become pairs (base 100), pairs become the number; the multipliers hold 100, 1,000,000 and 1,
        // 10,000.
        final long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & PAIR_MASK) * 0x000F424000000064L + ((pairs >>> 16) & PAIR_MASK) * 0x0000271000000001L) >>> 32;
    }
}
