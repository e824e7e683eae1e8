package io.trunkline.gateway.calls;

import io.trunkline.sip.message.AddressField;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the text of a MESSAGE, and puts it and both ends side by side, as the engine wants them. One thread. */
final class MessageReader {
    private static final int FROM = 0;
    private static final int TO = 64;
    private static final int BODY = 128;
    /** A body is at most 48 KiB, and octets of Latin-1 become two of UTF-8 or UCS-2. */
    private static final int MAX_BODY = 2 * 65_536;

    /** What a sender without number may have, and one more, so that a longer one is refused. */
    private static final int MAX_NAME = 21;

    private static final String TEXT = "text/plain";
    private static final String CHARSET = "charset=";
    private static final String ANONYMOUS = "anonymous";

    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[BODY + MAX_BODY]);
    private final AddressField address = new AddressField();
    private final MessageDigest digest;
    private String text = "";
    private int fromLength;
    private int toLength;
    private int bodyLength;
    private long referenceLo;

    MessageReader() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the body; false where it is no text, or in a charset that we do not read. */
    boolean read(final SipMessage request) {
        final Charset charset = charset(request);
        if (charset == null || request.first(HeaderName.CONTENT_ENCODING) >= 0) {
            return false;
        }
        final byte[] octets = new byte[Math.max(0, Range.length(request.body()))];
        if (octets.length > 0) {
            request.buffer().getBytes(Range.offset(request.body()), octets);
        }
        text = new String(octets, charset);
        // Of UTF-8 the engine sees the octets themselves, and refuses those that are none.
        write(charset.equals(StandardCharsets.ISO_8859_1) ? text.getBytes(StandardCharsets.UTF_8) : octets);
        return true;
    }

    private void write(final byte[] octets) {
        bodyLength = octets.length;
        scratch.putBytes(BODY, octets);
    }

    /** The charset of a text/plain body, UTF-8 where none is named; null for another body. */
    private static Charset charset(final SipMessage request) {
        final int line = request.first(HeaderName.CONTENT_TYPE);
        final String type = line < 0
                ? ""
                : Octets.text(request.buffer(), request.value(line))
                        .toLowerCase(Locale.ROOT)
                        .replace(" ", "")
                        .replace("\"", "");
        if (!type.equals(TEXT) && !type.startsWith(TEXT + ";")) {
            return null;
        }
        final int at = type.indexOf(CHARSET);
        if (at < 0) {
            return StandardCharsets.UTF_8;
        }
        final int end = type.indexOf(';', at);
        return switch (type.substring(at + CHARSET.length(), end < 0 ? type.length() : end)) {
            case "utf-8", "us-ascii" -> StandardCharsets.UTF_8;
            case "iso-8859-1" -> StandardCharsets.ISO_8859_1;
            default -> null;
        };
    }

    /** Puts the ends in place: numbers, or for a sender that has none the user part of From. */
    void address(final SipMessage request, final LiveCall ends) {
        to(ends);
        fromLength = 0;
        final long value = request.value(request.first(HeaderName.FROM));
        if (ends.fromLength > 0) {
            from(ends.from, 0, ends.fromLength);
        } else if (address.parse(request.buffer(), Range.offset(value), Range.end(value))
                && address.uri().user() != Range.NONE) {
            final long user = address.uri().user();
            from(request.buffer(), Range.offset(user), Math.min(MAX_NAME, Range.length(user)));
        }
    }

    private void to(final LiveCall ends) {
        scratch.putBytes(TO, ends.to, 0, ends.toLength);
        toLength = ends.toLength;
    }

    private void from(final DirectBuffer octets, final int offset, final int length) {
        scratch.putBytes(FROM, octets, offset, length);
        fromLength = length;
    }

    /** Puts the ends in place and the text in UCS-2, as handsets' messages come. Who hides is anonymous. */
    void ucs2(final LiveCall ends) {
        to(ends);
        if (ends.fromLength > 0 && !ends.isPrivate) {
            from(ends.from, 0, ends.fromLength);
        } else {
            fromLength = scratch.putStringWithoutLengthAscii(FROM, ANONYMOUS);
        }
        write(text.getBytes(StandardCharsets.UTF_16BE));
    }

    /**
     * What names a request for as long as anybody may repeat it, and after a restart too: Call-ID, CSeq and From's tag. Sent again
     * because our answer was lost, it is the same unit.
     */
    long referenceHi(final SipMessage request) {
        update(request.buffer(), request.callId());
        update(request.buffer(), request.fromTag());
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, request.cseq()));
        final ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        final long high = hash.getLong();
        referenceLo = hash.getLong();
        return high;
    }

    private void update(final DirectBuffer buffer, final long range) {
        final byte[] octets = new byte[Math.max(0, Range.length(range))];
        buffer.getBytes(Math.max(0, Range.offset(range)), octets);
        digest.update(octets);
        digest.update((byte) 0);
    }

    long referenceLo() {
        return referenceLo;
    }

    DirectBuffer buffer() {
        return scratch;
    }

    int fromOffset() {
        return FROM;
    }

    int fromLength() {
        return fromLength;
    }

    int toOffset() {
        return TO;
    }

    int toLength() {
        return toLength;
    }

    int bodyOffset() {
        return BODY;
    }

    int bodyLength() {
        return bodyLength;
    }
}
