package io.trunkline.perf.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A peer of the upstream protocol that sends exactly the bytes it is told to. Written from docs/upstream-protocol.md,
 * without the codecs. Not thread-safe.
 */
public final class RawUpstream implements AutoCloseable {
    public static final int HELLO = 1;
    public static final int WELCOME = 2;
    public static final int REJECT = 3;
    public static final int SUBMIT = 4;
    public static final int SUBMIT_ACCEPTED = 5;
    public static final int SUBMIT_REFUSED = 6;
    public static final int EVENT_ACK = 11;
    public static final int PING = 13;
    public static final int PONG = 14;
    public static final int GOODBYE = 15;

    private static final int SCHEMA = 741;
    private static final int HEADER = 8;
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final long ABSENT = Long.MIN_VALUE;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawUpstream(final Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** One frame as it came: its template and what follows the message header. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Frame(int template, byte[] block) {
        /** The uint16 that a Reject, a Goodbye and others begin with. */
        public int code() {
            return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getShort(0) & 0xFFFF;
        }

        /** The code of a SubmitRefused, behind its reference and the time to wait. */
        public int refusalCode() {
            return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getShort(20) & 0xFFFF;
        }

        /** The int64 that a Pong begins with. */
        public long nonce() {
            return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        }
    }

    public static RawUpstream connect(final int port) throws IOException {
        final Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MS);
        return new RawUpstream(socket);
    }

    /** Sends bytes as they are. */
    public void send(final byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Says Hello and returns what comes back. */
    public Frame hello(final String tenant, final String token) throws IOException {
        send(helloFrame(tenant, token));
        return read(Duration.ofSeconds(5)).orElseThrow(() -> new EOFException("no answer to Hello"));
    }

    /** The next frame; empty where the peer has closed. */
    public Optional<Frame> read(final Duration timeout) throws IOException {
        socket.setSoTimeout((int) Math.max(1, timeout.toMillis()));
        try {
            final int length = Integer.reverseBytes(in.readInt());
            if (length < HEADER || length > 1 << 20) {
                throw new IOException("a frame of length " + length);
            }
            final byte[] frame = new byte[length];
            in.readFully(frame);
            final ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
            final byte[] block = new byte[length - HEADER];
            System.arraycopy(frame, HEADER, block, 0, block.length);
            return Optional.of(new Frame(header.getShort(2) & 0xFFFF, block));
        } catch (final EOFException | SocketException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A whole frame around a block and what follows it. */
    public static byte[] frame(final int template, final int blockLength, final byte[] rest) {
        return ByteBuffer.allocate(4 + HEADER + rest.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(HEADER + rest.length)
                .putShort((short) blockLength)
                .putShort((short) template)
                .putShort((short) SCHEMA)
                .putShort((short) 1)
                .put(rest)
                .array();
    }

    public static byte[] helloFrame(final String tenant, final String token) {
        final ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.writeBytes(ByteBuffer.allocate(15)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 1)
                .put((byte) 0)
                .putInt(0)
                .putLong(ABSENT)
                .array());
        variable(rest, tenant.getBytes(StandardCharsets.UTF_8));
        variable(rest, token.getBytes(StandardCharsets.UTF_8));
        variable(rest, "raw".getBytes(StandardCharsets.UTF_8));
        return frame(HELLO, 15, rest.toByteArray());
    }

    public static byte[] pingFrame(final long nonce) {
        return frame(
                PING,
                8,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(nonce)
                        .array());
    }

    /** A submit of a text body from 12025550100. */
    public static byte[] submitFrame(final long reference, final String to, final byte[] body) {
        final ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.writeBytes(ByteBuffer.allocate(41)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(7)
                .putLong(reference)
                .putLong(ABSENT)
                .putLong(ABSENT)
                // validity: absent
                .putInt(-1)
                // class transactional, sender a number, receipt final, data coding absent, no flags
                .put(new byte[] {2, 1, 2, -1, 0})
                .array());
        variable(rest, "12025550100".getBytes(StandardCharsets.US_ASCII));
        variable(rest, to.getBytes(StandardCharsets.US_ASCII));
        variable(rest, body);
        variable(rest, new byte[0]);
        variable(rest, new byte[0]);
        return frame(SUBMIT, 41, rest.toByteArray());
    }

    private static void variable(final ByteArrayOutputStream into, final byte[] bytes) {
        into.write(bytes.length & 0xFF);
        into.write(bytes.length >> 8);
        into.writeBytes(bytes);
    }
}
