package io.trunkline.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.WriteBufferWaterMark;
import io.trunkline.smpp.session.PduOutput;
import java.util.ArrayDeque;

/** An output with a gate that a test opens and shuts; open, it lets bytes go at the end of the loop's turn. */
public final class TestOutput implements PduOutput {
    private final Channel channel;
    private final int limit;
    private final Runnable release = this::release;
    /** Of earlier turns, as a gate seals them. */
    private final ArrayDeque<ByteBuf> sealed = new ArrayDeque<>();

    private ByteBuf buffer;
    private int held;
    private boolean scheduled;
    private boolean closing;
    private boolean shut;

    public TestOutput(final Channel channel, final int limit) {
        this.channel = channel;
        this.limit = limit;
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(limit / 2, limit));
        channel.closeFuture().addListener(done -> drop());
    }

    @Override
    public ByteBuf buffer() {
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(16 * 1024);
        }
        return buffer;
    }

    @Override
    public void written() {
        if (!scheduled) {
            scheduled = true;
            channel.eventLoop().execute(release);
        }
    }

    @Override
    public boolean writable() {
        return channel.isWritable() && held + (buffer == null ? 0 : buffer.readableBytes()) < limit;
    }

    @Override
    public void close() {
        closing = true;
        written();
    }

    /** Shut: nothing leaves, as while the journal has not reached the disk. On the event loop. */
    public void gate(final boolean isShut) {
        shut = isShut;
        if (!shut) {
            written();
        }
    }

    private void release() {
        scheduled = false;
        if (buffer != null && buffer.isReadable()) {
            held += buffer.readableBytes();
            sealed.add(buffer);
            buffer = null;
        }
        if (!channel.isActive()) {
            drop();
            return;
        }
        if (shut) {
            return;
        }
        while (!sealed.isEmpty()) {
            final ByteBuf bytes = sealed.poll();
            held -= bytes.readableBytes();
            channel.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
        if (closing) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void drop() {
        while (!sealed.isEmpty()) {
            sealed.poll().release();
        }
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
