package io.trunkline.smpp.jsmpp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.SslContext;
import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.session.EsmeBind;
import io.trunkline.smpp.session.EsmeEvents;
import io.trunkline.smpp.session.EsmeSettings;
import io.trunkline.smpp.session.LiveLoop;
import io.trunkline.smpp.session.McDesk;
import io.trunkline.smpp.session.McServer;
import io.trunkline.smpp.session.McSettings;
import io.trunkline.smpp.session.SmppTls;
import io.trunkline.testing.Certificates;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS and mTLS in both roles; the far end is jSMPP over the JDK's own TLS. */
class TlsAgainstJsmppTest {
    @TempDir
    static Path directory;

    private static Path mcKeys;
    private static Path esmeKeys;
    private static Path strangerKeys;
    private static Path mcTrust;
    private static Path esmeTrust;
    private static Path strangerTrust;

    /** In TLS 1.3 a client learns only after its handshake that it is not wanted, and jSMPP waits for an answer. */
    private static final long GIVE_UP_MS = 2_000;

    private LiveLoop loop;

    @BeforeAll
    static void makeCertificates() throws Exception {
        final Certificates certificates = new Certificates(directory);
        mcKeys = certificates.keyStore("mc", "localhost");
        esmeKeys = certificates.keyStore("esme", "esme.example");
        strangerKeys = certificates.keyStore("stranger", "stranger.example");
        mcTrust = certificates.trustStore("mc", mcKeys);
        esmeTrust = certificates.trustStore("esme", esmeKeys);
        strangerTrust = certificates.trustStore("stranger", strangerKeys);
    }

    @BeforeEach
    void start() {
        loop = new LiveLoop();
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void anEsmeBindsOverTls() throws Exception {
        assertThat(bindTo(mcKeys, null, SmppTls.verified(supply(Certificates.client(mcTrust, null)))))
                .startsWith("bound");
    }

    @Test
    void anEsmeShowsItsCertificate() throws Exception {
        assertThat(bindTo(mcKeys, esmeTrust, SmppTls.verified(supply(Certificates.client(mcTrust, esmeKeys)))))
                .startsWith("bound");
    }

    @Test
    void anEsmeDoesNotBindToAnMcThatItDoesNotTrust() throws Exception {
        assertThat(bindTo(mcKeys, null, SmppTls.verified(supply(Certificates.client(strangerTrust, null)))))
                .isEqualTo("unbound TLS_FAILED 0");
    }

    @Test
    void anEsmeDoesNotBindToAnMcOfAnotherNameUnlessItIsToldTo() throws Exception {
        final SslContext context = Certificates.client(strangerTrust, null);
        assertThat(bindTo(strangerKeys, null, SmppTls.verified(supply(context))))
                .isEqualTo("unbound TLS_FAILED 0");
        assertThat(bindTo(strangerKeys, null, new SmppTls(supply(context), null, false, 5_000)))
                .startsWith("bound");
        assertThat(bindTo(strangerKeys, null, new SmppTls(supply(context), "stranger.example", true, 5_000)))
                .startsWith("bound");
    }

    @Test
    void anMcTakesOnlyEsmesWhoseCertificateItTrusts() throws Exception {
        final McDesk desk = new McDesk();
        final SslContext context = Certificates.server(mcKeys, esmeTrust);
        final McServer server =
                loop.server(McSettings.DEFAULT.withTls(new SmppTls(supply(context), null, false, 5_000)), desk);
        final SMPPSession esme = esme(esmeKeys);
        esme.connectAndBind("localhost", server.localAddress().getPort(), parameter());
        assertThat(desk.all).contains("bind TRANSCEIVER esme");
        esme.unbindAndClose();

        assertThatThrownBy(() -> esme(strangerKeys)
                        .connectAndBind("localhost", server.localAddress().getPort(), parameter(), GIVE_UP_MS))
                .isInstanceOf(IOException.class);
        await().until(() -> server.sessions() == 0);
        assertThat(desk.count("bind")).isEqualTo(1);
    }

    @Test
    void anMcOutlivesThoseWhoDoNotSpeakTls() throws Exception {
        final McDesk desk = new McDesk();
        final SslContext context = Certificates.server(mcKeys, null);
        final McServer server =
                loop.server(McSettings.DEFAULT.withTls(new SmppTls(supply(context), null, false, 5_000)), desk);
        try (Socket socket = new Socket("localhost", server.localAddress().getPort())) {
            socket.getOutputStream().write(new byte[64]);
            await().untilAsserted(() -> assertThat(desk.all).containsExactly("closed TLS_FAILED"));
        }
        final SMPPSession esme = esme(esmeKeys);
        esme.connectAndBind("localhost", server.localAddress().getPort(), parameter());
        assertThat(desk.all).contains("bind TRANSCEIVER esme");
        esme.unbindAndClose();
    }

    /** Binds to a jSMPP message centre and submits once; the first event tells how it went. */
    private String bindTo(final Path keys, final Path clientTrust, final SmppTls tls) throws Exception {
        try (JsmppMc mc = new JsmppMc(tlsServer(keys, clientTrust))) {
            final EsmeEvents events = new EsmeEvents();
            final EsmeBind bind = loop.bind(
                    EsmeSettings.to("localhost", mc.port(), BindRequest.of("esme", "secret"))
                            .withTls(tls),
                    events);
            loop.run(bind::enable);
            await().until(() -> !events.all.isEmpty());
            if (events.count("bound") == 1) {
                final byte[] text = "over tls".getBytes(ISO_8859_1);
                loop.run(() -> bind.submit(
                        1, new OutboundSm().destination(1, 1, "1").message(text, 0, text.length), System.nanoTime()));
                await().untilAsserted(() -> assertThat(events.all).contains("answered 1 0 id-1 -1"));
            }
            loop.run(bind::disable);
            await().until(() -> loop.call(bind::stopped));
            return events.all.get(0);
        }
    }

    private static java.util.function.Supplier<SslContext> supply(final SslContext context) {
        return () -> context;
    }

    private static SSLContext jdkContext(final Path keys, final Path trust) throws Exception {
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                Certificates.keyManagers(keys).getKeyManagers(),
                trust == null ? null : Certificates.trustManagers(trust).getTrustManagers(),
                null);
        return context;
    }

    private static SMPPSession esme(final Path keys) throws Exception {
        final SSLContext context = jdkContext(keys, mcTrust);
        return new SMPPSession(
                (host, port) -> new SocketConnection(context.getSocketFactory().createSocket(host, port)));
    }

    private static BindParameter parameter() {
        return new BindParameter(
                BindType.BIND_TRX, "esme", "secret", "", TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, "");
    }

    private static ServerConnectionFactory tlsServer(final Path keys, final Path clientTrust) throws Exception {
        final SSLContext context = jdkContext(keys, clientTrust);
        return new ServerConnectionFactory() {
            @Override
            public ServerSocketConnection listen(final int port) throws IOException {
                final SSLServerSocket socket =
                        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(port);
                socket.setNeedClientAuth(clientTrust != null);
                return new ServerSocketConnection(socket);
            }

            @Override
            public ServerSocketConnection listen(final int port, final int timeout) throws IOException {
                return listen(port);
            }

            @Override
            public ServerSocketConnection listen(final int port, final int timeout, final int backlog)
                    throws IOException {
                return listen(port);
            }
        };
    }
}
