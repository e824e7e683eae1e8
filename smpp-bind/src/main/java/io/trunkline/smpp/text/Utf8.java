package io.trunkline.smpp.text;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    /** Not a code point: the octets are not UTF-8. */
    static final int INVALID = -1;

    static final int REPLACEMENT = 0xFFFD;

    private Utf8() {}

    /** The code point whose first octet is at {@code index}, or {@link #INVALID}; {@code index} is below {@code end}. */
    static int codePoint(final DirectBuffer src, final int index, final int end) {
        final int first = src.getByte(index);
        return first >= 0 ? first : multiByte(src, index, end, first & 0xFF);
    }

    /**
     * The code point at {@code index} where it is one code unit of UTF-16 and easily told to be valid; {@link #INVALID} where
     * it takes {@link #codePoint} to say.
     */
    static int plainUnit(final DirectBuffer src, final int index, final int end) {
        final int first = src.getByte(index);
        if (first >= 0) {
            return first;
        }
        if (first >= (byte) 0xC2 && first < (byte) 0xE0 && end - index >= 2) {
            final int second = src.getByte(index + 1);
            return (second & 0xC0) == 0x80 ? (first & 0x1F) << 6 | (second & 0x3F) : INVALID;
        }
        // E0 may be overlong, ED a surrogate.
        if (first > (byte) 0xE0 && first < (byte) 0xF0 && first != (byte) 0xED && end - index >= 3) {
            final int second = src.getByte(index + 1);
            final int third = src.getByte(index + 2);
            final boolean valid = (second & 0xC0) == 0x80 && (third & 0xC0) == 0x80;
            return valid ? (first & 0x0F) << 12 | (second & 0x3F) << 6 | (third & 0x3F) : INVALID;
        }
        return INVALID;
    }

    private static int multiByte(final DirectBuffer src, final int index, final int end, final int first) {
        final int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || end - index < length) {
            return INVALID;
        }
        int codePoint = first & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            final int next = src.getByte(index + i);
            if ((next & 0xC0) != 0x80) {
                return INVALID;
            }
            codePoint = codePoint << 6 | (next & 0x3F);
        }
        final boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return surrogate || codePoint > Character.MAX_CODE_POINT || length(codePoint) != length ? INVALID : codePoint;
    }

    /** Octets of a code point. */
    static int length(final int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /** Writes a code point that is not a surrogate; there is room for it. Returns the octets written. */
    static int put(final MutableDirectBuffer dst, final int index, final int codePoint) {
        final int length = length(codePoint);
        if (length == 1) {
            dst.putByte(index, (byte) codePoint);
            return 1;
        }
        int rest = codePoint;
        for (int i = length - 1; i > 0; i--) {
            dst.putByte(index + i, (byte) (0x80 | (rest & 0x3F)));
            rest >>>= 6;
        }
        dst.putByte(index, (byte) (0xF00 >> length | rest));
        return length;
    }
}
