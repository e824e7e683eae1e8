package io.trunkline.gateway.journal.chronicle;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * One Chronicle queue, one run, one appender, raw bytes. Chronicle rolls by the clock that it is given, and it is given
 * ours: a number of cycle that only goes up, whatever the wall clock does, and that changes when we want another file.
 * Files are named by the wall time at which they were begun, as far as it went forwards.
 */
final class CycleWriter implements AutoCloseable {
    /** What Chronicle may write into a file besides an append: its header, blocks of its index, the end mark. */
    static final long OWN_BYTES = 256 * 1024;

    static final int HEADER_LENGTH = 4;
    private static final RollCycles CYCLES = RollCycles.FIVE_MINUTELY;
    private static final long CYCLE_MILLIS = CYCLES.lengthInMillis();
    private static final DateTimeFormatter NAMES =
            DateTimeFormatter.ofPattern(CYCLES.format(), Locale.ROOT).withZone(ZoneOffset.UTC);
    /** Wall clocks beyond the year 2100 are taken to be wrong. */
    private static final long MAX_WALL_MILLIS = 4_102_444_800_000L;

    static {
        // Read once by Chronicle: no banner, no telemetry, no thread that watches the disk for us.
        setDefault("chronicle.announcer.disable");
        setDefault("chronicle.analytics.disable");
        setDefault("chronicle.disk.monitor.disable");
    }

    private final Path directory;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private volatile long cycleMillis;
    private BytesStore<?, ?> mapped;

    CycleWriter(final Path directory, final long wallMillis, final long blockBytes) {
        this.directory = directory;
        this.cycleMillis = cycleAt(wallMillis) * CYCLE_MILLIS;
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(CYCLES)
                .timeProvider(() -> cycleMillis)
                .blockSize(blockBytes)
                .build();
        appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
    }

    private static void setDefault(final String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }

    private static long cycleAt(final long wallMillis) {
        return Math.max(0, Math.min(wallMillis, MAX_WALL_MILLIS)) / CYCLE_MILLIS;
    }

    /** The cycle that appends go to. */
    long cycle() {
        return cycleMillis / CYCLE_MILLIS;
    }

    /** The cycle that comes after {@code cycle} when it is begun at this wall time. */
    static long cycleAfter(final long cycle, final long wallMillis) {
        return Math.max(cycle + 1, cycleAt(wallMillis));
    }

    Path fileOf(final long cycle) {
        return directory.resolve(NAMES.format(Instant.ofEpochMilli(cycle * CYCLE_MILLIS)) + CycleFile.SUFFIX);
    }

    /** The next append goes to this cycle, and ends the file before. */
    void rollTo(final long cycle) {
        cycleMillis = cycle * CYCLE_MILLIS;
    }

    static BytesStore<?, ByteBuffer> wrap(final ByteBuffer staging) {
        return BytesStore.wrap(staging);
    }

    /**
     * Appends one excerpt.
     *
     * @return offset of its header in the cycle file
     */
    @SuppressWarnings("try")
    long append(final BytesStore<?, ByteBuffer> staged, final int length) {
        try (DocumentContext document = appender.writingDocument()) {
            final Bytes<?> bytes = document.wire().bytes();
            final long offset = bytes.writePosition();
            boolean whole = false;
            try {
                bytes.write(staged, 0L, length);
                mapped = bytes.bytesStore();
                whole = true;
            } finally {
                if (!whole) {
                    document.rollbackOnClose();
                }
            }
            return offset - HEADER_LENGTH;
        }
    }

    /** What maps the end of the last append; null before the first. */
    BytesStore<?, ?> mapped() {
        return mapped;
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
    }
}
