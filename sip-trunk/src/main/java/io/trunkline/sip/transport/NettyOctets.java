package io.trunkline.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Between Agrona's buffers, on which messages are read and written, and Netty's, which sockets want. */
final class NettyOctets {
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);

    /** Makes a view of a range of a buffer, valid until the buffer is released or grows. */
    static void wrap(final UnsafeBuffer view, final ByteBuf buffer, final int index, final int length) {
        if (buffer.hasMemoryAddress()) {
            view.wrap(buffer.memoryAddress() + index, length);
        } else if (buffer.hasArray()) {
            view.wrap(buffer.array(), buffer.arrayOffset() + index, length);
        } else {
            view.wrap(buffer.nioBuffer(index, length));
        }
    }

    /** A pooled copy of a message. */
    ByteBuf copy(final ByteBufAllocator allocator, final DirectBuffer source, final int offset, final int length) {
        final ByteBuf copy = allocator.directBuffer(length, length);
        wrap(target, copy, 0, length);
        target.putBytes(0, source, offset, length);
        copy.writerIndex(length);
        return copy;
    }
}
