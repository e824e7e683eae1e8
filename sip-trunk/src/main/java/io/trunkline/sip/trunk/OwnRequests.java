package io.trunkline.sip.trunk;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.TransactionLayer;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes and sends the requests that trunks send of their own accord. */
final class OwnRequests {
    /**
     * What differs between them.
     *
     * @param uri Request-URI
     * @param from {@code name-addr} of From, without tag
     * @param fromTag tag of From
     * @param to {@code name-addr} of To
     * @param callId Call-ID
     * @param cseq number of CSeq
     * @param contactUser user part of Contact; null for no Contact
     * @param expiresSec Expires, or {@link #NO_EXPIRES}
     * @param proof credentials that go with it; null for none
     * @param headers further lines, each with CRLF
     * @param text body in UTF-8; null for none
     */
    record Parts(
            SipMethod method,
            String uri,
            String from,
            String fromTag,
            String to,
            String callId,
            long cseq,
            String contactUser,
            int expiresSec,
            TrunkDigest.Proof proof,
            String headers,
            DirectBuffer text) {}

    /** No Expires header. */
    static final int NO_EXPIRES = -1;

    private static final int MAX_FORWARDS = 70;
    private static final int MAX_LENGTH = 8 * 1024;
    private static final String USER_AGENT = "Trunkline";
    private static final String TEXT = "text/plain;charset=UTF-8";

    private final Flows flows;
    private final LongSupplier random;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
    private final OctetWriter out = new OctetWriter();
    private final MessageWriter writer = new MessageWriter(out);
    private TransactionLayer layer;

    OwnRequests(final Flows flows, final LongSupplier random) {
        this.flows = flows;
        this.random = random;
    }

    void layer(final TransactionLayer through) {
        layer = through;
    }

    /** Whether there is room for another transaction. */
    boolean hasRoom() {
        return layer.hasClientRoom();
    }

    /** Sixteen hexadecimal digits for a tag or Call-ID. */
    String token() {
        return HexFormat.of().toHexDigits(random.getAsLong());
    }

    /**
     * Sends a request.
     *
     * @return false where it could not be; then nothing more is heard of it
     */
    boolean send(final OwnRequest request, final Parts parts, final Destination to) {
        return send(request, parts, flows.to(to));
    }

    /** The same over a way; null for none. */
    boolean send(final OwnRequest request, final Parts parts, final Flow flow) {
        final ClientTransaction transaction = flow == null ? null : layer.newClient(parts.method(), flow);
        if (transaction == null) {
            return false;
        }
        out.wrap(buffer, 0, buffer.capacity());
        write(parts, flow, transaction);
        if (out.overflowed()) {
            transaction.abandon();
            return false;
        }
        transaction.attach(request);
        if (!transaction.send(buffer, 0, out.length())) {
            transaction.attach(null);
            return false;
        }
        return true;
    }

    private void write(final Parts parts, final Flow flow, final ClientTransaction transaction) {
        writer.requestLine(parts.method(), parts.uri());
        writer.start(HeaderName.VIA)
                .ascii("SIP/2.0/")
                .ascii(flow.protocol().name())
                .octet(' ')
                .ascii(flow.sentBy())
                .ascii(flow.protocol() == TransportProtocol.TLS ? ";alias;rport;branch=" : ";rport;branch=");
        transaction.writeBranch(out);
        if (parts.text() != null) {
            OverloadControl.offer(out);
        }
        writer.endLine().header(HeaderName.MAX_FORWARDS, MAX_FORWARDS);
        writer.start(HeaderName.FROM).ascii(parts.from()).ascii(";tag=").ascii(parts.fromTag());
        writer.endLine();
        writer.header(HeaderName.TO, parts.to())
                .header(HeaderName.CALL_ID, parts.callId())
                .cseq(parts.cseq(), parts.method());
        if (parts.contactUser() != null) {
            writer.start(HeaderName.CONTACT)
                    .ascii("<sip:")
                    .ascii(parts.contactUser())
                    .octet('@')
                    .ascii(flow.sentBy())
                    .ascii(
                            switch (flow.protocol()) {
                                case TCP -> ";transport=tcp>";
                                case TLS -> ";transport=tls>";
                                default -> ">";
                            });
            writer.endLine();
        }
        if (parts.expiresSec() != NO_EXPIRES) {
            writer.header(HeaderName.EXPIRES, parts.expiresSec());
        }
        if (parts.proof() != null) {
            parts.proof().write(parts.method(), parts.uri(), writer);
        }
        out.ascii(parts.headers());
        writer.header(HeaderName.USER_AGENT, USER_AGENT);
        if (parts.text() == null) {
            writer.end();
        } else {
            writer.body(TEXT, parts.text(), Range.between(0, parts.text().capacity()));
        }
    }
}
