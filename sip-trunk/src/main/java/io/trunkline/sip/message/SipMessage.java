package io.trunkline.sip.message;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A received message as an index over its octets, filled by {@link MessageIndexer} and used again for the next one. All
 * ranges count from the first octet of the start line; they and the buffer mean something only until the next message is
 * indexed or the receive buffer is used again.
 *
 * <pre>
 *   INVITE sip:bob@example.com SIP/2.0 CRLF     start line
 *   Via: SIP/2.0/UDP ...                CRLF     line 0: name, value; a folded line is one line
 *   ...
 *   CRLF                                         headersEnd
 *   v=0 ...                                      body
 * </pre>
 */
public final class SipMessage {
    /** No header line of this name; {@link #maxForwards()}, {@link #contentLength()}: not given. */
    public static final int ABSENT = -1;

    final UnsafeBuffer octets = new UnsafeBuffer(0, 0);
    final ViaField topVia = new ViaField();
    final SipUri requestUri = new SipUri();
    final long[] names;
    final long[] values;
    final int[] lineStarts;
    final HeaderName[] headers;
    final int[] sameName;
    final int[] firsts = new int[HeaderName.COUNT];
    private final int[] lasts = new int[HeaderName.COUNT];

    int headerCount;
    int headersEnd;
    int startLineEnd;
    int bodyLength;
    boolean request;
    SipMethod method;
    long methodRange;
    long requestUriRange;
    int status;
    long reason;
    boolean hasTopVia;
    boolean answerable;
    long callId;
    long fromTag;
    long toTag;
    long cseq;
    SipMethod cseqMethod;
    long cseqMethodRange;
    int maxForwards;
    int contentLength;
    SipFault fault;

    /**
     * An index without a message.
     *
     * @param limits whose {@code maxHeaders} says how many lines there is room for
     */
    public SipMessage(final SipLimits limits) {
        names = new long[limits.maxHeaders()];
        values = new long[limits.maxHeaders()];
        lineStarts = new int[limits.maxHeaders() + 1];
        headers = new HeaderName[limits.maxHeaders()];
        sameName = new int[limits.maxHeaders()];
        reset();
    }

    final void reset() {
        Arrays.fill(firsts, ABSENT);
        headerCount = 0;
        headersEnd = 0;
        startLineEnd = 0;
        bodyLength = 0;
        request = false;
        method = SipMethod.OTHER;
        methodRange = Range.NONE;
        requestUriRange = Range.NONE;
        status = 0;
        reason = Range.NONE;
        hasTopVia = false;
        answerable = false;
        callId = Range.NONE;
        fromTag = Range.NONE;
        toTag = Range.NONE;
        cseq = ABSENT;
        cseqMethod = SipMethod.OTHER;
        cseqMethodRange = Range.NONE;
        maxForwards = ABSENT;
        contentLength = ABSENT;
        fault = SipFault.NONE;
    }

    /** Notes a header line; there must be room. */
    void add(final HeaderName header, final int lineStart, final int lineEnd, final long name, final long value) {
        final int line = headerCount++;
        headers[line] = header;
        lineStarts[line] = lineStart;
        lineStarts[line + 1] = lineEnd;
        names[line] = name;
        values[line] = value;
        sameName[line] = ABSENT;
        final int index = header.index();
        if (firsts[index] == ABSENT) {
            firsts[index] = line;
        } else {
            sameName[lasts[index]] = line;
        }
        lasts[index] = line;
    }

    /** The message's octets, from the start line on. */
    public DirectBuffer buffer() {
        return octets;
    }

    /** Octets of the message, without what a datagram may hold after its body. */
    public int length() {
        return headersEnd + bodyLength;
    }

    /** The first thing that is wrong with it, or {@link SipFault#NONE}. */
    public SipFault fault() {
        return fault;
    }

    /**
     * Whether a response can be written: a request, other than ACK, whose Via, From, To, Call-ID and CSeq are there, even if it
     * has a fault.
     */
    public boolean isAnswerable() {
        return answerable;
    }

