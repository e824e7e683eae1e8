package io.trunkline.sip.message;

/**
 * What is wrong with a message, and how a request that has it is answered. A response with a fault is dropped (RFC 3261
 * §18.1.2). Reason phrases say what was wrong, as §21.4.1 advises.
 */
public enum SipFault {
    NONE(0, ""),
    /** Nothing between the line ends: a keep-alive, not a message. */
    EMPTY(400, "Empty message"),
    BAD_START_LINE(400, "Bad start line"),
    BAD_REQUEST_URI(400, "Bad Request-URI"),
    REQUEST_URI_TOO_LONG(414, "Request-URI Too Long"),
    VERSION_NOT_SUPPORTED(505, "Version Not Supported"),
    /** A line without a name or colon, a bare CR or LF, or a fold where no header precedes it. */
    BAD_HEADER(400, "Bad header field"),
    /** No empty line ends the header section. */
    NO_END_OF_HEADERS(400, "Header section does not end"),
    HEADER_SECTION_TOO_LONG(513, "Message Too Large"),
    TOO_MANY_HEADERS(513, "Message Too Large"),
    MISSING_VIA(400, "Missing Via"),
    MISSING_FROM(400, "Missing From"),
    MISSING_TO(400, "Missing To"),
    MISSING_CALL_ID(400, "Missing Call-ID"),
    MISSING_CSEQ(400, "Missing CSeq"),
    /** More than one header where one at most may be: whoever reads the other one sees another message. */
    REPEATED_HEADER(400, "Repeated header field"),
    BAD_VIA(400, "Bad Via"),
    BAD_FROM(400, "Bad From"),
    BAD_TO(400, "Bad To"),
    BAD_CALL_ID(400, "Bad Call-ID"),
    BAD_CSEQ(400, "Bad CSeq"),
    /** CSeq names another method than the request line (RFC 3261 §8.1.1.5). */
    CSEQ_MISMATCH(400, "CSeq method does not match"),
    BAD_MAX_FORWARDS(400, "Bad Max-Forwards"),
    BAD_CONTENT_LENGTH(400, "Bad Content-Length"),
    /** Over a stream nothing else says where the message ends (RFC 3261 §18.3). */
    MISSING_CONTENT_LENGTH(400, "Missing Content-Length"),
    /** Content-Length promises more than the datagram holds (RFC 3261 §18.3). */
    BODY_TRUNCATED(400, "Body shorter than Content-Length"),
    BODY_TOO_LARGE(413, "Request Entity Too Large");

    private final int status;
    private final String reason;

    SipFault(final int status, final String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** Status code to answer a request with; 0 for {@link #NONE}. */
    public int status() {
        return status;
    }

    /** Reason phrase that goes with {@link #status()}. */
    public String reason() {
        return reason;
    }
}
