package io.trunkline.gateway.calls;

import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.ConfigDesk;
import io.trunkline.gateway.admin.Rows.CounterRow;
import io.trunkline.gateway.admin.ShardView;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.LoadResult;
import io.trunkline.gateway.daemon.GatewayDaemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A gateway with calls, on real sockets: the tenant's platform at 127.0.0.2, carriers alpha at 127.0.0.3 and beta at 127.0.0.4, us at
 * 127.0.0.1.
 */
final class GatewayRig implements AutoCloseable {
    static final String PLATFORM = "127.0.0.2";
    static final String ALPHA = "127.0.0.3";
    static final String BETA = "127.0.0.4";
    /** Alpha's second trunk, where it has one. */
    static final String GAMMA = "127.0.0.5";

    static final String TOKEN = "a long secret token";

    private final Path home;
    private final Map<String, Integer> ports = new HashMap<>();
    private String routes = "*,call,alpha|beta\n";
    private String routing = "";
    private String tenantLines = "";
    private boolean alpha = true;
    private boolean sip = true;
    private String sipLines = "";
    private String drainCalls = "0s";
    private String alphaMore = "";
    private String alphaAt = "";
    private String listener = "";
    private String gamma = "";
    private String alphaBinds = "";
    private String binary = "";
    private GatewayDaemon daemon;

    GatewayRig(final Path home) {
        this.home = home;
        for (final String host : new String[] {"127.0.0.1", PLATFORM, ALPHA, BETA, GAMMA}) {
            ports.put(host, freePort(host));
        }
    }

