package io.trunkline.routing.numbers;

import io.trunkline.routing.PackedNumber;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * What lies where in a number file, version 1. All integers are little-endian.
 *
 * <pre>
 *      0  header, 96 octets, and zeros up to 4096
 *         0  magic "TRUNKNUM"        8  version (int)          12  content (int)
 *        16  octets of the file     24  numbers               32  most digits (int)
 *        36  bucket bits (int)      40  value bits (int)      44  values in the palette (int)
 *        48  CRC32C of the palette  52  CRC32C of the directory  56  CRC32C of the entries
 *        60..91 zeros               92  CRC32C of octets 0..91
 *   4096  palette: every different value once (long), never 0
 *         directory: for every bucket the index of its first entry (unsigned int), and one more for the end
 *         entries, of (hash bits - bucket bits) + value bits each, one after the other without gaps, lowest bit first:
 *           | remainder of the hash | index into the palette |
 *         8 zeros, so that the last entry can be read as a long
 * </pre>
 *
 * <p>A number's hash ({@link NumberHash}) is its bucket in the upper bits and the remainder in the lower ones. The entries of
 * a bucket are ascending, so entries as a whole are ascending by hash. Directory and entries begin at multiples of 64.
 */
record NumberFileLayout(
        int content,
        long count,
        NumberHash hash,
        int bucketBits,
        int valueBits,
        int paletteSize,
        int paletteCrc,
        int directoryCrc,
        int entriesCrc) {
    static final int HEADER_LENGTH = 96;
    static final int PALETTE_OFFSET = 4096;
    static final long MAX_COUNT = 0xFFFF_FFFFL;
    /** Fewer digits have hashes that are too short for the buckets. */
    static final int MIN_DIGITS = 9;

    static final int MIN_BUCKET_BITS = 8;
    static final int MAX_BUCKET_BITS = 30;
    static final int MAX_VALUE_BITS = 24;

    static final int TAIL = Long.BYTES;

    /** An entry's parts are read with one long each, from whichever bit of an octet they begin at. */
    private static final int MAX_REMAINDER_BITS = Long.SIZE - 7;

    private static final long MAGIC = 0x4D55_4E4B_4E55_5254L;
    private static final int VERSION = 1;
    private static final int CRC_OFFSET = 92;
    private static final int ALIGNMENT = 64;
    /**
     * Above 256 and at most 512 on average. So the directory stays in the processor's caches however many numbers there are,
     * and where in its bucket an entry is can be told from its remainder to within ten places or so.
     */
    private static final int MOST_IN_A_BUCKET = 512;

    /** The layout of a file that is about to be written; count and checksums are not known yet. */
    static NumberFileLayout planned(
            final int content, final long expected, final NumberHash hash, final int paletteSize) {
        int bucketBits = MIN_BUCKET_BITS;
        while (bucketBits < MAX_BUCKET_BITS && expected >>> bucketBits > MOST_IN_A_BUCKET) {
            bucketBits++;
        }
        final int valueBits = paletteSize <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(paletteSize - 1);
        return new NumberFileLayout(content, expected, hash, bucketBits, valueBits, paletteSize, 0, 0, 0);
    }

    NumberFileLayout written(
            final long itsCount, final int crcOfPalette, final int crcOfDirectory, final int crcOfEntries) {
        return new NumberFileLayout(
                content,
                itsCount,
                hash,
                bucketBits,
                valueBits,
                paletteSize,
                crcOfPalette,
                crcOfDirectory,
                crcOfEntries);
    }

    int remainderBits() {
        return hash.bits() - bucketBits;
    }

    int entryBits() {
        return remainderBits() + valueBits;
    }

    long paletteBytes() {
        return (long) paletteSize * Long.BYTES;
    }

    long directoryOffset() {
        return aligned(PALETTE_OFFSET + paletteBytes());
    }

    long directoryBytes() {
        return ((1L << bucketBits) + 1) * Integer.BYTES;
    }

    long entriesOffset() {
        return aligned(directoryOffset() + directoryBytes());
    }

    long entriesBytes() {
        return (count * entryBits() + 7) >>> 3;
    }

    long fileBytes() {
        return entriesOffset() + entriesBytes() + TAIL;
    }

    private static long aligned(final long offset) {
        return (offset + ALIGNMENT - 1) & -ALIGNMENT;
    }

    ByteBuffer header() {
        final ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(MAGIC).putInt(VERSION).putInt(content);
        header.putLong(fileBytes()).putLong(count).putInt(hash.maxDigits());
        header.putInt(bucketBits).putInt(valueBits).putInt(paletteSize);
        header.putInt(paletteCrc).putInt(directoryCrc).putInt(entriesCrc);
        return header.putInt(CRC_OFFSET, crc(header)).rewind();
    }

    private static int crc(final ByteBuffer header) {
        final CRC32C crc = new CRC32C();
        crc.update(header.duplicate().limit(CRC_OFFSET).position(0));
        return (int) crc.getValue();
    }

    /**
     * Reads a header.
     *
     * @param header its first octets, fewer than {@link #HEADER_LENGTH} where the file has no more
     * @param bytes octets of the file
     */
    static NumberFileLayout read(final Path file, final ByteBuffer header, final long bytes)
            throws NumberFileException {
        header.order(ByteOrder.LITTLE_ENDIAN);
        if (header.remaining() < Long.BYTES + Integer.BYTES || header.getLong(0) != MAGIC) {
            throw new NumberFileException(file, "is no number file; build one, or name the right file");
        }
        final int version = header.getInt(8);
        if (version != VERSION) {
            throw new NumberFileException(
                    file,
                    "is of format " + version + ", and this release reads format " + VERSION + "; build it again");
        }
        if (header.remaining() < HEADER_LENGTH) {
            throw new NumberFileException(file, "was cut short within its header; build it again");
        }
        if (header.getInt(CRC_OFFSET) != crc(header)) {
            throw new NumberFileException(file, "its header is damaged (CRC32C differs); build it again");
        }
        if (header.getLong(16) != bytes) {
            throw new NumberFileException(
                    file, "has " + bytes + " octets where " + header.getLong(16) + " were written; build it again");
        }
        if (header.getInt(32) < MIN_DIGITS || header.getInt(32) > PackedNumber.MAX_DIGITS) {
            throw contradicting(file);
        }
        final NumberFileLayout layout = new NumberFileLayout(
                header.getInt(12),
                header.getLong(24),
                new NumberHash(header.getInt(32)),
                header.getInt(36),
                header.getInt(40),
                header.getInt(44),
                header.getInt(48),
                header.getInt(52),
                header.getInt(56));
        if (!layout.isSound() || layout.fileBytes() != bytes) {
            throw contradicting(file);
        }
        return layout;
    }

    private boolean isSound() {
        return count >= 0
                && count <= MAX_COUNT
                && bucketBits >= MIN_BUCKET_BITS
                && bucketBits <= Math.min(MAX_BUCKET_BITS, hash.bits())
                && remainderBits() <= MAX_REMAINDER_BITS
                && valueBits >= 0
                && valueBits <= MAX_VALUE_BITS
                && paletteSize >= 0
                && paletteSize <= 1 << valueBits;
    }

    private static NumberFileException contradicting(final Path file) {
        return new NumberFileException(file, "its header contradicts itself; build it again");
    }
}
