package io.trunkline.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/** A gateway whose every move a test makes: real sockets, no behaviour of its own. */
final class ScriptedGateway implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final ServerSocket server;

    ScriptedGateway() throws IOException {
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MS);
    }

    ScriptedGateway(final SSLContext tls) throws IOException {
        server = tls.getServerSocketFactory().createServerSocket(0, 16, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MS);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The next connection; fails the test when none comes. */
    ScriptedPeer accept() throws IOException {
        final Socket socket = server.accept();
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        return new ScriptedPeer(socket);
    }

    /** The next connection, past its handshake: no event yet. */
    ScriptedPeer acceptAndWelcome(final int credit) throws IOException {
        final ScriptedPeer peer = accept();
        peer.readHello();
        peer.welcome(credit, 0);
        return peer;
    }

    ClientConfig.Builder config() {
        return ClientConfig.to("localhost", port())
                .tenant("acme", "s3cret")
                .clientName("orders")
                .backoffMs(10, 50);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
