package io.trunkline.perf.peers;

import io.trunkline.perf.prove.ProcessCpu;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Debian's Kamailio as a stateful proxy with Record-Route, over UDP, to one next hop: the least that makes a proxy of it, and
 * nothing that would slow it down, no logs, no database, no accounting.
 */
public final class Kamailio implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/sbin/kamailio");
    private static final int READY_WITHIN_S = 15;
    private static final int ANSWER_MS = 200;

    private final String address;
    private final int port;
    private final Process process;

    /**
     * Starts it and waits until it answers.
     *
     * @param directory for its configuration and log
     * @param address it listens on
     * @param port it listens on
     * @param nextHop host:port where every call goes
     * @param children worker processes
     */
    public Kamailio(
            final Path directory, final String address, final int port, final String nextHop, final int children)
            throws IOException, InterruptedException {
        this.address = address;
        this.port = port;
        Files.createDirectories(directory);
        final Path conf = directory.resolve("kamailio.cfg");
        Files.writeString(conf, configuration(address, port, nextHop, children), StandardCharsets.UTF_8);
        process = new ProcessBuilder(
                        BINARY.toString(),
                        "-DD",
                        "-E",
                        "-f",
                        conf.toString(),
                        "-m",
                        "1024",
                        "-M",
                        "32",
                        "-Y",
                        directory.toString(),
                        "-w",
                        directory.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("kamailio.log").toFile())
                .start();
        if (!ProveContext.await(Duration.ofSeconds(READY_WITHIN_S), () -> !process.isAlive() || answers())) {
            close();
            throw new IOException("Kamailio does not answer on " + address + ":" + port);
        }
        if (!process.isAlive()) {
            throw new IOException("Kamailio ended: "
                    + Files.readString(directory.resolve("kamailio.log"), StandardCharsets.UTF_8)
                            .strip());
        }
    }

    /** Whether it is installed. */
    public static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    private static String configuration(
            final String address, final int port, final String nextHop, final int children) {
        return """
            #!KAMAILIO
            debug=0
            log_stderror=yes
            children=%d
            listen=udp:%s:%d
            dns=no
            rev_dns=no
            disable_tcp=yes
            loadmodule "tm.so"
            loadmodule "sl.so"
            loadmodule "rr.so"
            loadmodule "pv.so"
            loadmodule "maxfwd.so"
            loadmodule "textops.so"
            loadmodule "siputils.so"
            request_route {
              if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
              if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }
              if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }
              if (has_totag()) {
                if (loose_route()) { t_relay(); exit; }
                if (is_method("ACK")) { if (t_check_trans()) { t_relay(); } exit; }
                sl_send_reply("404", "Not Here");
                exit;
              }
              t_check_trans();
              record_route();
              $du = "sip:%s";
              if (!t_relay()) { sl_reply_error(); }
              exit;
            }
            """.formatted(children, address, port, nextHop);
    }

    private boolean answers() {
        final byte[] options = ("OPTIONS sip:" + address + ":" + port + " SIP/2.0\r\nVia: SIP/2.0/UDP " + address
                        + ":9;rport;branch=z9hG4bKready\r\nFrom: <sip:prove@" + address + ">;tag=1\r\nTo: <sip:"
                        + address
                        + ">\r\nCall-ID: ready\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(address))) {
            socket.setSoTimeout(ANSWER_MS);
            socket.send(new DatagramPacket(options, options.length, new InetSocketAddress(address, port)));
            socket.receive(new DatagramPacket(new byte[2048], 2048));
            return true;
        } catch (final SocketTimeoutException e) {
            return false;
        } catch (final IOException e) {
            return false;
        }
    }

    /** CPU seconds of all its processes. */
    public double cpuSeconds() throws IOException {
        return ProcessCpu.secondsOfAll(process.toHandle());
    }

    @Override
    public void close() {
        // Its workers end with it.
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
