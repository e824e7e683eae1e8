package io.trunkline.gateway.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Lines over a Unix-domain socket, each within a time and a size: such a channel has no timeouts of its own. */
final class LineChannel implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocate(8192).flip();

    LineChannel(final SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    /**
     * The next line without its end; empty where the peer has closed.
     *
     * @throws IOException where it does not come in time, or is longer than {@code maxBytes}
     */
    Optional<String> readLine(final int maxBytes, final Duration timeout) throws IOException {
        final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        final long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            while (in.hasRemaining()) {
                final byte b = in.get();
                if (b == '\n') {
                    return Optional.of(line.toString(StandardCharsets.UTF_8));
                }
                if (line.size() >= maxBytes) {
                    throw new IOException("a line of more than " + maxBytes + " bytes");
                }
                line.write(b);
            }
            in.clear();
            final int read = channel.read(in);
            in.flip();
            if (read < 0) {
                return Optional.empty();
            }
            if (read == 0) {
                await(SelectionKey.OP_READ, deadline);
            }
        }
    }

    /** Writes a line and its end. */
    void writeLine(final String line, final Duration timeout) throws IOException {
        final ByteBuffer out = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        final long deadline = System.nanoTime() + timeout.toNanos();
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                await(SelectionKey.OP_WRITE, deadline);
            }
        }
    }

    private void await(final int operation, final long deadline) throws IOException {
        final long leftMs = (deadline - System.nanoTime()) / 1_000_000;
        channel.keyFor(selector).interestOps(operation);
        if (leftMs <= 0 || selector.select(leftMs) == 0) {
            throw new IOException(
                    operation == SelectionKey.OP_READ ? "nothing came in time" : "the peer does not read");
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
