package io.trunkline.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.OctetStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dialogs as RFC 3261 §12 makes them of requests and responses. */
class DialogTest implements DialogHops {
    private record Way(PeerAddress peer, boolean isReliable) implements Hop {
        @Override
        public Hop withPort(final int port) {
            return this;
        }
    }

    private static final Hop HOP = new Way(new PeerAddress("192.0.2.7", 5060), false);
    private static final String OK = Messages.OK.replace("Content-L", "Contact: <sip:bob@192.0.2.8>\nContent-L");

    private final OctetStore store = new OctetStore(1 << 20);
    private final List<String> hopsAsked = new ArrayList<>();
    private final DialogReader reader = new DialogReader(this, 4_096);
    private final Dialog dialog = new Dialog(store);
    private SipMessage source;

    @Override
    public Hop next(final Hop established, final SipUri next) {
        hopsAsked.add(Octets.text(dialog.buffer(), next.range()));
        return established;
    }

    @Override
    public LocalEnd localEnd(final Hop hop) {
        return new LocalEnd("UDP 192.0.2.1:5060", "sip:192.0.2.1", "192.0.2.1");
    }

    private boolean ofResponse(final String response) {
        source = Messages.index(response);
        return reader.ofResponse(source, HOP, dialog);
    }

    private String ack() {
        final OctetWriter out = Messages.writer();
        new DialogWriter(new MessageWriter(out)).startAck(dialog, dialog.localCseq(), 1);
        return Messages.written(out);
    }

    @Test
    void theCallersRoutesAreThoseOfTheResponseFromTheLastToTheFirst() {
        assertThat(
                        ofResponse(
                                OK.replace(
                                        "From:",
                                        "Record-Route: <sip:b.example;lr>, <sip:a2.example;lr>\nRecord-Route: <sip:a.example;lr>\nFrom:")))
                .isTrue();
        assertThat(ack()).isEqualTo("""
                ACK sip:bob@192.0.2.8 SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK0000000000000001
                Max-Forwards: 70
                Route: <sip:a.example;lr>
                Route: <sip:a2.example;lr>
                Route: <sip:b.example;lr>
                From: "Alice" <sip:+49171555@example.com>;tag=from-1
                To: <sip:+4930123456@carrier.example>;tag=to-9
                Call-ID: 9f3c@10.0.0.1
                CSeq: 314159 ACK
                """);
        assertThat(hopsAsked).containsExactly("sip:a.example;lr");
    }

    @Test
    void theCalleesRoutesAreThoseOfTheRequestInOrder() {
        final SipMessage invite =
                Messages.index(Messages.INVITE.replace("<sip:rr.example.com;lr>", "<sip:r1;lr>, <sip:r2;lr>"));
        assertThat(reader.ofRequest(invite, "ours", HOP, dialog)).isTrue();
        assertThat(dialog.remoteCseq()).isEqualTo(314_159);
        assertThat(ack())
                .startsWith("ACK sip:alice@10.0.0.1:5062 SIP/2.0\n")
                .contains(
                        "\nRoute: <sip:r1;lr>\nRoute: <sip:r2;lr>\n",
                        "\nFrom: <sip:+4930123456@carrier.example>;tag=ours\n",
                        "\nTo: \"Alice \\\"A\\\" Liddell\" <sip:+49171555@example.com>;tag=from-1\n");
    }

    @Test
    void aStrictRouterGetsItsOwnUriAndTheTargetAsTheLastRoute() {
        ofResponse(OK.replace("From:", "Record-Route: <sip:second.example;lr>, <sip:strict.example>\nFrom:"));
        assertThat(ack())
                .startsWith("ACK sip:strict.example SIP/2.0\n")
                .contains("\nRoute: <sip:second.example;lr>\nRoute: <sip:bob@192.0.2.8>\nFrom:");
    }

    @Test
    void theTargetMovesAndRoutesStay() {
        ofResponse(OK.replace("From:", "Record-Route: <sip:a.example;lr>\nFrom:"));
        final String longer = "sip:" + "b".repeat(600) + "@192.0.2.9";
        reader.refreshTarget(Messages.index(OK.replace("sip:bob@192.0.2.8", longer)), dialog);
        assertThat(ack()).startsWith("ACK " + longer + " SIP").contains("Route: <sip:a.example;lr>");
        reader.refreshTarget(Messages.index(Messages.OK), dialog);
        assertThat(ack()).startsWith("ACK " + longer + " SIP");
        dialog.clear();
        assertThat(store.used()).isZero();
    }

    @Test
    void requestsAreOfTheDialogByCallIdAndTagAndInOrderByCseq() {
        ofResponse(OK);
        final String info = """
                INFO sip:x SIP/2.0
                Via: SIP/2.0/UDP h;branch=z9hG4bK1
                From: <sip:b@c>;tag=to-9
                To: <sip:a@b>;tag=from-1
                Call-ID: 9f3c@10.0.0.1
                CSeq: 7 INFO

                """;
        assertThat(dialog.matches(Messages.index(info))).isTrue();
        assertThat(dialog.matches(Messages.index(info.replace("to-9", "to-8")))).isFalse();
        assertThat(dialog.matches(Messages.index(info.replace(";tag=to-9", ""))))
                .isFalse();
        assertThat(dialog.matches(Messages.index(info.replace("9f3c", "9f3d")))).isFalse();
        assertThat(dialog.inOrder(Messages.index(info))).isTrue();
        assertThat(dialog.inOrder(Messages.index(info))).isFalse();
        assertThat(dialog.inOrder(Messages.index(info.replace("CSeq: 7", "CSeq: 6"))))
                .isFalse();
        assertThat(dialog.inOrder(Messages.index(info.replace("CSeq: 7", "CSeq: 8"))))
                .isTrue();
    }

    @Test
    void withoutAContactTheResponsesAddressMustDoAndARequestIsRefused() {
        assertThat(ofResponse(Messages.OK)).isTrue();
        assertThat(ack()).startsWith("ACK sip:+4930123456@carrier.example SIP/2.0\n");
        final SipMessage invite = Messages.index(Messages.INVITE.replace("Contact:", "X-Contact:"));
        assertThat(reader.ofRequest(invite, "ours", HOP, dialog)).isFalse();
        assertThat(dialog.exists()).isFalse();
    }

    @Test
    void tooManyRoutesAndTooManyOctetsAreNoDialog() {
        assertThat(ofResponse(OK.replace("From:", "Record-Route: <sip:a;lr>\n".repeat(17) + "From:")))
                .isFalse();
        assertThat(ofResponse(OK.replace("bob", "b".repeat(4_000)))).isFalse();
        assertThat(reader.ofResponse(Messages.index(OK), HOP, new Dialog(new OctetStore(0))))
                .isFalse();
        assertThat(store.used()).isZero();
    }
}
