package io.trunkline.sip.message;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Reading of octets in place: comparisons, numbers, white space, ends of lines. */
public final class Octets {
    /** {@link #number}: not only digits, or none. */
    public static final long NOT_A_NUMBER = -1;
    /** {@link #number}: more than fits into 18 digits. */
    public static final long TOO_LARGE = -2;

    private static final int MAX_DIGITS = 18;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long CRS = ONES * '\r';
    private static final long LFS = ONES * '\n';

    private Octets() {}

    /** ASCII octets of a constant. */
    public static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the octets are exactly these. */
    public static boolean equal(final DirectBuffer buffer, final long range, final byte[] expected) {
        if (Range.length(range) != expected.length) {
            return false;
        }
        final int offset = Range.offset(range);
        for (int i = 0; i < expected.length; i++) {
            if (buffer.getByte(offset + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the octets are these in any case; {@code lowerCase} has no capitals. */
    public static boolean equalIgnoringCase(final DirectBuffer buffer, final long range, final byte[] lowerCase) {
        return Range.length(range) == lowerCase.length && startsIgnoringCase(buffer, range, lowerCase);
    }

    /** Whether the octets start with these in any case; {@code lowerCase} has no capitals. */
    public static boolean startsIgnoringCase(final DirectBuffer buffer, final long range, final byte[] lowerCase) {
        if (Range.length(range) < lowerCase.length) {
            return false;
        }
        final int offset = Range.offset(range);
        for (int i = 0; i < lowerCase.length; i++) {
            if (SipChars.lower(buffer.getByte(offset + i)) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether two runs hold the same octets. */
    public static boolean equal(
            final DirectBuffer buffer, final long range, final DirectBuffer other, final long otherRange) {
        final int length = Range.length(range);
        if (length != Range.length(otherRange)) {
            return false;
        }
        final int offset = Range.offset(range);
        final int otherOffset = Range.offset(otherRange);
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(offset + i) != other.getByte(otherOffset + i)) {
                return false;
            }
        }
        return true;
    }

    /** The value of {@code 1*DIGIT}, {@link #NOT_A_NUMBER} or {@link #TOO_LARGE}. Leading zeros do not make it large. */
    public static long number(final DirectBuffer buffer, final long range) {
        final int end = Range.end(range);
        int at = Range.offset(range);
        if (Range.length(range) < 1) {
            return NOT_A_NUMBER;
        }
        long value = 0;
        int significant = 0;
        for (; at < end; at++) {
            final int octet = buffer.getByte(at);
            if (!SipChars.isDigit(octet)) {
                return NOT_A_NUMBER;
            }
            if (significant > 0 || octet != '0') {
                significant++;
            }
            value = significant > MAX_DIGITS ? value : value * 10 + (octet - '0');
        }
        return significant > MAX_DIGITS ? TOO_LARGE : value;
    }

    /** Offset of the first octet from {@code at} on that is no white space, at most {@code end}. */
    static int skipLws(final DirectBuffer buffer, final int at, final int end) {
        int i = at;
        while (i < end && SipChars.isLws(buffer.getByte(i))) {
            i++;
        }
        return i;
    }

    /** Offset of the first octet from {@code at} on that is no token character, at most {@code end}. */
    static int skipToken(final DirectBuffer buffer, final int at, final int end) {
        int i = at;
        while (i < end && SipChars.isToken(buffer.getByte(i))) {
            i++;
        }
        return i;
    }

    /** Offset after the quoted string that opens at {@code at}, or -1 when it does not close before {@code end}. */
    static int skipQuoted(final DirectBuffer buffer, final int at, final int end) {
        int i = at + 1;
        while (i < end) {
            final int octet = buffer.getByte(i);
            if (octet == '"') {
                return i + 1;
            }
            if ((octet >= 0 && octet < ' ' && !SipChars.isLws(octet)) || octet == 0x7f) {
                // A control character may stand here only behind a backslash.
                return -1;
            }
            i += octet == '\\' ? 2 : 1;
        }
        return -1;
    }

    /** The run without white space at both ends. */
    static long trim(final DirectBuffer buffer, final int from, final int end) {
        final int start = skipLws(buffer, from, end);
        int last = end;
        while (last > start && SipChars.isLws(buffer.getByte(last - 1))) {
            last--;
        }
        return Range.between(start, last);
    }

    /** Offset of the first CR or LF from {@code at} on, or {@code end}. Eight octets at a time. */
    static int indexOfLineBreak(final DirectBuffer buffer, final int at, final int end) {
        int i = at;
        for (; end - i >= Long.BYTES; i += Long.BYTES) {
            final long word = buffer.getLong(i);
            final long cr = word ^ CRS;
            final long lf = word ^ LFS;
            if (((((cr - ONES) & ~cr) | ((lf - ONES) & ~lf)) & HIGHS) != 0) {
                break;
            }
        }
        while (i < end && buffer.getByte(i) != '\r' && buffer.getByte(i) != '\n') {
            i++;
        }
        return i;
    }

    /** The octets as text, for tests, traces and the control plane: it allocates. */
    public static String text(final DirectBuffer buffer, final long range) {
        if (range == Range.NONE) {
            return "";
        }
        final byte[] octets = new byte[Range.length(range)];
        buffer.getBytes(Range.offset(range), octets);
        return new String(octets, StandardCharsets.UTF_8);
    }
}
