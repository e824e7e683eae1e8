package io.trunkline.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.SimulatedNetwork.Weather;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The state machines of RFC 3261 §17 and RFC 6026, timer by timer, against a network without chance. */
class TransactionTest {
    private static final int UAC = 1;
    private static final int UAS = 2;
    private static final int NOBODY = 9;
    private static final long FOR_EVER_MS = 700_000;

    private final SimulatedNetwork network = new SimulatedNetwork(1, Weather.FINE);
    private final TestUser uac = new TestUser();
    private final TestUser uas = new TestUser();

    TransactionTest() {
        uac.layer = network.layer(TransactionLimits.DEFAULT, TimerValues.DEFAULT, uac);
        uas.layer = network.layer(TransactionLimits.DEFAULT, TimerValues.DEFAULT, uas);
    }

    private void respondLater(final int status) {
        network.run(1);
        uas.respond(uas.lastServer, Messages.index(uas.lastRequest), status);
    }

    @AfterEach
    void nothingIsLeft() {
        network.run(FOR_EVER_MS);
        for (final TestUser user : new TestUser[] {uac, uas}) {
            assertThat(user.layer.clientTransactions()).isZero();
            assertThat(user.layer.serverTransactions()).isZero();
            assertThat(user.layer.timersSet()).isZero();
            assertThat(user.layer.messagesStored()).isZero();
            assertThat(user.layer.counters().clientEnded())
                    .isEqualTo(user.layer.counters().clientBegun());
            assertThat(user.layer.counters().serverEnded())
                    .isEqualTo(user.layer.counters().serverBegun());
        }
    }

    @Test
    void aRequestIsAnsweredOnce() {
        uac.request(SipMethod.OPTIONS, network.address(UAS));
        network.run(100_000);
        assertThat(uas.heard).containsExactly("OPTIONS", "server COMPLETED");
        assertThat(uac.heard).containsExactly("200 OPTIONS", "client COMPLETED");
        assertThat(network.trace).hasSize(2);
    }

    @Test
    void anUnansweredRequestIsSentElevenTimesUntilTimerF() {
        uac.request(SipMethod.OPTIONS, network.address(NOBODY));
        network.run(31_900);
        assertThat(uac.heard).isEmpty();
        network.run(200);
        assertThat(uac.heard).containsExactly("client TIMEOUT");
        // 500 ms, 1 s, 2 s, then every 4 s: §17.1.2.2.
        assertThat(network.sent("OPTIONS")).isEqualTo(11);
    }

    @Test
    void anUnansweredInviteIsSentSevenTimesUntilTimerB() {
        uac.request(SipMethod.INVITE, network.address(NOBODY));
        network.run(33_000);
        assertThat(uac.heard).containsExactly("client TIMEOUT");
        assertThat(network.sent("INVITE")).isEqualTo(7);
    }

    @Test
    void overAReliableTransportNothingIsSentTwiceAndNothingLingers() {
        network.weather = Weather.RELIABLE;
        uas.answer = 486;
        uac.request(SipMethod.INVITE, network.address(UAS));
        uac.request(SipMethod.OPTIONS, network.address(UAS));
        uac.request(SipMethod.OPTIONS, network.address(NOBODY));
        network.run(50);
        assertThat(uac.heard).containsOnlyOnce("486 INVITE", "486 OPTIONS");
        assertThat(uac.layer.clientTransactions()).isEqualTo(1);
        assertThat(uas.layer.serverTransactions()).isZero();
        network.run(100_000);
        assertThat(network.sent("")).isEqualTo(6);
    }

    @Test
    void whatWasSentOverAConnectionThatFailedEndsUnlessItHasHeardSomething() {
        network.weather = Weather.RELIABLE;
        uas.answer = 0;
        final Hop heard = network.address(UAS);
        final Hop silent = network.address(NOBODY);
        uac.request(SipMethod.INVITE, heard);
        uac.request(SipMethod.INVITE, silent);
        uac.request(SipMethod.OPTIONS, silent);
        network.run(300);
        assertThat(uac.heard).containsExactly("100 INVITE");
        uac.layer.onTransportFailed(silent);
        uac.layer.onTransportFailed(heard);
        assertThat(uac.heard).as("ends are told by poll").hasSize(1);
        network.run(10);
        assertThat(uac.heard).containsExactly("100 INVITE", "client TRANSPORT_ERROR", "client TRANSPORT_ERROR");
        respondLater(486);
        network.run(10);
        assertThat(uac.heard).contains("486 INVITE");
    }

