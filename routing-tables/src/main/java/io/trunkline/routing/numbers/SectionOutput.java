package io.trunkline.routing.numbers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Writes one part of a number file from its beginning to its end, and keeps its checksum. */
final class SectionOutput {
    private static final int CAPACITY = 1 << 20;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private long position;
    private long pending;
    private int pendingBits;

    SectionOutput(final FileChannel channel, final long position) {
        this.channel = channel;
        this.position = position;
    }

    void putInt(final int value) throws IOException {
        makeRoom();
        buffer.putInt(value);
    }

    void putLong(final long value) throws IOException {
        makeRoom();
        buffer.putLong(value);
    }

    /**
     * Appends bits, the lowest first.
     *
     * @param value nothing above its bits is set
     * @param bits 0..56, so that with the up to seven that wait they do not fill a long
     */
    void putBits(final long value, final int bits) throws IOException {
        pending |= value << pendingBits;
        pendingBits += bits;
        makeRoom();
        final int whole = pendingBits >>> 3;
        buffer.putLong(buffer.position(), pending).position(buffer.position() + whole);
        pending >>>= whole << 3;
        pendingBits &= 7;
    }

    private void makeRoom() throws IOException {
        if (buffer.remaining() < Long.BYTES) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        crc.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        buffer.clear();
    }

    /** Writes what waits, the last bits as an octet; returns the checksum of the part. */
    int finish() throws IOException {
        if (pendingBits > 0) {
            putBits(0, 8 - pendingBits);
        }
        flush();
        return (int) crc.getValue();
    }
}
