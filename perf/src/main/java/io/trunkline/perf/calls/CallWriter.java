package io.trunkline.perf.calls;

import io.trunkline.sip.dialog.Dialog;
import io.trunkline.sip.dialog.DialogWriter;
import io.trunkline.sip.dialog.LocalEnd;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.HexTag;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.ResponseWriter;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.ServerTransaction;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes what an agent sends, one message after another into the same buffer. */
final class CallWriter {
    private static final int LONGEST_MESSAGE = 16 * 1024;
    private static final int MAX_FORWARDS = 70;
    private static final byte[] SDP = """
        v=0
        o=sim 1 1 IN IP4 127.0.0.1
        s=-
        c=IN IP4 127.0.0.1
        t=0 0
        m=audio 4000 RTP/AVP 8 0 101
        a=rtpmap:8 PCMA/8000
        a=rtpmap:0 PCMU/8000
        a=rtpmap:101 telephone-event/8000
        """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LONGEST_MESSAGE]);
    private final OctetWriter out = new OctetWriter();
    private final MessageWriter writer = new MessageWriter(out);
    private final DialogWriter inDialog = new DialogWriter(writer);
    private final UnsafeBuffer sdp = new UnsafeBuffer(SDP);
    private final HexTag tagText = new HexTag();
    private final Map<TransportProtocol, LocalEnd> ends = new EnumMap<>(TransportProtocol.class);

    /** @param address where the agent listens */
    CallWriter(final InetSocketAddress address) {
        final String sentBy = hostPort(address);
        ends.put(TransportProtocol.UDP, new LocalEnd("UDP " + sentBy + ";rport", "sip:" + sentBy, sentBy));
        ends.put(
                TransportProtocol.TCP,
                new LocalEnd("TCP " + sentBy + ";rport", "sip:" + sentBy + ";transport=tcp", sentBy));
    }

    private static String hostPort(final InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** The message last written, from the first octet on. */
    MutableDirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return out.length();
    }

    /** How we are called on this way. */
    LocalEnd localEnd(final Hop hop) {
        return ends.get(((Flow) hop).protocol());
    }

    /** An INVITE with an offer. */
    void invite(
            final Destination destination,
            final Flow flow,
            final ClientTransaction transaction,
            final long tag,
            final String from,
            final String to) {
        final String peer = hostPort(destination.address());
        final LocalEnd end = localEnd(flow);
        begin();
        writer.requestLine(SipMethod.INVITE, "sip:" + to + "@" + peer);
        end.writeVia(writer.start(HeaderName.VIA));
        transaction.writeBranch(out);
        writer.endLine();
        writer.header(HeaderName.MAX_FORWARDS, MAX_FORWARDS);
        end.writeHost(writer.start(HeaderName.FROM).ascii("<sip:").ascii(from).octet('@'));
        out.ascii(">;tag=").ascii(tagText.of(tag));
        writer.endLine();
        writer.header(HeaderName.TO, "<sip:" + to + "@" + peer + ">");
        end.writeHost(writer.start(HeaderName.CALL_ID).hex(tag).octet('@'));
        writer.endLine();
        writer.cseq(1, SipMethod.INVITE);
        end.writeContact(writer.start(HeaderName.CONTACT));
        writer.endLine();
        writer.body("application/sdp", sdp, Range.of(0, SDP.length));
    }

    void bye(final Dialog dialog, final ClientTransaction transaction) {
        begin();
        inDialog.start(dialog, SipMethod.BYE, dialog.nextCseq(), MAX_FORWARDS, transaction);
        writer.end();
    }

    /** The ACK to a 2xx. */
    void ack(final Dialog dialog, final SipMessage response, final long branch) {
        begin();
        inDialog.startAck(dialog, response.cseq(), branch);
        writer.end();
    }

    /**
     * A response.
     *
     * @param dialog whether it makes or changes one: it has a Contact then, and to an INVITE an answer
     * @return false where there was no room for it
     */
    boolean response(
            final ServerTransaction transaction,
            final SipMessage request,
            final int status,
            final long tag,
            final boolean dialog) {
        begin();
        ResponseWriter.start(request, status, phrase(status), tagText.of(tag), transaction.peer(), writer);
        if (dialog && status < 300) {
            localEnd(transaction.hop()).writeContact(writer.start(HeaderName.CONTACT));
            writer.endLine();
        }
        if (dialog && status >= 200 && status < 300 && request.method() == SipMethod.INVITE) {
            writer.body("application/sdp", sdp, Range.of(0, SDP.length));
        } else {
            writer.end();
        }
        return !out.overflowed();
    }

    private void begin() {
        out.wrap(buffer, 0, buffer.capacity());
    }

    private static String phrase(final int status) {
        return switch (status) {
            case 180 -> "Ringing";
            case 183 -> "Session Progress";
            case 200 -> "OK";
            case 486 -> "Busy Here";
            case 487 -> "Request Terminated";
            case 503 -> "Service Unavailable";
            default -> "Simulated";
        };
    }
}
