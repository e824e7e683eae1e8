package io.trunkline.gateway.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.JournalSettings.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.bytes.MappedBytes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is resident is asked of the kernel: {@code /proc/self/smaps}. */
final class PrefaulterTest {
    private static final long BLOCK = 64 << 20;
    private static final long KIB_AHEAD = Prefaulter.AHEAD_BYTES / 1024;

    @TempDir
    Path directory;

    private Path file;
    private MappedBytes bytes;
    private Prefaulter prefaulter;

    @BeforeEach
    void map() throws IOException {
        file = directory.resolve("cycle");
        bytes = MappedBytes.mappedBytes(file.toFile(), BLOCK);
        bytes.writeLong(42);
    }

    @AfterEach
    void unmap() {
        prefaulter.close();
        bytes.releaseLast();
    }

    private void start(final Durability durability) {
        prefaulter = new Prefaulter(0, durability);
        prefaulter.start();
    }

    @Test
    void pagesAheadAreThereBeforeTheyAreWritten() throws IOException {
        start(Durability.PROCESS);

        prefaulter.written(bytes.bytesStore(), bytes.writePosition(), BLOCK);

        awaitReady(Prefaulter.AHEAD_BYTES);
        assertThat(smaps("Rss")).isGreaterThanOrEqualTo(KIB_AHEAD);
        assertThat(bytes.readLong(0)).isEqualTo(42);
        assertThat(bytes.readLong(Prefaulter.AHEAD_BYTES / 2)).isZero();
    }

    @Test
    void pagesAheadAreNotDirtyWhereEveryForceWouldWriteThem() throws IOException {
        start(Durability.DISK);

        prefaulter.written(bytes.bytesStore(), bytes.writePosition(), BLOCK);

        awaitReady(Prefaulter.AHEAD_BYTES);
        assertThat(smaps("Rss")).isGreaterThanOrEqualTo(KIB_AHEAD);
        assertThat(smaps("Private_Dirty") + smaps("Shared_Dirty")).isLessThan(KIB_AHEAD / 16);
    }

    @Test
    void itFollowsTheWriterAndStaysWithinWhatIsAllocated() {
        start(Durability.PROCESS);
        final long allocatedEnd = Prefaulter.AHEAD_BYTES * 3 / 2;

        prefaulter.written(bytes.bytesStore(), 8, allocatedEnd);
        awaitReady(Prefaulter.AHEAD_BYTES);
        prefaulter.written(bytes.bytesStore(), Prefaulter.AHEAD_BYTES, allocatedEnd);
        awaitReady(allocatedEnd);
        prefaulter.written(bytes.bytesStore(), Prefaulter.AHEAD_BYTES, BLOCK);
        awaitReady(Prefaulter.AHEAD_BYTES * 2);
    }

    private void awaitReady(final long end) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(prefaulter.readyEnd())
                        .as("this kernel can make pages ready: Linux 5.14 and later")
                        .isEqualTo(end));
    }

    /** A figure of the file's mapping, KiB. */
    private long smaps(final String field) throws IOException {
        final List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        long sum = 0;
        boolean ours = false;
        for (final String line : lines) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                ours = line.endsWith(file.toString());
            } else if (ours && line.startsWith(field + ":")) {
                sum += Long.parseLong(line.replaceAll("\\D+", ""));
            }
        }
        return sum;
    }
}
