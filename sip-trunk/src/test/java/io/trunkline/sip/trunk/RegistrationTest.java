package io.trunkline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.digest.DigestAlgorithm;
import io.trunkline.sip.digest.DigestOutcome;
import io.trunkline.sip.digest.DigestServer;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.stack.HeaderGrammar;
import io.trunkline.sip.stack.HeaderReading.Read;
import io.trunkline.sip.transport.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** REGISTER, answer by answer. */
class RegistrationTest {
    private static final String PEER = "192.0.2.1";

    private final TrunkRig rig = new TrunkRig();
    private final List<String> requests = new ArrayList<>();

    private Trunk trunk(final DigestAlgorithm weakest) {
        return rig.trunks.add(TrunkRig.settings()
                .withRegistering(Registering.of("4930123456", TrunkRig.NAME))
                .withCredentials(new Credentials("4930123456", TrunkRig.NAME, "secret", weakest)));
    }

    private Trunk trunk() {
        return trunk(DigestAlgorithm.MD5);
    }

    private void peer(final String host, final String answer) {
        rig.peers.put(host, request -> {
            requests.add(request.text());
            return answer;
        });
    }

    private static String contact(final TrunkRig.Sent request, final int expires) {
        return "200 OK\nContact: " + request.header("Contact") + ";expires=" + expires;
    }

    /** A registrar that challenges everything without good credentials. */
    private DigestServer registrar(final DigestAlgorithm algorithm, final long nonceLifetimeMs) {
        final DigestServer server =
                new DigestServer(TrunkRig.NAME, algorithm, nonceLifetimeMs, 100, rig, rig.random::nextLong);
        rig.peers.put(PEER, request -> {
            requests.add(request.text());
            final SipMessage message = TrunkRig.index(request.text().replace("\r\n", "\n"));
            final int line = message.first(HeaderName.AUTHORIZATION);
            final DigestOutcome outcome = line < 0
                    ? DigestOutcome.MALFORMED
                    : server.verify(
                            ((Read) HeaderGrammar.read(message, line))
                                    .elements()
                                    .get(0)
                                    .parameters(),
                            "REGISTER",
                            "sip:carrier.example",
                            user -> server.ha1(user, "secret"));
            return outcome == DigestOutcome.ACCEPTED
                    ? contact(request, 600)
                    : "401 Unauthorized\nWWW-Authenticate: " + server.challenge(outcome == DigestOutcome.STALE);
        });
        return server;
    }

