package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/** Headers that are seconds with parameters: Session-Expires and Min-SE (RFC 4028 §4, §5), Retry-After, Expires. */
public final class DeltaSeconds {
    /** No such header, or no number in it. */
    public static final int ABSENT = -1;

    private DeltaSeconds() {}

    /** The number in the header's first line, at most {@link Integer#MAX_VALUE}, or {@link #ABSENT}. */
    public static int of(final SipMessage message, final HeaderName header) {
        final int line = message.first(header);
        if (line < 0) {
            return ABSENT;
        }
        final long value = message.value(line);
        final int from = Range.offset(value);
        final int tokenEnd = Octets.skipToken(message.buffer(), from, Range.end(value));
        final long number = Octets.number(message.buffer(), Range.between(from, tokenEnd));
        if (number == Octets.TOO_LARGE) {
            return Integer.MAX_VALUE;
        }
        return number < 0 ? ABSENT : (int) Math.min(number, Integer.MAX_VALUE);
    }

    /**
     * Whether the header's first line has a parameter with this value, as in {@code 1800;refresher=uac}.
     *
     * @param lowerName without capitals
     * @param lowerValue without capitals
     */
    public static boolean has(
            final SipMessage message, final HeaderName header, final byte[] lowerName, final byte[] lowerValue) {
        final int line = message.first(header);
        if (line < 0) {
            return false;
        }
        final DirectBuffer octets = message.buffer();
        final int end = Range.end(message.value(line));
        int at = Range.offset(message.value(line));
        while (at < end) {
            while (at < end && octets.getByte(at) != ';') {
                at++;
            }
            final int name = Octets.skipLws(octets, Math.min(at + 1, end), end);
            final int nameEnd = Octets.skipToken(octets, name, end);
            final int equals = Octets.skipLws(octets, nameEnd, end);
            if (equals < end
                    && octets.getByte(equals) == '='
                    && Octets.equalIgnoringCase(octets, Range.between(name, nameEnd), lowerName)) {
                final int value = Octets.skipLws(octets, equals + 1, end);
                final int valueEnd = Octets.skipToken(octets, value, end);
                return Octets.equalIgnoringCase(octets, Range.between(value, valueEnd), lowerValue);
            }
            at = Math.max(nameEnd, at + 1);
        }
        return false;
    }
}
