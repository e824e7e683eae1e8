package io.trunkline.routing.numbers;

import io.trunkline.routing.PackedNumber;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * A number file, open: up to 2^32 numbers, each with a value above 0. Immutable; any thread reads it, without locks and
 * without allocating, and of what is too large for the processor's caches in one place. What lies where: {@link
 * NumberFileLayout}.
 *
 * <p>The file must not be written to while it is open; a file of the same name is put in its place by renaming, as {@link
 * NumberFileBuilder} does. It is closed when nothing refers to it any more.
 */
public final class NumberFile {
    /** The number is not in the file. */
    public static final long NONE = 0;

    /** Upper bits of a remainder by which its place is guessed. */
    private static final int GUESS_BITS = 20;

    private final NumberFileLayout layout;
    private final MappedFile file;
    private final long[] palette;
    /** The same in half of the room; null where a value needs more. */
    private final int[] narrow;

    private final NumberHash hash;
    private final long directoryOffset;
    /** Null where the directory in the file has to be asked. */
    private final BucketStarts starts;

    private final long entriesOffset;
    private final int entryBits;
    private final int remainderBits;
    private final long remainderMask;
    private final int valueMask;
    private final int guessBits;
    private final int guessShift;

    private NumberFile(final NumberFileLayout layout, final MappedFile file) {
        this.layout = layout;
        this.file = file;
        palette = new long[layout.paletteSize()];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = file.getLong(NumberFileLayout.PALETTE_OFFSET + (long) i * Long.BYTES);
        }
        narrow = Arrays.stream(palette).allMatch(value -> value == (int) value)
                ? Arrays.stream(palette).mapToInt(Math::toIntExact).toArray()
                : null;
        hash = layout.hash();
        directoryOffset = layout.directoryOffset();
        starts = BucketStarts.read(file, directoryOffset, 1 << layout.bucketBits())
                .orElse(null);
        entriesOffset = layout.entriesOffset();
        entryBits = layout.entryBits();
        remainderBits = layout.remainderBits();
        remainderMask = (1L << remainderBits) - 1;
        valueMask = (1 << layout.valueBits()) - 1;
        guessBits = Math.min(remainderBits, GUESS_BITS);
        guessShift = remainderBits - guessBits;
    }

    /**
     * Maps a file and reads all of it once, to see that it is what was written and so that lookups find it in memory.
     *
     * @throws NumberFileException where it is not a number file of this content and format, or is damaged
     */
    public static NumberFile open(final Path path, final NumberContent content) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            final NumberFileLayout layout = layout(path, content, channel);
            final MappedFile file = new MappedFile(channel, channel.size());
            check(path, "palette", file, NumberFileLayout.PALETTE_OFFSET, layout.paletteBytes(), layout.paletteCrc());
            check(path, "directory", file, layout.directoryOffset(), layout.directoryBytes(), layout.directoryCrc());
            check(path, "entries", file, layout.entriesOffset(), layout.entriesBytes(), layout.entriesCrc());
            return new NumberFile(layout, file);
        }
    }

    /**
     * Looks at the head of a file only: whether it is worth opening. That its content is whole {@link #open} finds out.
     *
     * @throws NumberFileException where it is not a number file of this content and format
     */
    public static void inspect(final Path path, final NumberContent content) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            layout(path, content, channel);
        }
    }

    private static NumberFileLayout layout(final Path path, final NumberContent content, final FileChannel channel)
            throws IOException {
        final ByteBuffer header = ByteBuffer.allocate(NumberFileLayout.HEADER_LENGTH);
        int read;
        do {
            read = channel.read(header, header.position());
        } while (read > 0);
        final NumberFileLayout layout = NumberFileLayout.read(path, header.flip(), channel.size());
        if (layout.content() != content.code()) {
            throw new NumberFileException(
                    path,
                    "has " + NumberContent.describe(layout.content()) + " where "
                            + NumberContent.describe(content.code()) + " are wanted; name the right file");
        }
        return layout;
    }

    private static void check(
            final Path path,
            final String part,
            final MappedFile file,
            final long offset,
            final long length,
            final int crc)
            throws NumberFileException {
        if (file.crc(offset, length) != crc) {
            throw new NumberFileException(
                    path,
                    "its " + part + " (octets " + offset + " to " + (offset + length)
                            + ") are damaged, CRC32C differs; build it again");
        }
    }

    /** How many numbers there are. */
    public long size() {
        return layout.count();
    }

    /** Octets of the file. */
    public long bytes() {
        return layout.fileBytes();
    }

    /** Digits of the longest number that the file has room for. */
    public int maxDigits() {
        return hash.maxDigits();
    }

    /** The value of a {@link PackedNumber}, or {@link #NONE}. */
    public long value(final long packedNumber) {
        if (!hash.covers(packedNumber)) {
            return NONE;
        }
        final long wanted = hash.of(packedNumber);
        final int bucket = (int) (wanted >>> remainderBits);
        final long from = start(bucket);
        final long to = start(bucket + 1);
        final long remainder = wanted & remainderMask;
        return from == to ? NONE : search(from, to, remainder);
    }

    private long start(final int bucket) {
        return starts != null
                ? starts.start(bucket)
                : file.getInt(directoryOffset + (long) bucket * Integer.BYTES) & 0xFFFF_FFFFL;
    }

    /** Begins where the entry would be if all remainders were as far from one another, and goes on from there. */
    private long search(final long from, final long to, final long remainder) {
        long entry = from + (((remainder >>> guessShift) * (to - from)) >>> guessBits);
        long bit = entry * entryBits;
        long found = bits(bit) & remainderMask;
        while (found < remainder) {
            if (++entry == to) {
                return NONE;
            }
            bit += entryBits;
            found = bits(bit) & remainderMask;
            if (found > remainder) {
                return NONE;
            }
        }
        while (found > remainder) {
            if (entry-- == from) {
                return NONE;
            }
            bit -= entryBits;
            found = bits(bit) & remainderMask;
        }
        if (found != remainder) {
            return NONE;
        }
        final int index = (int) bits(bit + remainderBits) & valueMask;
        return narrow != null ? narrow[index] : palette[index];
    }

    /** The value of a number given as ASCII digits without sign; {@link #NONE} for anything else. */
    public long value(final DirectBuffer digits, final int offset, final int length) {
        return value(PackedNumber.of(digits, offset, length));
    }

    /** The bits from here on; 57 of them at least. */
    private long bits(final long bit) {
        return file.getLong(entriesOffset + (bit >>> 3)) >>> (bit & 7);
    }

    NumberHash hash() {
        return hash;
    }

    /** Adds the values in their order, so that in an empty palette they get the indexes that they have here. */
    void addValuesTo(final Palette target) {
        for (final long value : palette) {
            target.index(value);
        }
    }

    /** Goes through all numbers once, by ascending hash; to the caller their order is no order. */
    public Cursor cursor() {
        return new Cursor();
    }

    /** A place in the file; for one thread. */
    public final class Cursor {
        private long bucket = -1;
        private long entry = -1;
        private long bucketEnd;
        private int valueIndex;
        private long itsHash;

        private Cursor() {}

        /** Goes on to the next number; false at the end. */
        public boolean next() {
            if (++entry >= layout.count()) {
                return false;
            }
            while (entry >= bucketEnd) {
                bucket++;
                bucketEnd = file.getInt(directoryOffset + (bucket + 1) * Integer.BYTES) & 0xFFFF_FFFFL;
            }
            final long bit = entry * entryBits;
            itsHash = bucket << remainderBits | (bits(bit) & remainderMask);
            valueIndex = (int) bits(bit + remainderBits) & valueMask;
            return true;
        }

        /** The {@link PackedNumber} here. */
        public long number() {
            return hash.number(itsHash);
        }

        /** Its value, above 0. */
        public long value() {
            return palette[valueIndex];
        }

        int valueIndex() {
            return valueIndex;
        }

        long hash() {
            return itsHash;
        }
    }
}
