package io.trunkline.smpp.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.WriteBufferWaterMark;

/**
 * Lets PDUs go at the end of the event loop's turn, all of a turn in one write. For tests and simulators, where nothing
 * has to be safe before it leaves.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How a close or a write ended, the channel's own events tell.
public final class ImmediateOutput implements PduOutput {
    /** Bytes held back from which on no more requests should be produced. */
    public static final int DEFAULT_LIMIT = 256 * 1024;

    private static final int INITIAL_CAPACITY = 4096;

    private final Channel channel;
    private final int limit;
    private final Runnable flush = this::flush;
    private ByteBuf buffer;
    private boolean scheduled;
    private boolean closing;

    /**
     * The output of a channel, to be used on its event loop only.
     *
     * @param limit bytes, above 0
     */
    public ImmediateOutput(final Channel channel, final int limit) {
        this.channel = channel;
        this.limit = limit;
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(limit / 2, limit));
        channel.closeFuture().addListener(future -> release());
    }

    /** With {@link #DEFAULT_LIMIT}. */
    public ImmediateOutput(final Channel channel) {
        this(channel, DEFAULT_LIMIT);
    }

    @Override
    public ByteBuf buffer() {
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(INITIAL_CAPACITY);
        }
        return buffer;
    }

    @Override
    public void written() {
        if (!scheduled) {
            scheduled = true;
            channel.eventLoop().execute(flush);
        }
    }

    @Override
    public boolean writable() {
        return channel.isWritable() && (buffer == null || buffer.readableBytes() < limit);
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            written();
        }
    }

    private void flush() {
        scheduled = false;
        if (!channel.isActive()) {
            release();
            channel.close();
            return;
        }
        final ByteBuf out = buffer;
        if (out != null && out.isReadable()) {
            buffer = null;
            channel.writeAndFlush(out, channel.voidPromise());
        }
        if (closing) {
            // Closed when the bytes before it have left, or at once where there are none.
            channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
