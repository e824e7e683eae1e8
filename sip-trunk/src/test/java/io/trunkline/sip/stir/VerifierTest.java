package io.trunkline.sip.stir;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.util.Base64URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls signed by real keys with real certificates, and what forgers make of them. */
class VerifierTest {
    private static final String CALLER = "12155550142";
    private static final String CALLED = "442071838750";
    private static final String ORIGID = "123e4567-e89b-12d3-a456-426655440000";
    private static final String BASE = "https://cert.example.org/";
    private static final CallFacts FACTS = new CallFacts(CALLER, CALLED, CALLED, 0, 1);

    @TempDir
    static Path directory;

    private static TrustAnchors anchors;
    private static final Map<String, byte[]> PUBLISHED = new HashMap<>();
    private static final Map<String, SigningKey> KEYS = new HashMap<>();

    private long nowMs = System.currentTimeMillis();
    private final StirCounters counters = new StirCounters();
    private final List<String> fetched = new ArrayList<>();
    private VerifyPolicy policy = VerifyPolicy.DEFAULT;
    private CertificateCache cache;
    private Verifier verifier;

    @BeforeAll
    static void certify() throws Exception {
        final StirPki pki = new StirPki(directory, "root")
                .certify("provider", StirPki.PROVIDER_LIST)
                .certify("hundred", StirPki.HUNDRED_LIST)
                .certify("listless", null)
                .certify("expired", StirPki.PROVIDER_LIST, "-startdate", "-10d", "-validity", "5")
                .certify("brief", StirPki.PROVIDER_LIST, "-startdate", "-12H", "-validity", "1")
                .certify("twin", StirPki.PROVIDER_LIST);
        final StirPki stranger = new StirPki(directory, "stranger").certify("foreign", StirPki.PROVIDER_LIST);
        anchors = new TrustAnchors(pki.anchor(), true);
        for (final String name : List.of("provider", "hundred", "listless", "expired", "brief", "twin")) {
            publish(pki, name);
        }
        publish(stranger, "foreign");
    }

    private static void publish(final StirPki pki, final String name) throws Exception {
        PUBLISHED.put(BASE + name, pki.published(name));
        KEYS.put(name, pki.signingKey(name, BASE + name));
    }

    @BeforeEach
    void begin() {
        begin(Offload.atOnce());
    }

    private void begin(final Offload offload) {
        cache = new CertificateCache(this::fetch, () -> nowMs, CertificateCache.Limits.DEFAULT);
        verifier = new Verifier(policy, cache, offload, () -> nowMs, counters);
    }

    private void fetch(final String url, final Consumer<FetchedCertificate> then) {
        fetched.add(url);
        final byte[] pem = PUBLISHED.get(url);
        then.accept(
                pem == null ? FetchedCertificate.none(Outcome.UNREACHABLE, "status 404") : anchors.check(pem, nowMs));
    }

    private Passport passport(final String signer) {
        return Passport.shaken(BASE + signer, CALLER, CALLED, nowMs / 1_000, Attestation.FULL, ORIGID);
    }

    private static String signed(final String signer, final Passport passport) throws JOSEException {
        return Signer.header(KEYS.get(signer), passport).text();
    }

    private String signed(final String signer) throws JOSEException {
        return signed(signer, passport(signer));
    }

    private Verdict verify(final CallFacts facts, final String... identities) {
        final List<Verdict> heard = new ArrayList<>();
        verifier.verify(List.of(identities), facts, heard::add);
        assertThat(heard).hasSize(1);
        return heard.get(0);
    }

    private void assertRefused(final Outcome outcome, final CallFacts facts, final String... identities) {
        final Verdict verdict = verify(facts, identities);
        assertThat(verdict.outcome()).as(verdict.why()).isEqualTo(outcome);
        assertThat(verdict.why()).isNotEmpty();
        assertThat(counters.ended(outcome)).isEqualTo(1);
    }

    @Test
    void aSignedCallIsVerified() throws JOSEException {
        final Verdict verdict = verify(FACTS, signed("provider"));

        assertThat(verdict.outcome()).as(verdict.why()).isEqualTo(Outcome.VERIFIED);
        assertThat(verdict.attestation()).isEqualTo(Attestation.FULL);
        assertThat(verdict.origid()).isEqualTo(ORIGID);
        assertThat(verdict.certificate()).startsWith("CN=SHAKEN provider #");
        assertThat(verdict.outcome().verstat().text()).isEqualTo("TN-Validation-Passed");
        assertThat(verdict.reasonLine()).isEmpty();
    }

