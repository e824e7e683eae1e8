package io.trunkline.sip.framing;

import io.trunkline.sip.message.SipFault;
import io.trunkline.sip.message.SipLimits;
import org.agrona.DirectBuffer;

/**
 * Cuts the octets of a connection into messages by Content-Length (RFC 3261 §18.3), and finds keep-alives between them (RFC
 * 5626 §3.5.1). Whether a message is too long is judged from its header section, before any of its body is waited for, so
 * that a peer cannot make anyone buffer more than {@link SipLimits#maxMessage()}. One framer per connection.
 *
 * <p>The caller keeps the octets from {@link #consumed()} on and calls again with them and what came after; what was looked
 * at once is not looked at again, however small the pieces.
 */
public final class StreamFramer {
    /** What a call of {@link #next} found. */
    public enum Frame {
        /** A whole message, at {@link #frameOffset()} with {@link #frameLength()}. */
        MESSAGE,
        /** Two line ends: to be answered with one. */
        PING,
        /** What is there is not a whole message; it starts at {@link #consumed()}. */
        NEED_MORE,
        /**
         * The stream has lost its frame, for the reason of {@link #fault()}: answer if the header section at {@link
         * #frameOffset()} allows it ({@link #frameLength()} is 0 where it did not end), and close.
         */
        LOST
    }

    private static final byte[] CONTENT_LENGTH = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h'};
    private static final int UNKNOWN = -1;

    private final SipLimits limits;
    private boolean afterLineEnd;
    private boolean lost;
    private boolean afterContentLength;
    /** Octets of the message at hand whose lines have been read. */
    private int scanned;
    /** Octets of it in which the end of a line was looked for. */
    private int searched;
    /** Content-Length as far as it was seen. */
    private int bodyLength = UNKNOWN;
    /** Octets of the header section, once its end was seen. */
    private int headerSection;

    private int consumed;
    private int frameOffset;
    private int frameLength;
    private SipFault fault = SipFault.NONE;

    public StreamFramer(final SipLimits limits) {
        this.limits = limits;
    }

    /**
     * Looks for the next frame.
     *
     * @param from where the octets start that were not consumed yet
     * @param end where they end
     */
    public Frame next(final DirectBuffer buffer, final int from, final int end) {
        consumed = from;
        frameOffset = from;
        frameLength = 0;
        if (lost) {
            return Frame.LOST;
        }
        if (scanned == 0) {
            // Line ends before a message are no part of it; two in a row are a ping, one may be a pong.
            while (end - consumed >= 2 && isCrlf(buffer, consumed)) {
                consumed += 2;
                if (afterLineEnd) {
                    afterLineEnd = false;
                    return Frame.PING;
                }
                afterLineEnd = true;
            }
            if (consumed == end || (end - consumed == 1 && buffer.getByte(consumed) == '\r')) {
                return Frame.NEED_MORE;
            }
            afterLineEnd = false;
            frameOffset = consumed;
        }
        if (headerSection == 0 && !scan(buffer, end)) {
            return lost ? Frame.LOST : Frame.NEED_MORE;
        }
        final int length = headerSection + bodyLength;
        if (end - frameOffset < length) {
            return Frame.NEED_MORE;
        }
        frameLength = length;
        consumed = frameOffset + length;
        scanned = 0;
        searched = 0;
        headerSection = 0;
        bodyLength = UNKNOWN;
        afterContentLength = false;
        return Frame.MESSAGE;
    }

    /** Reads whole lines; true once the header section has ended and the length is known. */
    private boolean scan(final DirectBuffer buffer, final int end) {
        while (true) {
            final int line = frameOffset + scanned;
            int at = frameOffset + searched;
            while (at < end && buffer.getByte(at) != '\n') {
                at++;
            }
            searched = at - frameOffset;
            if (at + 1 - frameOffset > limits.maxHeaderSection()) {
                return lose(SipFault.HEADER_SECTION_TOO_LONG);
            }
            if (at == end) {
                return false;
            }
            if (at == line || buffer.getByte(at - 1) != '\r') {
                return lose(scanned == 0 ? SipFault.BAD_START_LINE : SipFault.BAD_HEADER);
            }
            if (at - line == 1) {
                return headerSectionEnded(at + 1 - frameOffset);
            }
            if (skipBlanks(buffer, line, at - 1) == at - 1) {
                // A line of blanks: some take it for a fold, some for the end of the header section.
                return lose(SipFault.BAD_HEADER);
            }
            if (scanned > 0 && !contentLength(buffer, line, at - 1)) {
                return lose(fault);
            }
            scanned = at + 1 - frameOffset;
            searched = scanned;
        }
    }

