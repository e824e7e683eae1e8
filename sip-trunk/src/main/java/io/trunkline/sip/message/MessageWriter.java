package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/**
 * Writes a message from its start line on, with long header names and CRLF line ends. The order of the calls is the order on
 * the wire; {@link #end()} or {@link #body} come last. One {@link OctetWriter#overflowed()} at the end tells whether all
 * did fit.
 */
public final class MessageWriter {
    private static final byte[] VERSION = Octets.ascii("SIP/2.0");
    private static final byte[] END = Octets.ascii("Content-Length: 0\r\n\r\n");

    private final OctetWriter out;
    private OverloadReport report;

    /** A writer that appends to {@code out}. */
    public MessageWriter(final OctetWriter out) {
        this.out = out;
    }

    /** Where it writes to. */
    public OctetWriter out() {
        return out;
    }

    /** What responses tell of our load; null for nothing. */
    public void report(final OverloadReport toPeers) {
        report = toPeers;
    }

    OverloadReport report() {
        return report;
    }

    /** Request line with a method that has a name here. */
    public MessageWriter requestLine(final SipMethod method, final DirectBuffer uri, final long uriRange) {
        out.octets(method.octets())
                .octet(' ')
                .copy(uri, uriRange)
                .octet(' ')
                .octets(VERSION)
                .crlf();
        return this;
    }

    /** Request line; {@code uri} is ASCII. */
    public MessageWriter requestLine(final SipMethod method, final String uri) {
        out.octets(method.octets())
                .octet(' ')
                .ascii(uri)
                .octet(' ')
                .octets(VERSION)
                .crlf();
        return this;
    }

    /** Status line; {@code reason} is ASCII. */
    public MessageWriter statusLine(final int status, final String reason) {
        out.octets(VERSION).octet(' ').number(status).octet(' ').ascii(reason).crlf();
        return this;
    }

    /** A header line; {@code value} is ASCII without line ends. */
    public MessageWriter header(final HeaderName name, final String value) {
        start(name).ascii(value);
        return endLine();
    }

    /** A header line with a number. */
    public MessageWriter header(final HeaderName name, final long value) {
        start(name).number(value);
        return endLine();
    }

    /** Name and colon: append the value to what is returned, then call {@link #endLine()}. */
    public OctetWriter start(final HeaderName name) {
        return out.octets(name.octets()).octet(':').octet(' ');
    }

    public MessageWriter endLine() {
        out.crlf();
        return this;
    }

    /** CSeq. */
    public MessageWriter cseq(final long number, final SipMethod method) {
        start(HeaderName.CSEQ).number(number).octet(' ').octets(method.octets());
        return endLine();
    }

    /** Copies a header line as it came, folds and all. */
    public MessageWriter copyLine(final SipMessage source, final int line) {
        out.copy(source.buffer(), source.line(line));
        return this;
    }

    /** Copies every line of a header, in order. */
    public MessageWriter copyAll(final SipMessage source, final HeaderName header) {
        for (int line = source.first(header); line >= 0; line = source.next(line)) {
            copyLine(source, line);
        }
        return this;
    }

    /** Ends the header section of a message without body. */
    public MessageWriter end() {
        out.octets(END);
        return this;
    }

    /** Ends the header section and appends the body; {@code contentType} is ASCII. */
    public MessageWriter body(final String contentType, final DirectBuffer source, final long range) {
        header(HeaderName.CONTENT_TYPE, contentType);
        header(HeaderName.CONTENT_LENGTH, Range.length(range));
        out.crlf().copy(source, range);
        return this;
    }
}
