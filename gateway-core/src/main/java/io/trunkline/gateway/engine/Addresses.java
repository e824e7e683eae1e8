package io.trunkline.gateway.engine;

import io.trunkline.gateway.config.Routing.NumberRules;
import java.util.List;
import org.agrona.DirectBuffer;

/** What counts as a destination and as a sender. */
final class Addresses {
    /** E.164: country code and number. */
    private static final int MAX_DIGITS = 15;
    /** GSM 03.40 §9.1.2.5: eleven characters of the default alphabet. */
    private static final int MAX_ALPHANUMERIC = 11;

    private int digitsOffset;
    private int digitsLength;

    /**
     * Whether these are E.164 digits, with or without an international prefix; then {@link #digitsOffset} says where they
     * begin.
     */
    boolean destination(final DirectBuffer buffer, final int offset, final int length, final NumberRules rules) {
        final int prefix = prefixLength(buffer, offset, length, rules.internationalPrefixes());
        digitsOffset = offset + prefix;
        digitsLength = length - prefix;
        return digitsLength >= rules.minDigits()
                && digitsLength <= rules.maxDigits()
                && buffer.getByte(digitsOffset) != '0'
                && allDigits(buffer, digitsOffset, digitsLength);
    }

    /** Length of the first of these that a number begins with; the longest stands first. */
    private static int prefixLength(
            final DirectBuffer buffer, final int offset, final int length, final List<String> prefixes) {
        for (int i = 0; i < prefixes.size(); i++) {
            final String prefix = prefixes.get(i);
            int same = 0;
            while (same < prefix.length()
                    && same < length
                    && buffer.getByte(offset + same) == (byte) prefix.charAt(same)) {
                same++;
            }
            if (same == prefix.length()) {
                return same;
            }
        }
        return 0;
    }

    int digitsOffset() {
        return digitsOffset;
    }

    int digitsLength() {
        return digitsLength;
    }

    static boolean validSender(final SubmitRequest request) {
        return switch (request.senderType) {
            case 1 -> number(request);
            case 2 -> alphanumeric(request);
            default -> false;
        };
    }

    /** Whether one of the tenant's patterns, an exact sender or a beginning followed by {@code *}, fits. */
    static boolean allowedSender(final List<String> patterns, final SubmitRequest request) {
        for (int i = 0; i < patterns.size(); i++) {
            if (fits(patterns.get(i), request)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(final String pattern, final SubmitRequest request) {
        final boolean open = pattern.endsWith("*");
        final int length = open ? pattern.length() - 1 : pattern.length();
        if (request.fromLength < length || (!open && request.fromLength != length)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (request.buffer.getByte(request.fromOffset + i) != (byte) pattern.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean number(final SubmitRequest request) {
        final boolean plus = request.fromLength > 0 && request.buffer.getByte(request.fromOffset) == '+';
        final int skip = plus ? 1 : 0;
        final int length = request.fromLength - skip;
        return length >= 1 && length <= MAX_DIGITS && allDigits(request.buffer, request.fromOffset + skip, length);
    }

    private static boolean alphanumeric(final SubmitRequest request) {
        if (request.fromLength < 1 || request.fromLength > MAX_ALPHANUMERIC) {
            return false;
        }
        for (int i = 0; i < request.fromLength; i++) {
            final byte octet = request.buffer.getByte(request.fromOffset + i);
            if (octet < ' ' || octet > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean allDigits(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final byte octet = buffer.getByte(offset + i);
            if (octet < '0' || octet > '9') {
                return false;
            }
        }
        return true;
    }
}