    @Test
    void theSignersOwnLineIsVerified() throws JOSEException {
        final List<String> lines = new ArrayList<>();
        new Signer(KEYS.get("provider"), Offload.atOnce(), () -> nowMs, counters)
                .sign(CALLER, CALLED, Attestation.PARTIAL, ORIGID, lines::add);

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("Identity: ").endsWith(";alg=ES256;ppt=shaken\r\n");
        final Verdict verdict =
                verify(FACTS, lines.get(0).substring("Identity: ".length()).strip());
        assertThat(verdict.attestation()).isEqualTo(Attestation.PARTIAL);
        assertThat(counters.signed()).isEqualTo(1);
    }

    @Test
    void theCertificateIsFetchedOnce() throws JOSEException {
        for (int call = 1; call <= 5; call++) {
            nowMs += 1_000;
            assertThat(verify(new CallFacts(CALLER, CALLED, CALLED, 0, call), signed("provider"))
                            .isVerified())
                    .isTrue();
        }
        assertThat(fetched).containsExactly(BASE + "provider");
    }

    @Test
    void aPassportOfSomethingElseBesidesDoesNoHarm() throws JOSEException {
        final String div = "a.b.c;info=<https://cert.example.org/x>;ppt=div";

        assertThat(verify(FACTS, div, "garbage", signed("provider")).isVerified())
                .isTrue();
        assertRefused(Outcome.UNSUPPORTED, FACTS, div);
    }

    @Test
    void theCompactFormIsVerifiedWhereItIsTaken() throws JOSEException {
        final Passport base =
                new Passport(BASE + "provider", "", CALLER, List.of(CALLED), List.of(), nowMs / 1_000, null, "");
        final String compact = Signer.compactHeader(KEYS.get("provider"), base).text();
        final CallFacts dated = new CallFacts(CALLER, CALLED, CALLED, nowMs / 1_000, 1);

        assertRefused(Outcome.UNSUPPORTED, dated, compact);
        policy = new VerifyPolicy(60, 3, false, true, CertificateUrls.DEFAULT);
        begin();
        assertThat(verify(dated, compact).isVerified()).isTrue();
        assertThat(verify(dated, Signer.header(KEYS.get("provider"), base).text())
                        .isVerified())
                .isTrue();
        assertRefused(Outcome.FORGED, new CallFacts(CALLER, CALLED, CALLED, nowMs / 1_000 + 1, 1), compact);
        assertRefused(Outcome.MALFORMED, FACTS, compact);
    }

    @Test
    void aCallWithoutIdentityHasItsOwnResponse() {
        assertRefused(Outcome.NO_IDENTITY, FACTS);
        assertThat(Outcome.NO_IDENTITY.status()).isEqualTo(428);
    }

    @Test
    void claimsThatWereChangedAreForged() throws JOSEException {
        final Passport told =
                Passport.shaken(BASE + "provider", "12155550666", CALLED, nowMs / 1_000, Attestation.GATEWAY, ORIGID);
        final String genuine = signed("provider", told);
        final String claims =
                Base64URL.encode(passport("provider").claimsJson()).toString();
        final String[] parts = genuine.split("\\.", 3);

        assertRefused(Outcome.FORGED, FACTS, parts[0] + '.' + claims + '.' + parts[2]);
        assertThat(Outcome.FORGED.status()).isEqualTo(438);
    }

    @Test
    void anothersKeyIsForged() throws JOSEException {
        assertRefused(Outcome.FORGED, FACTS, signed("twin", passport("provider")));
    }

    @Test
    void signaturesOfNoughtAreForged() {
        final String input =
                new String(Signer.signingInput(passport("provider")), java.nio.charset.StandardCharsets.US_ASCII);
        final String nought = Base64URL.encode(new byte[64]).toString();

        assertRefused(Outcome.FORGED, FACTS, input + '.' + nought + ";info=<" + BASE + "provider>;ppt=shaken");
    }

    @ParameterizedTest
    @CsvSource({"-61, STALE", "-60, VERIFIED", "0, VERIFIED", "60, VERIFIED", "61, STALE", "-9000000000, STALE"})
    void theTimeIsWithinAMinute(final long offsetSec, final Outcome outcome) throws JOSEException {
        final Passport passport =
                Passport.shaken(BASE + "provider", CALLER, CALLED, nowMs / 1_000 + offsetSec, Attestation.FULL, ORIGID);

        assertThat(verify(FACTS, signed("provider", passport)).outcome()).isEqualTo(outcome);
        assertThat(fetched).hasSize(outcome == Outcome.STALE ? 0 : 1);
    }

