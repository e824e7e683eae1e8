package io.trunkline.gateway.journal.seal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.trunkline.gateway.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keys in a file of slots, mapped in chunks. A slot is within one sector, so that its parts change together.
 *
 * <pre>
 *   chunk n at n · 4 MiB: 65,536 slots; slot 0 of the file is nobody's: its key hides hashes, and stays
 *
 *    0  key         32 octets, random
 *   32  serial      64 bits, random, never 0: tells this key from those that had its slot before
 *   40  zeros
 *   64
 * </pre>
 *
 * A key that is overwritten is gone from here; what a file system or a disk keeps of former contents is theirs (see
 * {@code docs/operating/journal.md}).
 */
final class KeyFile implements AutoCloseable {
    static final int SLOT_LENGTH = 64;
    static final int SERIAL = 32;
    static final int CHUNK_SLOTS = 1 << 16;
    /** The slot of the key that stays. */
    static final int SECRET = 0;

    private static final int CHUNK_SHIFT = 16;
    private static final int CHUNK_LENGTH = CHUNK_SLOTS * SLOT_LENGTH;

    private final FileChannel channel;
    private final MappedByteBuffer[] mapped;
    private final UnsafeBuffer[] chunks;
    private final SecureRandom random = new SecureRandom();
    private final byte[] fresh = new byte[SERIAL + Long.BYTES];
    private volatile int count;

    private KeyFile(final FileChannel channel, final int maxSlots) throws IOException {
        this.channel = channel;
        final int present = (int) ((channel.size() + CHUNK_LENGTH - 1) / CHUNK_LENGTH);
        // Keys that are there are looked after, also where fewer are wanted than before.
        final int maxChunks = Math.max(present, (maxSlots + CHUNK_SLOTS - 1) / CHUNK_SLOTS);
        mapped = new MappedByteBuffer[maxChunks];
        chunks = new UnsafeBuffer[maxChunks];
        while (count < Math.max(1, present)) {
            grow();
        }
        if (chunk(SECRET).getLong(offset(SECRET) + SERIAL) == 0) {
            renew(SECRET);
            force();
        }
    }

    /** Opens the file, or makes it, for nobody but its owner. */
    static KeyFile open(final Path path, final int maxSlots) {
        return OwnersFile.open(path, channel -> new KeyFile(channel, maxSlots));
    }

    /** Slots that there are now, that of the secret included. */
    int slots() {
        return count * CHUNK_SLOTS;
    }

    boolean full() {
        return count == chunks.length;
    }

    /** Adds a chunk. It is written in full first: a store into a mapping must not be what finds the disk full. */
    void grow() throws IOException {
        final int next = count;
        final long offset = (long) next * CHUNK_LENGTH;
        final long missing = offset + CHUNK_LENGTH - channel.size();
        if (missing > 0) {
            final ByteBuffer zeros = ByteBuffer.allocate((int) missing);
            while (zeros.hasRemaining()) {
                channel.write(zeros, channel.size());
            }
            channel.force(true);
        }
        mapped[next] = channel.map(FileChannel.MapMode.READ_WRITE, offset, CHUNK_LENGTH);
        chunks[next] = new UnsafeBuffer(mapped[next]);
        count = next + 1;
    }

    /** The memory that holds a slot. */
    UnsafeBuffer chunk(final int slot) {
        return chunks[slot >>> CHUNK_SHIFT];
    }

    /** Where in its chunk a slot begins. */
    static int offset(final int slot) {
        return (slot & CHUNK_SLOTS - 1) * SLOT_LENGTH;
    }

    boolean holds(final int slot) {
        return slot > SECRET && slot < slots();
    }

    long serial(final int slot) {
        return holds(slot) ? chunk(slot).getLong(offset(slot) + SERIAL, LITTLE_ENDIAN) : 0;
    }

    /** Overwrites a key by another one. */
    void renew(final int slot) {
        do {
            random.nextBytes(fresh);
        } while (isZero(fresh, SERIAL));
        chunk(slot).putBytes(offset(slot), fresh);
    }

    private static boolean isZero(final byte[] octets, final int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Brings all that was written to the disk. */
    void force() {
        for (int i = 0; i < count; i++) {
            mapped[i].force();
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < count; i++) {
            IoUtil.unmap(mapped[i]);
        }
        try {
            channel.close();
        } catch (final IOException e) {
            throw new JournalException("the keys of bodies could not be closed: " + e, e);
        }
    }
}