    @Test
    void aRequestCanBeRefusedWithoutATransactionAndIsThenNotKnown() {
        uac.request(SipMethod.OPTIONS, network.address(NOBODY));
        final byte[] octets = new byte[uac.length];
        uac.buffer.getBytes(0, octets);
        final SipMessage request = Messages.index(octets);
        assertThat(uas.layer.isKnown(request)).isFalse();
        uas.layer.refuse(request, network.address(UAC), 401, "Unauthorized", HeaderName.WWW_AUTHENTICATE, "Digest x");
        assertThat(uas.layer.serverTransactions()).isZero();
        network.run(50);
        assertThat(uac.heard).containsExactly("401 OPTIONS");
        assertThat(network.sent("SIP/2.0 401")).isEqualTo(1);
    }

    @Test
    void whatTheUserDoesNotAdmitIsRefusedOnceForEachCopy() {
        uas.refuses = true;
        uac.request(SipMethod.INVITE, network.address(UAS));
        final byte[] invite = new byte[uac.length];
        uac.buffer.getBytes(0, invite);
        network.run(5);
        assertThat(uas.layer.serverTransactions()).isZero();
        assertThat(uas.layer.messagesStored()).isZero();
        network.run(40_000);
        assertThat(uac.heard).containsExactly("503 INVITE", "client COMPLETED");
        assertThat(uas.heard).as("its ACK is a stray").containsExactly("ACK false");
        assertThat(network.sent("SIP/2.0 503")).isEqualTo(1);
        network.inject(NOBODY, UAS, invite);
        network.inject(NOBODY, UAS, invite);
        network.run(40_000);
        assertThat(network.sent("SIP/2.0 503"))
                .as("no ACK came for two of them")
                .isEqualTo(3);
        assertThat(uas.layer.counters().refusedByUser()).isEqualTo(3);

        uas.refuses = false;
        network.inject(UAC, UAS, invite);
        uas.refuses = true;
        network.inject(UAC, UAS, invite);
        assertThat(uas.heard).as("a copy of what has a transaction is its own").containsExactly("ACK false", "INVITE");
        assertThat(uas.layer.counters().refusedByUser()).isEqualTo(3);
    }

    @Test
    void aRefusalIsRepeatedUntilItsAckComesAndAckedEachTime() {
        uas.answer = 486;
        network.weather = new Weather(1, 0, 1, 1, false);
        uac.request(SipMethod.INVITE, network.address(UAS));
        network.weather = Weather.FINE;
        network.run(600);
        assertThat(network.sent("ACK")).isEqualTo(1);
        assertThat(uas.lastServer.state()).isEqualTo(TransactionState.CONFIRMED);
        network.inject(UAS, UAC, bytes(uas.lastAnswer));
        assertThat(network.sent("ACK")).isEqualTo(2);
        network.run(100_000);
        assertThat(uac.heard).containsExactly("486 INVITE", "client COMPLETED");
        assertThat(uas.heard).containsExactly("INVITE", "server COMPLETED");
    }

    @Test
    void aRefusalWithoutAckEndsWithTimerH() {
        uas.answer = 486;
        uac.request(SipMethod.INVITE, network.address(UAS));
        network.run(1);
        network.weather = new Weather(1, 0, 1, 1, false);
        network.trace.clear();
        network.run(9);
        network.run(40_000);
        assertThat(uas.heard).containsExactly("INVITE", "server TIMEOUT");
        // Timer G: 500 ms, 1 s, 2 s, then every 4 s within 32 s.
        assertThat(network.sent("SIP/2.0 486")).isEqualTo(10);
    }

    @Test
    void anAcceptedInviteAbsorbsItsCopiesAndLetsEvery2xxPass() {
        uac.request(SipMethod.INVITE, network.address(UAS));
        final byte[] invite = new byte[uac.length];
        uac.buffer.getBytes(0, invite);
        network.run(100);
        network.inject(UAC, UAS, invite);
        uas.lastServer.respond(200, uas.lastAnswer, 0, uas.lastAnswer.capacity());
        network.run(100);
        assertThat(uas.heard).containsExactly("INVITE");
        assertThat(uac.heard).containsExactly("200 INVITE", "200 INVITE");
        network.run(32_000);
        assertThat(uac.heard).endsWith("client COMPLETED");
        network.inject(UAS, UAC, bytes(uas.lastAnswer));
        assertThat(uac.heard).endsWith("stray 200");
    }

