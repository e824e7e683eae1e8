package io.trunkline.sip.message;

/** The two requests that follow from an INVITE hop by hop, with its branch: ACK to a refusal, and CANCEL. */
public final class HopByHopWriter {
    private static final int MAX_FORWARDS = 70;

    private HopByHopWriter() {}

    /** Writes the ACK to a response of 300 or above (RFC 3261 §17.1.1.3). */
    public static void ack(final SipMessage invite, final SipMessage response, final MessageWriter out) {
        start(invite, SipMethod.ACK, out);
        out.copyLine(response, response.first(HeaderName.TO));
        finish(invite, SipMethod.ACK, out);
    }

    /**
     * Writes the CANCEL of an INVITE (RFC 3261 §9.1).
     *
     * @param reason whole header lines, each with CRLF, that say why (RFC 3326); may be empty
     */
    public static void cancel(final SipMessage invite, final byte[] reason, final MessageWriter out) {
        start(invite, SipMethod.CANCEL, out);
        out.copyLine(invite, invite.first(HeaderName.TO));
        out.out().octets(reason);
        finish(invite, SipMethod.CANCEL, out);
    }

    private static void start(final SipMessage invite, final SipMethod method, final MessageWriter out) {
        out.requestLine(method, invite.buffer(), invite.requestUriRange());
        out.start(HeaderName.VIA).copy(invite.buffer(), invite.topVia().element());
        out.endLine();
        out.copyLine(invite, invite.first(HeaderName.FROM));
    }

    private static void finish(final SipMessage invite, final SipMethod method, final MessageWriter out) {
        out.copyLine(invite, invite.first(HeaderName.CALL_ID));
        out.cseq(invite.cseq(), method);
        out.header(HeaderName.MAX_FORWARDS, MAX_FORWARDS);
        out.copyAll(invite, HeaderName.ROUTE);
        out.end();
    }
}