    public boolean isRequest() {
        return request;
    }

    /** Method of the request line; for a response the one of its CSeq. */
    public SipMethod method() {
        return request ? method : cseqMethod;
    }

    /** Octets of the method: of the request line, or of CSeq in a response. */
    public long methodRange() {
        return request ? methodRange : cseqMethodRange;
    }

    /** The Request-URI as written; {@link Range#NONE} in a response. */
    public long requestUriRange() {
        return requestUriRange;
    }

    /** The Request-URI's parts; only of a request without fault. */
    public SipUri requestUri() {
        return requestUri;
    }

    /** Status code, 100..699; 0 in a request. */
    public int status() {
        return status;
    }

    /** Reason phrase of a response, perhaps of length 0. */
    public long reason() {
        return reason;
    }

    /** Offset after the start line and its CRLF. */
    public int startLineEnd() {
        return startLineEnd;
    }

    /** Number of header lines. */
    public int headerCount() {
        return headerCount;
    }

    /** Header of a line, 0 to {@link #headerCount()} - 1. */
    public HeaderName header(final int line) {
        return headers[line];
    }

    /** The line's name as written. */
    public long name(final int line) {
        return names[line];
    }

    /** The line's value without white space at both ends; folds stand in it as they came. */
    public long value(final int line) {
        return values[line];
    }

    /** The whole line, name to CRLF. */
    public long line(final int line) {
        return Range.between(lineStarts[line], lineStarts[line + 1]);
    }

    /** The first line of this header, or {@link #ABSENT}. */
    public int first(final HeaderName header) {
        return firsts[header.index()];
    }

    /** The next line with the same header, or {@link #ABSENT}. For {@link HeaderName#OTHER}: the next unknown one. */
    public int next(final int line) {
        return sameName[line];
    }

    /**
     * The first line from {@code after} + 1 on whose header has no constant and this name, or {@link #ABSENT}.
     *
     * @param lowerCaseName the name without capitals
     * @param after a line, or -1 to begin
     */
    public int find(final byte[] lowerCaseName, final int after) {
        for (int line = after + 1; line < headerCount; line++) {
            if (headers[line] == HeaderName.OTHER && Octets.equalIgnoringCase(octets, names[line], lowerCaseName)) {
                return line;
            }
        }
        return ABSENT;
    }

    /** Offset of the empty line's end: where the body starts. */
    public int headersEnd() {
        return headersEnd;
    }

    /** The body, perhaps of length 0. */
    public long body() {
        return Range.of(headersEnd, bodyLength);
    }

    /** The topmost Via; only when {@link #hasTopVia()}. */
    public ViaField topVia() {
        return topVia;
    }

    /** Whether the topmost Via is there and well formed. */
    public boolean hasTopVia() {
        return hasTopVia;
    }

    /** Branch of the topmost Via, or {@link Range#NONE}. */
    public long branch() {
        return hasTopVia ? topVia.branch() : Range.NONE;
    }

    /** Call-ID, or {@link Range#NONE}. */
    public long callId() {
        return callId;
    }

    /** Tag of From, or {@link Range#NONE}. */
    public long fromTag() {
        return fromTag;
    }

    /** Tag of To, or {@link Range#NONE}. */
    public long toTag() {
        return toTag;
    }

    /** Sequence number of CSeq, 0..2^31 - 1, or {@link #ABSENT}. */
    public long cseq() {
        return cseq;
    }

    /** Method of CSeq. */
    public SipMethod cseqMethod() {
        return cseqMethod;
    }

    /** Max-Forwards, 0..255, or {@link #ABSENT}. */
    public int maxForwards() {
        return maxForwards;
    }

    /** Content-Length as given, or {@link #ABSENT}. */
    public int contentLength() {
        return contentLength;
    }

    /** The whole message as text, for tests and traces: it allocates. */
    @Override
    public String toString() {
        return Octets.text(octets, Range.of(0, length()));
    }
}
