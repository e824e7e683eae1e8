package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/**
 * Headers that are tokens with commas between, perhaps over several lines: Supported, Require, Allow and their like; and Privacy, which
 * has semicolons between (RFC 3323 §4.2).
 */
public final class TokenList {
    private TokenList() {}

    /**
     * Whether a token stands in one of the lines of a header.
     *
     * @param lowerCase the token without capitals; it is found in any case
     */
    public static boolean contains(final SipMessage message, final HeaderName header, final byte[] lowerCase) {
        final DirectBuffer octets = message.buffer();
        for (int line = message.first(header); line >= 0; line = message.next(line)) {
            final int end = Range.end(message.value(line));
            int at = Range.offset(message.value(line));
            while (at < end) {
                final int tokenEnd = tokenEnd(octets, at, end);
                if (Octets.equalIgnoringCase(octets, Octets.trim(octets, at, tokenEnd), lowerCase)) {
                    return true;
                }
                at = tokenEnd + 1;
            }
        }
        return false;
    }

    /**
     * The first token that is none of these, or {@link Range#NONE}.
     *
     * @param lowerCase tokens without capitals
     */
    public static long firstOther(final SipMessage message, final HeaderName header, final byte[][] lowerCase) {
        final DirectBuffer octets = message.buffer();
        for (int line = message.first(header); line >= 0; line = message.next(line)) {
            final int end = Range.end(message.value(line));
            int at = Range.offset(message.value(line));
            while (at < end) {
                final int tokenEnd = tokenEnd(octets, at, end);
                final long token = Octets.trim(octets, at, tokenEnd);
                if (Range.length(token) > 0 && !isOneOf(octets, token, lowerCase)) {
                    return token;
                }
                at = tokenEnd + 1;
            }
        }
        return Range.NONE;
    }

    private static boolean isOneOf(final DirectBuffer octets, final long token, final byte[][] lowerCase) {
        for (final byte[] known : lowerCase) {
            if (Octets.equalIgnoringCase(octets, token, known)) {
                return true;
            }
        }
        return false;
    }

    private static int tokenEnd(final DirectBuffer octets, final int from, final int end) {
        int at = from;
        while (at < end && octets.getByte(at) != ',' && octets.getByte(at) != ';') {
            at++;
        }
        return at;
    }
}
