package io.trunkline.routing.numbers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a number file from entries that come ascending by hash, beside the file's place, and puts it there as a whole: under
 * the name of a number file there is never a half one.
 */
final class NumberFileWriter implements AutoCloseable {
    private final Path target;
    private final Path building;
    private final FileChannel channel;
    private final NumberFileLayout plan;
    private final int paletteCrc;
    private final SectionOutput directory;
    private final SectionOutput entries;
    private final int remainderBits;
    private final long remainderMask;
    private long count;
    private long nextBucket;
    private long lastHash = -1;
    private boolean finished;

    /**
     * Begins a file.
     *
     * @param plan by the number of entries that are expected, and of the values in the palette, which are all there
     */
    NumberFileWriter(final Path target, final NumberFileLayout plan, final Palette palette) throws IOException {
        this.target = target;
        this.plan = plan;
        building = target.resolveSibling(target.getFileName() + ".building");
        remainderBits = plan.remainderBits();
        remainderMask = (1L << remainderBits) - 1;
        channel = FileChannel.open(
                building, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            final SectionOutput values = new SectionOutput(channel, NumberFileLayout.PALETTE_OFFSET);
            for (int index = 0; index < plan.paletteSize(); index++) {
                values.putLong(palette.value(index));
            }
            paletteCrc = values.finish();
            directory = new SectionOutput(channel, plan.directoryOffset());
            entries = new SectionOutput(channel, plan.entriesOffset());
        } catch (final IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Adds an entry.
     *
     * @param hash above that of the entry before
     * @param valueIndex in the palette
     */
    void add(final long hash, final int valueIndex) throws IOException {
        if (hash <= lastHash) {
            throw new IllegalArgumentException("hash " + hash + " does not come after " + lastHash);
        }
        if (count == NumberFileLayout.MAX_COUNT) {
            throw new IOException("more than " + NumberFileLayout.MAX_COUNT + " numbers");
        }
        lastHash = hash;
        beginBuckets(hash >>> remainderBits);
        entries.putBits(hash & remainderMask, remainderBits);
        entries.putBits(valueIndex, plan.valueBits());
        count++;
    }

    private void beginBuckets(final long last) throws IOException {
        while (nextBucket <= last) {
            directory.putInt((int) count);
            nextBucket++;
        }
    }

    /** Completes the file, forces it to disk and gives it its name; returns how many numbers it has. */
    long finish() throws IOException {
        beginBuckets(1L << plan.bucketBits());
        final int entriesCrc = entries.finish();
        final NumberFileLayout written = plan.written(count, paletteCrc, directory.finish(), entriesCrc);
        writeFully(ByteBuffer.allocate(NumberFileLayout.TAIL), written.entriesOffset() + written.entriesBytes());
        writeFully(written.header(), 0);
        channel.force(true);
        channel.close();
        Files.move(building, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        finished = true;
        forceDirectory();
        return count;
    }

    private void writeFully(final ByteBuffer buffer, final long from) throws IOException {
        long position = from;
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
    }

    /** The new name, too, must be there after a power cut. */
    private void forceDirectory() throws IOException {
        try (FileChannel parent = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    /** Removes what was not finished. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (!finished) {
            Files.deleteIfExists(building);
        }
    }
}
