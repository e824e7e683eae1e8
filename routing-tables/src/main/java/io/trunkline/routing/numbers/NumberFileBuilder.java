package io.trunkline.routing.numbers;

import io.trunkline.routing.PackedNumber;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Builds a number file from numbers in any order, however many, in bounded memory: they are split by their hashes into 256
 * parts on disk (12 octets a number), and part by part sorted and written. For 380 million numbers that is 16 MiB for the
 * first pass and 50 MiB for the second, and the different values, of which there may be 2^24.
 *
 * <p>A file of this name that is in use stays as it is for whoever has it open. Not for several threads.
 */
public final class NumberFileBuilder implements AutoCloseable {
    /** Most digits of a number of the international plan (E.164 §6). */
    public static final int E164_DIGITS = 15;

    private static final int PART_BITS = NumberFileLayout.MIN_BUCKET_BITS;
    private static final int PARTS = 1 << PART_BITS;
    private static final int MAX_SORT_BITS = 30;
    /** By insertion, so it has to be few. */
    private static final int MOST_SORTED_AT_ONCE = 16;

    private final Path file;
    private final NumberContent content;
    private final NumberHash hash;
    private final int partShift;
    private final Palette palette = new Palette();
    private final Spill spill;
    private final Duplicates duplicates;
    private long added;
    private long[] hashes = {};
    private int[] indexes = {};
    private long[] sortedHashes = {};
    private int[] sortedIndexes = {};

    /** Hears of numbers that came more than once; the first value of a number stays. */
    public interface Duplicates {
        /** One of them; the values may be the same. */
        void duplicate(long packedNumber, long kept, long dropped);
    }

    /** A builder for numbers of the international plan and short codes. */
    public NumberFileBuilder(final Path file, final NumberContent content, final Duplicates duplicates) {
        this(file, content, E164_DIGITS, duplicates);
    }

    /**
     * A builder for longer numbers, or for files as small as they can be.
     *
     * @param maxDigits 9..18; three and a third bits a number for every digit
     */
    public NumberFileBuilder(
            final Path file, final NumberContent content, final int maxDigits, final Duplicates duplicates) {
        if (maxDigits < NumberFileLayout.MIN_DIGITS) {
            throw new IllegalArgumentException("files for numbers of " + maxDigits + " digits: 9..18 can be had");
        }
        this.file = file;
        this.content = content;
        this.duplicates = duplicates;
        hash = new NumberHash(maxDigits);
        partShift = hash.bits() - PART_BITS;
        spill = new Spill(file.resolveSibling(file.getFileName() + ".spill"), PARTS);
    }

    /**
     * Adds a number.
     *
     * @param number a {@link PackedNumber}
     * @param value above 0
     * @throws IllegalArgumentException where the number is not 1..maxDigits digits, or the value is out of its range
     * @throws IOException where the disk takes no more; then close the builder
     */
    public void add(final long number, final long value) throws IOException {
        if (!hash.covers(number) || PackedNumber.length(number) < 1) {
            throw new IllegalArgumentException(number + " is no packed number of 1.." + hash.maxDigits() + " digits");
        }
        final long hashed = hash.of(number);
        spill.add((int) (hashed >>> partShift), hashed, palette.index(value));
        added++;
    }

    /** Writes the file, forces it to disk and puts it into its place; returns how many numbers it has. */
    public long build() throws IOException {
        final NumberFileLayout plan = NumberFileLayout.planned(content.code(), added, hash, palette.size());
        int sortBits = PART_BITS;
        while (sortBits < MAX_SORT_BITS && added >>> sortBits > MOST_SORTED_AT_ONCE) {
            sortBits++;
        }
        try (NumberFileWriter writer = new NumberFileWriter(file, plan, palette)) {
            for (int part = 0; part < PARTS; part++) {
                writePart(part, sortBits, writer);
            }
            return writer.finish();
        }
    }

    /** Splits a part by further bits, up to so many, into what is sorted by itself. */
    private void writePart(final int part, final int sortBits, final NumberFileWriter writer) throws IOException {
        final int size = spill.size(part);
        if (size > hashes.length) {
            // A tenth more: parts are of about the same size, so the first allocation is mostly the last.
            final int room = size + size / 10;
            hashes = new long[room];
            indexes = new int[room];
            sortedHashes = new long[room];
            sortedIndexes = new int[room];
        }
        spill.take(part, hashes, indexes);
        final int buckets = 1 << (sortBits - PART_BITS);
        final int shift = hash.bits() - sortBits;
        final int[] end = new int[buckets];
        for (int i = 0; i < size; i++) {
            end[(int) (hashes[i] >>> shift) & buckets - 1]++;
        }
        int start = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            final int count = end[bucket];
            end[bucket] = start;
            start += count;
        }
        for (int i = 0; i < size; i++) {
            final int place = end[(int) (hashes[i] >>> shift) & buckets - 1]++;
            sortedHashes[place] = hashes[i];
            sortedIndexes[place] = indexes[i];
        }
        int from = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            sort(from, end[bucket]);
            write(from, end[bucket], writer);
            from = end[bucket];
        }
    }

    /** By insertion: few at a time, and of equal ones the first stays the first. */
    private void sort(final int from, final int to) {
        for (int i = from + 1; i < to; i++) {
            final long itsHash = sortedHashes[i];
            final int index = sortedIndexes[i];
            int place = i;
            while (place > from && sortedHashes[place - 1] > itsHash) {
                sortedHashes[place] = sortedHashes[place - 1];
                sortedIndexes[place] = sortedIndexes[place - 1];
                place--;
            }
            sortedHashes[place] = itsHash;
            sortedIndexes[place] = index;
        }
    }

    private void write(final int from, final int to, final NumberFileWriter writer) throws IOException {
        int kept = from;
        for (int i = from; i < to; i++) {
            if (i > from && sortedHashes[i] == sortedHashes[kept]) {
                duplicates.duplicate(
                        hash.number(sortedHashes[i]),
                        palette.value(sortedIndexes[kept]),
                        palette.value(sortedIndexes[i]));
            } else {
                kept = i;
                writer.add(sortedHashes[i], sortedIndexes[i]);
            }
        }
    }

    /** Lets go of the memory and disk that the building took. */
    @Override
    public void close() throws IOException {
        spill.close();
    }
}
