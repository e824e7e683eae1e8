package io.trunkline.perf.claims;

import io.trunkline.perf.claims.Attacks.Attack;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.wire.RawSip;
import io.trunkline.sip.message.SipFault;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What hostile peers try on SIP listeners, and what RFC 3261 and prudence want them to be answered. */
final class SipAttacks {
    private static final Path TORTURE = Path.of("sip-trunk/src/test/resources/torture");
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofMillis(150);
    private static final int GUESSES = 30;
    private static final int STREAM_TIMEOUT_MS = 15_000;
    private static final int SLOW_READER_REQUESTS = 60_000;

    private final int port;
    private final String platform;
    private final String stranger;
    private final String user;
    private final String password;
    private final long seed;
    private long strangersSent;
    private long strangersHeard;

    /**
     * @param platform address of a tenant's platform
     * @param stranger address that nobody has
     * @param user of a tenant that comes from anywhere, with digest
     */
    SipAttacks(
            final int port,
            final String platform,
            final String stranger,
            final String user,
            final String password,
            final long seed) {
        this.port = port;
        this.platform = platform;
        this.stranger = stranger;
        this.user = user;
        this.password = password;
        this.seed = seed;
    }

    List<Attack> all() throws IOException {
        final List<Attack> attacks = new ArrayList<>();
        try (Stream<Path> files = Files.list(ProveContext.repository().resolve(TORTURE))) {
            for (final Path file : files.sorted().toList()) {
                attacks.add(new Attack("torture " + file.getFileName(), () -> torture(file)));
                attacks.add(new Attack("torture by a stranger " + file.getFileName(), () -> strangeTorture(file)));
            }
        }
        attacks.add(new Attack("scanner", this::scanner));
        attacks.add(new Attack("reflection by Via, Contact and Route", this::reflection));
        attacks.add(new Attack("responses to nothing", this::strayResponses));
        attacks.add(new Attack("replayed digest", this::replayedDigest));
        attacks.add(new Attack("password guessing", this::guessing));
        for (final String length : List.of("2147483647", "4294967297", "-1", "99999999999999999999", "1x")) {
            attacks.add(new Attack("Content-Length " + length + " over TCP", () -> lengthBomb(length)));
        }
        attacks.add(new Attack("two Content-Lengths over TCP", () -> stream("Content-Length: 4\r\nl: 0\r\n", "abcd")));
        attacks.add(new Attack("no Content-Length over TCP", () -> stream("", "")));
        attacks.add(new Attack("a header section without end over TCP", this::endlessHeaders));
        attacks.add(new Attack("slow reader over TCP", this::slowReader));
        return attacks;
    }

    /** Octets that strangers have sent so far. */
    long strangersSent() {
        return strangersSent;
    }

    /** Octets that strangers were answered with. */
    long strangersHeard() {
        return strangersHeard;
    }

    private RawSip from(final String address) throws IOException {
        return new RawSip(address, port, seed + System.nanoTime());
    }

    private void count(final RawSip one) throws IOException {
        one.drain();
        strangersSent += one.sentOctets();
        strangersHeard += one.heardOctets();
    }

    /** Null where the gateway still answers a platform's OPTIONS, else the complaint. */
    private static String alive(final RawSip peer) throws IOException, InterruptedException {
        peer.drain();
        final String options = peer.request("OPTIONS", "ping", "");
        for (int attempt = 0; attempt < 4; attempt++) {
            peer.send(options);
            final String answer = peer.finalResponse(SOON);
            if (RawSip.header(options, "Call-ID").equals(RawSip.header(answer == null ? "" : answer, "Call-ID"))) {
                return RawSip.status(answer) == 200 ? null : "OPTIONS was answered " + RawSip.status(answer);
            }
        }
        return "OPTIONS was not answered any more";
    }

    /** A message of the corpus: its first line names the fault that it must be taken for. */
    private String torture(final Path file) throws IOException, InterruptedException {
        try (RawSip peer = from(platform)) {
            peer.send(octets(file));
            final String answer = peer.receive(SILENCE);
            final SipFault fault = fault(file);
            if (fault != SipFault.NONE && answer != null && RawSip.status(answer) != fault.status()) {
                return "answered " + RawSip.status(answer) + ", not " + fault.status();
            }
            return alive(peer);
        }
    }

