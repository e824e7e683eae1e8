package io.trunkline.perf.prove;

import io.trunkline.perf.sim.McSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The configuration of a daemon under test: written as an operator would write it, into a directory of its own. What
 * is not set here has the defaults of the schemas, so that claims are about the daemon as it ships.
 */
public final class DaemonSetup {
    /** The secret of every tenant and carrier, of 8 characters as SMPP wants it; it never leaves this machine. */
    public static final String SECRET = "prove-it";

    private final Path directory;
    private final int binaryPort;
    private final int smppPort;
    private final int adminPort;
    private final int sipPort;
    private final List<Tenant> tenants = new ArrayList<>();
    private final List<Carrier> carriers = new ArrayList<>();
    private final Map<String, List<Trunk>> trunks = new LinkedHashMap<>();
    private final List<String> routes = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();
    private final List<String> gatewayLines = new ArrayList<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<String> routingBlocks = new ArrayList<>();
    private String routeColumns = "prefix,tenant,class,carriers";
    private Path data;
    private String durability = "process";
    private String journalLines = "";

    /** A tenant: its name and further lines of its entry in tenants.yaml. */
    private record Tenant(String name, List<String> lines) {}

    /** A carrier: its name, its port, its binds, further lines of each bind and of the entry. */
    private record Carrier(String name, int port, int binds, List<String> bindLines, List<String> lines) {}

    /** A SIP trunk: its name within the carrier, where it is, and further lines of its entry. */
    private record Trunk(String name, String host, int port, List<String> lines) {}

