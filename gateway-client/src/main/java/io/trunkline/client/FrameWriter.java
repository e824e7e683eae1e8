package io.trunkline.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.trunkline.upstream.codec.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gathers frames into large buffers and hands them to a channel, so that a batch costs one write:
 *
 * <pre>{@code
 * encoder.wrapAndApplyHeader(writer.begin(maxLength), writer.offset(), header)...;
 * writer.end(encoder.encodedLength());
 * writer.flush();
 * }</pre>
 *
 * Not thread-safe; used on the channel's event loop.
 */
final class FrameWriter {
    private static final int BATCH_LENGTH = 64 * 1024;

    private final Channel channel;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private ByteBuf batch;
    private boolean unflushed;

    FrameWriter(final Channel channel) {
        this.channel = channel;
    }

    /** Makes room for a message of at most {@code maxLength} bytes with its header and returns where to encode it. */
    UnsafeBuffer begin(final int maxLength) {
        room(FrameValidator.PREFIX_LENGTH + maxLength);
        return view;
    }

    /** Where in the buffer of {@link #begin} the message header goes. */
    int offset() {
        return batch.writerIndex() + FrameValidator.PREFIX_LENGTH;
    }

    MessageHeaderEncoder header() {
        return header;
    }

    /** Ends the frame begun last. */
    void end(final int blockAndDataLength) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + blockAndDataLength;
        final int start = batch.writerIndex();
        batch.setIntLE(start, length);
        batch.writerIndex(start + FrameValidator.PREFIX_LENGTH + length);
        unflushed = true;
    }

    /** Appends a frame that was encoded elsewhere, prefix and all. */
    void copy(final DirectBuffer source, final int offset, final int length) {
        room(length);
        final int start = batch.writerIndex();
        view.putBytes(start, source, offset, length);
        batch.writerIndex(start + length);
        unflushed = true;
    }

    private void room(final int length) {
        if (batch != null && batch.capacity() - batch.writerIndex() < length) {
            handOver();
        }
        if (batch == null) {
            batch = channel.alloc().directBuffer(Math.max(BATCH_LENGTH, length));
            ByteBufView.wrap(view, batch, 0, batch.capacity());
        }
    }

    private void handOver() {
        if (batch.isReadable()) {
            // A void promise: a write that fails closes the channel, and that is told.
            final ChannelFuture unused = channel.write(batch, channel.voidPromise());
        } else {
            batch.release();
        }
        batch = null;
    }

    /** Sends what was gathered. */
    void flush() {
        if (unflushed) {
            unflushed = false;
            handOver();
            channel.flush();
        }
    }

    /** Drops what was gathered. */
    void close() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
        unflushed = false;
    }
}
