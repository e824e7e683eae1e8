package io.trunkline.gateway.upstream.binary;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.trunkline.client.FrameValidator;
import io.trunkline.smpp.session.PduOutput;
import java.net.InetAddress;

/**
 * No bytes make a session throw, leak, or answer with anything but whole frames. To look for others than the inputs under
 * {@code resources}, guided by coverage:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl gateway-core -am test -Dtest='FramesFuzzTest#anyBytesAfterHello' -Djazzer.hooks=true
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class FramesFuzzTest {
    private static final class Collected implements PduOutput {
        final ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(4_096);

        @Override
        public ByteBuf buffer() {
            return buffer;
        }

        @Override
        public void written() {
            // Read at the end.
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void close() {
            // The channel is finished below.
        }
    }

    @FuzzTest
    void anyBytesAfterHello(final byte[] bytes) {
        feed(bytes, true);
    }

    @FuzzTest
    void anyBytesBeforeHello(final byte[] bytes) {
        feed(bytes, false);
    }

    /** The first byte says where the rest is cut in two. */
    private static void feed(final byte[] bytes, final boolean open) {
        final Collected output = new Collected();
        final EmbeddedRig rig = new EmbeddedRig(output, 10);
        final InetAddress loopback = InetAddress.getLoopbackAddress();
        final EmbeddedChannel channel = open ? rig.open(loopback, true) : rig.connect(loopback);
        if (bytes.length > 0) {
            final int cut = 1 + (bytes[0] & 0xFF) % bytes.length;
            write(channel, bytes, 1, Math.min(cut, bytes.length) - 1);
            write(channel, bytes, Math.min(cut, bytes.length), bytes.length - Math.min(cut, bytes.length));
        }
        channel.checkException();
        channel.finishAndReleaseAll();
        int at = 0;
        while (at < output.buffer.writerIndex()) {
            final int length = output.buffer.getIntLE(at);
            assertThat(length).isBetween(8, FrameValidator.MAX_LENGTH);
            at += FrameValidator.PREFIX_LENGTH + length;
        }
        assertThat(at).isEqualTo(output.buffer.writerIndex());
        output.buffer.release();
    }

    private static void write(final EmbeddedChannel channel, final byte[] bytes, final int offset, final int length) {
        if (length > 0) {
            channel.writeInbound(
                    PooledByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(bytes, offset, length));
        }
    }
}
