package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.upstream.TestCertificates;
import io.trunkline.sip.stir.Attestation;
import io.trunkline.sip.stir.Passport;
import io.trunkline.sip.stir.Signer;
import io.trunkline.sip.stir.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that a whole gateway signs and verifies, its peers being sockets of the test. */
class SignedCallTest extends GatewayTest {
    private static final String URL = "https://cert.example.org/trunkline.pem";
    private static final String OTHER = "34910000002";

    private TestCertificates certificates;
    private WirePeer beta;

    @BeforeEach
    void start() throws Exception {
        certificates = new TestCertificates(directory).make("signer");
        beta = new WirePeer(rig, GatewayRig.BETA);
    }

    @AfterEach
    void close() {
        beta.close();
    }

    private String signing(final String more) {
        return "stir: {sign: {key: %s, certificate: %s, url: \"%s\"%s}}\n"
                .formatted(certificates.key("signer"), certificates.certificate("signer"), URL, more);
    }

    private String verifying() {
        return "stir: {verify: {authorities: %s, numberLists: false}}\n".formatted(certificates.certificate("signer"));
    }

    /** What a PASSporT says, if its signature is that of our certificate, as the JDK alone sees it. */
    private String claims(final String identity) throws Exception {
        final String[] parts = identity.substring(0, identity.indexOf(';')).split("\\.", -1);
        final Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
        try (InputStream in = Files.newInputStream(certificates.certificate("signer"))) {
            check.initVerify(CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        check.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    }

    @Test
    void aTenantsOwnNumberIsSignedWithAAndAnotherWithB() throws Exception {
        rig.sip(signing("")).alpha(", identity: {signature: sign}").start();
        platform.invite(OWNED, NUMBER, "");
        final String identity = WirePeer.line(alpha.heard(), "Identity");

        assertThat(identity).endsWith(";info=<" + URL + ">;alg=ES256;ppt=shaken");
        assertThat(claims(identity))
                .startsWith("{\"attest\":\"A\",\"dest\":{\"tn\":[\"" + NUMBER + "\"]},\"iat\":")
                .contains("\"orig\":{\"tn\":\"" + OWNED + "\"}");
        platform.invite(OTHER, NUMBER, "");
        String next = alpha.heard();
        while (!next.contains(OTHER)) {
            next = alpha.heard();
        }
        assertThat(claims(WirePeer.line(next, "Identity"))).startsWith("{\"attest\":\"B\"");
        rig.awaitFigure("calls.signed", "", 2);
    }

    @Test
    void whoHidesItsNumberIsNotBetrayedByASignature() throws IOException {
        rig.sip(signing("")).alpha(", identity: {signature: sign}").start();
        platform.invite(OWNED, NUMBER, "Privacy: id\r\n");

        final String seen = alpha.heard();
        assertThat(seen)
                .contains("anonymous.invalid")
                .doesNotContain("Identity: ")
                .doesNotContain(OWNED);
    }

    @Test
    void aTrunkThatWantsNoSignatureGetsNone() throws IOException {
        rig.sip(signing(""))
                .alpha(", identity: {signature: sign}")
                .routes("*,call,beta\n")
                .start();
        platform.invite(OWNED, NUMBER, "");

        assertThat(WirePeer.line(beta.heard(), "Identity")).isEmpty();
        assertThat(rig.figure("calls.signed", "")).isZero();
    }

    @Test
    void unsignedCallsAreRefusedWhereSignaturesAreRequired() throws IOException {
        rig.sip(verifying()).alpha(", verify: require").start();
        alpha.invite(NUMBER, OWNED, "");

        assertThat(alpha.heard())
                .startsWith("SIP/2.0 428 Use Identity Header\r\n")
                .contains("STIR;cause=428");
        rig.awaitFigure("calls.verified", "no-identity", 1);
        rig.awaitFigure("calls.open", "", 0);
    }

    @Test
    void staleSignaturesAreRefusedAndMissingOnesAreNotWhereOnlyWrongOnesAre() throws Exception {
        rig.sip(verifying())
                .alpha(", verify: refuse")
                .tenant("identity: {asserted: caller}\n")
                .start();
        final SigningKey key = SigningKey.read(
                Files.readString(certificates.key("signer")),
                Files.readAllBytes(certificates.certificate("signer")),
                URL);
        final Passport old = Passport.shaken(URL, NUMBER, OWNED, 1_600_000_000, Attestation.FULL, "x");
        alpha.invite(NUMBER, OWNED, "Identity: " + Signer.header(key, old).text() + "\r\n");
        assertThat(alpha.heard()).startsWith("SIP/2.0 403 ").contains("Stale Date");

        alpha.invite(NUMBER, OWNED, "");
        assertThat(WirePeer.line(platform.heard(), "P-Asserted-Identity")).contains(";verstat=No-TN-Validation@");
    }
}
