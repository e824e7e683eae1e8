package io.trunkline.perf.peers;

import io.trunkline.perf.prove.ProveContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An SMPP library at both ends of a connection: a server and a client process, started for one measurement. */
public final class LibraryPeer {
    private final ProveContext context;
    private final Path libraries;
    private final String program;
    private final int sessions;
    private final int window;

    /** @param program the source file below perf/peers, without its ending */
    public LibraryPeer(
            final ProveContext context,
            final Path libraries,
            final String program,
            final int sessions,
            final int window) {
        this.context = context;
        this.libraries = libraries;
        this.program = program;
        this.sessions = sessions;
        this.window = window;
    }

    /** Answered submits per second, after a warm-up. */
    public double measure(final long warmupSeconds, final long seconds) throws IOException, InterruptedException {
        final String port = Integer.toString(ProveContext.freePorts(1)[0]);
        final Process server = java("server", port);
        try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
            if (!"listening".equals(said.readLine())) {
                throw new IOException(program + ": the server does not listen");
            }
            return client(java(
                    "client",
                    port,
                    Integer.toString(sessions),
                    Integer.toString(window),
                    Long.toString(warmupSeconds),
                    Long.toString(seconds)));
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private double client(final Process client) throws IOException, InterruptedException {
        final String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        client.waitFor();
        for (final String line : said.split("\n", -1)) {
            if (line.startsWith("rate ")) {
                return Double.parseDouble(line.substring("rate ".length()));
            }
        }
        throw new IOException(program + ": the client told no rate: " + said.strip());
    }

    private Process java(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-cp",
                libraries + "/*",
                ProveContext.repository()
                        .resolve("perf/peers/" + program + ".java")
                        .toString()));
        command.addAll(List.of(arguments));
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        context.ending(process::destroyForcibly);
        return process;
    }
}
