package io.trunkline.perf.peers;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Debian's Kannel as a gateway: its two boxes as processes of this machine, HTTP in, SMPP out to a carrier of ours, no
 * store, statuses to a listener that only counts them.
 */
public final class Kannel implements AutoCloseable {
    private static final int LISTEN_WITHIN_S = 15;

    private final int sendPort;
    private final int statusPort;
    private final Process bearerbox;
    private final Process smsbox;
    private final HttpServer statuses;
    private final LongAdder statusCount = new LongAdder();

    /** Starts it, writing its configuration and logs to a directory. */
    public Kannel(final Path directory, final int carrierPort) throws IOException, InterruptedException {
        final int[] ports = ProveContext.freePorts(3);
        sendPort = ports[2];
        statuses = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        statuses.setExecutor(Executors.newFixedThreadPool(2));
        statuses.createContext("/", exchange -> {
            statusCount.increment();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        statuses.start();
        statusPort = statuses.getAddress().getPort();
        final Path conf = directory.resolve("kannel.conf");
        Files.writeString(conf, configuration(ports[0], ports[1], sendPort, carrierPort), StandardCharsets.UTF_8);
        bearerbox = start(directory, "bearerbox", conf);
        awaitPort(ports[1]);
        smsbox = start(directory, "smsbox", conf);
        awaitPort(sendPort);
    }

    /** Whether it is installed. */
    public static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/sbin/bearerbox")) && Files.isExecutable(Path.of("/usr/sbin/smsbox"));
    }

    private static String configuration(
            final int adminPort, final int boxPort, final int sendPort, final int carrierPort) {
        return String.join(
                "\n",
                "group = core",
                "admin-port = " + adminPort,
                "admin-password = peer",
                "smsbox-port = " + boxPort,
                "box-allow-ip = 127.0.0.1",
                "dlr-storage = internal",
                "log-level = 4",
                "",
                "group = smsc",
                "smsc = smpp",
                "smsc-id = carrier",
                "host = 127.0.0.1",
                "port = " + carrierPort,
                "transceiver-mode = true",
                "smsc-username = kannel",
                "smsc-password = kannel",
                "system-type = \"\"",
                "max-pending-submits = 1000",
                "",
                "group = smsbox",
                "bearerbox-host = 127.0.0.1",
                "sendsms-port = " + sendPort,
                "log-level = 4",
                "",
                "group = sendsms-user",
                "username = peer",
                "password = peer",
                "");
    }

    private static Process start(final Path directory, final String box, final Path conf) throws IOException {
        return new ProcessBuilder("/usr/sbin/" + box, "-v", "4", conf.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(box + ".log").toFile())
                .start();
    }

    private static void awaitPort(final int port) throws IOException, InterruptedException {
        final boolean up = ProveContext.await(Duration.ofSeconds(LISTEN_WITHIN_S), () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (final IOException e) {
                return false;
            }
        });
        if (!up) {
            throw new IOException("Kannel does not listen on " + port);
        }
    }

    /** The path and query of one message; where receipts are wanted, statuses come to this listener. */
    public String request(final boolean receipts, final String to, final String text) {
        final String plain = "/cgi-bin/sendsms?username=peer&password=peer&from=12025550100&to=" + to + "&text=" + text;
        // 3: delivered and undelivered.
        return receipts
                ? plain + "&dlr-mask=3&dlr-url=http%3A%2F%2F127.0.0.1%3A" + statusPort + "%2Fs%3Fd%3D%25d"
                : plain;
    }

    public int sendPort() {
        return sendPort;
    }

    /** Statuses that came. */
    public long statuses() {
        return statusCount.sum();
    }

    @Override
    public void close() {
        statuses.stop(0);
        for (final Process box : List.of(smsbox, bearerbox)) {
            box.destroy();
            try {
                if (!box.waitFor(3, TimeUnit.SECONDS)) {
                    box.destroyForcibly().waitFor();
                }
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
