package io.trunkline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.sip.digest.DigestAlgorithm;
import io.trunkline.sip.digest.DigestClient;
import io.trunkline.sip.locate.Target;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.stack.HeaderGrammar;
import io.trunkline.sip.stack.HeaderReading.Read;
import io.trunkline.sip.transport.Flow;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who gets in, whose he is, and what strangers learn. */
class InboundDoorTest {
    private static final String REALM = "edge.example";

    private TrunkRig rig = new TrunkRig();
    private int requests;

    private static TrunkSettings named(final String name, final Sources sources) {
        return TrunkSettings.of(name, new Target(false, "nowhere.example", 5060, null))
                .withSources(sources);
    }

    private String request(final String method, final String headers) {
        requests++;
        return """
                %s sip:+49301@edge.example SIP/2.0
                Via: SIP/2.0/UDP 203.0.113.9:5060;rport;branch=z9hG4bK%d
                From: <sip:a@example.com>;tag=f
                To: <sip:b@example.com>
                Call-ID: c%d
                CSeq: 1 %s
                Contact: <sip:anyone@client.example:5060>
                Allow: INVITE, ACK, CANCEL, BYE, OPTIONS
                %sContent-Length: 0

                """.formatted(method, requests, requests, method, headers).replace("\n", "\r\n");
    }

    @Test
    void aTrunkIsKnownByTheLongestBlockOfItsAddresses() {
        rig.trunks.add(named("wide", Sources.of("203.0.113.0/24", "2001:db8::/32")));
        rig.trunks.add(named("narrow", Sources.of("203.0.113.128/25")));
        rig.receive(request("INVITE", ""), rig.from("203.0.113.9", 5060));
        rig.receive(request("INVITE", ""), rig.from("203.0.113.200", 40_000));
        rig.receive(request("INVITE", ""), rig.from("2001:db8::5", 5060));
        rig.receive(request("INVITE", ""), rig.from("203.0.114.1", 5060));
        rig.receive(request("INVITE", ""), rig.from("2001:db9::5", 5060));
        assertThat(rig.calls.heard).containsExactly("INVITE wide", "INVITE narrow", "INVITE wide");
        assertThat(rig.trunks.door().counters().unknownRequests()).isEqualTo(2);
        assertThat(rig.trunks.door().current()).isNull();
    }

    @Test
    void theAddressesThatWeSendToAreKnownAsLongAsTheyAreInDns() {
        final Trunk trunk = rig.trunks.add(TrunkRig.settings());
        final Flow peer = rig.from("192.0.2.1", 5060);
        rig.receive(request("INVITE", ""), peer);
        assertThat(rig.calls.heard).isEmpty();
        rig.run(100);
        rig.receive(request("INVITE", ""), peer);
        assertThat(rig.calls.heard).containsExactly("INVITE " + trunk.name());
        rig.zone.remove(TrunkRig.NAME, io.trunkline.sip.locate.RecordType.A).address(TrunkRig.NAME, 60, "192.0.2.7");
        rig.run(3_600_000);
        rig.calls.heard.clear();
        rig.receive(request("INVITE", ""), peer);
        assertThat(rig.calls.heard).isEmpty();
    }

    private static TrunkSettings at(final String address) {
        return TrunkSettings.of("carrier", new Target(false, address, 5060, null));
    }

    @Test
    void whatTakesATrunksPlaceIsKnownByItsOwnAddressAtOnce() {
        final Trunk before = rig.trunks.add(at("192.0.2.1"));
        rig.run(1_000);
        rig.trunks.exchange(Set.of(before), List.of(new Trunks.Coming(at("192.0.2.2"), before.admission())));
        rig.run(100);
        rig.receive(request("INVITE", ""), rig.from("192.0.2.2", 5060));
        assertThat(rig.calls.heard).containsExactly("INVITE carrier");
    }

    @Test
    void whatBelongsToACallComesInFromWhereverItIsSent() {
        final Trunk trunk = rig.trunks.add(named("one", Sources.of("203.0.113.0/24")));
        final Flow peer = rig.from("203.0.113.9", 5060);
        final String invite = request("INVITE", "");
        final String bye = request("BYE", "").replace("To: <sip:b@example.com>", "To: <sip:b@example.com>;tag=ours");
        rig.receive(invite, peer);
        rig.trunks.remove(trunk);
        rig.calls.heard.clear();

        rig.receive(bye, peer);
        rig.receive(request("INVITE", ""), peer);
        assertThat(rig.calls.heard).as("of no dialog").isEmpty();
        rig.calls.dialog = "ours";
        rig.receive(bye, rig.from("198.51.100.7", 5060));
        rig.receive(request("INVITE", ""), peer);
        assertThat(rig.calls.heard).containsExactly("BYE ?");

        final String cancel = invite.replace("INVITE sip", "CANCEL sip").replace("1 INVITE", "1 CANCEL");
        rig.receive(cancel, rig.from("203.0.113.10", 5060));
        assertThat(rig.calls.heard).as("not from elsewhere").containsExactly("BYE ?");
        rig.receive(cancel, peer);
        assertThat(rig.calls.heard).containsExactly("BYE ?", "CANCEL true");
    }

