package io.trunkline.gateway.journal.seal;

import io.trunkline.gateway.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Keys of periods in a file of slots. Each slot is within one sector, and is forced when it has been written: a key is known to the
 * disk before it is used, and overwritten where it is when it is given up.
 *
 * <pre>
 *   slot 0:  0  "TLPERIOD"   8  last number given out (4)
 *   others:  0  number (4), 0: free      4  id of the master key (4), 0: none
 *            8  from, ms (8)            16  until, ms (8)
 *           24  nonce (12)              36  key: 32 octets and, under a master key, the tag of 16
 *   all:   124  CRC32C of the 124 octets before
 * </pre>
 */
final class PeriodFile implements AutoCloseable {
    private static final int SLOT_LENGTH = 128;
    private static final int CRC = 124;
    private static final int NONCE = 24;
    private static final long MAGIC = 0x444F49524550_4C54L;
    private static final int MAX_SLOTS = 8192;
    /** Slots are added so many at a time: a page, and room for what is usual, so that a full disk is met when there is time. */
    private static final int PAGE_SLOTS = 32;

    private static final long NUMBERS_BEGIN_MS =
            Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long MS_PER_SECOND = 1_000;
    /** A clock that is beyond this is wrong, and numbers are left for when it is right. */
    private static final long LAST_BY_CLOCK = 1L << 30;

    private final Path path;
    private final FileChannel channel;
    private int lastNumber;
    private int slots;

    /** One period as it lies on the disk. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Entry(int slot, int number, int masterId, long fromMs, long untilMs, byte[] nonce, byte[] wrapped) {}

    private PeriodFile(final Path path, final FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        slots = (int) (channel.size() / SLOT_LENGTH);
        if (slots > 0) {
            final ByteBuffer head = read(0);
            if (head.getLong(0) != MAGIC) {
                throw damaged(0);
            }
            lastNumber = head.getInt(8);
        }
    }

    static PeriodFile open(final Path path) {
        return OwnersFile.open(path, channel -> {
            final PeriodFile file = new PeriodFile(path, channel);
            if (file.slots == 0) {
                file.writeHead();
                file.addSlots();
            }
            return file;
        });
    }

    /** To be read only. */
    static PeriodFile look(final Path path) throws IOException {
        return new PeriodFile(path, FileChannel.open(path, StandardOpenOption.READ));
    }

    /** All periods whose keys are there, in no order. */
    List<Entry> entries() throws IOException {
        final List<Entry> entries = new ArrayList<>();
        for (int slot = 1; slot < slots; slot++) {
            final ByteBuffer at = read(slot);
            if (at.getInt(0) != 0) {
                final byte[] nonce = new byte[MasterKeys.NONCE_LENGTH];
                final byte[] wrapped = new byte[MasterKeys.WRAPPED_LENGTH];
                at.get(NONCE, nonce).get(NONCE + nonce.length, wrapped);
                entries.add(new Entry(slot, at.getInt(0), at.getInt(4), at.getLong(8), at.getLong(16), nonce, wrapped));
            }
        }
        return entries;
    }

    /**
     * A number that no period has had; on the disk before it is given out. It goes by the clock, so that where the file was lost, or an
     * older copy of it was put back, no body of before is taken for one of a key that was made after.
     */
    int newNumber(final long nowMs) throws IOException {
        final long byClock = Math.max(0, Math.min((nowMs - NUMBERS_BEGIN_MS) / MS_PER_SECOND, LAST_BY_CLOCK));
        lastNumber = (int) Math.max(lastNumber + 1L, byClock);
        writeHead();
        return lastNumber;
    }

    /** A slot that is free. */
    int freeSlot() throws IOException {
        for (int slot = 1; slot < slots; slot++) {
            if (read(slot).getInt(0) == 0) {
                return slot;
            }
        }
        if (slots >= MAX_SLOTS) {
            throw new IOException(path + " has " + slots + " periods");
        }
        final int added = slots;
        addSlots();
        return added;
    }

    /** Each is free, and its own: where the disk is full in the midst of this, those that are there are good. */
    private void addSlots() throws IOException {
        final int until = slots - slots % PAGE_SLOTS + PAGE_SLOTS;
        final ByteBuffer page = ByteBuffer.allocate((until - slots) * SLOT_LENGTH);
        while (page.hasRemaining()) {
            final ByteBuffer free = empty();
            page.put(free.putInt(CRC, crc(free)));
        }
        page.flip();
        while (page.hasRemaining()) {
            channel.write(page, (long) slots * SLOT_LENGTH + page.position());
        }
        channel.force(true);
        slots = until;
    }

    void write(final Entry entry) throws IOException {
        final ByteBuffer slot = empty();
        slot.putInt(0, entry.number)
                .putInt(4, entry.masterId)
                .putLong(8, entry.fromMs)
                .putLong(16, entry.untilMs)
                .put(NONCE, entry.nonce)
                .put(NONCE + entry.nonce.length, entry.wrapped);
        write(entry.slot, slot);
    }

    /** Overwrites what is there. */
    void free(final int slot) throws IOException {
        write(slot, empty());
    }

    private void writeHead() throws IOException {
        write(0, empty().putLong(0, MAGIC).putInt(8, lastNumber));
        slots = Math.max(slots, 1);
    }

    private static ByteBuffer empty() {
        return ByteBuffer.allocate(SLOT_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write(final int slot, final ByteBuffer octets) throws IOException {
        octets.putInt(CRC, crc(octets));
        int written = 0;
        while (written < SLOT_LENGTH) {
            written += channel.write(octets.slice(written, SLOT_LENGTH - written), (long) slot * SLOT_LENGTH + written);
        }
        channel.force(true);
    }

    private ByteBuffer read(final int slot) throws IOException {
        final ByteBuffer octets = empty();
        while (octets.hasRemaining()) {
            if (channel.read(octets, (long) slot * SLOT_LENGTH + octets.position()) < 0) {
                throw damaged(slot);
            }
        }
        if (octets.getInt(CRC) != crc(octets)) {
            throw damaged(slot);
        }
        return octets;
    }

    private JournalException damaged(final int slot) {
        return new JournalException(path + ", which holds the keys of bodies, is damaged in slot " + slot
                + "; put a copy back, or remove it: the bodies under its keys are lost then");
    }

    private static int crc(final ByteBuffer octets) {
        final CRC32C crc = new CRC32C();
        crc.update(octets.slice(0, CRC));
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
