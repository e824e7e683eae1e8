package io.trunkline.perf.claims;

import io.trunkline.perf.claims.Attacks.Attack;
import io.trunkline.perf.wire.RawSip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What is tried over TCP, from a platform's address: the connection is answered with one refusal if at all, and closed. */
final class SipStreamAttacks {
    private static final int TIMEOUT_MS = 15_000;
    private static final int SLOW_READERS = 8;
    private static final int SLOW_READER_REQUESTS = 60_000;
    /** Connections that the gateway takes from one address. */
    private static final int CONNECTIONS = 64;

    private static final int TOO_MANY = 10;

    private final SipTarget target;
    private final String platform;

    SipStreamAttacks(final SipTarget target, final String platform) {
        this.target = target;
        this.platform = platform;
    }

    List<Attack> all() {
        final List<Attack> attacks = new ArrayList<>();
        for (final String length : List.of("2147483647", "4294967297", "-1", "99999999999999999999", "1x")) {
            attacks.add(new Attack(
                    "Content-Length " + length + " over TCP",
                    () -> stream("Content-Length: " + length + "\r\n", "abcd")));
        }
        attacks.add(new Attack("two Content-Lengths over TCP", () -> stream("Content-Length: 4\r\nl: 0\r\n", "abcd")));
        attacks.add(new Attack("no Content-Length over TCP", () -> stream("", "")));
        attacks.add(new Attack("a header section without end over TCP", this::endlessHeaders));
        attacks.add(new Attack("messages without end on too many connections", this::halfMessages));
        attacks.add(new Attack("slow readers over TCP", this::slowReaders));
        return attacks;
    }

    private Socket connect() throws IOException {
        final Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(platform), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()), TIMEOUT_MS);
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    private String options(final String lengths) throws IOException {
        try (RawSip names = target.from(platform)) {
            return names.request("OPTIONS", "100", "")
                    .replace("/UDP", "/TCP")
                    .replace("Content-Length: 0\r\n", lengths);
        }
    }

    private String stream(final String lengths, final String body) throws IOException {
        try (Socket socket = connect()) {
            write(socket, options(lengths) + body);
            return closed(socket);
        }
    }

    private static void write(final Socket socket, final String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String endlessHeaders() throws IOException {
        try (Socket socket = connect()) {
            final String line = "X-More: " + "y".repeat(1000) + "\r\n";
            write(socket, "OPTIONS sip:100@127.0.0.1 SIP/2.0\r\n");
            try {
                for (int i = 0; i < 10_000; i++) {
                    write(socket, line);
                }
            } catch (final SocketException e) {
                return null;
            }
            return closed(socket);
        }
    }

    /** Each connection begins a message and waits: those that are too many are closed at once, the others before long. */
    private String halfMessages() throws IOException {
        final String half = options("").substring(0, 60);
        final List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS + TOO_MANY; i++) {
                final Socket socket = connect();
                sockets.add(socket);
                try {
                    write(socket, half);
                } catch (final SocketException e) {
                    // Closed already.
                }
            }
            String complaint = null;
            for (final Socket socket : sockets) {
                final String one = closed(socket);
                complaint = one == null ? complaint : one;
            }
            return complaint;
        } finally {
            sockets.forEach(SipStreamAttacks::close);
        }
    }

    private String slowReaders() {
        return IntStream.range(0, SLOW_READERS)
                .mapToObj(reader -> CompletableFuture.supplyAsync(this::slowReader))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .filter(complaint -> !complaint.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** Asks and asks, and reads nothing: at some point the gateway has to let go. Empty where it does. */
    private String slowReader() {
        try (Socket socket = connect()) {
            socket.setReceiveBufferSize(4096);
            // A gateway that reads no more holds the writer up: as good an end as a closed connection.
            CompletableFuture.delayedExecutor(TIMEOUT_MS, TimeUnit.MILLISECONDS).execute(() -> close(socket));
            final String options = options("Content-Length: 0\r\n");
            try {
                for (int i = 0; i < SLOW_READER_REQUESTS; i++) {
                    write(socket, options.replaceFirst("branch=z9hG4bK", "branch=z9hG4bK" + i + "x"));
                }
            } catch (final SocketException e) {
                return "";
            }
            return "took " + SLOW_READER_REQUESTS + " requests of a peer that reads no answer";
        } catch (final IOException e) {
            return e.toString();
        }
    }

    private static void close(final Socket socket) {
        try {
            socket.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null where the peer closes after at most one refusal, else the complaint. */
    private static String closed(final Socket socket) throws IOException {
        final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try {
            final InputStream in = socket.getInputStream();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                heard.write(octet);
            }
        } catch (final SocketTimeoutException e) {
            return "the connection stays open";
        } catch (final SocketException e) {
            // Reset: closed as well.
        }
        final String answer = heard.toString(StandardCharsets.ISO_8859_1);
        final int status = RawSip.status(answer.isEmpty() ? null : answer);
        return status == 0 || (status >= 400 && status < 600) ? null : "answered " + status;
    }
}
