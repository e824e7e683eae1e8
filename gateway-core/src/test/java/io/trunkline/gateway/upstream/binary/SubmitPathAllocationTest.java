package io.trunkline.gateway.upstream.binary;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.trunkline.gateway.events.StatusEvent;
import io.trunkline.smpp.session.PduOutput;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class SubmitPathAllocationTest {
    private static final int BATCH = 100;
    /** Without leak records: these would be what is measured. */
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

    /** Keeps nothing. */
    private static final class Sink implements PduOutput {
        private final ByteBuf buffer = ALLOCATOR.directBuffer(1 << 20);

        @Override
        public ByteBuf buffer() {
            return buffer;
        }

        @Override
        public void written() {
            // The test empties the buffer after every batch.
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void close() {
            // Nothing to let go.
        }
    }

    @Test
    void submitsAcknowledgementsAndStatusesAllocateNothing() {
        final EmbeddedSession embedded = new EmbeddedSession(new Sink(), BATCH);
        final byte[][] frames = new byte[BATCH + 1][];
        for (int i = 0; i < BATCH; i++) {
            frames[i] = Frames.submit(i + 1);
        }
        frames[BATCH] = Frames.eventAck(0);
        final ByteBuf bytes = ALLOCATOR.directBuffer();
        bytes.writeBytes(Frames.join(frames));
        final StatusEvent status = new StatusEvent();
        status.state = 10;
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 5_000; i++) {
            embedded.round(bytes, status);
        }
        final int rounds = 2_000;
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            embedded.round(bytes, status);
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated / (double) (rounds * BATCH))
                .as("bytes allocated per submit and status")
                .isLessThan(0.1);
        assertThat(embedded.rig.desk.units.get()).isEqualTo((5_000L + rounds) * BATCH);
        bytes.release();
        embedded.close();
    }

    /** One open session in an embedded channel, driven without a pipeline in between. */
    private static final class EmbeddedSession {
        final EmbeddedRig rig;
        private final Sink sink;
        private final ChannelHandlerContext ctx;
        private final EmbeddedChannel channel;
        private long sequence;

        EmbeddedSession(final Sink sink, final int batch) {
            this.sink = sink;
            rig = new EmbeddedRig(sink, 1_000_000_000);
            rig.desk.recording = false;
            channel = rig.open(InetAddress.getLoopbackAddress(), true);
            ctx = channel.pipeline().context(BinarySession.class);
            assertThat(batch).isPositive();
        }

        void round(final ByteBuf bytes, final StatusEvent status) {
            bytes.readerIndex(0).retain();
            final BinarySession session = rig.session;
            session.channelRead(ctx, bytes);
            for (int i = 0; i < BATCH; i++) {
                status.sequence = ++sequence;
                session.events().onStatus(status);
            }
            session.events().acknowledged(sequence);
            sink.buffer.clear();
        }

        void close() {
            channel.finishAndReleaseAll();
            sink.buffer.release();
        }
    }
}
