package io.trunkline.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The daemon rtpengine of the Debian package {@code rtpengine-daemon}, on the loopback, as a relay in user space. */
public final class Rtpengine implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/bin/rtpengine");
    private static final int MEDIA_PORTS = 400;
    private static final int FIRST_PORT = 1_024;

    private final Process process;
    private final Path log;
    private final int control;

    /**
     * Starts it; it may take a moment until it answers.
     *
     * @param directory where its log goes
     */
    public Rtpengine(final Path directory) throws IOException {
        log = directory.resolve("rtpengine.log");
        control = freePort();
        final int media = Math.max(FIRST_PORT, (freePort() & ~1) - MEDIA_PORTS);
        process = new ProcessBuilder(
                        BINARY.toString(),
                        "--foreground",
                        "--config-file=none",
                        "--table=-1",
                        "--no-fallback",
                        "--log-stderr",
                        "--log-level=5",
                        "--interface=127.0.0.1",
                        "--listen-ng=127.0.0.1:" + control,
                        "--port-min=" + media,
                        "--port-max=" + (media + MEDIA_PORTS),
                        "--num-threads=1")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    public static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** The UDP port of 127.0.0.1 at which it speaks {@code ng}. */
    public int control() {
        return control;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said so far. */
    public String said() throws IOException {
        return Files.readString(log);
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it, the hard way if it is not gone within ten seconds. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