    /** @param directory made where it is not there; data goes below it unless {@link #data} says otherwise */
    public DaemonSetup(final Path directory) {
        this.directory = directory;
        this.data = directory.resolve("data");
        try {
            final int[] ports = ProveContext.freePorts(4);
            binaryPort = ports[0];
            smppPort = ports[1];
            adminPort = ports[2];
            sipPort = ports[3];
        } catch (final IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    public DaemonSetup durability(final String level) {
        durability = level;
        return this;
    }

    /** Further lines below {@code journal:}. */
    public DaemonSetup journal(final String lines) {
        journalLines = lines;
        return this;
    }

    public DaemonSetup data(final Path other) {
        data = other;
        return this;
    }

    /** A further block of gateway.yaml. */
    public DaemonSetup gateway(final String block) {
        gatewayLines.add(block);
        return this;
    }

    /** A tenant without limits that matter; the last value of a key holds. */
    public DaemonSetup tenant(final String name, final String... lines) {
        tenants.add(new Tenant(name, List.of(lines)));
        return this;
    }

    /** A simulated carrier with so many transceiver binds. */
    public DaemonSetup carrier(
            final McSimulator simulator, final int binds, final List<String> bindLines, final List<String> lines) {
        return carrier(simulator.config().name(), simulator.port(), binds, bindLines, lines);
    }

    /** A carrier on a port of this machine. */
    public DaemonSetup carrier(
            final String name,
            final int port,
            final int binds,
            final List<String> bindLines,
            final List<String> lines) {
        carriers.add(new Carrier(name, port, binds, List.copyOf(bindLines), List.copyOf(lines)));
        return this;
    }

    /** A carrier's SIP trunk on an address of this machine, over UDP; a carrier's trunks are tried in the order of these calls. */
    public DaemonSetup trunk(
            final String carrier, final String name, final String host, final int port, final List<String> lines) {
        trunks.computeIfAbsent(carrier, key -> new ArrayList<>()).add(new Trunk(name, host, port, List.copyOf(lines)));
        return this;
    }

    /** Takes and makes calls: a SIP listener over UDP and one over TCP on one port; further lines of the block. */
    public DaemonSetup sip(final String... lines) {
        final StringJoiner text = new StringJoiner("\n");
        text.add("sip:");
        text.add("  listeners:");
        text.add("    - {address: \"127.0.0.1:" + sipPort + "\", transport: udp}");
        text.add("    - {address: \"127.0.0.1:" + sipPort + "\", transport: tcp}");
        for (final String line : lines) {
            text.add("  " + line);
        }
        return gateway(text.toString());
    }

    /** A further block of routing.yaml. */
    public DaemonSetup routing(final String block) {
        routingBlocks.add(block);
        return this;
    }

    /** Other columns of routes.csv than prefix,tenant,class,carriers. */
    public DaemonSetup routeColumns(final String columns) {
        routeColumns = columns;
        return this;
    }

    /** A row of routes.csv: prefix,tenant,class,carriers, unless {@link #routeColumns} says otherwise. */
    public DaemonSetup route(final String row) {
        routes.add(row);
        return this;
    }

    /** A row of numbers.csv: number,tenant. */
    public DaemonSetup number(final String row) {
        numbers.add(row);
        return this;
    }

    /** A further file of the configuration: limits.yaml, networks.csv, … */
    public DaemonSetup file(final String name, final String text) {
        files.put(name, text);
        return this;
    }

    /** How the configuration names the secret: for further lines that need one. */
    public String secret() {
        return "${file:" + directory.resolve("secret").toAbsolutePath() + "}";
    }

    public Path directory() {
        return directory;
    }

    public Path data() {
        return data;
    }

    public int binaryPort() {
        return binaryPort;
    }

    public int smppPort() {
        return smppPort;
    }

    public int adminPort() {
        return adminPort;
    }

    /** The port of the SIP listeners, where {@link #sip} was called. */
    public int sipPort() {
        return sipPort;
    }

    /** Writes the files; the directory is what {@code --conf} names. */
    public Path write() {
        final Path conf = directory.resolve("conf");
        try {
            Files.createDirectories(conf);
            Files.createDirectories(data);
            final Path secret = directory.resolve("secret");
            Files.deleteIfExists(secret);
            Files.createFile(
                    secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            write(directory, "secret", SECRET);
            write(conf, "gateway.yaml", gatewayYaml());
            write(conf, "tenants.yaml", tenantsYaml());
            write(conf, "carriers.yaml", carriersYaml());
            write(conf, "routing.yaml", "numbers:\n  minDigits: 5\n" + String.join("\n", routingBlocks));
            write(conf, "routes.csv", csv(routeColumns, routes));
            write(conf, "numbers.csv", csv("number,tenant", numbers));
            for (final Map.Entry<String, String> file : files.entrySet()) {
                write(conf, file.getKey(), file.getValue());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write the configuration to " + conf, e);
        }
        return conf;
    }

    private static void write(final Path conf, final String file, final String text) throws IOException {
        Files.writeString(conf.resolve(file), text, StandardCharsets.UTF_8);
    }

    private String gatewayYaml() {
        final StringJoiner text = new StringJoiner("\n", "", "\n");
        text.add("name: prove");
        text.add("data: " + data.toAbsolutePath());
        text.add("journal:");
        text.add("  durability: " + durability);
        if (!journalLines.isBlank()) {
            text.add(journalLines);
        }
        text.add("upstream:");
        text.add("  binary:");
        text.add("    - address: 127.0.0.1:" + binaryPort);
        text.add("  smpp:");
        text.add("    - address: 127.0.0.1:" + smppPort);
        text.add("admin:");
        text.add("  http:");
        text.add("    address: 127.0.0.1:" + adminPort);
        gatewayLines.forEach(text::add);
        return text.toString();
    }

    private String tenantsYaml() {
        final StringJoiner text = new StringJoiner("\n", "", "\n");
        text.add("tenants:");
        for (final Tenant tenant : tenants) {
            text.add("  - name: " + tenant.name());
            text.add("    tokens: [\"" + secret() + "\"]");
            tenant.lines().forEach(line -> text.add("    " + line));
        }
        return text.toString();
    }

    private String carriersYaml() {
        final StringJoiner text = new StringJoiner("\n", "", "\n");
        text.add("carriers:");
        for (final Carrier carrier : carriers) {
            text.add("  - name: " + carrier.name());
            text.add("    binds:");
            for (int bind = 1; bind <= carrier.binds(); bind++) {
                text.add("      - name: b" + bind);
                text.add("        host: 127.0.0.1");
                text.add("        port: " + carrier.port());
                text.add("        systemId: trunkline");
                text.add("        password: " + secret());
                carrier.bindLines().forEach(line -> text.add("        " + line));
            }
            carrier.lines().forEach(line -> text.add("    " + line));
            trunks(text, carrier.name());
        }
        for (final String name : trunks.keySet()) {
            if (carriers.stream().noneMatch(carrier -> carrier.name().equals(name))) {
                text.add("  - name: " + name);
                trunks(text, name);
            }
        }
        return text.toString();
    }

    private void trunks(final StringJoiner text, final String carrier) {
        if (!trunks.containsKey(carrier)) {
            return;
        }
        text.add("    trunks:");
        for (final Trunk trunk : trunks.get(carrier)) {
            text.add("      - name: " + trunk.name());
            text.add("        host: " + trunk.host());
            text.add("        port: " + trunk.port());
            text.add("        transport: udp");
            trunk.lines().forEach(line -> text.add("        " + line));
        }
    }

    private static String csv(final String header, final List<String> rows) {
        return header + "\n" + String.join("\n", rows) + (rows.isEmpty() ? "" : "\n");
    }
}