    @Test
    void anotherNumberAtEitherEndIsWrong() throws JOSEException {
        final String identity = signed("provider");

        assertRefused(Outcome.WRONG_NUMBER, new CallFacts("12155550143", CALLED, CALLED, 0, 1), identity);
        assertThat(verify(new CallFacts(null, CALLED, CALLED, 0, 1), identity).outcome())
                .isEqualTo(Outcome.WRONG_NUMBER);
        assertThat(verify(new CallFacts(CALLER, "442071838751", CALLED, 0, 1), identity)
                        .outcome())
                .isEqualTo(Outcome.WRONG_NUMBER);
        assertThat(fetched).isEmpty();
    }

    @Test
    void aPassportIsNotGoodForAnotherRequestUri() throws JOSEException {
        final CallFacts diverted = new CallFacts(CALLER, CALLED, "442071838751", 0, 1);

        assertRefused(Outcome.WRONG_NUMBER, diverted, signed("provider"));
        policy = new VerifyPolicy(60, 3, true, false, CertificateUrls.DEFAULT);
        begin();
        assertThat(verify(diverted, signed("provider")).isVerified()).isTrue();
    }

    @Test
    void aPassportServesAFewCallsOnly() throws JOSEException {
        final String identity = signed("provider");
        for (int copies = 0; copies < 2; copies++) {
            for (int call = 1; call <= 3; call++) {
                assertThat(verify(new CallFacts(CALLER, CALLED, CALLED, 0, call), identity)
                                .isVerified())
                        .isTrue();
            }
        }

        assertRefused(Outcome.REPLAYED, new CallFacts(CALLER, CALLED, CALLED, 0, 4), identity);
        nowMs += 59_000;
        assertThat(verify(new CallFacts(CALLER, CALLED, CALLED, 0, 5), identity).outcome())
                .isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void certificatesAreGoodForTheirNumbersOnly() throws JOSEException {
        assertThat(verify(FACTS, signed("hundred")).isVerified()).isTrue();
        final Passport other =
                Passport.shaken(BASE + "hundred", "12155550200", CALLED, nowMs / 1_000, Attestation.FULL, ORIGID);
        assertRefused(Outcome.UNTRUSTED, new CallFacts("12155550200", CALLED, CALLED, 0, 1), signed("hundred", other));
        assertThat(Outcome.UNTRUSTED.status()).isEqualTo(437);
    }

    @ParameterizedTest
    @CsvSource({"foreign", "expired", "listless"})
    void certificatesThatAreNotTrustedAreNotBelieved(final String signer) throws JOSEException {
        assertRefused(Outcome.UNTRUSTED, FACTS, signed(signer));
    }

    @Test
    void aCertificateRunsOutInTheCache() throws JOSEException {
        assertThat(verify(FACTS, signed("brief")).isVerified()).isTrue();
        nowMs += 13L * 3_600_000;

        assertRefused(Outcome.UNTRUSTED, FACTS, signed("brief"));
        assertThat(fetched).hasSize(1);
    }

    @Test
    void aCertificateThatIsNotThereIsBadInfo() throws JOSEException {
        final String identity = Signer.header(
                        KEYS.get("provider"),
                        Passport.shaken(BASE + "gone", CALLER, CALLED, nowMs / 1_000, Attestation.FULL, ORIGID))
                .text();

        assertRefused(Outcome.UNREACHABLE, FACTS, identity);
        assertThat(Outcome.UNREACHABLE.status()).isEqualTo(436);
        verify(FACTS, identity);
        assertThat(fetched).as("that there is none is kept").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://cert.example.org/provider",
        "https://cert.example.org:22/provider",
        "https://user@cert.example.org/provider",
        "https://127.0.0.1/provider",
        "https://[::1]/provider",
        "https://2130706433/provider",
        "https://localhost/provider",
        "file:///etc/passwd",
        "https://cert.example.org\\provider"
    })
    void noStrangersWishIsFetched(final String url) throws JOSEException {
        final Passport passport = Passport.shaken(url, CALLER, CALLED, nowMs / 1_000, Attestation.FULL, ORIGID);

        assertThat(verify(FACTS, signed("provider", passport)).outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(fetched).isEmpty();
    }

    @Test
    void onlyListedHostsAreAskedWhereThereIsAList() throws JOSEException {
        policy = new VerifyPolicy(
                60, 3, false, false, new CertificateUrls(Set.of("cert.example.net"), Set.of(443), false));
        begin();

        assertRefused(Outcome.UNREACHABLE, FACTS, signed("provider"));
    }

    @Test
    void whatStandsBesideThePassportMustBeWhatIsSigned() throws JOSEException {
        final String identity = signed("provider");

        assertRefused(Outcome.MALFORMED, FACTS, identity.replace("/provider>", "/twin>"));
        assertThat(verify(FACTS, identity.replace("alg=ES256", "alg=none")).outcome())
                .isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void algorithmNoneIsNotTaken() {
        final String none = Base64URL.encode(passport("provider").headerJson().replace("ES256", "none"))
                .toString();
        final String claims =
                Base64URL.encode(passport("provider").claimsJson()).toString();
        final String end = ";info=<" + BASE + "provider>;ppt=shaken";

        assertRefused(Outcome.UNSUPPORTED, FACTS, none + '.' + claims + '.' + Base64URL.encode(new byte[64]) + end);
        assertRefused(Outcome.MALFORMED, FACTS, none + '.' + claims + ".AA" + end);
    }

    @Test
    void theHugeAndTheManyAreRefusedUnread() throws JOSEException {
        final String identity = signed("provider");

        assertRefused(Outcome.MALFORMED, FACTS, identity + ";p=" + "x".repeat(IdentityHeader.MAX_LENGTH));
        assertThat(verify(FACTS, identity, identity, identity, identity, identity)
                        .outcome())
                .isEqualTo(Outcome.MALFORMED);
        final String deep = Base64URL.encode("{\"dest\":" + "[".repeat(2_000)).toString();
        final String head = Base64URL.encode(passport("provider").headerJson()).toString();
        assertThat(verify(
                                FACTS,
                                head + '.' + deep + '.' + Base64URL.encode(new byte[64]) + ";info=<" + BASE
                                        + "provider>")
                        .outcome())
                .isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void withoutRoomThereIsNoVerdictOnTheSignature() throws JOSEException {
        begin(work -> false);

        assertRefused(Outcome.OVERLOADED, FACTS, signed("provider"));
        assertThat(Outcome.OVERLOADED.verstat()).isEqualTo(Verstat.NOT_DONE);
    }

    @Test
    void aCertificateThatWasReplacedIsFetchedAgain() throws JOSEException {
        assertThat(verify(FACTS, signed("provider")).isVerified()).isTrue();
        final byte[] before = PUBLISHED.put(BASE + "provider", PUBLISHED.get(BASE + "twin"));
        try {
            assertThat(verify(FACTS, signed("twin", passport("provider"))).outcome())
                    .isEqualTo(Outcome.FORGED);
            assertThat(fetched).as("forgers do not make us fetch").hasSize(1);
            nowMs += CertificateCache.Limits.DEFAULT.leastMs();
            assertThat(verify(FACTS, signed("twin", passport("provider"))).outcome())
                    .isEqualTo(Outcome.FORGED);
            assertThat(verify(FACTS, signed("twin", passport("provider"))).isVerified())
                    .isTrue();
        } finally {
            PUBLISHED.put(BASE + "provider", before);
        }
    }

    @Test
    void noChangeOfAnyCharacterIsVerified() throws JOSEException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final String identity = signed("provider");
        for (int i = 0; i < 3_000; i++) {
            final StringBuilder changed = new StringBuilder(identity);
            final int at = random.nextInt(identity.length());
            final char to = (char) (' ' + random.nextInt(95));
            if (changed.charAt(at) == to) {
                continue;
            }
            changed.setCharAt(at, to);
            final Verdict verdict = verify(FACTS, changed.toString());
            final IdentityHeader read = IdentityHeader.read(changed.toString());
            // What stands beside the PASSporT may be changed where it means the same, and base64 has bits to spare at
            // its end.
            if (verdict.isVerified()) {
                final IdentityHeader genuine = IdentityHeader.read(identity);
                final int end = genuine.token().lastIndexOf('.');
                assertThat(read.token().substring(0, end))
                        .as("seed %d, at %d", seed, at)
                        .isEqualTo(genuine.token().substring(0, end));
                assertThat(new Base64URL(read.token().substring(end + 1)).decode())
                        .isEqualTo(new Base64URL(genuine.token().substring(end + 1)).decode());
            }
        }
    }

    @Test
    void aKeyMustBeItsCertificates() throws Exception {
        final StirPki pki = new StirPki(directory.resolve(".").normalize(), "other")
                .certify("a", null)
                .certify("b", null);

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> SigningKey.read(pki.keyPem("a"), pki.published("b"), BASE + "a"))
                .hasMessageContaining("not that of the key");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> SigningKey.read("-----BEGIN EC PRIVATE KEY-----", pki.published("a"), BASE))
                .hasMessageContaining("PKCS #8");
    }

    @Test
    void nothingIsSignedWithACertificateThatHasRunOut() {
        final List<String> lines = new ArrayList<>();
        new Signer(KEYS.get("expired"), Offload.atOnce(), () -> nowMs, counters)
                .sign(CALLER, CALLED, Attestation.FULL, ORIGID, lines::add);

        assertThat(lines).containsExactly("");
        assertThat(counters.notSigned()).isEqualTo(1);
    }
}
