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
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** An SMPP peer that sends exactly the bytes it is told to. Not thread-safe. */
public final class RawSmpp implements AutoCloseable {
    public static final int GENERIC_NACK = 0x80000000;
    public static final int BIND_TRANSMITTER = 0x02;
    public static final int BIND_TRANSCEIVER = 0x09;
    public static final int SUBMIT_SM = 0x04;
    public static final int DELIVER_SM = 0x05;
    public static final int UNBIND = 0x06;
    public static final int ENQUIRE_LINK = 0x15;
    public static final int RESPONSE = 0x80000000;

    private static final int HEADER = 16;
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int sequence;

    private RawSmpp(final Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** One PDU as it came. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Pdu(int command, int status, int sequence, byte[] body) {
        /** The zero-terminated string that the body starts with. */
        public String text() {
            int end = 0;
            while (end < body.length && body[end] != 0) {
                end++;
            }
            return new String(body, 0, end, StandardCharsets.US_ASCII);
        }

        /** The whole body, for a look at its text. */
        public String ascii() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    public static RawSmpp connect(final int port) throws IOException {
        final Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MS);
        return new RawSmpp(socket);
    }

    public int nextSequence() {
        return ++sequence;
    }

    /** Sends bytes as they are. */
    public void send(final byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Binds and returns the answer. */
    public Pdu bind(final int command, final String systemId, final String password) throws IOException {
        send(bindPdu(command, nextSequence(), systemId, password));
        return read(Duration.ofSeconds(5)).orElseThrow(() -> new EOFException("no answer to the bind"));
    }

    /** Sends a submit of a Latin text from 12025550100 and returns its sequence. */
    public int submit(final String to, final String text) throws IOException {
        final int number = nextSequence();
        send(submitPdu(number, to, text.getBytes(StandardCharsets.US_ASCII), 0));
        return number;
    }

    /** The next PDU; empty where the peer has closed. Throws SocketTimeoutException where none comes in time. */
    public Optional<Pdu> read(final Duration timeout) throws IOException {
        socket.setSoTimeout((int) Math.max(1, timeout.toMillis()));
        try {
            final int length = in.readInt();
            if (length < HEADER || length > 1 << 20) {
                throw new IOException("a PDU of length " + length);
            }
            final int command = in.readInt();
            final int status = in.readInt();
            final int number = in.readInt();
            final byte[] body = new byte[length - HEADER];
            in.readFully(body);
            return Optional.of(new Pdu(command, status, number, body));
        } catch (final EOFException | SocketException e) {
            return Optional.empty();
        }
    }

    /** The next PDU of this command; others are passed over, deliver_sm among them answered. */
    public Pdu readUntil(final int command, final Duration timeout) throws IOException {
        final long end = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < end) {
            final Pdu pdu = read(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())))
                    .orElseThrow(() -> new EOFException("closed while waiting for " + Integer.toHexString(command)));
            if (pdu.command() == DELIVER_SM) {
                send(pdu(DELIVER_SM | RESPONSE, 0, pdu.sequence(), new byte[1]));
            }
            if (pdu.command() == command) {
                return pdu;
            }
        }
        throw new SocketTimeoutException("no " + Integer.toHexString(command) + " within " + timeout);
    }

    /** Whether the peer closes the connection in time; what it still sends is passed over. */
    public boolean closedWithin(final Duration timeout) throws IOException {
        final long end = System.nanoTime() + timeout.toNanos();
        try {
            while (System.nanoTime() < end) {
                socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
                if (in.read() < 0) {
                    return true;
                }
            }
        } catch (final SocketTimeoutException e) {
            return false;
        } catch (final SocketException e) {
            return true;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    public static byte[] pdu(final int command, final int status, final int sequence, final byte[] body) {
        return ByteBuffer.allocate(HEADER + body.length)
                .putInt(HEADER + body.length)
                .putInt(command)
                .putInt(status)
                .putInt(sequence)
                .put(body)
                .array();
    }

    public static byte[] bindPdu(final int command, final int sequence, final String systemId, final String password) {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        string(body, systemId);
        string(body, password);
        string(body, "");
        body.write(0x34);
        body.writeBytes(new byte[3]);
        return pdu(command, 0, sequence, body.toByteArray());
    }

    public static byte[] submitPdu(final int sequence, final String to, final byte[] text, final int dataCoding) {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(0);
        body.write(1);
        body.write(1);
        string(body, "12025550100");
        body.write(1);
        body.write(1);
        string(body, to);
        body.writeBytes(new byte[] {0, 0, 0, 0, 0, 1, 0, (byte) dataCoding, 0, (byte) text.length});
        body.writeBytes(text);
        return pdu(SUBMIT_SM, 0, sequence, body.toByteArray());
    }

    private static void string(final ByteArrayOutputStream body, final String text) {
        body.writeBytes(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), text.length() + 1));
    }
}
