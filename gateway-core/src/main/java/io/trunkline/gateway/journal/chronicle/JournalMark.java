package io.trunkline.gateway.journal.chronicle;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How far the journal has come, in a mapped page of its own beside the runs. The page outlives a kill of the process, so
 * recovery knows which records must be there; after a power cut it may be older than the records, and what it says was
 * durable still was. Each value is kept twice, written in turns, so that one of the two is whole at any moment.
 *
 * <pre>
 *     0  magic
 *    64  published: value, check    128  the other one    (written by the shard)
 *   192  durable:   value, check    256  the other one    (written by the forcer, or by the shard at level process)
 * </pre>
 */
final class JournalMark implements AutoCloseable {
    static final String FILE_NAME = "journal.mark";
    private static final long MAGIC = 0x31304B_52414D4C54L;
    private static final int PAGE = 4096;
    private static final int PUBLISHED = 64;
    private static final int DURABLE = 192;
    private static final int SLOT = 64;

    private final FileChannel channel;
    private final UnsafeBuffer page;
    private int publishedSlot;
    private int durableSlot;

    private JournalMark(final FileChannel channel, final UnsafeBuffer page) {
        this.channel = channel;
        this.page = page;
    }

    /** What a mark said; -1 where neither copy of a value is whole. */
    record Reading(boolean present, long published, long durable) {
        boolean damaged() {
            return present && (published < 0 || durable < 0);
        }
    }

    static Reading read(final Path directory) throws IOException {
        final Path file = directory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return new Reading(false, 0, 0);
        }
        final byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < PAGE) {
            return new Reading(true, -1, -1);
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        return new Reading(true, newest(buffer, PUBLISHED), newest(buffer, DURABLE));
    }

    private static long newest(final UnsafeBuffer buffer, final int offset) {
        long value = -1;
        for (int slot = offset; slot <= offset + SLOT; slot += SLOT) {
            final long candidate = buffer.getLong(slot, LITTLE_ENDIAN);
            if (buffer.getLong(slot + Long.BYTES, LITTLE_ENDIAN) == check(candidate, offset)) {
                value = Math.max(value, candidate);
            }
        }
        return value;
    }

    /** Opens the mark, written out in full, so that no later store into the page can find the disk full. */
    static JournalMark open(final Path directory, final long published, final Storage storage) throws IOException {
        final Path file = directory.resolve(FILE_NAME);
        final FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        final UnsafeBuffer first = new UnsafeBuffer(ByteBuffer.allocate(PAGE));
        first.putLong(0, MAGIC, LITTLE_ENDIAN);
        for (int slot = 0; slot < 2; slot++) {
            put(first, PUBLISHED, slot, published);
            put(first, DURABLE, slot, published);
        }
        channel.write(ByteBuffer.wrap(first.byteArray()), 0);
        channel.force(true);
        storage.forceDirectory(directory);
        return new JournalMark(channel, new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, PAGE)));
    }

    void published(final long sequence) {
        publishedSlot ^= 1;
        put(page, PUBLISHED, publishedSlot, sequence);
    }

    void durable(final long sequence) {
        durableSlot ^= 1;
        put(page, DURABLE, durableSlot, sequence);
    }

    private static void put(final UnsafeBuffer buffer, final int offset, final int slot, final long value) {
        final int at = offset + slot * SLOT;
        buffer.putLong(at, value, LITTLE_ENDIAN);
        buffer.putLong(at + Long.BYTES, check(value, offset), LITTLE_ENDIAN);
    }

    private static long check(final long value, final int offset) {
        long mixed = (value ^ MAGIC ^ offset) * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 32;
        return mixed * 0xD6E8FEB86659FD93L;
    }

    @Override
    public void close() throws IOException {
        channel.force(true);
        IoUtil.unmap(page.byteBuffer());
        channel.close();
    }
}
