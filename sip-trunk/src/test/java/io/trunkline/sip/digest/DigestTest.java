package io.trunkline.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.stack.HeaderGrammar;
import io.trunkline.sip.stack.HeaderReading;
import io.trunkline.sip.stack.HeaderReading.Read;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Digest against the RFCs' examples, and both sides against each other through real headers. */
class DigestTest {
    private static final String URI = "sip:+4930@carrier.example";
    private static final int MAX_NONCES = 4;

    private final Random random = new Random(1);
    private long nowMs = 1_000_000;

    private DigestServer server(final DigestAlgorithm algorithm) {
        return new DigestServer("carrier.example", algorithm, 60_000, MAX_NONCES, () -> nowMs, random::nextLong);
    }

    private DigestClient client(final String password) {
        return new DigestClient("shop", "carrier.example", password, DigestAlgorithm.MD5, random::nextLong);
    }

    private static Map<String, String> parameters(final String name, final String value) {
        final SipMessage message =
                Messages.index(Messages.OK.replace("Content-Length", name + ": " + value + "\nContent-Length"));
        final HeaderReading reading = HeaderGrammar.read(message, message.headerCount() - 2);
        assertThat(reading).isInstanceOf(Read.class);
        return ((Read) reading).elements().get(0).parameters();
    }

    private static DigestOutcome verify(final DigestServer server, final String credentials) {
        return server.verify(
                parameters("Authorization", credentials),
                "INVITE",
                URI,
                user -> user.equals("shop") ? server.ha1("shop", "secret") : null);
    }

    private static boolean challenge(final DigestServer server, final DigestClient client) {
        return client.challenged(List.of(parameters("WWW-Authenticate", server.challenge(false))), client.nonce());
    }