    private String strangeTorture(final Path file) throws IOException, InterruptedException {
        try (RawSip peer = from(stranger)) {
            final byte[] octets = octets(file);
            peer.send(octets);
            final String answer = peer.receive(SILENCE);
            count(peer);
            if (answer == null) {
                return null;
            }
            if (fault(file) != SipFault.NONE) {
                return "a stranger's faulty message was answered " + RawSip.status(answer);
            }
            return RawSip.status(answer) == 401 ? null : "a stranger was answered " + RawSip.status(answer);
        }
    }

    private static SipFault fault(final Path file) throws IOException {
        final String first =
                Files.readAllLines(file, StandardCharsets.ISO_8859_1).get(0);
        return SipFault.valueOf(first.substring(2));
    }

    /** Two lines of comment, then the message: a line end stands for CRLF, {@code <hh>} for an octet. */
    private static byte[] octets(final Path file) throws IOException {
        final String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        final int second = text.indexOf('\n') + 1;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = text.indexOf('\n', second) + 1; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '\n') {
                out.write('\r');
                out.write('\n');
            } else if (c == '<' && text.substring(i).matches("(?s)<[0-9a-f]{2}>.*")) {
                out.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 3;
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }

    private String scanner() throws IOException, InterruptedException {
        try (RawSip peer = from(stranger)) {
            for (final String agent : List.of("friendly-scanner", "sipvicious", "SIPCLI/v1.8")) {
                peer.send(peer.request("OPTIONS", "100", "User-Agent: " + agent + "\r\n"));
            }
            final String answer = peer.receive(SILENCE);
            count(peer);
            return answer == null ? null : "a scanner was answered " + RawSip.status(answer);
        }
    }

    /** A platform names somebody else wherever a message can: nothing may go there. */
    private String reflection() throws IOException, InterruptedException {
        try (RawSip peer = from(platform);
                RawSip victim = from(stranger)) {
            final String there = victim.sentBy();
            peer.send(peer.request("OPTIONS", "100", there, ""));
            peer.send(peer.request("OPTIONS", "100", there + ";maddr=" + there.split(":", -1)[0], ""));
            peer.send(peer.request("OPTIONS", "100", "Route: <sip:" + there + ";lr>\r\n"));
            peer.send(peer.request("MESSAGE", "100", "Record-Route: <sip:" + there + ";lr>\r\n"));
            peer.send(peer.request(
                    "BYE", "100", "Route: <sip:" + there + ";lr>\r\nReferred-By: <sip:" + there + ">\r\n"));
            peer.send(peer.request("REFER", "100", "Refer-To: <sip:" + there + ">\r\n"));
            final String got = victim.receive(SILENCE);
            return got == null
                    ? alive(peer)
                    : "a third party got: " + got.lines().findFirst().orElse("");
        }
    }

    private String strayResponses() throws IOException, InterruptedException {
        try (RawSip peer = from(stranger)) {
            for (int status = 100; status < 700; status += 100) {
                peer.send("SIP/2.0 " + status + " X\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port
                        + ";branch=z9hG4bK0123456789abcdef\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: "
                        + peer.fresh() + "\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n");
            }
            final String answer = peer.receive(SILENCE);
            count(peer);
            return answer == null ? null : "a response was answered";
        }
    }

    /** A good answer to a challenge is good once. */
    private String replayedDigest() throws IOException, InterruptedException {
        try (RawSip honest = from(CallStage.TRAVELLER);
                RawSip thief = from(CallStage.THIEF)) {
            final String first = honest.request("OPTIONS", "100", "");
            honest.send(first);
            final String challenge = honest.finalResponse(SOON);
            if (RawSip.status(challenge) != 401) {
                return "no challenge, but " + RawSip.status(challenge);
            }
            final String authorization = authorization(RawSip.header(challenge, "WWW-Authenticate"), password);
            honest.send(honest.request("OPTIONS", "100", authorization));
            final int accepted = RawSip.status(honest.finalResponse(SOON));
            if (accepted != 200) {
                return "the right password was answered " + accepted;
            }
            thief.send(thief.request("OPTIONS", "100", authorization));
            final int stolen = RawSip.status(thief.finalResponse(SOON));
            count(thief);
            return stolen == 200 ? "credentials that were used before were good again" : null;
        }
    }

