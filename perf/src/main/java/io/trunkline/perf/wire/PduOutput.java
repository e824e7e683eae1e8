package io.trunkline.perf.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a connection will write next: PDUs one after the other in a buffer that is handed to the socket as a whole. A PDU
 * is written by {@link #begin}, any fields, {@link #end}.
 */
public final class PduOutput {
    /** Most bytes of a PDU. */
    private static final int PDU = 1024;

    private static final int CAPACITY = 64 * 1024;

    private final ByteBufAllocator allocator;
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private ByteBuf buffer;
    private int start;
    private int at;

    public PduOutput(final ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Whether one more PDU would not fit. */
    public boolean isFull() {
        return at > CAPACITY - PDU;
    }

    /** Whether so many bytes fit; more than the buffer holds never do. */
    public boolean hasRoom(final int count) {
        return at <= CAPACITY - count;
    }

    public boolean isEmpty() {
        return at == 0;
    }

    /** All that was written; the caller's from now on. */
    public ByteBuf take() {
        final ByteBuf full = buffer.writerIndex(at);
        buffer = null;
        at = 0;
        return full;
    }

    public void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
            at = 0;
        }
    }

    /** A PDU without a body. */
    public void header(final int command, final int status, final int sequence) {
        begin(command, status, sequence);
        end();
    }

    public void begin(final int command, final int status, final int sequence) {
        if (buffer == null) {
            buffer = allocator.directBuffer(CAPACITY, CAPACITY);
            bytes.wrap(buffer.memoryAddress(), CAPACITY);
        }
        start = at;
        bytes.putInt(start + 4, command, ByteOrder.BIG_ENDIAN);
        bytes.putInt(start + 8, status, ByteOrder.BIG_ENDIAN);
        bytes.putInt(start + 12, sequence, ByteOrder.BIG_ENDIAN);
        at = start + Smpp.HEADER;
    }

    public void end() {
        bytes.putInt(start, at - start, ByteOrder.BIG_ENDIAN);
    }

    public PduOutput put(final int value) {
        bytes.putByte(at++, (byte) value);
        return this;
    }

    public PduOutput putShort(final int value) {
        bytes.putShort(at, (short) value, ByteOrder.BIG_ENDIAN);
        at += Short.BYTES;
        return this;
    }

    public PduOutput put(final byte[] from) {
        return put(from, 0, from.length);
    }

    public PduOutput put(final byte[] from, final int offset, final int length) {
        bytes.putBytes(at, from, offset, length);
        at += length;
        return this;
    }

    /** As {@link #put(byte[], int, int)}: faster for a few bytes, where a call of the system's copy would cost more. */
    public void putShortly(final byte[] from, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            bytes.putByte(at + i, from[offset + i]);
        }
        at += length;
    }

    /** At most eight zeros. */
    public PduOutput zeros(final int count) {
        bytes.putLong(at, 0);
        at += count;
        return this;
    }

    /** Where the next field goes, for those who write by themselves or come back to it. */
    public int position() {
        return at;
    }

    public void position(final int next) {
        at = next;
    }

    public void setByte(final int position, final int value) {
        bytes.putByte(position, (byte) value);
    }

    public void setShort(final int position, final int value) {
        bytes.putShort(position, (short) value, ByteOrder.BIG_ENDIAN);
    }

    public UnsafeBuffer bytes() {
        return bytes;
    }

    /** Repeats what stands at another place of it. */
    public void copy(final int from, final int length) {
        for (int i = 0; i < length; i++) {
            bytes.putByte(at + i, bytes.getByte(from + i));
        }
        at += length;
    }
}
