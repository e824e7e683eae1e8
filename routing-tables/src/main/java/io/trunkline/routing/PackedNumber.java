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

    /** The digits of a packed number. */
    public static String digits(final long packed) {
        if (packed < EMPTY) {
            throw new IllegalArgumentException(packed + " is no packed number");
        }
        return Long.toString(packed).substring(1);
    }
}