    @Test
    void responsesMayGoToAnotherAddressOfTheSameTrunkAndToNoOther() {
        rig.trunks.add(named("one", Sources.of("203.0.113.0/24")));
        rig.trunks.add(named("two", Sources.of("198.51.100.0/24")));
        final InboundDoor door = rig.trunks.door();
        final Flow peer = rig.from("203.0.113.9", 5060);
        assertThat(door.otherAddress(peer, "203.0.113.77")).isNotNull();
        assertThat(door.otherAddress(peer, "198.51.100.7"))
                .as("another trunk's")
                .isNull();
        assertThat(door.otherAddress(peer, "192.0.2.7")).as("nobody's").isNull();
        assertThat(door.otherAddress(peer, "224.0.0.1")).isNull();
        assertThat(door.otherAddress(peer, "victim.example"))
                .as("no name is looked up")
                .isNull();
        assertThat(door.otherAddress(rig.from("192.0.2.6", 5060), "192.0.2.7"))
                .as("a stranger")
                .isNull();
    }

    @Test
    void aCertificatesNameIsATrunksToo() {
        rig.trunks.add(named("tls", new Sources(List.of(), Set.of("SBC.carrier.example"), null, null)));
        final InetSocketAddress anywhere = new InetSocketAddress("203.0.113.77", 40_000);
        rig.receive(
                request("OPTIONS", ""),
                new TrunkRig.FakeFlow(TransportProtocol.TLS, anywhere, Set.of("sbc.carrier.example")));
        rig.receive(
                request("OPTIONS", ""), new TrunkRig.FakeFlow(TransportProtocol.TLS, anywhere, Set.of("x.example")));
        assertThat(rig.calls.heard).containsExactly("OPTIONS tls");
    }

