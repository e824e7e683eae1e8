package io.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Responses, and the requests that follow from an INVITE, say back what they must. */
class ResponseWriterTest {
    private static final PeerAddress PEER = new PeerAddress("192.0.2.1", 40_000);

    private static String response(final String request, final int status, final String tag) {
        final OctetWriter out = Messages.writer();
        final MessageWriter writer = new MessageWriter(out);
        ResponseWriter.start(Messages.index(request), status, "Reason", tag, PEER, writer);
        writer.end();
        assertThat(Messages.index(Messages.written(out)).fault()).isEqualTo(SipFault.NONE);
        return Messages.written(out);
    }

    @Test
    void aResponseCopiesWhatItMustAndStampsTheFirstVia() {
        assertThat(response(Messages.INVITE, 180, "ours")).isEqualTo("""
                SIP/2.0 180 Reason
                Via: SIP/2.0/UDP edge.example.com:5062;branch=z9hG4bKabc123;rport=40000;received=192.0.2.1
                Via: SIP/2.0/TCP [2001:db8::7];branch=z9hG4bKinner, SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKfirst
                Record-Route: <sip:rr.example.com;lr>
                From: "Alice \\"A\\" Liddell" <sip:+49171555@example.com>;tag=from-1
                To: <sip:+4930123456@carrier.example>;tag=ours
                Call-ID: 9f3c@10.0.0.1
                CSeq: 314159 INVITE
                Content-Length: 0

                """);
    }

    @Test
    void a100HasNoTagAndBringsTheTimestampBack() {
        assertThat(response(Messages.INVITE.replace("X-Tenant", "Timestamp: 54\nX-Tenant"), 100, "ours"))
                .contains("\nTo: <sip:+4930123456@carrier.example>\n")
                .contains("\nTimestamp: 54\n")
                .doesNotContain("Record-Route");
    }

    @Test
    void aTagThatIsThereStays() {
        assertThat(response(Messages.INVITE.replace("carrier.example>", "carrier.example>;tag=theirs"), 486, "ours"))
                .contains("To: <sip:+4930123456@carrier.example>;tag=theirs\n");
    }

    @Test
    void receivedIsSetWhereTheAddressDiffersAndWhatThePeerWroteIsNotBelieved() {
        final String via = "edge.example.com:5062;branch=z9hG4bKabc123;rport";
        assertThat(response(Messages.INVITE.replace(via, "192.0.2.1;branch=z9hG4bKx"), 404, null))
                .contains("UDP 192.0.2.1;branch=z9hG4bKx\n");
        assertThat(response(Messages.INVITE.replace(via, "10.9.9.9;branch=z9hG4bKx"), 404, null))
                .contains("UDP 10.9.9.9;branch=z9hG4bKx;received=192.0.2.1\n");
        assertThat(response(Messages.INVITE.replace(via, "h;received=6.6.6.6;branch=z9hG4bKx;rport=7"), 404, null))
                .contains("UDP h;received=192.0.2.1;branch=z9hG4bKx;rport=40000\n");
        assertThat(response(Messages.INVITE.replace(via, "h;rport=7;received=6.6.6.6;branch=z9hG4bKx"), 404, null))
                .contains("UDP h;rport=40000;received=192.0.2.1;branch=z9hG4bKx\n");
        assertThat(response(Messages.INVITE.replace(via, "a;rport;branch=z9hG4bK1, SIP/2.0/UDP b"), 404, null))
                .contains("UDP a;rport=40000;branch=z9hG4bK1;received=192.0.2.1, SIP/2.0/UDP b\n");
    }

    @Test
    void theAckToARefusalHasOneViaAndTheTagOfTheResponse() {
        final OctetWriter out = Messages.writer();
        HopByHopWriter.ack(Messages.index(Messages.INVITE), Messages.index(Messages.OK), new MessageWriter(out));
        assertThat(Messages.written(out)).isEqualTo("""
                ACK sip:+4930123456@carrier.example:5070;user=phone SIP/2.0
                Via: SIP/2.0/UDP edge.example.com:5062;branch=z9hG4bKabc123;rport
                From: "Alice \\"A\\" Liddell" <sip:+49171555@example.com>;tag=from-1
                To: <sip:+4930123456@carrier.example>;tag=to-9
                Call-ID: 9f3c@10.0.0.1
                CSeq: 314159 ACK
                Max-Forwards: 70
                Route: <sip:proxy1.example.com;lr>, <sip:proxy2.example.com;lr>
                Content-Length: 0

                """);
    }

    @Test
    void aCancelIsTheInviteWithoutItsRest() {
        final OctetWriter out = Messages.writer();
        HopByHopWriter.cancel(Messages.index(Messages.INVITE), new byte[0], new MessageWriter(out));
        assertThat(Messages.written(out))
                .startsWith("CANCEL sip:+4930123456@carrier.example:5070;user=phone SIP/2.0\nVia: ")
                .contains("\nCSeq: 314159 CANCEL\n")
                .contains("\nTo: <sip:+4930123456@carrier.example>\n")
                .doesNotContain("Contact", "sdp", "X-Tenant");
    }
}
