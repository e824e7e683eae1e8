package io.trunkline.gateway.shard;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.WriteBufferWaterMark;
import io.trunkline.smpp.session.PduOutput;
import java.util.Arrays;
import java.util.List;

/** One connection's bytes on their way through the {@link OutputGate}. */
final class GatedOutput implements PduOutput {
    private static final int INITIAL_CAPACITY = 8 * 1024;
    private static final int INITIAL_BATCHES = 8;

    private final Channel channel;
    private final OutputGate gate;
    private final int limitBytes;

    /** Where the gate keeps it while it waits for the journal. */
    final List<GatedOutput> group;

    /** The gate has it among those that wait for the journal; a close that was asked for alone does not put it there. */
    boolean listed;

    private ByteBuf open;
    private boolean dirty;
    private boolean closing;
    private boolean closed;

    /** A ring of what was sealed: bytes, and the journal position that they wait for. */
    private ByteBuf[] batches = new ByteBuf[INITIAL_BATCHES];

    private long[] positions = new long[INITIAL_BATCHES];
    private int first;
    private int count;
    private int heldBytes;

    GatedOutput(final Channel channel, final OutputGate gate, final List<GatedOutput> group, final int limitBytes) {
        this.channel = channel;
        this.gate = gate;
        this.group = group;
        this.limitBytes = limitBytes;
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(limitBytes / 2, limitBytes));
        channel.closeFuture().addListener(future -> discard());
    }

    @Override
    public ByteBuf buffer() {
        if (open == null) {
            open = channel.alloc().directBuffer(INITIAL_CAPACITY);
        }
        return open;
    }

    @Override
    public void written() {
        if (!dirty) {
            dirty = true;
            gate.written(this);
        }
    }

    @Override
    public boolean writable() {
        return !closing && channel.isWritable() && heldBytes + (open == null ? 0 : open.readableBytes()) < limitBytes;
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            written();
        }
    }

    boolean isHeld() {
        return count > 0 || (closing && !closed);
    }

    void seal(final long position) {
        dirty = false;
        if (closed || !channel.isOpen()) {
            discard();
            return;
        }
        if (open != null && open.isReadable()) {
            if (count == batches.length) {
                grow();
            }
            final int last = (first + count) & (batches.length - 1);
            batches[last] = open;
            positions[last] = position;
            heldBytes += open.readableBytes();
            open = null;
            count++;
        }
    }

    /** Writes what may leave; true if that is anything. */
    boolean release(final long durable) {
        boolean any = false;
        while (count > 0 && positions[first] <= durable) {
            final ByteBuf batch = batches[first];
            batches[first] = null;
            first = (first + 1) & (batches.length - 1);
            count--;
            heldBytes -= batch.readableBytes();
            // The void promise tells of a failure through the pipeline, which closes the channel.
            final ChannelFuture ignored = channel.write(batch, channel.voidPromise());
            any = true;
        }
        if (closing && !closed && count == 0) {
            closed = true;
            // Closed once the bytes before it have left, or at once where there are none.
            channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        } else if (any) {
            channel.flush();
        }
        return any;
    }

    private void grow() {
        final ByteBuf[] moreBatches = new ByteBuf[batches.length * 2];
        final long[] morePositions = new long[batches.length * 2];
        for (int i = 0; i < count; i++) {
            moreBatches[i] = batches[(first + i) & (batches.length - 1)];
            morePositions[i] = positions[(first + i) & (batches.length - 1)];
        }
        batches = moreBatches;
        positions = morePositions;
        first = 0;
    }

    private void discard() {
        closed = true;
        if (open != null) {
            open.release();
            open = null;
        }
        for (int i = 0; i < count; i++) {
            batches[(first + i) & (batches.length - 1)].release();
        }
        Arrays.fill(batches, null);
        count = 0;
        heldBytes = 0;
    }
}
