package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/**
 * Reads a message once, from start line to body, and notes where everything stands. Strict where a lax reading would let
 * two elements see two messages (line ends, lengths, headers that may stand only once); it reads the fields that name a
 * transaction and leaves the others to whoever needs them. Goes on behind a fault as long as lines can be told apart, so
 * that a bad request can still be answered.
 */
public final class MessageIndexer {
    private static final int VERSION_LENGTH = "SIP/2.0".length();
    private static final byte[] SIP_SLASH = Octets.ascii("sip/");
    private static final byte[] SIP_2_0 = Octets.ascii("sip/2.0");
    private static final long MAX_CSEQ = Integer.MAX_VALUE;
    private static final int MAX_MAX_FORWARDS = 255;

    private final SipLimits limits;
    private final AddressField address = new AddressField();
    private SipMessage message;
    private DirectBuffer octets;
    private int end;

    public MessageIndexer(final SipLimits limits) {
        this.limits = limits;
    }

    /**
     * Indexes the message in a datagram. What follows the body is not part of it (RFC 3261 §18.3).
     *
     * @return {@link SipFault#NONE}, or the first fault; also {@link SipMessage#fault()}
     */
    public SipFault indexDatagram(
            final DirectBuffer buffer, final int offset, final int length, final SipMessage into) {
        index(buffer, offset, length, into);
        if (into.headersEnd > 0) {
            final int available = end - into.headersEnd;
            into.bodyLength = into.contentLength < 0 ? available : Math.min(into.contentLength, available);
            if (into.contentLength > available) {
                fault(SipFault.BODY_TRUNCATED);
            }
            judgeBody();
        }
        return into.fault;
    }

    /**
     * Indexes a message that a stream was cut into; {@code length} ends where its body ends.
     *
     * @return {@link SipFault#NONE}, or the first fault; also {@link SipMessage#fault()}
     */
    public SipFault indexFrame(final DirectBuffer buffer, final int offset, final int length, final SipMessage into) {
        index(buffer, offset, length, into);
        if (into.headersEnd > 0) {
            into.bodyLength = end - into.headersEnd;
            if (into.contentLength < 0) {
                fault(SipFault.MISSING_CONTENT_LENGTH);
            } else if (into.contentLength != into.bodyLength) {
                fault(SipFault.BODY_TRUNCATED);
            }
            judgeBody();
        }
        return into.fault;
    }

    private void judgeBody() {
        if (message.bodyLength > limits.maxBody()) {
            fault(SipFault.BODY_TOO_LARGE);
        }
    }

    private void index(final DirectBuffer buffer, final int offset, final int length, final SipMessage into) {
        message = into;
        into.reset();
        // Line ends before the start line are to be overlooked (RFC 3261 §7.5).
        int start = offset;
        while (start < offset + length && (buffer.getByte(start) == '\r' || buffer.getByte(start) == '\n')) {
            start++;
        }
        end = offset + length - start;
        into.octets.wrap(buffer, start, end);
        octets = into.octets;
        if (end == 0) {
            fault(SipFault.EMPTY);
            return;
        }
        startLine();
        if (into.startLineEnd > 0) {
            headerLines();
            coreFields();
        }
    }

    private void fault(final SipFault found) {
        if (message.fault == SipFault.NONE) {
            message.fault = found;
        }
    }

    /** Whether a CRLF stands here; a bare CR or LF is none, as others might see a line end there and others not. */
    private boolean isCrlf(final int at) {
        return end - at >= 2 && octets.getByte(at) == '\r' && octets.getByte(at + 1) == '\n';
    }

    private void startLine() {
        final int lineEnd = Octets.indexOfLineBreak(octets, 0, end);
        if (!isCrlf(lineEnd)) {
            fault(SipFault.BAD_START_LINE);
            return;
        }
        message.startLineEnd = lineEnd + 2;
        if (Octets.startsIgnoringCase(octets, Range.of(0, lineEnd), SIP_SLASH)) {
            statusLine(lineEnd);
        } else {
            message.request = true;
            requestLine(lineEnd);
        }
    }

    private void statusLine(final int lineEnd) {
        final int code = VERSION_LENGTH + 1;
        final int space = code + 3;
        final long status = lineEnd < space ? Octets.NOT_A_NUMBER : Octets.number(octets, Range.of(code, 3));
        if (status < 100
                || status > 699
                || !Octets.equalIgnoringCase(octets, Range.of(0, VERSION_LENGTH), SIP_2_0)
                || octets.getByte(VERSION_LENGTH) != ' '
                || (lineEnd > space && octets.getByte(space) != ' ')) {
            fault(SipFault.BAD_START_LINE);
            return;
        }
        message.status = (int) status;
        message.reason = Range.between(Math.min(space + 1, lineEnd), lineEnd);
    }

