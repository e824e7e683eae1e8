package io.trunkline.gateway.calls;

import static io.trunkline.gateway.calls.WirePeer.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.upstream.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trunks on which one shows the other who it is, through a whole gateway: by digest, by registration, by certificates. */
class ShownTrunkTest extends GatewayTest {
    private static final int PATIENCE_MS = 20_000;

    @BeforeEach
    void toAlpha() {
        rig.routes("*,call,alpha\n");
    }

    // ---- digest, as RFC 7616 has it and the JDK computes it ----

    private static String hash(final String algorithm, final String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String field(final String header, final String name) {
        final Matcher found =
                Pattern.compile("(?:^|[ ,])" + name + "=\"?([^\",]*)\"?").matcher(header);
        return found.find() ? found.group(1) : "";
    }

    private static String response(final String authorization, final String method, final String password)
            throws Exception {
        final String algorithm = field(authorization, "algorithm");
        final String secret = hash(
                algorithm, field(authorization, "username") + ":" + field(authorization, "realm") + ":" + password);
        final String asked = hash(algorithm, method + ":" + field(authorization, "uri"));
        return hash(
                algorithm,
                secret + ":" + field(authorization, "nonce") + ":" + field(authorization, "nc") + ":"
                        + field(authorization, "cnonce") + ":" + field(authorization, "qop") + ":" + asked);
    }

    private static String challenge(final String nonce) {
        return "WWW-Authenticate: Digest realm=\"alpha.example\", nonce=\"" + nonce
                + "\", algorithm=MD5, qop=\"auth\"\r\n";
    }

    private static void isRight(final String request, final String nonce) throws Exception {
        final String authorization = line(request, "Authorization");
        final String method = request.substring(0, request.indexOf(' '));
        assertThat(field(authorization, "username")).isEqualTo("us");
        assertThat(field(authorization, "nonce")).isEqualTo(nonce);
        assertThat(field(authorization, "uri")).isEqualTo(request.split(" ", 3)[1]);
        assertThat(field(authorization, "response")).isEqualTo(response(authorization, method, GatewayRig.TOKEN));
    }

    private String account() {
        return ", digest: {user: us, realm: alpha.example, password: \"" + rig.secret() + "\"}";
    }

    @Test
    void aChallengeOfTheTrunkIsAnsweredWithItsAccount() throws Exception {
        rig.alpha(account()).start();
        platform.invite(OWNED, NUMBER, "");
        final String first = alpha.heard("INVITE");
        assertThat(line(first, "Authorization")).isEmpty();
        alpha.answer(first, "401 Unauthorized", challenge("n1"));
        alpha.heard("ACK");
        final String second = alpha.heard("INVITE");
        isRight(second, "n1");
        alpha.answer(second, "486 Busy Here", "");
        assertThat(platform.heard("SIP/2.0 486")).isNotEmpty();
        rig.awaitFigure("calls.open", "", 0);
        assertThat(rig.figure("trunk.attempts", "alpha/one")).isEqualTo(1);
    }

    @Test
    void aTenantWithoutAFixedAddressShowsItsAccount() throws Exception {
        rig.sip("realm: sip.example.com\n")
                .tenant("digest: {user: roamer, password: \"" + rig.secret() + "\"}\n")
                .start();
        try (WirePeer roamer = new WirePeer(rig, GatewayRig.GAMMA)) {
            roamer.invite(OWNED, NUMBER, "");
            final String challenge = line(roamer.heard("SIP/2.0 401"), "WWW-Authenticate");
            final String to = "sip:+" + NUMBER + "@" + rig.us();
            final String asked = "username=\"roamer\", realm=\"sip.example.com\", nonce=\"" + field(challenge, "nonce")
                    + "\", uri=\"" + to + "\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", algorithm=SHA-256";
            roamer.invite(
                    OWNED,
                    NUMBER,
                    "Authorization: Digest " + asked + ", response=\"" + response(asked, "INVITE", "wrong") + "\"\r\n");
            assertThat(roamer.heard("SIP/2.0 4")).startsWith("SIP/2.0 403");
            roamer.invite(
                    OWNED,
                    NUMBER,
                    "Authorization: Digest " + asked + ", response=\"" + response(asked, "INVITE", GatewayRig.TOKEN)
                            + "\"\r\n");
            alpha.answer(alpha.heard("INVITE"), "486 Busy Here", "");
            assertThat(roamer.heard("SIP/2.0 486")).isNotEmpty();
            assertThat(rig.figure("sip.authenticated", "")).isEqualTo(1);
            assertThat(rig.figure("sip.passwords.wrong", "")).isEqualTo(1);
        }
    }

    // ---- registration ----

    @Test
    void aTrunkThatRegistersTakesCallsOnceItIsRegistered() throws Exception {
        rig.alpha(account() + ", register: {user: us, domain: alpha.example}").start();
        final String first = alpha.heard("REGISTER sip:alpha.example");
        platform.invite(OWNED, NUMBER, "");
        assertThat(platform.heard("SIP/2.0 503")).isNotEmpty();

        alpha.answer(first, "401 Unauthorized", challenge("n1"));
        final String second = alpha.heard("REGISTER sip:alpha.example");
        isRight(second, "n1");
        assertThat(line(second, "To")).isEqualTo("<sip:us@alpha.example>");
        alpha.answer(second, "200 OK", "Contact: " + line(second, "Contact") + ";expires=600\r\n");
        await().atMost(Duration.ofMillis(PATIENCE_MS)).until(() -> state().equals("up"));
        platform.invite(OWNED, NUMBER, "");
        final String invite = alpha.heard("INVITE");
        alpha.answer(invite, "486 Busy Here", "");
        assertThat(platform.heard("SIP/2.0 486")).isNotEmpty();

        rig.withoutAlpha();
        rig.reload();
        final String last = alpha.heard("REGISTER");
        assertThat(line(last, "Expires") + line(last, "Contact")).containsPattern("(^0|expires=0)");
    }

    private String state() throws Exception {
        return rig.daemon()
                .shardView()
                .call(view -> view.trunks().stream()
                        .filter(trunk -> trunk.carrier().equals("alpha"))
                        .map(TrunkRow::state)
                        .findFirst()
                        .orElse(""));
    }

    // ---- certificates ----

    private SSLContext tls(final String own, final Path believed) throws Exception {
        final char[] password = "changeit".toCharArray();
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(own + ".p12"))) {
            keys.load(in, password);
        }
        final KeyManagerFactory mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        mine.init(keys, password);
        final KeyStore theirs = KeyStore.getInstance("PKCS12");
        theirs.load(null, password);
        try (InputStream in = Files.newInputStream(believed)) {
            theirs.setCertificateEntry(
                    "them", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(theirs);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(mine.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** The next message without body. */
    private static String read(final InputStream in) throws IOException {
        final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        while (!octets.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            final int octet = in.read();
            assertThat(octet).as(octets.toString(StandardCharsets.US_ASCII)).isGreaterThanOrEqualTo(0);
            octets.write(octet);
        }
        return octets.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void aTrunkOverTlsIsBelievedByItsCertificateAndShownOurs() throws Exception {
        final TestCertificates certificates =
                new TestCertificates(directory).make("alpha").make("us");
        try (SSLServerSocket server = (SSLServerSocket) tls("alpha", certificates.certificate("us"))
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setNeedClientAuth(true);
            server.setSoTimeout(PATIENCE_MS);
            rig.alphaAt("host: 127.0.0.1, port: " + server.getLocalPort() + ", transport: tls")
                    .alpha(", tls: {ca: %s, certificate: %s, key: %s}"
                            .formatted(
                                    certificates.certificate("alpha"),
                                    certificates.certificate("us"),
                                    certificates.key("us")))
                    .start();
            platform.invite(OWNED, NUMBER, "");
            try (SSLSocket peer = (SSLSocket) server.accept()) {
                peer.setSoTimeout(PATIENCE_MS);
                final String invite = read(peer.getInputStream());
                assertThat(invite)
                        .startsWith("INVITE sip:+" + NUMBER + "@127.0.0.1")
                        .contains("Via: SIP/2.0/TLS ");
                assertThat(peer.getSession().getPeerPrincipal().getName()).isEqualTo("CN=us");
                final String refusal = "SIP/2.0 486 Busy Here\r\nVia: " + line(invite, "Via") + "\r\nFrom: "
                        + line(invite, "From") + "\r\nTo: " + line(invite, "To") + ";tag=w\r\nCall-ID: "
                        + line(invite, "Call-ID") + "\r\nCSeq: " + line(invite, "CSeq")
                        + "\r\nContent-Length: 0\r\n\r\n";
                peer.getOutputStream().write(refusal.getBytes(StandardCharsets.US_ASCII));
                assertThat(platform.heard("SIP/2.0 486")).isNotEmpty();
            }
        }
    }

    @Test
    void aTrunkOverTlsWithAnothersCertificateGetsNoCall() throws Exception {
        final TestCertificates certificates =
                new TestCertificates(directory).make("alpha").make("mallory");
        try (SSLServerSocket server = (SSLServerSocket) tls("mallory", certificates.certificate("alpha"))
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(PATIENCE_MS);
            rig.alphaAt("host: 127.0.0.1, port: " + server.getLocalPort() + ", transport: tls")
                    .alpha(", tls: {ca: %s}".formatted(certificates.certificate("alpha")))
                    .start();
            platform.invite(OWNED, NUMBER, "");
            try (SSLSocket peer = (SSLSocket) server.accept()) {
                peer.setSoTimeout(PATIENCE_MS);
                try {
                    assertThat(peer.getInputStream().read()).isEqualTo(-1);
                } catch (IOException e) {
                    // Or the handshake itself fails here: as well.
                }
            }
            assertThat(platform.heard("SIP/2.0 503")).isNotEmpty();
        }
    }

    @Test
    void aCallerOverTlsIsKnownByTheNameInItsCertificate() throws Exception {
        final TestCertificates certificates =
                new TestCertificates(directory).make("alpha").make("us");
        final int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        rig.listener("{address: \"127.0.0.1:%d\", transport: tls, tls: {certificate: %s, key: %s, clientCa: %s}}"
                        .formatted(
                                port,
                                certificates.certificate("us"),
                                certificates.key("us"),
                                certificates.certificate("alpha")))
                .alpha(", certificateNames: [localhost]")
                .start();
        try (SSLSocket peer = (SSLSocket) tls("alpha", certificates.certificate("us"))
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port)) {
            peer.setSoTimeout(PATIENCE_MS);
            final String invite = "INVITE sip:+" + OWNED + "@localhost SIP/2.0\r\n"
                    + "Via: SIP/2.0/TLS 127.0.0.1:5061;branch=z9hG4bKtls\r\nMax-Forwards: 70\r\nFrom: <sip:+" + NUMBER
                    + "@localhost>;tag=t\r\nTo: <sip:+" + OWNED + "@localhost>\r\nCall-ID: over-tls\r\n"
                    + "CSeq: 1 INVITE\r\nContact: <sip:localhost>\r\nContent-Length: 0\r\n\r\n";
            peer.getOutputStream().write(invite.getBytes(StandardCharsets.US_ASCII));
            platform.answer(platform.heard("INVITE sip:+" + OWNED), "486 Busy Here", "");
            String heard = read(peer.getInputStream());
            while (heard.startsWith("SIP/2.0 100")) {
                heard = read(peer.getInputStream());
            }
            assertThat(heard).startsWith("SIP/2.0 486");
            assertThat(rig.figure("trunk.received", "alpha/one")).isEqualTo(1);
        }
    }
}
