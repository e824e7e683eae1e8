package io.trunkline.routing.numbers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.collections.IntArrayList;

/**
 * Pairs of hash and index, split by the hash's upper bits into parts, each of which can be had back in the order of its
 * coming. Of a part one block is in memory; full blocks go to a file that loses its name when it is opened, so that no crash
 * leaves it behind.
 */
final class Spill implements AutoCloseable {
    private static final int RECORD = Long.BYTES + Integer.BYTES;
    private static final int RECORDS_IN_A_BLOCK = 5461;
    private static final int BLOCK = RECORD * RECORDS_IN_A_BLOCK;

    private final Path file;
    private final ByteBuffer[] tail;
    private final IntArrayList[] blocks;
    private final ByteBuffer readBuffer = ByteBuffer.allocate(BLOCK);
    private FileChannel channel;
    private int blocksWritten;

    Spill(final Path file, final int parts) {
        this.file = file;
        tail = new ByteBuffer[parts];
        blocks = new IntArrayList[parts];
    }

    void add(final int part, final long hash, final int index) throws IOException {
        ByteBuffer buffer = tail[part];
        if (buffer == null) {
            buffer = ByteBuffer.allocate(BLOCK);
            tail[part] = buffer;
            blocks[part] = new IntArrayList();
        } else if (!buffer.hasRemaining()) {
            write(part, buffer);
        }
        buffer.putLong(hash).putInt(index);
    }

    private void write(final int part, final ByteBuffer buffer) throws IOException {
        if (channel == null) {
            channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        }
        blocks[part].addInt(blocksWritten);
        long position = (long) blocksWritten * BLOCK;
        blocksWritten++;
        buffer.flip();
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        buffer.clear();
    }

    /** How many pairs a part has. */
    int size(final int part) {
        return tail[part] == null
                ? 0
                : Math.addExact(
                        Math.multiplyExact(blocks[part].size(), RECORDS_IN_A_BLOCK), tail[part].position() / RECORD);
    }

    /** Reads a part, oldest first, and forgets what of it is in memory; the arrays have room for its {@link #size}. */
    void take(final int part, final long[] hashes, final int[] indexes) throws IOException {
        if (tail[part] == null) {
            return;
        }
        int count = 0;
        for (int i = 0; i < blocks[part].size(); i++) {
            long position = (long) blocks[part].getInt(i) * BLOCK;
            readBuffer.clear();
            while (readBuffer.hasRemaining()) {
                final int read = channel.read(readBuffer, position);
                if (read < 0) {
                    throw new IOException(file + " became shorter while it was used");
                }
                position += read;
            }
            count = decode(readBuffer.flip(), count, hashes, indexes);
        }
        decode(tail[part].flip(), count, hashes, indexes);
        tail[part] = null;
        blocks[part] = null;
    }

    private static int decode(final ByteBuffer records, final int first, final long[] hashes, final int[] indexes) {
        int count = first;
        while (records.hasRemaining()) {
            hashes[count] = records.getLong();
            indexes[count++] = records.getInt();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