    /** Method SP Request-URI SP SIP-Version: exactly two spaces, no other white space (RFC 3261 §7.1). */
    private void requestLine(final int lineEnd) {
        final int methodEnd = Octets.skipToken(octets, 0, lineEnd);
        message.methodRange = Range.between(0, methodEnd);
        message.method = SipMethod.of(octets, message.methodRange);
        int uriEnd = methodEnd + 1;
        while (uriEnd < lineEnd && octets.getByte(uriEnd) != ' ') {
            uriEnd++;
        }
        if (methodEnd == 0 || methodEnd == lineEnd || octets.getByte(methodEnd) != ' ' || uriEnd >= lineEnd) {
            fault(SipFault.BAD_START_LINE);
            return;
        }
        final long uri = Range.between(methodEnd + 1, uriEnd);
        message.requestUriRange = uri;
        final long version = Range.between(uriEnd + 1, lineEnd);
        if (!Octets.equalIgnoringCase(octets, version, SIP_2_0)) {
            fault(isVersion(version) ? SipFault.VERSION_NOT_SUPPORTED : SipFault.BAD_START_LINE);
        } else if (Range.length(uri) > limits.maxRequestUri()) {
            fault(SipFault.REQUEST_URI_TOO_LONG);
        } else if (!message.requestUri.parse(octets, uri) || message.requestUri.headers() != Range.NONE) {
            // Headers in a Request-URI are forbidden (RFC 3261 §19.1.1): they would become ours.
            fault(SipFault.BAD_REQUEST_URI);
        }
    }

    /** SIP/1*DIGIT.1*DIGIT. */
    private boolean isVersion(final long range) {
        if (!Octets.startsIgnoringCase(octets, range, SIP_SLASH)) {
            return false;
        }
        int dot = Range.offset(range) + SIP_SLASH.length;
        while (dot < Range.end(range) && octets.getByte(dot) != '.') {
            dot++;
        }
        final int major = Range.offset(range) + SIP_SLASH.length;
        return dot < Range.end(range)
                && Octets.number(octets, Range.between(major, dot)) != Octets.NOT_A_NUMBER
                && Octets.number(octets, Range.between(dot + 1, Range.end(range))) != Octets.NOT_A_NUMBER;
    }

    private void headerLines() {
        final int limit = Math.min(end, limits.maxHeaderSection());
        int at = message.startLineEnd;
        while (true) {
            if (at + 2 > limit) {
                fault(limit < end ? SipFault.HEADER_SECTION_TOO_LONG : SipFault.NO_END_OF_HEADERS);
                return;
            }
            if (isCrlf(at)) {
                message.headersEnd = at + 2;
                return;
            }
            final int next = lineEnd(at, limit);
            if (next < 0) {
                return;
            }
            headerLine(at, next);
            at = next;
        }
    }

    /** Offset after the CRLF that ends the line, folds included; -1 after a fault behind which lines cannot be told. */
    private int lineEnd(final int from, final int limit) {
        int at = from;
        while (true) {
            at = Octets.indexOfLineBreak(octets, at, limit);
            if (limit - at < 2) {
                fault(limit < end ? SipFault.HEADER_SECTION_TOO_LONG : SipFault.NO_END_OF_HEADERS);
                return -1;
            }
            if (!isCrlf(at)) {
                fault(SipFault.BAD_HEADER);
                return -1;
            }
            at += 2;
            if (at >= limit || !isBlank(at)) {
                return at;
            }
            while (at < limit && isBlank(at)) {
                at++;
            }
            if (isCrlf(at)) {
                // A line of blanks: some take it for a fold, some for the end of the header section.
                fault(SipFault.BAD_HEADER);
                return -1;
            }
        }
    }

    private boolean isBlank(final int at) {
        return octets.getByte(at) == ' ' || octets.getByte(at) == '\t';
    }

    private void headerLine(final int from, final int next) {
        final int nameEnd = Octets.skipToken(octets, from, next);
        int colon = nameEnd;
        while (isBlank(colon)) {
            colon++;
        }
        if (nameEnd == from || octets.getByte(colon) != ':') {
            fault(SipFault.BAD_HEADER);
            return;
        }
        if (message.headerCount == limits.maxHeaders()) {
            fault(SipFault.TOO_MANY_HEADERS);
            return;
        }
        final long name = Range.between(from, nameEnd);
        message.add(HeaderName.of(octets, name), from, next, name, Octets.trim(octets, colon + 1, next - 2));
    }

    private void coreFields() {
        final boolean via = via();
        final boolean from = from();
        final boolean to = to();
        final boolean callId = callId();
        final boolean cseq = cseq();
        maxForwards();
        contentLength();
        message.answerable = message.request
                && message.method != SipMethod.ACK
                && message.headersEnd > 0
                && via
                && from
                && to
                && callId
                && cseq;
    }

