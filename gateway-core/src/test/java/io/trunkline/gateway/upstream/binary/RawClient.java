package io.trunkline.gateway.upstream.binary;

import io.trunkline.client.FrameValidator;
import io.trunkline.upstream.codec.GoodbyeDecoder;
import io.trunkline.upstream.codec.MessageHeaderDecoder;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import io.trunkline.upstream.codec.RejectDecoder;
import io.trunkline.upstream.codec.SubmitAcceptedDecoder;
import io.trunkline.upstream.codec.SubmitRefusedDecoder;
import io.trunkline.upstream.codec.WelcomeDecoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import org.agrona.concurrent.UnsafeBuffer;

/** A client of the binary protocol that does exactly what it is told, right or wrong, over a blocking socket. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;

    final Socket socket;
    private final DataInputStream in;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    /** A frame that came, or the end of the stream. */
    record Frame(int templateId, UnsafeBuffer buffer, int blockLength, int version) {
        static final Frame END = new Frame(-1, null, 0, 0);

        private static final int BLOCK = MessageHeaderDecoder.ENCODED_LENGTH;

        WelcomeDecoder welcome() {
            return new WelcomeDecoder().wrap(expect(WelcomeDecoder.TEMPLATE_ID), BLOCK, blockLength, version);
        }

        RejectDecoder reject() {
            return new RejectDecoder().wrap(expect(RejectDecoder.TEMPLATE_ID), BLOCK, blockLength, version);
        }

        GoodbyeDecoder goodbye() {
            return new GoodbyeDecoder().wrap(expect(GoodbyeDecoder.TEMPLATE_ID), BLOCK, blockLength, version);
        }

        SubmitAcceptedDecoder accepted() {
            return new SubmitAcceptedDecoder()
                    .wrap(expect(SubmitAcceptedDecoder.TEMPLATE_ID), BLOCK, blockLength, version);
        }

        SubmitRefusedDecoder refused() {
            return new SubmitRefusedDecoder()
                    .wrap(expect(SubmitRefusedDecoder.TEMPLATE_ID), BLOCK, blockLength, version);
        }

        MessageStatusDecoder status() {
            return new MessageStatusDecoder()
                    .wrap(expect(MessageStatusDecoder.TEMPLATE_ID), BLOCK, blockLength, version);
        }

        UnsafeBuffer expect(final int template) {
            if (templateId != template) {
                throw new AssertionError("expected template " + template + ", got " + this);
            }
            return buffer;
        }
    }

    RawClient(final SocketAddress server) throws IOException {
        this(connect(server));
    }

    RawClient(final Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    private static Socket connect(final SocketAddress server) throws IOException {
        final Socket socket = new Socket();
        socket.connect(server, TIMEOUT_MS);
        return socket;
    }

    RawClient send(final byte[]... frames) throws IOException {
        socket.getOutputStream().write(Frames.join(frames));
        return this;
    }

    /** The next frame, {@link Frame#END} where the server closed. */
    Frame read() throws IOException {
        final int first;
        try {
            first = in.read();
        } catch (final java.net.SocketException reset) {
            return Frame.END;
        }
        if (first < 0) {
            return Frame.END;
        }
        final int length = first | in.read() << 8 | in.read() << 16 | in.read() << 24;
        if (length < FrameValidator.OVERHEAD - FrameValidator.PREFIX_LENGTH || length > FrameValidator.MAX_LENGTH) {
            throw new AssertionError("the server sent a frame of " + length);
        }
        final byte[] bytes = in.readNBytes(length);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        header.wrap(buffer, 0);
        return new Frame(header.templateId(), buffer, header.blockLength(), header.version());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
