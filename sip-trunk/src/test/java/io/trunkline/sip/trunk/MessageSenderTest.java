package io.trunkline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.digest.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** MESSAGE requests over a trunk, answer by answer. */
class MessageSenderTest {
    private static final String FIRST = "192.0.2.1";
    private static final String SECOND = "192.0.2.2";
    private static final int MAX_OCTETS = 1_300;

    private final TrunkRig rig = new TrunkRig();
    private final List<String> heard = new ArrayList<>();
    /** From the address of a request to the answer's status line and headers; no peer is silence. */
    private final Map<String, Function<TrunkRig.Sent, String>> peers = new HashMap<>();

    private int answered;
    private Trunk trunk;
    private MessageSender sender;

    private void begin(final TrunkSettings settings, final MessageSettings how) {
        trunk = rig.trunks.add(settings);
        sender = rig.trunks.messages(trunk, how, new MessageSender.Listener() {
            @Override
            public void onAnswered(final long ticket, final int status, final boolean late) {
                heard.add(ticket + " " + status + (late ? " late" : ""));
            }

            @Override
            public void onLost(final long ticket) {
                heard.add(ticket + " lost");
            }
        });
        rig.run(100);
    }

    private void begin() {
        begin(TrunkRig.settings(), how(10, 0, 32_000));
    }

    private static MessageSettings how(final int window, final long rateMillis, final long timeoutMs) {
        return new MessageSettings(window, rateMillis, timeoutMs, Set.of(500, 503), MAX_OCTETS);
    }