    /** The only line of a header that must be there once; {@link SipMessage#ABSENT} after a fault. */
    private int single(final HeaderName header, final SipFault missing) {
        final int line = message.first(header);
        if (line < 0) {
            fault(missing);
        } else if (message.next(line) >= 0) {
            fault(SipFault.REPEATED_HEADER);
        }
        return line;
    }

    private boolean via() {
        final int line = message.first(HeaderName.VIA);
        if (line < 0) {
            fault(SipFault.MISSING_VIA);
            return false;
        }
        final long value = message.value(line);
        message.hasTopVia = message.topVia.parse(octets, Range.offset(value), Range.end(value));
        if (!message.hasTopVia) {
            fault(SipFault.BAD_VIA);
        }
        return message.hasTopVia;
    }

    private boolean from() {
        final int line = single(HeaderName.FROM, SipFault.MISSING_FROM);
        if (line < 0) {
            return false;
        }
        final boolean good = address(line);
        message.fromTag = good ? address.tag() : Range.NONE;
        if (!good) {
            fault(SipFault.BAD_FROM);
        }
        return good;
    }

    private boolean to() {
        final int line = single(HeaderName.TO, SipFault.MISSING_TO);
        if (line < 0) {
            return false;
        }
        final boolean good = address(line);
        message.toTag = good ? address.tag() : Range.NONE;
        if (!good) {
            fault(SipFault.BAD_TO);
        }
        return good;
    }

    private boolean address(final int line) {
        final long value = message.value(line);
        return address.parse(octets, Range.offset(value), Range.end(value)) && !address.hasNext() && !address.isStar();
    }

    private boolean callId() {
        final int line = single(HeaderName.CALL_ID, SipFault.MISSING_CALL_ID);
        if (line < 0) {
            return false;
        }
        final long value = message.value(line);
        boolean good = Range.length(value) > 0;
        for (int i = Range.offset(value); good && i < Range.end(value); i++) {
            // `word` in §25.1 is nearly all that is visible; what matters is that it is one word.
            good = octets.getByte(i) > ' ' && octets.getByte(i) < 0x7f;
        }
        if (!good) {
            fault(SipFault.BAD_CALL_ID);
            return false;
        }
        message.callId = value;
        return true;
    }

    private boolean cseq() {
        final int line = single(HeaderName.CSEQ, SipFault.MISSING_CSEQ);
        if (line < 0) {
            return false;
        }
        final long value = message.value(line);
        final int end = Range.end(value);
        final int numberEnd = Octets.skipToken(octets, Range.offset(value), end);
        final int methodStart = Octets.skipLws(octets, numberEnd, end);
        final long number = Octets.number(octets, Range.between(Range.offset(value), numberEnd));
        final int methodEnd = Octets.skipToken(octets, methodStart, end);
        if (number < 0
                || number > MAX_CSEQ
                || methodStart == numberEnd
                || methodEnd == methodStart
                || methodEnd != end) {
            fault(SipFault.BAD_CSEQ);
            return false;
        }
        message.cseq = number;
        message.cseqMethodRange = Range.between(methodStart, methodEnd);
        message.cseqMethod = SipMethod.of(octets, message.cseqMethodRange);
        if (message.request && !Octets.equal(octets, message.cseqMethodRange, octets, message.methodRange)) {
            fault(SipFault.CSEQ_MISMATCH);
        }
        return true;
    }

    private void maxForwards() {
        final int line = message.first(HeaderName.MAX_FORWARDS);
        if (line < 0) {
            return;
        }
        if (message.next(line) >= 0) {
            fault(SipFault.REPEATED_HEADER);
        }
        final long hops = Octets.number(octets, message.value(line));
        if (hops < 0 || hops > MAX_MAX_FORWARDS) {
            fault(SipFault.BAD_MAX_FORWARDS);
            return;
        }
        message.maxForwards = (int) hops;
    }

    private void contentLength() {
        final int line = message.first(HeaderName.CONTENT_LENGTH);
        if (line < 0) {
            return;
        }
        if (message.next(line) >= 0) {
            fault(SipFault.REPEATED_HEADER);
        }
        final long length = Octets.number(octets, message.value(line));
        if (length == Octets.NOT_A_NUMBER) {
            fault(SipFault.BAD_CONTENT_LENGTH);
            return;
        }
        if (length == Octets.TOO_LARGE || length > limits.maxBody()) {
            fault(SipFault.BODY_TOO_LARGE);
        }
        message.contentLength = length < 0 ? Integer.MAX_VALUE : (int) Math.min(length, Integer.MAX_VALUE);
    }
}
