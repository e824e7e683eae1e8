package io.trunkline.routing;

import org.agrona.DirectBuffer;

/**
 * Up to 18 digits in a long so that ascending order is that of a dictionary: place by place a digit and one more, to base 11,
 * and 0 from the end on; 11^18 is below 2^63. What begins with a prefix is a range: from the prefix on, as long as the unit of
 * the prefix's last place.
 */
final class AlignedDigits {
    private static final int RADIX = 11;
    private static final long[] UNIT = units();

    private AlignedDigits() {}

    private static long[] units() {
        final long[] units = new long[PackedNumber.MAX_DIGITS];
        units[PackedNumber.MAX_DIGITS - 1] = 1;
        for (int i = units.length - 2; i >= 0; i--) {
            units[i] = units[i + 1] * RADIX;
        }
        return units;
    }

    /** What the digit 0 adds at a place, from 0; and how many numbers begin with the digits up to that place. */
    static long unit(final int place) {
        return UNIT[place];
    }

    /** Aligns a {@link PackedNumber}. */
    static long of(final long packed) {
        long top = 1;
        int length = 0;
        while (packed / top >= 10) {
            top *= 10;
            length++;
        }
        long rest = packed - top;
        long aligned = 0;
        for (int place = 0; place < length; place++) {
            top /= 10;
            aligned += (rest / top + 1) * UNIT[place];
            rest %= top;
        }
        return aligned;
    }

    /** Aligns ASCII digits up to the first octet that is none, at most 18 of them. */
    static long of(final DirectBuffer digits, final int offset, final int length) {
        long aligned = 0;
        final int end = Math.min(length, PackedNumber.MAX_DIGITS);
        for (int place = 0; place < end; place++) {
            final int digit = digits.getByte(offset + place) - '0';
            if (digit < 0 || digit > 9) {
                return aligned;
            }
            aligned += (digit + 1) * UNIT[place];
        }
        return aligned;
    }

    /** How many aligned numbers begin with a {@link PackedNumber}. */
    static long below(final long packed) {
        int places = 0;
        for (long rest = packed; rest >= 10; rest /= 10) {
            places++;
        }
        return places == 0 ? Long.MAX_VALUE : UNIT[places - 1];
    }
}
