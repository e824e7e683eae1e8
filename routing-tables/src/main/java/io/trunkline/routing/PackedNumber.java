package io.trunkline.routing;

import org.agrona.DirectBuffer;

/**
 * A number or prefix of up to 18 digits in a long: a 1, followed by the digits, read as decimal. The 1 keeps leading zeros,
 * which short codes have, and makes the empty prefix 1; no number is 0.
 */
public final class PackedNumber {
    /** Most digits; E.164 has at most 15. */
    public static final int MAX_DIGITS = 18;
    /** Given back for what is not 0..18 digits. */
    public static final long NONE = 0;

    /** The prefix without digits. */
    static final long EMPTY = 1;

    /** The highest power of ten that a long holds is 10^18. */
    private static final long[] POWER_OF_TEN = new long[MAX_DIGITS + 1];

    static {
        POWER_OF_TEN[0] = 1;
        for (int digits = 1; digits <= MAX_DIGITS; digits++) {
            POWER_OF_TEN[digits] = POWER_OF_TEN[digits - 1] * 10;
        }
    }

    private PackedNumber() {}

    /** Packs ASCII digits; {@link #NONE} where there is anything else or too many of them. */
    public static long of(final DirectBuffer buffer, final int offset, final int length) {
        if (length < 0 || length > MAX_DIGITS) {
            return NONE;
        }
        long packed = EMPTY;
        for (int i = 0; i < length; i++) {
            final int digit = buffer.getByte(offset + i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            packed = packed * 10 + digit;
        }
        return packed;
    }

    /** As {@link #of(DirectBuffer, int, int)}. */
    public static long of(final CharSequence digits) {
        if (digits.length() > MAX_DIGITS) {
            return NONE;
        }
        long packed = EMPTY;
        for (int i = 0; i < digits.length(); i++) {
            final int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            packed = packed * 10 + digit;
        }
        return packed;
    }

    /** How many digits a packed number has: 0..18; -1 where the value is no packed number. */
    public static int length(final long packed) {
        if (packed < EMPTY) {
            return -1;
        }
        // 1233 / 4096 is a little more than the logarithm of 2 to the base 10: exact or one too many.
        int length = Math.min(((Long.SIZE - Long.numberOfLeadingZeros(packed)) * 1233) >>> 12, MAX_DIGITS);
        if (packed < POWER_OF_TEN[length]) {
            length--;
        }
        return packed < 2 * POWER_OF_TEN[length] ? length : -1;
    }

    /** The digits of a packed number. */
    public static String digits(final long packed) {
        if (packed < EMPTY) {
            throw new IllegalArgumentException(packed + " is no packed number");
        }
        return Long.toString(packed).substring(1);
    }
}
