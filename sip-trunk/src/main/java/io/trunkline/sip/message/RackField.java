package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/** The RAck header (RFC 3262 §7.2): response number, CSeq number and method of what a PRACK acknowledges. */
public final class RackField {
    private long responseNumber;
    private long cseq;

    /** Reads the header of a PRACK; false where it is missing or malformed. */
    public boolean parse(final SipMessage message) {
        final int line = message.first(HeaderName.RACK);
        if (line < 0) {
            return false;
        }
        final DirectBuffer octets = message.buffer();
        final int end = Range.end(message.value(line));
        final int first = Range.offset(message.value(line));
        final int firstEnd = Octets.skipToken(octets, first, end);
        final int second = Octets.skipLws(octets, firstEnd, end);
        final int secondEnd = Octets.skipToken(octets, second, end);
        final int method = Octets.skipLws(octets, secondEnd, end);
        responseNumber = Octets.number(octets, Range.between(first, firstEnd));
        cseq = Octets.number(octets, Range.between(second, secondEnd));
        return responseNumber >= 0
                && cseq >= 0
                && second > firstEnd
                && method > secondEnd
                && SipMethod.of(octets, Range.between(method, end)) == SipMethod.INVITE;
    }

    /** RSeq of the response. */
    public long responseNumber() {
        return responseNumber;
    }

    /** CSeq number of the INVITE. */
    public long cseq() {
        return cseq;
    }
}
