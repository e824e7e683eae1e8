package io.trunkline.gateway.upstream.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.upstream.FakeStreams.Event;
import io.trunkline.gateway.upstream.ListenerTls;
import io.trunkline.gateway.upstream.TestCertificates;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jsmpp.bean.BindType;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmppTlsTest {
    @TempDir
    private Path directory;

    @Test
    void submitsAndReceiptsTravelOverTls() throws Exception {
        final TestCertificates certificates = new TestCertificates(directory).make("gateway");
        final SSLContext trusting = trusting(certificates.certificate("gateway"));
        try (SmppRig rig = new SmppRig()) {
            final int port = rig.listen(ListenerTls.context(certificates.serverTls("gateway", null)));
            final SMPPSession session = new SMPPSession((host, to) -> connect(trusting, host, to));
            try (JsmppEsme esme = new JsmppEsme(session, port, BindType.BIND_TRX, "acme", "secret")) {
                for (int i = 1; i <= 30; i++) {
                    assertThat(esme.submit("x", 1)).isEqualTo(String.valueOf(i));
                }
                rig.publish(Event.delivered(1).of(2, 2, 0, 0));
                assertThat(esme.next().getShortMessageAsDeliveryReceipt().getId())
                        .isEqualTo("1");
                await().until(() -> rig.streams.acknowledged == 1);
            }
        }
    }

    private static Connection connect(final SSLContext trusting, final String host, final int port)
            throws java.io.IOException {
        final Socket socket = trusting.getSocketFactory().createSocket(host, port);
        return new SocketConnection(socket);
    }

    private static SSLContext trusting(final Path certificate) throws Exception {
        final KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        final TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
