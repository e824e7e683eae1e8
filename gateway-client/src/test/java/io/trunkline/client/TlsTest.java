package io.trunkline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.testing.Certificates;
import io.trunkline.upstream.codec.CancelOutcome;
import io.trunkline.upstream.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    @TempDir
    static Path directory;

    private static SSLContext serverContext;
    private static Path trusted;

    /** A certificate for the name gateway.example, made by the JDK's own tool. */
    @BeforeAll
    static void makeCertificate() throws Exception {
        final Certificates certificates = new Certificates(directory);
        final Path store = certificates.keyStore("gateway", "gateway.example");
        serverContext = SSLContext.getInstance("TLS");
        serverContext.init(Certificates.keyManagers(store).getKeyManagers(), null, null);
        trusted = certificates.certificate("gateway");
    }

    @Test
    void submitsOverTlsToAGatewayOfTheRightName() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(serverContext);
                TrunklineClient client = TrunklineClient.connect(
                        gateway.config()
                                .tls(trusted, null, null)
                                .serverName("gateway.example")
                                .build(),
                        new RecordingListener())) {
            try (ScriptedPeer peer = gateway.acceptAndWelcome(10)) {
                assertThat(client.connected().get(20, TimeUnit.SECONDS).durability())
                        .isEqualTo(Durability.DISK);
                final var answer = client.submit(
                        Submit.of(ClientReference.of(1)).to("1").text("x").build());
                assertThat(peer.readSubmit().referenceLo()).isEqualTo(1);
                peer.accept(0, 1, 5);
                assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(SubmitResult.Accepted.class);
            }
        }
    }

    @Test
    void doesNotTalkToAGatewayOfAnotherName() throws Exception {
        final RecordingListener listener = new RecordingListener();
        try (ScriptedGateway gateway = new ScriptedGateway(serverContext);
                TrunklineClient client = TrunklineClient.connect(
                        gateway.config().tls(trusted, null, null).build(), listener)) {
            try (ScriptedPeer peer = gateway.accept()) {
                assertThat(readFails(peer)).isTrue();
            }
            await().until(() -> listener.lines.contains("disconnected again"));
            assertThat(client.connected()).isNotDone();
        }
    }

    @Test
    void talksToAnyNameWhereTheCallerSaysSo() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(serverContext);
                TrunklineClient client = TrunklineClient.connect(
                        gateway.config()
                                .tls(trusted, null, null)
                                .withoutHostVerification()
                                .build(),
                        new RecordingListener())) {
            try (ScriptedPeer peer = gateway.acceptAndWelcome(10)) {
                client.connected().get(20, TimeUnit.SECONDS);
                final var answer = client.cancel(5);
                assertThat(peer.readCancel()).isEqualTo(5);
                peer.cancelResult(5, CancelOutcome.CANCELLED);
                assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(CancelOutcome.CANCELLED);
            }
        }
    }

    private static boolean readFails(final ScriptedPeer peer) {
        try {
            return peer.read() == -1;
        } catch (final IOException handshakeFailed) {
            return true;
        }
    }
}