    @Test
    void the100IsSentIfTheUserTakesTooLong() {
        uas.answer = 0;
        uac.request(SipMethod.INVITE, network.address(UAS));
        network.run(190);
        assertThat(network.sent("SIP/2.0 100")).isZero();
        network.run(100);
        assertThat(network.sent("SIP/2.0 100")).isEqualTo(1);
        network.run(20_000);
        assertThat(network.sent("INVITE")).isEqualTo(1);
        respondLater(486);
        network.run(100);
        assertThat(uac.heard).containsExactly("100 INVITE", "486 INVITE");
    }

    @Test
    void aCancelWaitsForTheFirstProvisionalResponse() {
        uas.answer = 0;
        final ClientTransaction invite = uac.request(SipMethod.INVITE, network.address(UAS));
        invite.cancel();
        network.run(100);
        assertThat(network.sent("CANCEL")).isZero();
        network.run(200);
        assertThat(network.sent("CANCEL")).isEqualTo(1);
        assertThat(uas.heard).containsExactly("INVITE", "CANCEL true");
        respondLater(487);
        network.run(100);
        assertThat(uac.heard).containsExactly("100 INVITE", "200 CANCEL", "487 INVITE");
    }

    @Test
    void aCancelledInviteThatIsNeverAnsweredEndsAllTheSame() {
        uas.answer = 180;
        final ClientTransaction invite = uac.request(SipMethod.INVITE, network.address(UAS));
        network.run(100);
        invite.cancel();
        network.run(33_000);
        assertThat(uac.heard).containsExactly("180 INVITE", "200 CANCEL", "client COMPLETED", "client TIMEOUT");
    }

    @Test
    void timerCCancelsACallThatRingsForEver() {
        uas.answer = 180;
        uac.request(SipMethod.INVITE, network.address(UAS));
        network.run(180_000);
        assertThat(network.sent("CANCEL")).isZero();
        network.run(2_000);
        assertThat(network.sent("CANCEL")).isEqualTo(1);
        network.run(33_000);
        assertThat(uac.heard).endsWith("client TIMEOUT");
    }

    @Test
    void aCancelForNothingIsToldSo() {
        network.inject(UAC, UAS, Messages.octets(Messages.INVITE.replace("INVITE", "CANCEL")));
        assertThat(uas.heard).containsExactly("CANCEL false");
    }

    @Test
    void aTransportErrorEndsTheTransactionFromPollOnly() {
        network.broken = true;
        uac.request(SipMethod.INVITE, network.address(UAS));
        assertThat(uac.heard).isEmpty();
        network.run(10);
        assertThat(uac.heard).containsExactly("client TRANSPORT_ERROR");
    }

    @Test
    void whatIsNeverSentIsNotKept() {
        uac.layer.newClient(SipMethod.INVITE, network.address(UAS)).abandon();
        uac.layer.newClient(SipMethod.INVITE, network.address(UAS));
        network.run(10);
        assertThat(uac.heard).containsExactly("client ABANDONED");
        network.run(33_000);
        assertThat(uac.heard).containsExactly("client ABANDONED", "client ABANDONED");
    }

    @Test
    void branchesMatchInAnyCaseAndOnlyWithTheirSentBy() {
        uac.layer.newClient(SipMethod.INVITE, network.address(UAS));
        network.inject(UAC, UAS, Messages.octets(Messages.INVITE));
        network.inject(UAC, UAS, Messages.octets(Messages.INVITE.replace("bKabc123", "BKABC123")));
        assertThat(uas.heard).containsExactly("INVITE");
        network.inject(UAC, UAS, Messages.octets(Messages.INVITE.replace("edge.", "edge2.")));
        assertThat(uas.heard).containsExactly("INVITE", "INVITE");
    }

