package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.upstream.TestCertificates;
import io.trunkline.sip.stir.Attestation;
import io.trunkline.sip.stir.Passport;
import io.trunkline.sip.stir.Signer;
import io.trunkline.sip.stir.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that a whole gateway signs and verifies, its peers being sockets of the test. */
class SignedCallTest {
    private static final String URL = "https://cert.example.org/trunkline.pem";
    private static final String OWNED = "34910000001";
    private static final String OTHER = "34910000002";
    private static final String NUMBER = "442071838750";
    private static final int PATIENCE_MS = 20_000;

    @TempDir
    Path directory;

    private TestCertificates certificates;
    private GatewayRig rig;
    private DatagramSocket alpha;
    private DatagramSocket beta;
    private DatagramSocket platform;

    @BeforeEach
    void start() throws Exception {
        certificates = new TestCertificates(directory).make("signer");
        rig = new GatewayRig(directory);
        alpha = socket(GatewayRig.ALPHA);
        beta = socket(GatewayRig.BETA);
        platform = socket(GatewayRig.PLATFORM);
    }

    @AfterEach
    void close() {
        alpha.close();
        beta.close();
        platform.close();
        rig.close();
    }

    private DatagramSocket socket(final String host) throws IOException {
        final DatagramSocket socket = new DatagramSocket(
                new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(rig.port(host))));
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private String signing(final String more) {
        return "stir: {sign: {key: %s, certificate: %s, url: \"%s\"%s}}\n"
                .formatted(certificates.key("signer"), certificates.certificate("signer"), URL, more);
    }

    private String verifying() {
        return "stir: {verify: {authorities: %s, numberLists: false}}\n".formatted(certificates.certificate("signer"));
    }

    private void invite(final DatagramSocket from, final String caller, final String called, final String more)
            throws IOException {
        final String us = rig.us();
        final String host = from.getLocalAddress().getHostAddress() + ":" + from.getLocalPort();
        final String text = "INVITE sip:+" + called + "@" + us + " SIP/2.0\r\nVia: SIP/2.0/UDP " + host
                + ";branch=z9hG4bK" + System.nanoTime() + "\r\nMax-Forwards: 70\r\nFrom: <sip:+" + caller + "@" + host
                + ">;tag=t\r\nTo: <sip:+" + called + "@" + us + ">\r\nCall-ID: " + System.nanoTime()
                + "\r\nCSeq: 1 INVITE\r\nContact: <sip:" + host + ">\r\n" + more + "Content-Length: 0\r\n\r\n";
        final byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        final int port = Integer.parseInt(us.substring(us.indexOf(':') + 1));
        from.send(new DatagramPacket(octets, octets.length, InetAddress.getLoopbackAddress(), port));
    }

    /** The next message that is not 100 Trying. */
    private static String heard(final DatagramSocket at) throws IOException {
        while (true) {
            final DatagramPacket packet = new DatagramPacket(new byte[8_192], 8_192);
            at.receive(packet);
            final String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
            if (!text.startsWith("SIP/2.0 100")) {
                return text;
            }
        }
    }

    private static String line(final String message, final String name) {
        for (final String line : message.split("\r\n", -1)) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        return "";
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
        invite(platform, OWNED, NUMBER, "");
        final String identity = line(heard(alpha), "Identity");

        assertThat(identity).endsWith(";info=<" + URL + ">;alg=ES256;ppt=shaken");
        assertThat(claims(identity))
                .startsWith("{\"attest\":\"A\",\"dest\":{\"tn\":[\"" + NUMBER + "\"]},\"iat\":")
                .contains("\"orig\":{\"tn\":\"" + OWNED + "\"}");
        invite(platform, OTHER, NUMBER, "");
        String next = heard(alpha);
        while (!next.contains(OTHER)) {
            next = heard(alpha);
        }
        assertThat(claims(line(next, "Identity"))).startsWith("{\"attest\":\"B\"");
        rig.awaitFigure("calls.signed", "", 2);
    }

    @Test
    void whoHidesItsNumberIsNotBetrayedByASignature() throws IOException {
        rig.sip(signing("")).alpha(", identity: {signature: sign}").start();
        invite(platform, OWNED, NUMBER, "Privacy: id\r\n");

        final String seen = heard(alpha);
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
        invite(platform, OWNED, NUMBER, "");

        assertThat(line(heard(beta), "Identity")).isEmpty();
        assertThat(rig.figure("calls.signed", "")).isZero();
    }

    @Test
    void unsignedCallsAreRefusedWhereSignaturesAreRequired() throws IOException {
        rig.sip(verifying()).alpha(", verify: require").start();
        invite(alpha, NUMBER, OWNED, "");

        assertThat(heard(alpha))
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
        invite(alpha, NUMBER, OWNED, "Identity: " + Signer.header(key, old).text() + "\r\n");
        assertThat(heard(alpha)).startsWith("SIP/2.0 403 ").contains("Stale Date");

        invite(alpha, NUMBER, OWNED, "");
        assertThat(line(heard(platform), "P-Asserted-Identity")).contains(";verstat=No-TN-Validation@");
    }
}
