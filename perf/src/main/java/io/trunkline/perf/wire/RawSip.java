package io.trunkline.perf.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A SIP peer over UDP that sends exactly the octets it is told to, from an address of its own, and counts what it sent and
 * what came back. Not thread-safe.
 */
public final class RawSip implements AutoCloseable {
    private static final int LONGEST = 65_535;
    private static final int SOCKET_BUFFER = 4 << 20;

    private final DatagramChannel channel;
    private final InetSocketAddress target;
    private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST);
    private final Random random;
    private long sentOctets;
    private long heardOctets;
    private long heard;
    private final Map<Integer, Long> heardByStatus = new HashMap<>();
    private final Map<Integer, Long> octetsByStatus = new HashMap<>();

    /** @param local address to send from; any port */
    public RawSip(final String local, final int targetPort, final long seed) throws IOException {
        random = new Random(seed);
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
        channel.bind(new InetSocketAddress(local, 0));
        channel.configureBlocking(false);
    }

    /** What we are called in Via and Contact: host:port. */
    public String sentBy() throws IOException {
        final InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
        return local.getAddress().getHostAddress() + ":" + local.getPort();
    }

    /** A branch, tag or Call-ID that was not there before. */
    public String fresh() {
        return Long.toHexString(random.nextLong());
    }

    /**
     * A request without body.
     *
     * @param headers further lines, each with its line end
     */
    public String request(final String method, final String to, final String headers) throws IOException {
        return request(method, to, sentBy(), headers);
    }

    /** The same; {@code via} stands in Via and Contact, whoever that is. */
    public String request(final String method, final String to, final String via, final String headers)
            throws IOException {
        return method + " sip:" + to + "@" + target.getAddress().getHostAddress() + ":" + target.getPort()
                + " SIP/2.0\r\nVia: SIP/2.0/UDP " + via + ";branch=z9hG4bK" + fresh()
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:12025550199@" + via + ">;tag=" + fresh() + "\r\nTo: <sip:" + to
                + "@" + target.getAddress().getHostAddress() + ">\r\nCall-ID: " + fresh() + "\r\nCSeq: 1 " + method
                + "\r\nContact: <sip:12025550199@" + via + ">\r\n" + headers + "Content-Length: 0\r\n\r\n";
    }

    public void send(final String message) throws IOException {
        send(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a datagram; false where the socket has no room for it now. */
    public boolean send(final byte[] message) throws IOException {
        final int sent = channel.send(ByteBuffer.wrap(message), target);
        sentOctets += sent;
        return sent > 0;
    }

    /** The next datagram that comes, or null where none does in time. */
    public String receive(final Duration within) throws IOException, InterruptedException {
        final long end = System.nanoTime() + within.toNanos();
        while (true) {
            final String one = poll();
            if (one != null) {
                return one;
            }
            if (System.nanoTime() > end) {
                return null;
            }
            Thread.sleep(1);
        }
    }

    /** The next final response, or null. */
    public String finalResponse(final Duration within) throws IOException, InterruptedException {
        final long end = System.nanoTime() + within.toNanos();
        while (true) {
            final long left = end - System.nanoTime();
            final String one = left <= 0 ? null : receive(Duration.ofNanos(left));
            if (one == null || (one.startsWith("SIP/2.0 ") && !one.startsWith("SIP/2.0 1"))) {
                return one;
            }
        }
    }

    /** A datagram that is there already, or null. */
    public String poll() throws IOException {
        in.clear();
        if (channel.receive(in) == null) {
            return null;
        }
        in.flip();
        final long octets = in.remaining();
        heard++;
        heardOctets += octets;
        final String message = StandardCharsets.ISO_8859_1.decode(in).toString();
        final int status = status(message);
        heardByStatus.merge(status, 1L, Long::sum);
        octetsByStatus.merge(status, octets, Long::sum);
        return message;
    }

    /** Takes and counts all that is there. */
    public void drain() throws IOException {
        while (poll() != null) {
            // Counted.
        }
    }

    /** The status of a response, or 0. */
    public static int status(final String response) {
        return response == null || !response.startsWith("SIP/2.0 ") ? 0 : Integer.parseInt(response.substring(8, 11));
    }

    /** The value of the first header of this name, or an empty text. */
    public static String header(final String message, final String name) {
        for (final String line : message.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return "";
    }

    public long sentOctets() {
        return sentOctets;
    }

    public long heardOctets() {
        return heardOctets;
    }

    /** Octets of all responses with a status; 0 are requests. */
    public long heardOctets(final int status) {
        return octetsByStatus.getOrDefault(status, 0L);
    }

    /** Datagrams that came. */
    public long heard() {
        return heard;
    }

    /** How often each status came; 0 are requests. */
    public Map<Integer, Long> heardByStatus() {
        return Collections.unmodifiableMap(heardByStatus);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