    @Test
    void aTrunkThatRegistersTakesNoCallsBefore() {
        final Trunk trunk = trunk();
        rig.run(1_000);
        assertThat(trunk.acquire(rig.time(), false, new ArrayList<>())).isNull();
        assertThat(trunk.refusal()).isEqualTo(Refusal.NOT_REGISTERED);
        rig.answer(rig.last(), contact(rig.last(), 60));
        assertThat(trunk.acquire(rig.time(), false, new ArrayList<>())).isNotNull();
        final TrunkRig.Sent register = rig.sent.get(0);
        assertThat(register.text()).startsWith("REGISTER sip:carrier.example SIP/2.0\r\n");
        assertThat(register.header("To")).isEqualTo("<sip:4930123456@carrier.example>");
        assertThat(register.header("Contact")).isEqualTo("<sip:4930123456@198.51.100.1:5060>");
        assertThat(register.header("Expires")).isEqualTo("3600");
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void aChallengeIsAnsweredAndTheNonceKept(final DigestAlgorithm algorithm) {
        registrar(algorithm, 10_000_000);
        final Trunk trunk = trunk(algorithm);
        rig.run(1_000);
        assertThat(trunk.registration().isRegistered(rig.time())).isTrue();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1)).contains("algorithm=" + algorithm.token(), "nc=00000001");
        rig.run(590_000);
        assertThat(requests).as("refreshed once, at once with credentials").hasSize(3);
        assertThat(requests.get(2)).contains("nc=00000002");
        assertThat(trunk.registration().isRegistered(rig.time())).isTrue();
        assertThat(rig.sent.stream().map(one -> one.header("Call-ID")).distinct())
                .hasSize(1);
        assertThat(rig.sent.stream().map(one -> one.header("CSeq")))
                .containsExactly("1 REGISTER", "2 REGISTER", "3 REGISTER");
    }

    @Test
    void aNonceThatHasGrownOldIsReplaced() {
        registrar(DigestAlgorithm.SHA_256, 60_000);
        final Trunk trunk = trunk();
        rig.run(590_000);
        assertThat(requests).hasSize(4);
        assertThat(trunk.registration().isRegistered(rig.time())).isTrue();
    }

    @Test
    void aWrongPasswordIsNotTriedAgainAndAgain() {
        final DigestServer server =
                new DigestServer(TrunkRig.NAME, DigestAlgorithm.MD5, 1_000_000, 100, rig, rig.random::nextLong);
        rig.peers.put(PEER, request -> {
            requests.add(request.text());
            return "401 Unauthorized\nWWW-Authenticate: " + server.challenge(false);
        });
        final Trunk trunk = trunk();
        rig.run(60_000);
        assertThat(requests.size()).isBetween(2, 3);
        assertThat(trunk.registration().lastStatus()).isEqualTo(401);
        rig.run(800_000);
        assertThat(requests.size()).as("once more after ten minutes").isBetween(4, 6);
    }

    @Test
    void aChallengeOfAnotherRealmIsNotAnswered() {
        peer(PEER, "407 Proxy\nProxy-Authenticate: Digest realm=\"evil.example\", nonce=\"abc\"");
        final Trunk trunk = trunk();
        rig.run(60_000);
        assertThat(requests).hasSize(1);
        assertThat(trunk.counters().challengesNotAnswered()).isEqualTo(1);
        assertThat(rig.sent).noneMatch(one -> one.text().contains("Authorization"));
    }

    @Test
    void anIntervalThatIsTooBriefIsMadeLonger() {
        rig.peers.put(PEER, request -> {
            requests.add(request.text());
            return "7200".equals(request.header("Expires"))
                    ? contact(request, 7_200)
                    : "423 Interval Too Brief\nMin-Expires: 7200";
        });
        final Trunk trunk = trunk();
        rig.run(1_000);
        assertThat(requests).hasSize(2);
        assertThat(trunk.registration().isRegistered(rig.time() + 7_000_000)).isTrue();
    }

    @Test
    void aRegistrarThatIsNeverContentIsLeftAlone() {
        rig.peers.put(PEER, request -> {
            requests.add(request.text());
            return "423 Interval Too Brief\nMin-Expires: " + (Integer.parseInt(request.header("Expires")) + 1);
        });
        trunk();
        rig.run(60_000);
        assertThat(requests).hasSize(3);
    }

    @Test
    void theNextAddressIsAskedWhereOneIsSilent() {
        rig.zone.address(TrunkRig.NAME, 3_600, "192.0.2.2");
        final Trunk trunk = trunk();
        rig.peers.put("192.0.2.2", request -> contact(request, 600));
        rig.run(20_000);
        assertThat(trunk.registration().isRegistered(rig.time())).isTrue();
        assertThat(trunk.registration().boundAt()).isEqualTo(TrunkRig.destination(2));
        final List<Destination> candidates = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            trunk.acquire(rig.time(), false, candidates);
            assertThat(candidates.get(0)).as("calls go where we are known").isEqualTo(TrunkRig.destination(2));
        }
    }

    @Test
    void failuresAreRetriedAtGrowingDistances() {
        peer(PEER, "500 Server Error");
        final Trunk trunk = trunk();
        rig.run(10_000);
        assertThat(requests).hasSize(2);
        rig.run(600_000);
        // About 5, 10, 20, 40, 80, 160, 300 s apart, each up to a quarter more.
        assertThat(requests.size()).isBetween(7, 10);
        assertThat(trunk.counters().registrationFailures()).isEqualTo(requests.size());
        rig.peers.put(PEER, request -> contact(request, 600));
        rig.run(400_000);
        assertThat(trunk.registration().isRegistered(rig.time())).isTrue();
    }

    @Test
    void theBindingLastsWhileARefreshFails() {
        rig.peers.put(PEER, request -> contact(request, 600));
        final Trunk trunk = trunk();
        rig.run(1_000);
        rig.peers.remove(PEER);
        rig.run(580_000);
        assertThat(trunk.registration().isRegistered(rig.time())).isTrue();
        rig.run(20_000);
        assertThat(trunk.registration().isRegistered(rig.time())).isFalse();
    }

    @Test
    void theShortestOfWhatIsGrantedForOurContactCounts() {
        rig.peers.put(
                PEER,
                request -> "200 OK\nContact: <sip:other@203.0.113.5>;expires=7\nContact: " + request.header("Contact")
                        + ";expires=120\nExpires: 3600");
        final Trunk trunk = trunk();
        rig.run(1_000);
        assertThat(trunk.registration().isRegistered(rig.time() + 110_000)).isTrue();
        assertThat(trunk.registration().isRegistered(rig.time() + 120_000)).isFalse();
    }

    private Trunk instead(final Trunk trunk, final TrunkSettings settings) {
        return rig.trunks
                .exchange(Set.of(trunk), List.of(new Trunks.Coming(settings, trunk.admission())))
                .get(0);
    }

    @Test
    void aTrunkThatComesInAnothersSteadIsThereAtOnceAndStaysRegistered() {
        rig.peers.put(PEER, request -> contact(request, 600));
        final Trunk trunk = trunk();
        rig.run(1_000);
        final TrunkSettings settings = trunk.settings();
        final int sent = rig.sent.size();

        final Trunk other = instead(trunk, settings.withLargeOverTcp(false));
        assertThat(other.state(rig.time())).as("no name is looked up").isEqualTo(Refusal.NONE);
        rig.run(1_000);
        assertThat(rig.sent).as("nothing is registered anew").hasSize(sent);

        final Trunk password = instead(
                other,
                settings.withCredentials(
                        new Credentials("4930123456", TrunkRig.NAME, "another secret", DigestAlgorithm.MD5)));
        assertThat(password.state(rig.time())).isEqualTo(Refusal.NONE);
        rig.run(1_000);
        assertThat(rig.sent).hasSize(sent + 1);
        assertThat(rig.last().header("Expires")).isEqualTo("3600");

        final Trunk user = instead(password, settings.withRegistering(Registering.of("another", TrunkRig.NAME)));
        assertThat(rig.last().header("Expires")).isEqualTo("0");
        assertThat(user.state(rig.time())).isEqualTo(Refusal.NOT_REGISTERED);
    }

    @Test
    void whoLeavesTakesTheBindingAway() {
        rig.peers.put(PEER, request -> contact(request, 600));
        final Trunk trunk = trunk();
        rig.run(1_000);
        rig.trunks.remove(trunk);
        assertThat(rig.last().header("Expires")).isEqualTo("0");
        final int sent = rig.sent.size();
        rig.answer(rig.last(), "200 OK");
        rig.run(1_000_000);
        assertThat(rig.sent).hasSize(sent);
        assertThat(trunk.state(rig.time())).isEqualTo(Refusal.DISABLED);
    }
}