    @Test
    void peersFromBeforeTheCookieAreMatchedByTheOldRules() {
        uas.answer = 486;
        final String old = Messages.INVITE.replace("z9hG4bKabc123", "1");
        network.inject(UAC, UAS, Messages.octets(old));
        network.inject(UAC, UAS, Messages.octets(old));
        assertThat(uas.heard).containsExactly("INVITE");
        final String ack = old.replace("INVITE", "ACK").replace("carrier.example>", "carrier.example>;tag=tag486");
        network.inject(UAC, UAS, Messages.octets(ack));
        assertThat(uas.lastServer.state()).isEqualTo(TransactionState.CONFIRMED);
        network.inject(UAC, UAS, Messages.octets(old.replace("9f3c", "9f3d")));
        assertThat(uas.heard).containsExactly("INVITE", "INVITE");
    }

    @Test
    void aCookieAloneNamesNoTransaction() {
        final String one = Messages.INVITE.replace("z9hG4bKabc123", "z9hG4bK");
        network.inject(UAC, UAS, Messages.octets(one));
        network.inject(UAC, UAS, Messages.octets(one.replace("9f3c", "9f3d")));
        assertThat(uas.heard).containsExactly("INVITE", "INVITE");
        network.inject(UAC, UAS, Messages.octets(one));
        assertThat(uas.heard).as("a copy all the same").hasSize(2);
    }

    @Test
    void responsesGoToTheSourcePortOnlyIfAskedTo() {
        network.inject(UAC, UAS, Messages.octets(Messages.INVITE));
        assertThat(network.trace.get(0)).contains(UAS + ">" + UAC + " SIP/2.0 200");
        network.inject(UAC, UAS, Messages.octets(Messages.INVITE.replace("abc123;rport", "other")));
        assertThat(network.trace.get(1)).contains(UAS + ">5062 SIP/2.0 200");
    }

    @Test
    void responsesGoToMaddrOnlyIfThatIsThePeersToo() {
        final String via = Messages.INVITE.replace("abc123;rport", "%s;rport;maddr=%s");
        network.inject(UAC, UAS, Messages.octets(via.formatted("one", "192.0.2.1")));
        assertThat(network.trace.get(0)).contains(UAS + ">5062 SIP/2.0 200");
        network.inject(UAC, UAS, Messages.octets(via.formatted("two", "203.0.113.5")));
        assertThat(network.trace.get(1)).contains(UAS + ">" + UAC + " SIP/2.0 200");
    }

    @Test
    void anAckThatIsForNoRefusalIsTheUsers() {
        network.inject(UAC, UAS, Messages.octets(Messages.INVITE));
        network.inject(UAC, UAS, Messages.octets(Messages.INVITE.replace("INVITE", "ACK")));
        network.inject(
                UAC,
                UAS,
                Messages.octets(Messages.INVITE.replace("INVITE", "ACK").replace("abc123", "x")));
        assertThat(uas.heard).containsExactly("INVITE", "ACK true", "ACK false");
    }

    @Test
    void faultyRequestsAreAnsweredWithoutATransaction() {
        network.inject(UAC, UAS, Messages.octets(Messages.INVITE.replace("SIP/2.0\nVia", "SIP/3.0\nVia")));
        assertThat(network.sent("SIP/2.0 505 Version Not Supported")).isEqualTo(1);
        network.inject(UAC, UAS, Messages.octets(Messages.INVITE.replace("CSeq", "X-CSeq")));
        network.inject(UAC, UAS, Messages.octets(Messages.OK.replace("CSeq", "X-CSeq")));
        assertThat(network.trace).hasSize(1);
        assertThat(uas.heard).isEmpty();
        assertThat(uas.layer.serverTransactions()).isZero();
    }

    @Test
    void responsesThatAreNotOursAreStrays() {
        uac.request(SipMethod.OPTIONS, network.address(NOBODY));
        network.inject(UAS, UAC, Messages.octets(Messages.OK));
        final String ours = Messages.OK.replace("z9hG4bKabc123", uac.branch());
        network.inject(UAS, UAC, Messages.octets(ours));
        network.inject(
                UAS, UAC, Messages.octets(ours.replace("INVITE", "OPTIONS").replace("From", "v: SIP/2.0/UDP x\nFrom")));
        assertThat(uac.heard).containsExactly("stray 200", "stray 200", "stray 200");
        network.inject(UAS, UAC, Messages.octets(ours.replace("INVITE", "OPTIONS")));
        assertThat(uac.heard).endsWith("200 OPTIONS");
    }

    private static byte[] bytes(final DirectBuffer buffer) {
        final byte[] octets = new byte[buffer.capacity()];
        buffer.getBytes(0, octets);
        return octets;
    }
}
