package io.trunkline.gateway.calls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One SIPp process (Debian: sip-tester) with a scenario of its own. */
final class Sipp implements AutoCloseable {
    static final Path BINARY = Path.of("/usr/bin/sipp");

    private final Process process;
    private final Path output;

    private Sipp(final Process process, final Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts one.
     *
     * @param scenario XML, or null for the built-in one that the arguments name
     */
    static Sipp start(final Path directory, final String name, final String scenario, final String... arguments) {
        try {
            final List<String> command = new ArrayList<>(List.of(BINARY.toString(), "-nostdin", "-nd"));
            if (scenario != null) {
                final Path file = directory.resolve(name + ".xml");
                Files.writeString(file, scenario);
                command.addAll(List.of("-sf", file.toString()));
            }
            command.addAll(List.of(arguments));
            final Path output = directory.resolve(name + ".txt");
            final Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new Sipp(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end; its exit status: 0 where every call went as the scenario says. */
    int await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("SIPp does not end\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
