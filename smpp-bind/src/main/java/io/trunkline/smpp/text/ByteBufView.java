package io.trunkline.smpp.text;

import io.netty.buffer.ByteBuf;
import org.agrona.concurrent.UnsafeBuffer;

/** Lets what works on Agrona's buffers look at Netty's, without copying. */
public final class ByteBufView {
    private ByteBufView() {}

    /**
     * Wraps a range of a buffer that is one piece of memory; valid until the buffer is released or moved.
     *
     * @param index absolute; index and length lie within the buffer
     */
    public static UnsafeBuffer wrap(final UnsafeBuffer view, final ByteBuf buffer, final int index, final int length) {
        if (buffer.hasMemoryAddress()) {
            view.wrap(buffer.memoryAddress() + index, length);
        } else if (buffer.hasArray()) {
            view.wrap(buffer.array(), buffer.arrayOffset() + index, length);
        } else {
            view.wrap(buffer.nioBuffer(index, length));
        }
        return view;
    }
}
