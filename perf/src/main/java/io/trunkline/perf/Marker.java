package io.trunkline.perf;

import io.netty.buffer.ByteBuf;

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
    public static long find(final ByteBuf buffer, final int from, final int to, final boolean wide) {
        final int stride = wide ? 2 : 1;
        int start = from;
        while (start < to) {
            final int at = buffer.indexOf(start, to, (byte) '#');
            if (at < 0) {
                return NONE;
            }
            final long number = digits(buffer, at + stride, to, stride);
            if (number != NONE) {
                return number;
            }
            start = at + 1;
        }
        return NONE;
    }

    private static long digits(final ByteBuf buffer, final int first, final int to, final int stride) {
        if (first + (DIGITS - 1) * stride >= to) {
            return NONE;
        }
        long number = 0;
        for (int i = 0; i < DIGITS; i++) {
            final int digit = buffer.getByte(first + i * stride) - '0';
            if (digit < 0 || digit > 9) {
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