    /** After a few wrong passwords there is no answer any more. */
    private String guessing() throws IOException, InterruptedException {
        try (RawSip peer = from(CallStage.GUESSER)) {
            int answered = 0;
            String challenge = null;
            for (int guess = 0; guess < GUESSES; guess++) {
                final String authorization = challenge == null ? "" : authorization(challenge, "guess" + guess);
                peer.send(peer.request("OPTIONS", "100", authorization));
                final String answer = peer.finalResponse(SILENCE);
                final int status = RawSip.status(answer);
                if (status == 200) {
                    count(peer);
                    return "a wrong password was good";
                }
                answered += status == 0 ? 0 : 1;
                if (status == 401) {
                    challenge = RawSip.header(answer, "WWW-Authenticate");
                }
            }
            count(peer);
            return answered < GUESSES / 2 ? null : answered + " of " + GUESSES + " guesses were answered";
        }
    }

    /** RFC 7616 with SHA-256 and qop auth. */
    private String authorization(final String challenge, final String secret) {
        final String realm = parameter(challenge, "realm");
        final String nonce = parameter(challenge, "nonce");
        final String uri = "sip:100@127.0.0.1:" + port;
        final String ha1 = sha256(user + ":" + realm + ":" + secret);
        final String ha2 = sha256("OPTIONS:" + uri);
        final String response = sha256(ha1 + ":" + nonce + ":00000001:0a4f113b:auth:" + ha2);
        return "Authorization: Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                + "\", uri=\"" + uri + "\", response=\"" + response
                + "\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"0a4f113b\"\r\n";
    }

    private static String parameter(final String challenge, final String name) {
        final int at = challenge.indexOf(name + "=\"") + name.length() + 2;
        return challenge.substring(at, challenge.indexOf('"', at));
    }

    private static String sha256(final String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- streams

    private Socket connect() throws IOException {
        final Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(platform), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), STREAM_TIMEOUT_MS);
        socket.setSoTimeout(STREAM_TIMEOUT_MS);
        return socket;
    }

    private String options(final String lengths) throws IOException {
        try (RawSip names = from(platform)) {
            return names.request("OPTIONS", "100", "")
                    .replace("/UDP", "/TCP")
                    .replace("Content-Length: 0\r\n", lengths);
        }
    }

    /** A length that is none, or that nobody can mean: the connection is answered 4xx if at all, and closed. */
    private String lengthBomb(final String length) throws IOException {
        return stream("Content-Length: " + length + "\r\n", "abcd");
    }

    private String stream(final String lengths, final String body) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write((options(lengths) + body).getBytes(StandardCharsets.ISO_8859_1));
            return closed(socket);
        }
    }

    private String endlessHeaders() throws IOException {
        try (Socket socket = connect()) {
            final byte[] line = ("X-More: " + "y".repeat(1000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            socket.getOutputStream()
                    .write("OPTIONS sip:100@127.0.0.1 SIP/2.0\r\n".getBytes(StandardCharsets.ISO_8859_1));
            try {
                for (int i = 0; i < 10_000; i++) {
                    socket.getOutputStream().write(line);
                }
            } catch (final SocketException e) {
                return null;
            }
            return closed(socket);
        }
    }

    /** Asks and asks, and reads nothing: at some point the gateway has to let go. */
    private String slowReader() throws IOException {
        try (Socket socket = connect()) {
            socket.setReceiveBufferSize(4096);
            // A gateway that reads no more holds the writer up: as good an end as a closed connection.
            CompletableFuture.delayedExecutor(STREAM_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .execute(() -> close(socket));
            final String options = options("Content-Length: 0\r\n");
            try {
                for (int i = 0; i < SLOW_READER_REQUESTS; i++) {
                    final String one = options.replaceFirst("branch=z9hG4bK", "branch=z9hG4bK" + i + "x");
                    socket.getOutputStream().write(one.getBytes(StandardCharsets.ISO_8859_1));
                }
            } catch (final SocketException e) {
                return null;
            }
            return "took " + SLOW_READER_REQUESTS + " requests of a peer that reads no answer";
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
        final InputStream in = socket.getInputStream();
        final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try {
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
