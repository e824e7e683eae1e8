package io.trunkline.client;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Lays an Agrona buffer over the bytes of a Netty buffer, so that flyweights can read and write it in place. */
public final class ByteBufView {
    private ByteBufView() {}

    /**
     * Wraps {@code length} bytes from {@code index} on; they become offset 0 of the view. The view is valid as long as
     * the Netty buffer is neither released nor grown.
     */
    public static void wrap(final UnsafeBuffer view, final ByteBuf buffer, final int index, final int length) {
        if (buffer.hasMemoryAddress()) {
            view.wrap(buffer.memoryAddress() + index, length);
        } else if (buffer.hasArray()) {
            view.wrap(buffer.array(), buffer.arrayOffset() + index, length);
        } else {
            // Direct memory without Unsafe (Java 24 and later by default): the view that Netty keeps for itself.
            final ByteBuffer nio = buffer.internalNioBuffer(index, length);
            view.wrap(nio, nio.position(), length);
        }
    }
}
