package io.trunkline.gateway.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Metrics and health over HTTP: {@code /metrics} (with the token, where there is one), {@code /livez}, {@code /readyz}.
 * The JDK's own server, because three pages for a scraper are all that is asked of it.
 */
public final class AdminHttp implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int BACKLOG = 32;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ThreadPoolExecutor workers;
    private final Optional<Secret> token;
    private final GatewayMetrics metrics;
    private final Health health;

    /**
     * Listens and serves.
     *
     * @throws IOException where the address is in use or is none of this machine's
     */
    public AdminHttp(final Gateway.AdminHttp config, final GatewayMetrics metrics, final Health health)
            throws IOException {
        this.token = config.token();
        this.metrics = metrics;
        this.health = health;
        server = HttpServer.create(config.address().socketAddress(), BACKLOG);
        workers = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(BACKLOG), AdminHttp::worker);
        server.setExecutor(workers);
        server.createContext("/metrics", this::metrics);
        server.createContext(
                "/livez", exchange -> state(exchange, "live", health.live() ? List.of() : List.of("stuck")));
        server.createContext("/readyz", exchange -> state(exchange, "ready", this.health.notReady()));
        server.start();
    }

    private static Thread worker(final Runnable task) {
        final Thread thread = new Thread(task, "trunkline-admin-http");
        thread.setDaemon(true);
        return thread;
    }

    /** Where it listens, with the port that the system chose where the config left it open. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void metrics(final HttpExchange exchange) throws IOException {
        final String header = exchange.getRequestHeaders().getFirst("Authorization");
        final String given = header != null && header.startsWith("Bearer ") ? header.substring(7) : "";
        if (token.isPresent() && !token.get().matches(given.getBytes(StandardCharsets.UTF_8))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            answer(exchange, 401, "text/plain", "a token is needed: Authorization: Bearer …\n");
            return;
        }
        answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }

    private static void state(final HttpExchange exchange, final String name, final List<String> reasons)
            throws IOException {
        final var body = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        body.put(name, reasons.isEmpty());
        final var list = body.putArray("reasons");
        reasons.forEach(list::add);
        answer(exchange, reasons.isEmpty() ? 200 : 503, "application/json", JSON.writeValueAsString(body) + "\n");
    }

    private static void answer(final HttpExchange exchange, final int status, final String type, final String body)
            throws IOException {
        try (exchange) {
            final boolean head = exchange.getRequestMethod().equals("HEAD");
            final boolean known = head || exchange.getRequestMethod().equals("GET");
            final byte[] bytes = (known ? body : "GET only\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(known ? status : 405, head ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
