package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/** 64 bits as the 16 hexadecimal digits of a tag (RFC 3261 §19.3): written without a String, and read back. */
public final class HexTag implements CharSequence {
    private final char[] digits = new char[Long.BYTES * 2];

    /** Sets the value. */
    public HexTag of(final long value) {
        for (int i = 0; i < digits.length; i++) {
            digits[i] = Character.forDigit((int) (value >>> (Long.SIZE - 4 - 4 * i)) & 0xf, 16);
        }
        return this;
    }

    /** The value of such a tag; 0 where the octets are none. */
    public static long read(final DirectBuffer buffer, final long range) {
        if (Range.length(range) != Long.BYTES * 2) {
            return 0;
        }
        long value = 0;
        for (int at = Range.offset(range); at < Range.end(range); at++) {
            final int digit = Character.digit(buffer.getByte(at), 16);
            if (digit < 0) {
                return 0;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    @Override
    public int length() {
        return digits.length;
    }

    @Override
    public char charAt(final int index) {
        return digits[index];
    }

    @Override
    public CharSequence subSequence(final int start, final int end) {
        return toString().subSequence(start, end);
    }

    @Override
    public String toString() {
        return String.valueOf(digits);
    }
}
