package io.trunkline.sip.stir.offload;

import io.trunkline.sip.stir.CertificateSource;
import io.trunkline.sip.stir.FetchedCertificate;
import io.trunkline.sip.stir.Outcome;
import io.trunkline.sip.stir.TrustAnchors;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.agrona.concurrent.EpochClock;

/**
 * Certificates over HTTPS, with the JDK's client: no redirects, at most {@link TrustAnchors#MAX_CHAIN} octets, from public addresses
 * only, and all of it within a time. How many fetches there are at a time is whoever asks to bound.
 */
public final class HttpsCertificates implements CertificateSource, AutoCloseable {
    /**
     * What is fetched how.
     *
     * @param tls null for the JDK's own trust in the web's authorities
     * @param timeoutMs for name, connection, handshake and answer together, ms
     * @param privateAddresses whether addresses that are not public are asked
     */
    public record Settings(SSLContext tls, long timeoutMs, boolean privateAddresses) {
        /** The web's authorities, five seconds, public addresses. */
        public static final Settings DEFAULT = new Settings(null, 5_000, false);
    }

    private static final int THREADS = 2;
    private static final int OK = 200;
    private static final String MAX_AGE = "max-age=";
    private static final int MAX_AGE_DIGITS = 9;

    private record Arrived(FetchedCertificate answer, Consumer<FetchedCertificate> then) {}

    private final TrustAnchors anchors;
    private final Settings settings;
    private final EpochClock clock;
    private final Runnable wake;
    private final ExecutorService threads;
    private final HttpClient client;
    private final ConcurrentLinkedQueue<Arrived> arrived = new ConcurrentLinkedQueue<>();

    /**
     * A source.
     *
     * @param clock wall clock, ms since 1970
     * @param wake called by threads of its own after each answer: there is something to poll
     */
    public HttpsCertificates(
            final TrustAnchors anchors, final Settings settings, final EpochClock clock, final Runnable wake) {
        this.anchors = anchors;
        this.settings = settings;
        this.clock = clock;
        this.wake = wake;
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            final Thread thread = new Thread(task, "stir-certificates");
            thread.setDaemon(true);
            return thread;
        });
        final HttpClient.Builder builder = HttpClient.newBuilder()
                .executor(threads)
                .connectTimeout(Duration.ofMillis(settings.timeoutMs()))
                .followRedirects(HttpClient.Redirect.NEVER);
        client = (settings.tls() == null ? builder : builder.sslContext(settings.tls())).build();
    }

    @Override
    public void fetch(final String url, final Consumer<FetchedCertificate> then) {
        try {
            threads.execute(() -> begin(url, then));
        } catch (final RejectedExecutionException e) {
            then.accept(FetchedCertificate.none(Outcome.UNREACHABLE, "no certificates are fetched any more"));
        }
    }

    /** Tells those who asked what has come; on their thread. */
    public int poll() {
        int told = 0;
        for (Arrived one = arrived.poll(); one != null; one = arrived.poll()) {
            one.then().accept(one.answer());
            told++;
        }
        return told;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Its end is heard by whenComplete.
    private void begin(final String url, final Consumer<FetchedCertificate> then) {
        try {
            final URI uri = URI.create(url);
            if (!settings.privateAddresses() && !isPublic(uri.getHost())) {
                tell(FetchedCertificate.none(Outcome.UNREACHABLE, uri.getHost() + " has no public address"), then);
                return;
            }
            final HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(Duration.ofMillis(settings.timeoutMs()))
                    .header("Accept", "application/pem-certificate-chain, application/pkix-cert, */*")
                    .build();
            final CompletableFuture<HttpResponse<byte[]>> exchange =
                    client.sendAsync(request, head -> new BoundedBody(TrustAnchors.MAX_CHAIN));
            // The client's own time ends with the head of the response, not with its body.
            exchange.copy()
                    .orTimeout(settings.timeoutMs(), TimeUnit.MILLISECONDS)
                    .whenCompleteAsync(
                            (response, failure) -> {
                                if (failure != null) {
                                    exchange.cancel(true);
                                }
                                tell(answer(url, response, failure), then);
                            },
                            threads);
        } catch (final UnknownHostException | RuntimeException e) {
            tell(FetchedCertificate.none(Outcome.UNREACHABLE, String.valueOf(e.getMessage())), then);
        }
    }

    private void tell(final FetchedCertificate answer, final Consumer<FetchedCertificate> then) {
        arrived.add(new Arrived(answer, then));
        wake.run();
    }

    private FetchedCertificate answer(final String url, final HttpResponse<byte[]> response, final Throwable failure) {
        if (failure != null) {
            return FetchedCertificate.none(Outcome.UNREACHABLE, url + ": " + failure);
        }
        if (response.statusCode() != OK) {
            return FetchedCertificate.none(Outcome.UNREACHABLE, url + ": status " + response.statusCode());
        }
        final String control = response.headers().firstValue("Cache-Control").orElse("");
        return anchors.check(response.body(), clock.time()).holding(maxAgeMs(control));
    }

    /** The time that Cache-Control names (RFC 9111 §5.2), ms; -1 where it names none. */
    static long maxAgeMs(final String control) {
        final String lower = control.toLowerCase(Locale.ROOT);
        if (lower.contains("no-store") || lower.contains("no-cache")) {
            return 0;
        }
        final int at = lower.indexOf(MAX_AGE);
        long seconds = 0;
        int digits = 0;
        for (int i = at + MAX_AGE.length(); at >= 0 && i < lower.length() && digits < MAX_AGE_DIGITS; i++, digits++) {
            final int digit = lower.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            seconds = seconds * 10 + digit;
        }
        return digits == 0 ? -1 : seconds * 1_000;
    }

    /** The client asks again by itself, so this keeps out mistakes and the careless, not a name server that answers twice. */
    private static boolean isPublic(final String host) throws UnknownHostException {
        for (final InetAddress address : InetAddress.getAllByName(host)) {
            // fc00::/7 is what site-local addresses became.
            final boolean unique = address.getAddress().length > 4 && (address.getAddress()[0] & 0xfe) == 0xfc;
            if (unique
                    || address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