    @Test
    void agreesWithTheExamplesOfRfc7616AndRfc2617() {
        final String nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
        final String cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        for (final DigestAlgorithm algorithm : List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256)) {
            final String ha1 = algorithm.ha1("Mufasa", "http-auth@example.org", "Circle of Life");
            assertThat(algorithm.response(ha1, nonce, "00000001", cnonce, "auth", "GET", "/dir/index.html"))
                    .isEqualTo(
                            algorithm == DigestAlgorithm.MD5
                                    ? "8ca523f5e9506fed4657c9700eebdbec"
                                    : "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
        }
        final String ha1 = DigestAlgorithm.MD5.ha1("Mufasa", "testrealm@host.com", "Circle Of Life");
        final String old = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
        assertThat(DigestAlgorithm.MD5.response(ha1, old, "00000001", "0a4f113b", "auth", "GET", "/dir/index.html"))
                .isEqualTo("6629fae49393a05397450978507c4ef1");
        assertThat(DigestAlgorithm.SHA_512_256.hash("abc"))
                .isEqualTo("53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23");
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void whoKnowsThePasswordIsAcceptedAgainAndAgainWithOneNonce(final DigestAlgorithm algorithm) {
        final DigestServer server = server(algorithm);
        final DigestClient client = client("secret");
        assertThat(challenge(server, client)).isTrue();
        for (int i = 0; i < 200; i++) {
            assertThat(verify(server, client.credentials("INVITE", URI))).isEqualTo(DigestOutcome.ACCEPTED);
        }
    }

    @Test
    void whoDoesNotIsRefusedAndDoesNotTryForEver() {
        final DigestServer server = server(DigestAlgorithm.SHA_256);
        final DigestClient client = client("guess");
        final Map<String, String> challenge = parameters("WWW-Authenticate", server.challenge(false));
        assertThat(client.challenged(List.of(challenge), "")).isTrue();
        assertThat(verify(server, client.credentials("INVITE", URI))).isEqualTo(DigestOutcome.WRONG);
        assertThat(client.challenged(List.of(challenge), client.nonce())).isFalse();
        final DigestClient stranger =
                new DigestClient("nobody", "carrier.example", "secret", DigestAlgorithm.MD5, random::nextLong);
        challenge(server, stranger);
        assertThat(verify(server, stranger.credentials("INVITE", URI))).isEqualTo(DigestOutcome.WRONG);
    }

    @Test
    void aCopyIsToldFromRequestsThatOvertakeEachOther() {
        final DigestServer server = server(DigestAlgorithm.SHA_256);
        final DigestClient client = client("secret");
        challenge(server, client);
        final String first = client.credentials("INVITE", URI);
        final String second = client.credentials("INVITE", URI);
        assertThat(verify(server, second)).isEqualTo(DigestOutcome.ACCEPTED);
        assertThat(verify(server, first)).isEqualTo(DigestOutcome.ACCEPTED);
        assertThat(verify(server, first)).isEqualTo(DigestOutcome.REPLAYED);
        assertThat(verify(server, second)).isEqualTo(DigestOutcome.REPLAYED);
    }

    @Test
    void anOldNonceIsStaleAndAFreshOneMends() {
        final DigestServer server = server(DigestAlgorithm.MD5);
        final DigestClient client = client("secret");
        challenge(server, client);
        nowMs += 60_000;
        assertThat(verify(server, client.credentials("INVITE", URI))).isEqualTo(DigestOutcome.STALE);
        assertThat(client.challenged(List.of(parameters("WWW-Authenticate", server.challenge(true))), client.nonce()))
                .isTrue();
        assertThat(verify(server, client.credentials("INVITE", URI))).isEqualTo(DigestOutcome.ACCEPTED);
    }

    @Test
    void theTableIsBoundedAndWhatWasForgottenCannotBeReplayed() {
        final DigestServer server = server(DigestAlgorithm.MD5);
        final DigestClient client = client("secret");
        challenge(server, client);
        final String first = client.credentials("INVITE", URI);
        assertThat(verify(server, first)).isEqualTo(DigestOutcome.ACCEPTED);
        for (int i = 0; i < MAX_NONCES; i++) {
            nowMs++;
            challenge(server, client);
            assertThat(verify(server, client.credentials("INVITE", URI))).isEqualTo(DigestOutcome.ACCEPTED);
        }
        assertThat(server.nonces()).isEqualTo(MAX_NONCES);
        assertThat(verify(server, first)).isEqualTo(DigestOutcome.STALE);
    }

    @Test
    void credentialsForAnotherRequestRealmOrServerAreNone() {
        final DigestServer server = server(DigestAlgorithm.MD5);
        final DigestClient client = client("secret");
        challenge(server, client);
        assertThat(verify(server, client.credentials("INVITE", "sip:other@x"))).isEqualTo(DigestOutcome.MALFORMED);
        assertThat(verify(server, client.credentials("BYE", URI))).isEqualTo(DigestOutcome.WRONG);
        challenge(server(DigestAlgorithm.MD5), client);
        assertThat(verify(server, client.credentials("INVITE", URI))).isEqualTo(DigestOutcome.MALFORMED);
        final Map<String, String> good = new HashMap<>(parameters("Authorization", client.credentials("INVITE", URI)));
        for (final String name : List.of("username", "nonce", "nc", "cnonce", "response", "realm", "uri", "qop")) {
            final Map<String, String> lacking = new HashMap<>(good);
            lacking.remove(name);
            assertThat(server.verify(lacking, "INVITE", URI, user -> "")).isEqualTo(DigestOutcome.MALFORMED);
        }
    }

    @Test
    void theStrongestChallengeOfOurRealmIsAnsweredAndNoOther() {
        final DigestClient client = client("secret");
        assertThat(client.challenged(
                        List.of(
                                Map.of("realm", "carrier.example", "nonce", "a"),
                                Map.of(
                                        "realm",
                                        "carrier.example",
                                        "nonce",
                                        "b",
                                        "algorithm",
                                        "SHA-512-256",
                                        "qop",
                                        "auth,auth-int"),
                                Map.of(
                                        "realm",
                                        "carrier.example",
                                        "nonce",
                                        "c",
                                        "algorithm",
                                        "SHA-256",
                                        "qop",
                                        "auth")),
                        ""))
                .isTrue();
        assertThat(client.credentials("INVITE", URI)).contains("nonce=\"b\"", "algorithm=SHA-512-256", "nc=00000001");
        assertThat(client.credentials("INVITE", URI)).contains("nc=00000002");
        assertThat(client.challenged(List.of(Map.of("realm", "elsewhere", "nonce", "d")), ""))
                .isFalse();
        assertThat(client.challenged(List.of(Map.of("realm", "carrier.example", "nonce", "e\"x")), ""))
                .isFalse();
        assertThat(client.challenged(
                        List.of(Map.of("realm", "carrier.example", "nonce", "f", "algorithm", "MD5-sess")), ""))
                .isFalse();
        assertThat(client.challenged(List.of(Map.of("realm", "carrier.example", "nonce", "g", "qop", "auth-int")), ""))
                .isFalse();
        final DigestClient strict =
                new DigestClient("shop", "carrier.example", "s", DigestAlgorithm.SHA_256, random::nextLong);
        assertThat(strict.challenged(List.of(Map.of("realm", "carrier.example", "nonce", "a")), ""))
                .isFalse();
    }

    @Test
    void whereTheChallengeHasNoQopTheOldResponseIsGiven() {
        final DigestClient client = client("secret");
        assertThat(client.challenged(List.of(Map.of("realm", "carrier.example", "nonce", "a", "opaque", "o")), ""))
                .isTrue();
        final String ha1 = DigestAlgorithm.MD5.ha1("shop", "carrier.example", "secret");
        final String ha2 = DigestAlgorithm.MD5.hash("INVITE:" + URI);
        assertThat(client.credentials("INVITE", URI))
                .contains("response=\"" + DigestAlgorithm.MD5.hash(ha1 + ":a:" + ha2) + "\"", "opaque=\"o\"")
                .doesNotContain("qop", "cnonce");
    }

    @Test
    void oneNonceForManyIsCountedUpHoweverOftenItIsOffered() {
        final DigestServer server = server(DigestAlgorithm.SHA_256);
        final DigestClient client = client("secret");
        final List<Map<String, String>> same = List.of(parameters("WWW-Authenticate", server.challenge(false)));
        for (int i = 0; i < 3; i++) {
            assertThat(client.challenged(same, ""))
                    .as("a request without credentials")
                    .isTrue();
            assertThat(verify(server, client.credentials("INVITE", URI))).isEqualTo(DigestOutcome.ACCEPTED);
        }
    }
}
