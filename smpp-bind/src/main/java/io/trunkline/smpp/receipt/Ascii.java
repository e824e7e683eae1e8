package io.trunkline.smpp.receipt;

import org.agrona.DirectBuffer;

/** Octets as ASCII, without case. */
final class Ascii {
    private Ascii() {}

    static int upper(final byte octet) {
        return octet >= 'a' && octet <= 'z' ? octet - 0x20 : octet;
    }

    /** The range is this word, which is in upper case. */
    static boolean matches(final DirectBuffer src, final int offset, final int length, final byte[] word) {
        return length == word.length && startsWith(src, offset, offset + length, word);
    }

    /** The range begins with this word, which is in upper case. */
    static boolean startsWith(final DirectBuffer src, final int from, final int end, final byte[] word) {
        if (end - from < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (upper(src.getByte(from + i)) != word[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean digit(final byte octet) {
        return octet >= '0' && octet <= '9';
    }

    static boolean alphanumeric(final byte octet) {
        final int upper = upper(octet);
        return digit(octet) || (upper >= 'A' && upper <= 'Z');
    }

    static boolean blank(final byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n' || octet == 0;
    }
}
