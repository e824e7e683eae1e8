package io.trunkline.perf;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The name of a unit inside its own text: {@code #} and eleven decimal digits. It lets a judge follow a unit through
 * logs that share no id with each other, without trusting the gateway under test. The generator repeats it every
 * {@link #STRIDE} characters, so that each segment of a long text holds at least one whole marker.
 */
public final class Marker {
    /** No marker found. */
    public static final long NONE = -1;
    /** Characters of a marker. */
    public static final int LENGTH = 12;
    /** Largest unit number that a marker can hold. */
    public static final long MAX = 99_999_999_999L;
    /** Distance of two markers: the shortest segment, UCS-2 with a 16-bit reference, has 66 characters. */
    public static final int STRIDE = 52;

    private static final int DIGITS = LENGTH - 1;

    private Marker() {}

    /**
     * The first whole marker in {@code [from, to)}.
     *
     * @param wide characters have two bytes, big-endian (UCS-2)
     * @return the unit's number or {@link #NONE}
     */
    public static long find(final DirectBuffer buffer, final int from, final int to, final boolean wide) {
        for (int at = from; at < to; at++) {
            if (buffer.getByte(at) == '#') {
                final long number = wide ? wideDigits(buffer, at + 2, to) : digits(buffer, at + 1, to);
                if (number != NONE) {
                    return number;
                }
            }
        }
        return NONE;
    }

    private static long digits(final DirectBuffer buffer, final int first, final int to) {
        if (first + DIGITS > to) {
            return NONE;
        }
        final long front = Digits.eight(buffer.getLong(first, ByteOrder.LITTLE_ENDIAN));
        final int hundreds = buffer.getByte(first + 8) - '0';
        final int tens = buffer.getByte(first + 9) - '0';
        final int ones = buffer.getByte(first + 10) - '0';
        if (front < 0 || !digit(hundreds) || !digit(tens) || !digit(ones)) {
            return NONE;
        }
        return front * 1000 + hundreds * 100L + tens * 10L + ones;
    }

    private static boolean digit(final int value) {
        return value >= 0 && value <= 9;
    }

    private static long wideDigits(final DirectBuffer buffer, final int first, final int to) {
        if (first + (DIGITS - 1) * 2 >= to) {
            return NONE;
        }
        long number = 0;
        for (int i = 0; i < DIGITS; i++) {
            final int digit = buffer.getByte(first + i * 2) - '0';
            if (!digit(digit)) {
                return NONE;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Writes the marker of {@code number} as ASCII. */
    public static void write(final byte[] target, final int offset, final long number) {
        target[offset] = '#';
        long rest = number;
        for (int i = DIGITS; i > 0; i--) {
            target[offset + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