    private boolean headerSectionEnded(final int length) {
        if (bodyLength == UNKNOWN) {
            frameLength = length;
            return lose(SipFault.MISSING_CONTENT_LENGTH);
        }
        if (bodyLength > limits.maxBody()) {
            frameLength = length;
            return lose(SipFault.BODY_TOO_LARGE);
        }
        headerSection = length;
        return true;
    }

    private boolean lose(final SipFault why) {
        fault = why;
        lost = true;
        return false;
    }

    /** Takes note of the line if it is Content-Length; false where it contradicts itself or an earlier one. */
    private boolean contentLength(final DirectBuffer buffer, final int line, final int end) {
        if (afterContentLength && isBlank(buffer.getByte(line))) {
            // A fold would make another number of it for whoever unfolds first.
            fault = SipFault.BAD_CONTENT_LENGTH;
            return false;
        }
        afterContentLength = false;
        int at = nameEnd(buffer, line, end);
        if (at < 0) {
            return true;
        }
        at = skipBlanks(buffer, at, end);
        if (at == end || buffer.getByte(at) != ':') {
            return true;
        }
        at = skipBlanks(buffer, at + 1, end);
        final int first = at;
        long value = 0;
        while (at < end && buffer.getByte(at) >= '0' && buffer.getByte(at) <= '9') {
            value = Math.min(value * 10 + buffer.getByte(at) - '0', Integer.MAX_VALUE);
            at++;
        }
        if (at == first || skipBlanks(buffer, at, end) < end) {
            fault = SipFault.BAD_CONTENT_LENGTH;
            return false;
        }
        if (bodyLength != UNKNOWN) {
            fault = SipFault.REPEATED_HEADER;
            return false;
        }
        bodyLength = (int) Math.min(value, limits.maxBody() + 1L);
        afterContentLength = true;
        return true;
    }

    /** Offset after the name if it is Content-Length, long or compact, in any case; else -1. */
    private static int nameEnd(final DirectBuffer buffer, final int line, final int end) {
        if ((buffer.getByte(line) | 0x20) == 'l' && (end - line == 1 || !isNameOctet(buffer.getByte(line + 1)))) {
            return line + 1;
        }
        if (end - line < CONTENT_LENGTH.length) {
            return -1;
        }
        for (int i = 0; i < CONTENT_LENGTH.length; i++) {
            final int octet = buffer.getByte(line + i);
            if ((octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet) != CONTENT_LENGTH[i]) {
                return -1;
            }
        }
        return line + CONTENT_LENGTH.length;
    }

    private static boolean isNameOctet(final int octet) {
        return !isBlank(octet) && octet != ':';
    }

    private static int skipBlanks(final DirectBuffer buffer, final int from, final int end) {
        int at = from;
        while (at < end && isBlank(buffer.getByte(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(final int octet) {
        return octet == ' ' || octet == '\t';
    }

    private static boolean isCrlf(final DirectBuffer buffer, final int at) {
        return buffer.getByte(at) == '\r' && buffer.getByte(at + 1) == '\n';
    }

    /** Offset up to which octets are done with; keep those behind it. */
    public int consumed() {
        return consumed;
    }

    /** Where the frame starts. */
    public int frameOffset() {
        return frameOffset;
    }

    /** Octets of the frame. */
    public int frameLength() {
        return frameLength;
    }

    /** After {@link Frame#LOST}: why. */
    public SipFault fault() {
        return fault;
    }

    /** After {@link Frame#NEED_MORE}: octets of the message at hand, as soon as its header section is there; else 0. */
    public int announcedLength() {
        return headerSection == 0 ? 0 : headerSection + bodyLength;
    }
}
