package io.trunkline.sip.message;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages for tests, as text with {@code \n} for CRLF. */
public final class Messages {
    /** An INVITE with two Vias, routes and a body of 5 octets. */
    public static final String INVITE = """
            INVITE sip:+4930123456@carrier.example:5070;user=phone SIP/2.0
            Via: SIP/2.0/UDP edge.example.com:5062;branch=z9hG4bKabc123;rport
            Via: SIP/2.0/TCP [2001:db8::7];branch=z9hG4bKinner, SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKfirst
            Max-Forwards: 68
            Route: <sip:proxy1.example.com;lr>, <sip:proxy2.example.com;lr>
            Record-Route: <sip:rr.example.com;lr>
            From: "Alice \\"A\\" Liddell" <sip:+49171555@example.com>;tag=from-1
            To: <sip:+4930123456@carrier.example>
            Call-ID: 9f3c@10.0.0.1
            CSeq: 314159 INVITE
            Contact: <sip:alice@10.0.0.1:5062>
            Supported: timer, 100rel
            X-Tenant: shop
            Content-Type: application/sdp
            Content-Length: 5

            v=0
            """;

    /** A 200 to it, with one Via. */
    public static final String OK = """
            SIP/2.0 200 OK
            Via: SIP/2.0/UDP edge.example.com:5062;branch=z9hG4bKabc123;received=192.0.2.1;rport=5062
            From: "Alice" <sip:+49171555@example.com>;tag=from-1
            To: <sip:+4930123456@carrier.example>;tag=to-9
            Call-ID: 9f3c@10.0.0.1
            CSeq: 314159 INVITE
            Content-Length: 0

            """;

    private Messages() {}

    /** The octets of a message, {@code \n} made CRLF. */
    public static byte[] octets(final String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Indexes a message as a datagram; its fault is the caller's to look at. */
    public static SipMessage index(final String text) {
        return index(octets(text));
    }

    public static SipMessage index(final byte[] octets) {
        final SipMessage message = new SipMessage(SipLimits.DEFAULT);
        new MessageIndexer(SipLimits.DEFAULT).indexDatagram(new UnsafeBuffer(octets), 0, octets.length, message);
        return message;
    }

    /** Text of a run. */
    public static String text(final SipMessage message, final long range) {
        return Octets.text(message.buffer(), range);
    }

    /** What was written, with CRLF made {@code \n}. */
    public static String written(final OctetWriter out) {
        return Octets.text(out.buffer(), Range.of(out.start(), out.length())).replace("\r\n", "\n");
    }

    /** A writer with room for 64 KiB. */
    public static OctetWriter writer() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 * 1024]);
        return new OctetWriter().wrap(buffer, 0, buffer.capacity());
    }
}