    @Test
    void twoTrunksCannotHaveTheSameSource() {
        rig.trunks.add(named("one", Sources.of("203.0.113.0/24")));
        assertThatThrownBy(() -> rig.trunks.add(named("two", Sources.of("203.0.113.0/24"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one's and two's");
        assertThat(rig.trunks.all()).hasSize(1);
        for (final String wrong : List.of("203.0.113.1/24", "203.0.113.0/33", "carrier.example", "::/129", "1.2.3")) {
            assertThatThrownBy(() -> Sources.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void strangersAreRefusedWhereThatIsThePolicyButScannersAreNot() {
        rig = new TrunkRig(DoorSettings.closed().refusing());
        rig.trunks.add(named("known", Sources.of("198.51.100.0/24")));
        final Flow stranger = rig.from("203.0.113.9", 5060);
        rig.receive(request("INVITE", "User-Agent: friendly-scanner\n"), stranger);
        rig.receive(request("ACK", ""), stranger);
        assertThat(rig.sent).isEmpty();
        rig.receive(request("INVITE", ""), stranger);
        assertThat(rig.sent).hasSize(1);
        for (int i = 0; i < 1_000; i++) {
            rig.receive(request("INVITE", ""), stranger);
        }
        assertThat(rig.sent).as("no flood is answered in full").hasSizeLessThan(220);
        assertThat(rig.calls.heard).isEmpty();
    }

    @Test
    void strangersLearnNothing() {
        rig.trunks.add(named("known", Sources.of("198.51.100.0/24")));
        final Flow stranger = rig.from("203.0.113.9", 5060);
        for (final String method : List.of("INVITE", "OPTIONS", "REGISTER", "ACK", "CANCEL", "BYE", "NONSENSE")) {
            rig.receive(request(method, ""), stranger);
        }
        rig.receive(request("INVITE", "").replace("SIP/2.0\r\nVia", "SIP/9.0\r\nVia"), stranger);
        rig.receive(Messages.OK.replace("\n", "\r\n"), stranger);
        assertThat(rig.sent).isEmpty();
        assertThat(rig.calls.heard).isEmpty();
        assertThat(rig.trunks.door().counters().unknownRequests()).isEqualTo(8);
        assertThat(rig.trunks.door().counters().unknownResponses()).isEqualTo(1);
    }

    /** A door with one digest trunk. */
    private void digest() {
        rig = new TrunkRig(DoorSettings.in(REALM));
        rig.trunks.add(named("pbx", new Sources(List.of(), Set.of(), "pbx", "secret")));
    }

    private String challengeTo(final String method, final Flow from) {
        final int before = rig.sent.size();
        rig.receive(request(method, ""), from);
        assertThat(rig.sent).hasSize(before + 1);
        assertThat(rig.last().text()).startsWith("SIP/2.0 401 Unauthorized");
        return rig.last().text();
    }

    @Test
    void aRealmMayComeLater() {
        rig.trunks.add(named("pbx", new Sources(List.of(), Set.of(), "pbx", "secret")));
        final Flow stranger = rig.from("203.0.113.9", 5060);
        rig.receive(request("INVITE", ""), stranger);
        assertThat(rig.sent).as("nobody is challenged").isEmpty();
        rig.trunks.door().configure(REALM, false);
        challengeTo("INVITE", stranger);
        rig.trunks.door().configure(null, true);
        rig.receive(request("INVITE", ""), stranger);
        assertThat(rig.last().text()).startsWith("SIP/2.0 403");
    }

    @Test
    void aRequestIsNotAnsweredWithMoreThanTwiceItsLength() {
        digest();
        final Flow stranger = rig.from("203.0.113.9", 5060);
        final String whole = request("OPTIONS", "");
        rig.receive(whole.replaceAll("(Contact|Allow): .*\r\n", ""), stranger);
        assertThat(rig.sent).isEmpty();
        assertThat(challengeTo("OPTIONS", stranger).length()).isLessThan(2 * whole.length());
    }

    private String credentials(final String challenge, final String password, final String method) {
        final DigestClient client = new DigestClient("pbx", REALM, password, DigestAlgorithm.SHA_256, () -> 7);
        final SipMessage message = Messages.index(challenge.replace("\r\n", "\n"));
        final Read read = (Read) HeaderGrammar.read(message, message.first(HeaderName.WWW_AUTHENTICATE));
        assertThat(client.challenged(List.of(read.elements().get(0).parameters()), ""))
                .isTrue();
        return "Authorization: " + client.credentials(method, "sip:+49301@edge.example") + "\n";
    }

    @Test
    void aUserProvesWhoHeIs() {
        digest();
        final Flow pbx = rig.from("203.0.113.9", 5060);
        final String challenge = challengeTo("INVITE", pbx);
        rig.receive(request("ACK", ""), pbx);
        assertThat(rig.calls.heard).as("nothing of it becomes a transaction").isEmpty();
        assertThat(rig.layer.serverTransactions()).isZero();
        final String invite = request("INVITE", credentials(challenge, "secret", "INVITE"));
        rig.receive(invite, pbx);
        assertThat(rig.calls.heard).containsExactly("INVITE pbx");
        rig.receive(invite, pbx);
        assertThat(rig.layer.counters().retransmissionsReceived()).isEqualTo(1);
        rig.receive(request("ACK", ""), pbx);
        assertThat(rig.calls.heard).containsExactly("INVITE pbx", "ACK");
        assertThat(rig.trunks.door().counters().bans()).isZero();
    }

    @Test
    void aCopyOfSomebodysRequestIsOfNoUse() {
        digest();
        final Flow pbx = rig.from("203.0.113.9", 5060);
        final String authorization = credentials(challengeTo("INVITE", pbx), "secret", "INVITE");
        rig.receive(request("INVITE", authorization), pbx);
        rig.receive(request("INVITE", authorization), rig.from("203.0.113.66", 5060));
        assertThat(rig.last().text()).startsWith("SIP/2.0 403");
        assertThat(rig.calls.heard).containsExactly("INVITE pbx");
        assertThat(rig.trunks.door().counters().replayed()).isEqualTo(1);
    }

    @Test
    void aCopyOfWhatWasRefusedWithoutATransactionMayBeAskedAnew() {
        digest();
        final Flow pbx = rig.from("203.0.113.9", 5060);
        rig.calls.admitted = false;
        final String invite = request("INVITE", credentials(challengeTo("INVITE", pbx), "secret", "INVITE"));
        rig.receive(invite, pbx);
        assertThat(rig.last().text()).startsWith("SIP/2.0 503");
        for (int i = 0; i < 20; i++) {
            rig.receive(invite, pbx);
            assertThat(rig.last().text()).startsWith("SIP/2.0 401").contains("stale=true");
        }
        assertThat(rig.trunks.door().counters().replayed()).isEqualTo(20);
        assertThat(rig.trunks.door().counters().bans()).isZero();
        assertThat(rig.calls.heard).isEmpty();
        assertThat(rig.layer.serverTransactions()).isZero();
        rig.calls.admitted = true;
        rig.receive(request("INVITE", credentials(rig.last().text(), "secret", "INVITE")), pbx);
        assertThat(rig.calls.heard).containsExactly("INVITE pbx");
        rig.run(40_000);
        assertThat(rig.trunks.all().get(0).admission().share().held()).isEqualTo(1);
    }

    @Test
    void whoGuessesPasswordsIsBannedAfterAFewForAWhile() {
        digest();
        final Flow guesser = rig.from("203.0.113.66", 5060);
        final String challenge = challengeTo("REGISTER", guesser);
        for (int i = 0; i < 20; i++) {
            rig.receive(request("INVITE", credentials(challenge, "guess" + i, "INVITE")), guesser);
        }
        assertThat(rig.trunks.door().counters().wrong()).isEqualTo(5);
        assertThat(rig.trunks.door().counters().banned()).isEqualTo(15);
        assertThat(rig.sent).as("a challenge and four refusals").hasSize(5);
        rig.receive(request("INVITE", credentials(challenge, "secret", "INVITE")), rig.from("203.0.113.10", 5060));
        assertThat(rig.calls.heard).as("others are not concerned").containsExactly("INVITE pbx");
        rig.run(600_000);
        challengeTo("INVITE", guesser);
    }

    @Test
    void aGuesserIsOneWhicheverAddressOfHisNetworkHeHas() {
        digest();
        final String challenge = challengeTo("REGISTER", rig.from("2001:db8::1", 5060));
        for (int i = 0; i < 20; i++) {
            rig.receive(
                    request("INVITE", credentials(challenge, "guess" + i, "INVITE")),
                    rig.from("2001:db8::1:" + i, 5060));
        }
        assertThat(rig.trunks.door().counters().wrong()).isEqualTo(5);
        assertThat(rig.trunks.door().counters().banned()).isEqualTo(15);
    }

    @Test
    void credentialsForOthersAreReadSoFarAndNoFurther() {
        digest();
        final Flow pbx = rig.from("203.0.113.9", 5060);
        final String good = credentials(challengeTo("INVITE", pbx), "secret", "INVITE");
        final String other = "Authorization: Digest realm=\"elsewhere\", nonce=\"n\"\n";
        rig.receive(request("INVITE", other.repeat(4) + good), pbx);
        assertThat(rig.calls.heard).isEmpty();
        rig.receive(request("INVITE", other.repeat(3) + good), pbx);
        assertThat(rig.calls.heard).containsExactly("INVITE pbx");
    }

    @Test
    void challengesAreFewSoThatNobodyIsFlooded() {
        digest();
        for (int i = 0; i < 10_000; i++) {
            rig.receive(request("INVITE", ""), rig.from("203.0." + i % 100 + "." + i % 250, 5060));
        }
        assertThat(rig.sent).hasSize(200);
        assertThat(rig.trunks.door().counters().challengesSuppressed()).isEqualTo(9_800);
        rig.run(1_000);
        rig.receive(request("INVITE", ""), rig.from("203.0.113.9", 5060));
        assertThat(rig.sent).hasSize(201);
        assertThat(rig.layer.serverTransactions()).isZero();
    }

    @Test
    void scannersGetNoChallengeEither() {
        digest();
        final Flow scanner = rig.from("203.0.113.66", 5060);
        rig.receive(request("OPTIONS", "User-Agent: friendly-scanner\n"), scanner);
        rig.receive(request("OPTIONS", "User-Agent: SIPVicious/0.3\n"), scanner);
        assertThat(rig.sent).isEmpty();
        assertThat(rig.trunks.door().counters().scanners()).isEqualTo(2);
    }

    @Test
    void anOldNonceIsReplacedWithoutAStrike() {
        digest();
        final Flow pbx = rig.from("203.0.113.9", 5060);
        final String authorization = credentials(challengeTo("INVITE", pbx), "secret", "INVITE");
        rig.run(300_000);
        rig.receive(request("INVITE", authorization), pbx);
        assertThat(rig.last().text()).startsWith("SIP/2.0 401").contains("stale=true");
    }
}
