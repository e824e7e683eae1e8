package io.trunkline.sip.message;

/**
 * Starts a response to a request (RFC 3261 §8.2.6): status line, every Via with the first one stamped (and with the writer's report), From, To, Call-ID and
 * CSeq copied, Timestamp into a 100, Record-Route into what makes a dialog (§12.1.1). The caller appends its own headers and
 * ends the message.
 */
public final class ResponseWriter {
    private static final int TRYING = 100;

    private ResponseWriter() {}

    /**
     * Writes everything that follows from the request.
     *
     * @param request answerable, see {@link SipMessage#isAnswerable()}
     * @param status 100..699
     * @param reason ASCII
     * @param toTag ASCII; put into To where the request has none, except into a 100; null for none
     * @param peer where the request came from
     */
    public static void start(
            final SipMessage request,
            final int status,
            final String reason,
            final CharSequence toTag,
            final PeerAddress peer,
            final MessageWriter out) {
        out.statusLine(status, reason);
        ViaStamp.write(request, peer, out.report(), out.out());
        for (int line = request.next(request.first(HeaderName.VIA)); line >= 0; line = request.next(line)) {
            out.copyLine(request, line);
        }
        final boolean makesDialog = status > TRYING
                && status < 300
                && (request.method() == SipMethod.INVITE || request.method() == SipMethod.SUBSCRIBE);
        if (makesDialog) {
            out.copyAll(request, HeaderName.RECORD_ROUTE);
        }
        out.copyLine(request, request.first(HeaderName.FROM));
        to(request, status == TRYING ? null : toTag, out);
        out.copyLine(request, request.first(HeaderName.CALL_ID));
        out.copyLine(request, request.first(HeaderName.CSEQ));
        if (status == TRYING) {
            out.copyAll(request, HeaderName.TIMESTAMP);
        }
    }

    private static void to(final SipMessage request, final CharSequence toTag, final MessageWriter out) {
        final int line = request.first(HeaderName.TO);
        if (toTag == null || request.toTag() != Range.NONE) {
            out.copyLine(request, line);
            return;
        }
        final int from = Range.offset(request.line(line));
        out.out()
                .copy(request.buffer(), from, Range.end(request.value(line)) - from)
                .ascii(";tag=")
                .ascii(toTag)
                .crlf();
    }
}
