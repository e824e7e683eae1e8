package io.trunkline.smpp.receipt;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Brings message ids to the one form in which those of answers and of receipts meet: numbers to decimal digits without zeros
 * in front, of any length up to {@value #MAX_NUMBER_DIGITS} hexadecimal digits, never by way of a signed 64-bit number.
 * Allocates nothing. Not thread-safe: one per thread.
 */
public final class MessageIds {
    /** Octets that an id may have; SMPP 3.4 §5.2.23 allows 64. */
    public static final int MAX_LENGTH = 128;

    /** What is longer is taken for text. */
    public static final int MAX_NUMBER_DIGITS = 64;

    private static final int LIMB = 1_000_000_000;
    private static final int LIMB_DIGITS = 9;

    /** Base 10^9, lowest first; 64 hexadecimal digits make 78 decimal ones. */
    private final int[] limbs = new int[9];

    /**
     * Writes the common form of an id. Blanks and NULs around it do not count.
     *
     * @param dst has room for {@link #MAX_LENGTH} octets from {@code dstOffset} on
     * @return octets written; 0 where there is no id, or one that is longer than {@link #MAX_LENGTH}
     */
    public int normalise(
            final MessageIdForm form,
            final DirectBuffer src,
            final int offset,
            final int length,
            final MutableDirectBuffer dst,
            final int dstOffset) {
        int from = offset;
        int end = offset + length;
        while (from < end && blank(src.getByte(from))) {
            from++;
        }
        while (end > from && blank(src.getByte(end - 1))) {
            end--;
        }
        final int octets = end - from;
        if (octets == 0 || octets > MAX_LENGTH) {
            return 0;
        }
        return switch (form) {
            case TEXT -> copy(src, from, octets, dst, dstOffset);
            case TEXT_IGNORE_CASE -> fold(src, from, octets, dst, dstOffset);
            case TEXT_WITHOUT_ZEROS -> withoutZeros(src, from, octets, dst, dstOffset);
            case DECIMAL -> decimal(src, from, octets, dst, dstOffset);
            case HEX -> hexadecimal(src, from, octets, dst, dstOffset);
            case HEX_TEXT -> hexText(src, from, octets, dst, dstOffset);
        };
    }

    private static boolean blank(final byte octet) {
        return octet == ' ' || octet == 0 || octet == '\t' || octet == '\r' || octet == '\n';
    }

    private static int copy(
            final DirectBuffer src, final int from, final int octets, final MutableDirectBuffer dst, final int to) {
        dst.putBytes(to, src, from, octets);
        return octets;
    }

    private static int fold(
            final DirectBuffer src, final int from, final int octets, final MutableDirectBuffer dst, final int to) {
        for (int i = 0; i < octets; i++) {
            final byte octet = src.getByte(from + i);
            dst.putByte(to + i, octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet);
        }
        return octets;
    }

    private static int withoutZeros(
            final DirectBuffer src, final int from, final int octets, final MutableDirectBuffer dst, final int to) {
        final int zeros = zeros(src, from, octets);
        return fold(src, from + zeros, octets - zeros, dst, to);
    }

    /** Zeros in front, all but the last character. */
    private static int zeros(final DirectBuffer src, final int from, final int octets) {
        int zeros = 0;
        while (zeros < octets - 1 && src.getByte(from + zeros) == '0') {
            zeros++;
        }
        return zeros;
    }

    private static int decimal(
            final DirectBuffer src, final int from, final int octets, final MutableDirectBuffer dst, final int to) {
        for (int i = 0; i < octets; i++) {
            final byte octet = src.getByte(from + i);
            if (octet < '0' || octet > '9') {
                return copy(src, from, octets, dst, to);
            }
        }
        final int zeros = zeros(src, from, octets);
        return copy(src, from + zeros, octets - zeros, dst, to);
    }

    private int hexadecimal(
            final DirectBuffer src, final int from, final int octets, final MutableDirectBuffer dst, final int to) {
        final boolean prefixed = octets > 2 && src.getByte(from) == '0' && (src.getByte(from + 1) | 0x20) == 'x';
        final int first = from + (prefixed ? 2 : 0);
        final int digits = octets - (prefixed ? 2 : 0);
        final int zeros = zeros(src, first, digits);
        if (digits - zeros > MAX_NUMBER_DIGITS) {
            return copy(src, from, octets, dst, to);
        }
        int used = 1;
        limbs[0] = 0;
        for (int i = zeros; i < digits; i++) {
            long carry = hexDigit(src.getByte(first + i));
            if (carry < 0) {
                return copy(src, from, octets, dst, to);
            }
            for (int limb = 0; limb < used; limb++) {
                carry += limbs[limb] * 16L;
                limbs[limb] = (int) (carry % LIMB);
                carry /= LIMB;
            }
            if (carry > 0) {
                limbs[used++] = (int) carry;
            }
        }
        int end = to + dst.putNaturalIntAscii(to, limbs[used - 1]);
        for (int limb = used - 2; limb >= 0; limb--) {
            dst.putNaturalPaddedIntAscii(end, LIMB_DIGITS, limbs[limb]);
            end += LIMB_DIGITS;
        }
        return end - to;
    }

    private static int hexText(
            final DirectBuffer src, final int from, final int octets, final MutableDirectBuffer dst, final int to) {
        boolean text = (octets & 1) == 0;
        for (int i = 0; text && i < octets; i += 2) {
            final int octet = hexDigit(src.getByte(from + i)) << 4 | hexDigit(src.getByte(from + i + 1));
            text = octet > ' ' && octet < 0x7F;
        }
        if (!text) {
            return copy(src, from, octets, dst, to);
        }
        for (int i = 0; i < octets; i += 2) {
            final int octet = hexDigit(src.getByte(from + i)) << 4 | hexDigit(src.getByte(from + i + 1));
            dst.putByte(to + i / 2, (byte) octet);
        }
        return octets / 2;
    }

    private static int hexDigit(final byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        final int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
