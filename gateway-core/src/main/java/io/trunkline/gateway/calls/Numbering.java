package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.SipNumbers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads numbers as a peer writes them, into E.164 digits without sign, and writes those as the peer wants them. Reading allocates nothing. */
final class Numbering {
    /** E.164: country code and number. */
    static final int MAX_DIGITS = 15;
    /** In place of a length: what was read is no number. */
    static final int NO_NUMBER = -1;

    private static final int MAX_WRITTEN = 32;
    private static final int ESCAPED = 3;
    /** GSM 03.40 §9.2.3.24.1: numbers that are too short to be international are the network's own. */
    private static final int SHORT_CODE_DIGITS = 8;
    /** RFC 3261 §25.1: what may stand in a user part as it is, besides letters and digits. */
    private static final String PLAIN = "-_.!~*'()&=+$,?/";

    private final String prefix;
    private final byte[][] international;
    private final byte[] country;
    private final byte[] national;
    private final String nationalPrefix;
    private final boolean writesNational;
    private final byte[] written = new byte[MAX_WRITTEN];
    private final UnsafeBuffer number = new UnsafeBuffer(0, 0);

    Numbering(final SipNumbers config) {
        prefix = config.prefix();
        international = config.international().stream()
                .sorted((a, b) -> b.length() - a.length())
                .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        country = config.country().getBytes(StandardCharsets.US_ASCII);
        national = config.national().getBytes(StandardCharsets.US_ASCII);
        nationalPrefix = config.national();
        writesNational = config.form() == SipNumbers.Form.NATIONAL && country.length > 0;
    }

    /** Numbers as API tiers write them: E.164 with or without {@code +}. */
    static Numbering international() {
        return new Numbering(new SipNumbers("+", List.of("+"), "", "", SipNumbers.Form.INTERNATIONAL));
    }

    /** Appends E.164 digits as the peer wants them. */
    void write(final DirectBuffer digits, final int length, final StringBuilder out) {
        int from = 0;
        if (writesNational && isOfCountry(digits, length)) {
            from = country.length;
            out.append(nationalPrefix);
        } else {
            out.append(prefix);
        }
        for (int at = from; at < length; at++) {
            out.append((char) digits.getByte(at));
        }
    }

    /** Appends a sender as a user part: a number as the peer wants it, a short code or a name as it is, escaped where need be. */
    void writeSender(final DirectBuffer sender, final boolean alphanumeric, final StringBuilder out) {
        final int skip = sender.capacity() > 0 && sender.getByte(0) == '+' ? 1 : 0;
        if (alphanumeric || (skip == 0 && sender.capacity() < SHORT_CODE_DIGITS)) {
            escape(sender, out);
        } else {
            number.wrap(sender, skip, sender.capacity() - skip);
            write(number, number.capacity(), out);
        }
    }

    private static void escape(final DirectBuffer name, final StringBuilder out) {
        for (int i = 0; i < name.capacity(); i++) {
            final int octet = name.getByte(i) & 0xFF;
            if (octet < 0x80 && (Character.isLetterOrDigit(octet) || PLAIN.indexOf(octet) >= 0)) {
                out.append((char) octet);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) octet));
            }
        }
    }

    private boolean isOfCountry(final DirectBuffer digits, final int length) {
        for (int at = 0; at < country.length; at++) {
            if (at >= length - 1 || digits.getByte(at) != country[at]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the user part of a URI, or the number of a tel URI; its parameters are passed over (RFC 3966 §3).
     *
     * @param into gets up to {@link #MAX_DIGITS} digits
     * @return how many, or {@link #NO_NUMBER}
     */
    int read(final DirectBuffer octets, final int offset, final int length, final MutableDirectBuffer into) {
        final int size = plain(octets, offset, offset + length);
        if (size <= 0) {
            return NO_NUMBER;
        }
        for (final byte[] begin : international) {
            if (begins(begin, size)) {
                return put(begin.length, size, 0, into);
            }
        }
        if (country.length == 0) {
            return put(0, size, 0, into);
        }
        into.putBytes(0, country);
        return put(national.length > 0 && begins(national, size) ? national.length : 0, size, country.length, into);
    }

    /** Copies a number without its visual separators (RFC 3966 §5.1.1); its length, or {@link #NO_NUMBER}. */
    private int plain(final DirectBuffer octets, final int from, final int end) {
        int size = 0;
        for (int at = from; at < end; at++) {
            byte octet = octets.getByte(at);
            if (octet == ';') {
                break;
            }
            if (octet == '-' || octet == '.' || octet == '(' || octet == ')') {
                continue;
            }
            if (octet == '%' && at + ESCAPED <= end && isEscapedPlus(octets, at)) {
                octet = '+';
                at += ESCAPED - 1;
            }
            final boolean fits = (octet >= '0' && octet <= '9') || (octet == '+' && size == 0);
            if (!fits || size == MAX_WRITTEN) {
                return NO_NUMBER;
            }
            written[size++] = octet;
        }
        return size;
    }

    private static boolean isEscapedPlus(final DirectBuffer octets, final int at) {
        return octets.getByte(at + 1) == '2' && (octets.getByte(at + 2) | 0x20) == 'b';
    }

    private boolean begins(final byte[] begin, final int size) {
        if (begin.length > size) {
            return false;
        }
        for (int i = 0; i < begin.length; i++) {
            if (written[i] != begin[i]) {
                return false;
            }
        }
        return true;
    }

    private int put(final int from, final int size, final int before, final MutableDirectBuffer into) {
        final int length = before + size - from;
        if (length < 1 || length > MAX_DIGITS || size == from || written[from] == '+') {
            return NO_NUMBER;
        }
        into.putBytes(before, written, from, size - from);
        return into.getByte(0) == '0' ? NO_NUMBER : length;
    }
}
