package io.trunkline.smpp.session;

import io.netty.buffer.Unpooled;
import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.PduEncoder;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A peer that sends whatever octets the test wants, over a plain blocking socket. */
final class RawPeer implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;

    final Socket socket;
    private final DataInputStream in;

    RawPeer(final InetSocketAddress address) throws IOException {
        this(new Socket(address.getAddress(), address.getPort()));
    }

    RawPeer(final Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        in = new DataInputStream(socket.getInputStream());
    }

    RawPeer send(final byte[]... parts) throws IOException {
        for (final byte[] part : parts) {
            socket.getOutputStream().write(part);
        }
        return this;
    }

    /** The next PDU; fails when none comes for ten seconds. */
    Wire.Pdu receive() throws IOException {
        final byte[] head = new byte[4];
        in.readFully(head);
        final byte[] pdu = new byte[Unpooled.wrappedBuffer(head).getInt(0)];
        System.arraycopy(head, 0, pdu, 0, 4);
        in.readFully(pdu, 4, pdu.length - 4);
        return Wire.read(Unpooled.wrappedBuffer(pdu)).get(0);
    }

    String receiveName() throws IOException {
        return receive().toString();
    }

    /** Binds with password "secret"; the sequence of the bind is 1. */
    RawPeer bind(final BindType type) throws IOException {
        return bind(type, "esme");
    }

    RawPeer bind(final BindType type, final String systemId) throws IOException {
        send(bindRequest(type, systemId));
        final Wire.Pdu answer = receive();
        if (answer.status() != 0) {
            throw new IOException("bind refused: " + answer);
        }
        return this;
    }

    static byte[] bindRequest(final BindType type, final String systemId) {
        return Wire.encoded(out -> PduEncoder.bind(out, type.commandId(), 1, BindRequest.of(systemId, "secret")));
    }

    /** Whether the far end has closed: waits for it, and for what it still sends. */
    boolean closedByPeer() throws IOException {
        try {
            while (in.read() >= 0) {
                // What was on its way.
            }
            return true;
        } catch (final EOFException | SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
