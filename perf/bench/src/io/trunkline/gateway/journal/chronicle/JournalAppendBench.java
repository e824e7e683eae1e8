package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.config.JournalSettings.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.openjdk.jmh.annotations.*;

/**
 * A record of 256 bytes appended to a real journal at durability process, and published after each, or after a hundred
 * as a busy duty cycle does. In the package of what it measures, so that its storage needs no public face.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JournalAppendBench {
    private static final int LENGTH = 256;
    private static final int TEMPLATE = 1;

    @Param({"1", "100"})
    public int batch;

    private Path directory;
    private ChronicleJournal journal;
    private int inBatch;

    @Setup
    public void setUp() throws IOException {
        directory = Files.createTempDirectory("trunkline-bench-");
        journal = ChronicleJournal.open(new JournalContext(
                directory.resolve("shard-0"),
                0,
                Durability.PROCESS,
                TimeUnit.MILLISECONDS.toNanos(2),
                256 * 1024,
                1L << 30,
                1L << 20,
                64L << 20,
                1L << 28,
                TimeUnit.HOURS.toNanos(1),
                () -> {},
                failure -> {
                    throw failure;
                },
                damage -> {},
                () -> TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()),
                new PosixStorage()));
        journal.recover(false, record -> {});
        journal.start();
    }

    @TearDown
    public void tearDown() throws IOException {
        journal.close();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Benchmark
    public long append() {
        final int offset = journal.begin(TEMPLATE, 42, LENGTH);
        final MutableDirectBuffer buffer = journal.buffer();
        for (int i = 0; i < LENGTH; i += Long.BYTES) {
            buffer.putLong(offset + i, i);
        }
        final long sequence = journal.commit(LENGTH);
        if (++inBatch >= batch) {
            inBatch = 0;
            journal.publish();
        }
        return sequence;
    }
}