    private static OutboundMessage message(final String text) {
        return new OutboundMessage(
                "sip:+4930123456@carrier.example",
                "<sip:+34910000001@198.51.100.1>",
                "tag",
                "<sip:+4930123456@carrier.example>",
                "77@198.51.100.1",
                "P-Asserted-Identity: <sip:+34910000001@198.51.100.1>\r\n",
                new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void send(final long ticket, final int attempt) {
        assertThat(sender.isReady(rig.time())).isTrue();
        sender.send(ticket, message("¿Qué tal?"), attempt, rig.time());
    }

    private void run(final long forMs) {
        answer();
        for (long ms = 0; ms < forMs; ms += 100) {
            rig.run(100);
            sender.poll(rig.time());
            answer();
        }
    }

    private void answer() {
        while (answered < rig.sent.size()) {
            final TrunkRig.Sent request = rig.sent.get(answered);
            answered++;
            final Function<TrunkRig.Sent, String> peer = peers.get(request.host());
            if (peer != null) {
                rig.answer(request, peer.apply(request));
            }
        }
    }

    private void peer(final String host, final String answer) {
        peers.put(host, request -> answer);
    }

    private void twoAddresses() {
        rig.zone.address(TrunkRig.NAME, 3_600, SECOND);
    }

    @Test
    void aMessageIsOneRequestWithTheTextAndWithoutContact() {
        begin();
        peer(FIRST, "200 OK");
        send(7, 2);
        run(200);
        assertThat(heard).containsExactly("7 200");
        assertThat(rig.sent).hasSize(1);
        final TrunkRig.Sent request = rig.last();
        assertThat(request.text())
                .startsWith("MESSAGE sip:+4930123456@carrier.example SIP/2.0\r\n")
                .doesNotContain("Contact:")
                .endsWith("\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: 11\r\n\r\n¿Qué tal?");
        assertThat(request.header("Via")).contains(";rport", ";oc;oc-algo=\"loss\"");
        assertThat(request.header("From")).isEqualTo("<sip:+34910000001@198.51.100.1>;tag=tag");
        assertThat(request.header("To")).isEqualTo("<sip:+4930123456@carrier.example>");
        assertThat(request.header("Call-ID")).isEqualTo("77@198.51.100.1");
        assertThat(request.header("CSeq")).as("of the third attempt").isEqualTo("65 MESSAGE");
        assertThat(request.header("P-Asserted-Identity")).isEqualTo("<sip:+34910000001@198.51.100.1>");
        assertThat(sender.underWay()).isZero();
    }

    @Test
    void aChallengeIsAnsweredAtTheSameAddress() {
        twoAddresses();
        challenging(request -> request.text().contains("Authorization: Digest ")
                ? "202 Accepted"
                : "401 Unauthorized\nWWW-Authenticate: Digest realm=\"" + TrunkRig.NAME + "\", nonce=\"n\"");
        peers.put(SECOND, peers.get(FIRST));
        send(1, 0);
        run(200);
        assertThat(heard).containsExactly("1 202");
        assertThat(rig.sent).hasSize(2);
        assertThat(rig.sent.get(1).host()).isEqualTo(rig.sent.get(0).host());
        assertThat(rig.sent.stream().map(one -> one.header("CSeq"))).containsExactly("1 MESSAGE", "2 MESSAGE");
    }

    private void challenging(final Function<TrunkRig.Sent, String> peer) {
        begin(
                TrunkRig.settings()
                        .withCredentials(new Credentials("acme", TrunkRig.NAME, "secret", DigestAlgorithm.MD5)),
                how(10, 0, 32_000));
        peers.put(FIRST, peer);
    }

    @Test
    void requestsThatWereUnderWayTogetherMayAllBeChallengedWithOneNonceAndCountItUp() {
        challenging(request -> request.text().contains("Authorization: Digest ")
                ? "202 Accepted"
                : "401 Unauthorized\nWWW-Authenticate: Digest realm=\"" + TrunkRig.NAME
                        + "\", nonce=\"of this second\", qop=\"auth\"");
        send(1, 0);
        send(2, 0);
        send(3, 0);
        run(200);
        assertThat(heard).containsExactly("1 202", "2 202", "3 202");
        assertThat(rig.sent).hasSize(6);
        for (int i = 1; i <= 3; i++) {
            assertThat(rig.sent.get(2 + i).header("Authorization")).contains("nc=0000000" + i);
        }
    }

    @Test
    void credentialsThatAreRefusedWithTheNonceTheyAnsweredAreNotTriedAgain() {
        challenging(request ->
                "401 Unauthorized\nWWW-Authenticate: Digest realm=\"" + TrunkRig.NAME + "\", nonce=\"of this second\"");
        send(1, 0);
        run(200);
        assertThat(heard).containsExactly("1 401");
        assertThat(rig.sent).hasSize(2);
    }

    @Test
    void aChallengeThatCannotBeAnsweredIsARefusal() {
        begin();
        peer(FIRST, "407 Proxy\nProxy-Authenticate: Digest realm=\"evil.example\", nonce=\"abc\"");
        send(1, 0);
        run(200);
        assertThat(heard).containsExactly("1 407");
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void aBusyAddressSendsTheMessageToTheNextOneAndIsLeftAloneForAWhile() {
        twoAddresses();
        begin();
        peer(FIRST, "503 Service Unavailable\nRetry-After: 60");
        peer(SECOND, "200 OK");
        for (int ticket = 1; ticket <= 20; ticket++) {
            send(ticket, 0);
            run(100);
        }
        assertThat(heard).hasSize(20).allMatch(one -> one.endsWith(" 200"));
        assertThat(rig.sentTo(FIRST)).isEqualTo(1);
        assertThat(rig.sentTo(SECOND)).isEqualTo(20);
    }

    @Test
    void whereAllAddressesAreBusyTheTrunkTakesNothingUntilTheyWantToBeAskedAgain() {
        begin();
        peer(FIRST, "503 Service Unavailable\nRetry-After: 5");
        send(1, 0);
        run(200);
        assertThat(heard).containsExactly("1 503");
        assertThat(sender.isUp(rig.time())).isFalse();
        sender.send(2, message("x"), 0, rig.time());
        run(100);
        assertThat(heard).as("nothing left").containsExactly("1 503", "2 503");
        assertThat(rig.sent).hasSize(1);
        run(5_000);
        assertThat(sender.isReady(rig.time())).isTrue();
    }

    @Test
    void whatIsNotAnsweredInTimeIsLostAndSentToNobodyElse() {
        twoAddresses();
        begin(TrunkRig.settings(), how(10, 0, 3_000));
        send(1, 0);
        run(2_900);
        assertThat(heard).isEmpty();
        run(300);
        assertThat(heard).containsExactly("1 lost");
        assertThat(sender.underWay()).isZero();
        rig.answer(rig.sent.get(0), "200 OK");
        assertThat(heard).containsExactly("1 lost", "1 200 late");
        assertThat(rig.sent.stream().map(TrunkRig.Sent::host).distinct()).hasSize(1);
    }

    @Test
    void whatATransactionGivesUpIsLostOnce() {
        begin();
        send(1, 0);
        run(40_000);
        assertThat(heard).containsExactly("1 lost");
        assertThat(sender.underWay()).isZero();
    }

    @Test
    void aProxyThatHasWaitedInVainLeavesItInDoubt() {
        twoAddresses();
        begin(TrunkRig.settings(), new MessageSettings(10, 0, 32_000, Set.of(408, 503), MAX_OCTETS));
        peer(FIRST, "408 Request Timeout");
        peer(SECOND, "408 Request Timeout");
        send(1, 0);
        run(200);
        assertThat(heard).containsExactly("1 lost");
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void anAddressThatNoConnectionComesAboutToGivesTheMessageToTheNextOne() {
        rig.zone.address(TrunkRig.NAME, 3_600, SECOND);
        begin(TrunkRig.settings().withLargeOverTcp(true), new MessageSettings(10, 0, 32_000, Set.of(), 8_000));
        sender.send(1, message("x".repeat(2_000)), 0, rig.time());
        final TrunkRig.FakeFlow way = (TrunkRig.FakeFlow) rig.last().to();
        assertThat(way.isReliable()).as("too large for UDP").isTrue();
        way.connected(false);
        rig.trunks.door().onFailed(way);
        run(200);
        assertThat(rig.sent).hasSize(2);
        assertThat(rig.last().host()).isNotEqualTo(rig.sent.get(0).host());
        rig.trunks.door().onFailed(rig.last().to());
        run(200);
        assertThat(heard).as("a connection that broke may have carried it").containsExactly("1 lost");
        assertThat(rig.sent).hasSize(2);
    }

    @Test
    void aMessageThatIsTooLongDoesNotFit() {
        begin(TrunkRig.settings().withLargeOverTcp(false), new MessageSettings(10, 0, 32_000, Set.of(), 8_000));
        assertThat(sender.fits(message("x".repeat(700)))).isTrue();
        assertThat(sender.fits(message("x".repeat(1_000)))).as("over UDP").isFalse();
        final TrunkRig other = new TrunkRig();
        final MessageSender overTcp = other.trunks.messages(
                other.trunks.add(TrunkRig.settings()), new MessageSettings(1, 0, 1, Set.of(), 8_000), null);
        assertThat(overTcp.fits(message("x".repeat(7_000)))).isTrue();
        assertThat(overTcp.fits(message("x".repeat(8_000)))).isFalse();
    }

    @Test
    void aRequestIsNeverLongerThanWhatWasCountedForIt() {
        begin(
                TrunkRig.settings()
                        .withCredentials(new Credentials("acme", TrunkRig.NAME, "secret", DigestAlgorithm.SHA_256)),
                how(10, 0, 32_000));
        peer(
                FIRST,
                "401 Unauthorized\nWWW-Authenticate: Digest realm=\"" + TrunkRig.NAME + "\", nonce=\"" + "n".repeat(64)
                        + "\", algorithm=SHA-256, qop=\"auth\", opaque=\"" + "o".repeat(32) + "\"");
        int octets = 1_300;
        while (!sender.fits(message("x".repeat(octets)))) {
            octets--;
        }
        sender.send(1, message("x".repeat(octets)), 0, rig.time());
        run(200);
        assertThat(rig.sent).hasSizeGreaterThan(1);
        assertThat(rig.sent).allMatch(one -> one.text().length() <= MAX_OCTETS);
    }

    @Test
    void windowAndRateHoldMessagesBack() {
        begin(TrunkRig.settings(), how(2, 20_000, 32_000));
        send(1, 0);
        send(2, 0);
        assertThat(sender.isReady(rig.time())).as("window").isFalse();
        peer(FIRST, "200 OK");
        run(1_000);
        assertThat(heard).containsExactly("1 200", "2 200");
        send(3, 0);
        send(4, 0);
        run(0);
        assertThat(heard).hasSize(4);
        assertThat(sender.isReady(rig.time())).as("rate").isFalse();
        assertThat(sender.paceMs(rig.time())).isBetween(1L, 50L);
        run(100);
        assertThat(sender.isReady(rig.time())).isTrue();
    }
}
