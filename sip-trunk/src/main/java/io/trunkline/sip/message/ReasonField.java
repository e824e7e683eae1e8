package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/** The Reason header (RFC 3326): why a request was sent, or, in a response, why it was refused (RFC 6432). */
public final class ReasonField {
    /** No cause of that protocol. */
    public static final int ABSENT = -1;

    /** Q.850, as ISUP and DSS1 have it. */
    public static final byte[] Q850 = Octets.ascii("q.850");

    /** A status of SIP. */
    public static final byte[] SIP = Octets.ascii("sip");

    private static final byte[] CAUSE = Octets.ascii("cause");
    private static final int MAX_CAUSE = 999;

    private ReasonField() {}

    /**
     * The cause of a protocol, 0..999, or {@link #ABSENT}.
     *
     * @param lowerProtocol without capitals
     */
    public static int cause(final SipMessage message, final byte[] lowerProtocol) {
        final DirectBuffer octets = message.buffer();
        for (int line = message.first(HeaderName.REASON); line >= 0; line = message.next(line)) {
            final int end = Range.end(message.value(line));
            int at = Range.offset(message.value(line));
            while (at < end) {
                final int start = Octets.skipLws(octets, at, end);
                final int protocolEnd = Octets.skipToken(octets, start, end);
                final int next = elementEnd(octets, protocolEnd, end);
                if (Octets.equalIgnoringCase(octets, Range.between(start, protocolEnd), lowerProtocol)) {
                    return causeIn(octets, protocolEnd, next);
                }
                at = next + 1;
            }
        }
        return ABSENT;
    }

    private static int elementEnd(final DirectBuffer octets, final int from, final int end) {
        int at = from;
        while (at < end && octets.getByte(at) != ',') {
            final int next = octets.getByte(at) == '"' ? Octets.skipQuoted(octets, at, end) : at + 1;
            at = next < 0 ? end : next;
        }
        return at;
    }

    private static int causeIn(final DirectBuffer octets, final int from, final int end) {
        int at = from;
        while (at < end) {
            if (octets.getByte(at) == '"') {
                at = Octets.skipQuoted(octets, at, end);
                if (at < 0) {
                    return ABSENT;
                }
                continue;
            }
            if (octets.getByte(at) == ';') {
                final int name = Octets.skipLws(octets, at + 1, end);
                final int nameEnd = Octets.skipToken(octets, name, end);
                final int equals = Octets.skipLws(octets, nameEnd, end);
                if (equals < end
                        && octets.getByte(equals) == '='
                        && Octets.equalIgnoringCase(octets, Range.between(name, nameEnd), CAUSE)) {
                    final int value = Octets.skipLws(octets, equals + 1, end);
                    final int valueEnd = Octets.skipToken(octets, value, end);
                    final long cause = Octets.number(octets, Range.between(value, valueEnd));
                    return cause < 0 || cause > MAX_CAUSE ? ABSENT : (int) cause;
                }
            }
            at++;
        }
        return ABSENT;
    }
}
