package io.trunkline.sip.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * The encoding that {@code ng} uses (that of BitTorrent): texts as length and octets, integers, lists and dictionaries. A text is a
 * {@link String} of as many characters as it has octets, so that session descriptions come back octet by octet.
 *
 * <pre>
 *   4:ping      i42e      l4:ping4:ponge      d7:command4:pinge
 * </pre>
 */
public final class Bencode {
    /** Lists and dictionaries within each other. */
    public static final int MAX_DEPTH = 16;

    private static final int MAX_LENGTH_DIGITS = 6;
    private static final int MAX_NUMBER_DIGITS = 18;

    private final DirectBuffer buffer;
    private final int end;
    private int at;

    private Bencode(final DirectBuffer buffer, final int offset, final int length) {
        this.buffer = buffer;
        this.at = offset;
        this.end = offset + length;
    }

    /** Appends a dictionary whose values are texts, {@link Long}s, lists and dictionaries; returns where it ends. */
    public static int write(final ExpandableArrayBuffer to, final int offset, final Map<String, ?> dictionary) {
        return value(to, offset, dictionary);
    }

    private static int value(final ExpandableArrayBuffer to, final int offset, final Object value) {
        int next = offset;
        if (value instanceof String text) {
            next = ascii(to, next, text.length() + ":");
            final byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
            to.putBytes(next, octets);
            return next + octets.length;
        }
        if (value instanceof Long number) {
            return ascii(to, next, "i" + number + "e");
        }
        if (value instanceof List<?> list) {
            next = ascii(to, next, "l");
            for (final Object one : list) {
                next = value(to, next, one);
            }
            return ascii(to, next, "e");
        }
        if (value instanceof Map<?, ?> dictionary) {
            next = ascii(to, next, "d");
            for (final Map.Entry<?, ?> one : dictionary.entrySet()) {
                next = value(to, value(to, next, one.getKey()), one.getValue());
            }
            return ascii(to, next, "e");
        }
        throw new IllegalArgumentException("not to be written in bencode: " + value);
    }

    private static int ascii(final ExpandableArrayBuffer to, final int offset, final String text) {
        return offset + to.putStringWithoutLengthAscii(offset, text);
    }

    /**
     * Reads a dictionary that fills the octets.
     *
     * @return null where it is none, or nested deeper than {@link #MAX_DEPTH}
     */
    public static Map<String, Object> read(final DirectBuffer buffer, final int offset, final int length) {
        final Bencode reader = new Bencode(buffer, offset, length);
        final Object value = reader.peek() == 'd' ? reader.value(0) : null;
        if (value == null || reader.at != reader.end) {
            return null;
        }
        @SuppressWarnings("unchecked") // What starts with d is read as this.
        final Map<String, Object> dictionary = (Map<String, Object>) value;
        return dictionary;
    }

    private int peek() {
        return at < end ? buffer.getByte(at) : -1;
    }

    /** The next value; null where there is none, and everything is to be given up. */
    private Object value(final int depth) {
        final int first = peek();
        if (first >= '0' && first <= '9') {
            return text();
        }
        if (depth == MAX_DEPTH) {
            return null;
        }
        at++;
        return switch (first) {
            case 'i' -> number('e', MAX_NUMBER_DIGITS);
            case 'l' -> list(depth);
            case 'd' -> dictionary(depth);
            default -> null;
        };
    }

    private String text() {
        final Long length = number(':', MAX_LENGTH_DIGITS);
        if (length == null || length < 0 || length > end - at) {
            return null;
        }
        final byte[] octets = new byte[length.intValue()];
        buffer.getBytes(at, octets);
        at += octets.length;
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private Long number(final char stop, final int maxDigits) {
        final boolean negative = peek() == '-';
        at += negative ? 1 : 0;
        long value = 0;
        int digits = 0;
        while (peek() >= '0' && peek() <= '9' && digits <= maxDigits) {
            value = value * 10 + (peek() - '0');
            digits++;
            at++;
        }
        if (digits == 0 || digits > maxDigits || peek() != stop) {
            return null;
        }
        at++;
        return negative ? -value : value;
    }

    private List<Object> list(final int depth) {
        final List<Object> list = new ArrayList<>();
        while (peek() != 'e') {
            final Object one = value(depth + 1);
            if (one == null) {
                return null;
            }
            list.add(one);
        }
        at++;
        return list;
    }

    private Map<String, Object> dictionary(final int depth) {
        final Map<String, Object> dictionary = new TreeMap<>();
        while (peek() != 'e') {
            final String key = peek() >= '0' && peek() <= '9' ? text() : null;
            final Object one = key == null ? null : value(depth + 1);
            if (one == null) {
                return null;
            }
            dictionary.put(key, one);
        }
        at++;
        return dictionary;
    }
}
