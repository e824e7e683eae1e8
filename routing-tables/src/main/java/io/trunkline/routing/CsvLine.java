package io.trunkline.routing;

import java.nio.charset.StandardCharsets;

/** The values of one line of CSV, in the octets that they came in; spaces around a value do not count. */
final class CsvLine {
    /** Most values; a line of more has this many and one. */
    static final int MAX_VALUES = 32;

    /** Given back for what is no number. */
    static final long NO_NUMBER = -1;

    /** An octet from here on begins a character of four, which are two of a string. */
    private static final int FIRST_OF_FOUR = 0xF0;

    /** Six more digits, the decimals, and it still is a long. */
    private static final int MAX_NUMBER_LENGTH = 12;

    private final int[] from = new int[MAX_VALUES + 1];
    private final int[] to = new int[MAX_VALUES + 1];
    private byte[] octets = {};
    private int lineBegin;
    private int size;
    private int badAt;

    /** Finds the values; false where quotes are not in order. */
    boolean split(final byte[] line, final int begin, final int end) {
        octets = line;
        lineBegin = begin;
        size = 0;
        int at = begin;
        while (true) {
            int next = at;
            while (next < end && line[next] == ' ') {
                next++;
            }
            final boolean quoted = next < end && line[next] == '"';
            if (quoted) {
                next = closingQuote(line, next + 1, end);
                if (next == end) {
                    badAt = column(at);
                    return false;
                }
            }
            while (next < end && line[next] != ',') {
                next++;
            }
            if (!put(at, next, quoted)) {
                badAt = column(at);
                return false;
            }
            if (next == end || size > MAX_VALUES) {
                return true;
            }
            at = next + 1;
        }
    }

    private static int closingQuote(final byte[] line, final int begin, final int end) {
        int at = begin;
        while (at < end && line[at] != '"') {
            at++;
        }
        return at;
    }

    private boolean put(final int begin, final int end, final boolean quoted) {
        int first = begin;
        int last = end;
        while (first < last && octets[first] == ' ') {
            first++;
        }
        while (first < last && octets[last - 1] == ' ') {
            last--;
        }
        if (quoted) {
            if (last - first < 2 || octets[last - 1] != '"') {
                return false;
            }
            first++;
            last--;
        }
        for (int i = first; i < last; i++) {
            if (octets[i] == '"') {
                return false;
            }
        }
        from[size] = first;
        to[size] = last;
        size++;
        return true;
    }

    int size() {
        return size;
    }

    /** Column, from 1, of the value whose quotes are not in order. */
    int badAt() {
        return badAt;
    }

    /** Column, from 1, in which a value begins. */
    int place(final int value) {
        return column(from[value]);
    }

    /** Columns are counted in the characters of a Java string, as of every other file, not in octets. */
    private int column(final int at) {
        int column = 1;
        for (int i = lineBegin; i < at; i++) {
            final int octet = octets[i] & 0xFF;
            final boolean goesOn = (octet & 0xC0) == 0x80;
            column += goesOn ? 0 : octet >= FIRST_OF_FOUR ? 2 : 1;
        }
        return column;
    }

    boolean isEmpty(final int value) {
        return from[value] == to[value];
    }

    /** The first octet of a value that is not empty. */
    byte octet(final int value) {
        return octets[from[value]];
    }

    String text(final int value) {
        return new String(octets, from[value], to[value] - from[value], StandardCharsets.UTF_8);
    }

    /** A prefix as a {@link PackedNumber}: {@code *}, or 1 to {@code maxDigits} digits with or without a +. */
    long prefix(final int value, final int maxDigits) {
        int at = from[value];
        final int end = to[value];
        if (end - at == 1 && octets[at] == '*') {
            return PackedNumber.EMPTY;
        }
        at += octets[at] == '+' ? 1 : 0;
        if (at == end || end - at > maxDigits) {
            return PackedNumber.NONE;
        }
        long packed = PackedNumber.EMPTY;
        for (; at < end; at++) {
            final int digit = octets[at] - '0';
            if (digit < 0 || digit > 9) {
                return PackedNumber.NONE;
            }
            packed = packed * 10 + digit;
        }
        return packed;
    }

    /** A number without sign, times ten to the power of {@code decimals}, which is how many it may have; or {@link #NO_NUMBER}. */
    long decimal(final int value, final int decimals) {
        if (to[value] - from[value] > MAX_NUMBER_LENGTH) {
            return NO_NUMBER;
        }
        long number = 0;
        int behindPoint = -1;
        int digits = 0;
        for (int i = from[value]; i < to[value]; i++) {
            final int digit = octets[i] - '0';
            if (digit >= 0 && digit <= 9) {
                number = number * 10 + digit;
                digits++;
                behindPoint += behindPoint < 0 ? 0 : 1;
            } else if (octets[i] == '.' && behindPoint < 0 && digits > 0 && decimals > 0) {
                behindPoint = 0;
            } else {
                return NO_NUMBER;
            }
        }
        if (digits == 0 || behindPoint == 0 || behindPoint > decimals) {
            return NO_NUMBER;
        }
        for (int i = Math.max(0, behindPoint); i < decimals; i++) {
            number *= 10;
        }
        return number;
    }
}