    private static int freePort(final String host) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(host), 0))) {
            return socket.getLocalPort();
        } catch (SocketException | java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    String port(final String host) {
        return Integer.toString(ports.get(host));
    }

    String us() {
        return "127.0.0.1:" + port("127.0.0.1");
    }

    GatewayRig routes(final String rows) {
        routes = rows;
        return this;
    }

    /** Further lines of {@code routing.yaml}. */
    GatewayRig routing(final String lines) {
        routing = lines;
        return this;
    }

    /** Lines of the tenant's {@code sip} block. */
    GatewayRig tenant(final String lines) {
        tenantLines = lines;
        return this;
    }

    /** Where alpha's trunk is, instead of UDP at its address. */
    GatewayRig alphaAt(final String keys) {
        alphaAt = keys;
        return this;
    }

    /** A further SIP listener. */
    GatewayRig listener(final String block) {
        listener = ", " + block;
        return this;
    }

    /** Reference to a secret that is {@link #TOKEN}. */
    String secret() {
        return "${file:" + home.resolve("token") + "}";
    }

    /** Further keys of alpha's trunk, each with a comma before it. */
    GatewayRig alpha(final String keys) {
        alphaMore = keys;
        return this;
    }

    /** Alpha also takes messages by SMPP, where nobody listens: they wait. */
    GatewayRig alphaBinds() {
        try {
            Files.writeString(home.resolve("bind"), "secret");
            Files.setPosixFilePermissions(home.resolve("bind"), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        alphaBinds = """
                    binds:
                      - {name: m, host: 127.0.0.1, port: 1, systemId: acme, password: "${file:%s}"}
                """.formatted(home.resolve("bind"));
        return this;
    }

    /** Alpha has a second trunk, {@code two}, with further keys, each with a comma before it. */
    GatewayRig gamma(final String keys) {
        gamma = """
                          - {name: two, host: %s, port: %s, transport: udp%s}
                    """.formatted(GAMMA, port(GAMMA), keys);
        return this;
    }

    /** From the next reload on alpha is not there any more. */
    void withoutAlpha() {
        alpha = false;
        routes = "*,call,beta\n";
    }

    /** From the next reload on there is nothing of SIP in the configuration any more. */
    void withoutSip() {
        alphaBinds();
        sip = false;
        routes = "*,message,alpha\n";
    }

    GatewayRig sip(final String lines) {
        sipLines = lines;
        return this;
    }

    GatewayRig drainCalls(final String duration) {
        drainCalls = duration;
        return this;
    }

    private static String indented(final String lines, final int by) {
        return lines.isEmpty() ? "" : lines.indent(by);
    }

    /** A listener of the binary protocol for API tiers. */
    GatewayRig binary(final int atPort) {
        binary = "binary: [{address: \"127.0.0.1:" + atPort + "\"}]";
        return this;
    }

    GatewayConfig write() {
        try {
            Files.createDirectories(home.resolve("conf"));
            file("gateway.yaml", """
                    name: calls
                    data: ../data
                    upstream: {%s}
                    journal: {durability: process}
                    drain: {limit: 1s, calls: %s}
                    sip:
                      listeners: [{address: "%s"}, {address: "%s", transport: tcp}%s]
                    %s""".formatted(binary, drainCalls, us(), us(), listener, indented(sipLines, 2)));
            file("tenants.yaml", """
                    tenants:
                      - name: acme
                        tokens: ["%s"]
                        sip:
                          sources: [%s]
                          to: {host: %s, port: %s, transport: udp}
                    %s""".formatted(
                            "${file:" + token() + "}", PLATFORM, PLATFORM, port(PLATFORM), indented(tenantLines, 6)));
            file("carriers.yaml", """
                    carriers:
                    %s  - name: beta
                        trunks:
                          - {name: main, host: %s, port: %s, transport: udp}
                    """.formatted(
                            alpha
                                    ? """
                              - name: alpha
                                trunks:
                                  - {name: one, %s%s}
                            %s%s""".formatted(
                                            alphaAt.isEmpty()
                                                    ? "host: %s, port: %s, transport: udp".formatted(ALPHA, port(ALPHA))
                                                    : alphaAt,
                                            alphaMore,
                                            gamma,
                                            alphaBinds)
                                    : "",
                            BETA,
                            port(BETA)));
            if (!sip) {
                file("gateway.yaml", """
                        name: calls
                        data: ../data
                        upstream: {smpp: [{address: "127.0.0.1:0"}]}
                        journal: {durability: process}
                        """);
                file("tenants.yaml", "tenants: [{name: acme, tokens: [\"${file:" + token() + "}\"]}]\n");
                file("carriers.yaml", "carriers:\n  - name: alpha\n" + alphaBinds);
            }
            file(
                    "routing.yaml",
                    "numbers: {internationalPrefixes: [\"+\", \"00\"], minDigits: 7, maxDigits: 15}\n" + routing);
            file("routes.csv", "prefix,kind,carriers\n" + routes);
            file("numbers.csv", "number,tenant\n34910000001,acme\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        final LoadResult result = new ConfigLoader(Map.<String, String>of()::get).load(home.resolve("conf"));
        return result.config().orElseThrow(() -> new AssertionError(result.report()));
    }

    /** Where the tenant's token is: in a file that only we may read. */
    private Path token() throws IOException {
        final Path token = home.resolve("token");
        if (!Files.exists(token)) {
            Files.createFile(token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(token, TOKEN);
        }
        return token;
    }

    private void file(final String name, final String text) throws IOException {
        Files.writeString(home.resolve("conf").resolve(name), text);
    }

    GatewayRig start() {
        daemon = GatewayDaemon.start(home.resolve("conf"), write());
        return this;
    }

    GatewayDaemon daemon() {
        return daemon;
    }

    /** Waits until a figure has a value. */
    void awaitFigure(final String name, final String value, final long expected) {
        await().atMost(Duration.ofSeconds(15)).until(() -> figure(name, value) == expected);
    }

    /** A figure of the daemon's. */
    long figure(final String name, final String value) {
        try {
            return daemon.shardView().call(ShardView::counters).stream()
                    .filter(row -> row.counter().equals(name) && row.value().equals(value))
                    .mapToLong(CounterRow::count)
                    .sum();
        } catch (AdminRefusal e) {
            throw new IllegalStateException(e);
        }
    }

    /** Applies what has been changed here since, as an operator would. */
    void reload() throws Exception {
        write();
        daemon.changes().apply(Optional.empty(), new ConfigDesk.Wishes("test", "", Duration.ZERO, true));
    }

    @Override
    public void close() {
        if (daemon != null) {
            daemon.close();
        }
    }
}
