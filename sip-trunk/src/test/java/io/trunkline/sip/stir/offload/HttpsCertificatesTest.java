package io.trunkline.sip.stir.offload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.trunkline.sip.stir.FetchedCertificate;
import io.trunkline.sip.stir.Outcome;
import io.trunkline.sip.stir.StirPki;
import io.trunkline.sip.stir.TrustAnchors;
import io.trunkline.testing.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates from a web server of the JDK, over TLS. */
class HttpsCertificatesTest {
    @TempDir
    static Path directory;

    private static HttpsServer server;
    private static SSLContext client;
    private static TrustAnchors anchors;
    private static byte[] published;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private final List<FetchedCertificate> heard = new ArrayList<>();
    private HttpsCertificates source;

    @BeforeAll
    static void serve() throws Exception {
        final StirPki pki = new StirPki(directory, "root").certify("provider", StirPki.PROVIDER_LIST);
        anchors = new TrustAnchors(pki.anchor(), true);
        published = pki.published("provider");
        final Certificates web = new Certificates(directory);
        final Path own = web.keyStore("web", "localhost");
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(Certificates.keyManagers(own).getKeyManagers(), null, null);
        client = SSLContext.getInstance("TLS");
        client.init(null, Certificates.trustManagers(web.trustStore("web", own)).getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(THREADS);
        server.createContext("/", HttpsCertificatesTest::answer);
        server.start();
    }

    private static void answer(final HttpExchange exchange) throws IOException {
        final String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/good" -> {
                exchange.getResponseHeaders().add("Cache-Control", "public, max-age=7200");
                exchange.sendResponseHeaders(200, published.length);
                exchange.getResponseBody().write(published);
            }
            case "/elsewhere" -> {
                exchange.getResponseHeaders().add("Location", "/good");
                exchange.sendResponseHeaders(302, -1);
            }
            case "/garbage" -> {
                exchange.sendResponseHeaders(200, 5);
                exchange.getResponseBody().write(new byte[5]);
            }
            case "/endless" -> {
                exchange.sendResponseHeaders(200, 0);
                for (int i = 0; i < 1_000; i++) {
                    exchange.getResponseBody().write(new byte[64 * 1024]);
                }
            }
            case "/stuck" -> {
                exchange.sendResponseHeaders(200, published.length);
                exchange.getResponseBody().write(published, 0, 10);
                exchange.getResponseBody().flush();
                return;
            }
            default -> exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        THREADS.shutdownNow();
    }

    @AfterEach
    void close() {
        source.close();
    }

    private FetchedCertificate fetch(final String path, final boolean privateAddresses, final SSLContext tls) {
        source = new HttpsCertificates(
                anchors,
                new HttpsCertificates.Settings(tls, 2_000, privateAddresses),
                System::currentTimeMillis,
                () -> {});
        source.fetch("https://localhost:" + server.getAddress().getPort() + path, heard::add);
        await().pollInSameThread().until(() -> source.poll() > 0);
        assertThat(heard).hasSize(1);
        return heard.get(0);
    }

    @Test
    void aCertificateIsFetchedAndHeldAgainstTheAnchors() {
        final FetchedCertificate fetched = fetch("/good", true, client);

        assertThat(fetched.outcome()).as(fetched.why()).isEqualTo(Outcome.VERIFIED);
        assertThat(fetched.certificate().numbers().providers()).containsExactly("709J");
        assertThat(fetched.holdsMs()).isEqualTo(7_200_000);
    }

    @Test
    void whatIsNotThereIsUnreachable() {
        final FetchedCertificate fetched = fetch("/none", true, client);

        assertThat(fetched.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(fetched.why()).contains("404");
    }

    @Test
    void redirectsAreNotFollowed() {
        assertThat(fetch("/elsewhere", true, client).why()).contains("302");
    }

    @Test
    void whatIsNoCertificateIsNotTrusted() {
        assertThat(fetch("/garbage", true, client).outcome()).isEqualTo(Outcome.UNTRUSTED);
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        final FetchedCertificate fetched = fetch("/endless", true, client);

        assertThat(fetched.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(fetched.why()).contains("more than " + TrustAnchors.MAX_CHAIN);
    }

    @Test
    void anAnswerThatStopsIsGivenUp() {
        assertThat(fetch("/stuck", true, client).why()).contains("Timeout");
    }

    @Test
    void privateAddressesAreNotAsked() {
        assertThat(fetch("/good", false, client).why()).contains("no public address");
    }

    @Test
    void aServerThatTheWebDoesNotTrustIsNotBelieved() {
        assertThat(fetch("/good", true, null).outcome()).isEqualTo(Outcome.UNREACHABLE);
    }

    @Test
    void cacheControlIsReadWithoutTrust() {
        source = new HttpsCertificates(anchors, HttpsCertificates.Settings.DEFAULT, () -> 0, () -> {});

        assertThat(HttpsCertificates.maxAgeMs("Max-Age=60, public")).isEqualTo(60_000);
        assertThat(HttpsCertificates.maxAgeMs("")).isEqualTo(-1);
        assertThat(HttpsCertificates.maxAgeMs("max-age=-5")).isEqualTo(-1);
        assertThat(HttpsCertificates.maxAgeMs("no-store, max-age=60")).isZero();
        assertThat(HttpsCertificates.maxAgeMs("max-age=99999999999999999999")).isEqualTo(999_999_999_000L);
    }
}
