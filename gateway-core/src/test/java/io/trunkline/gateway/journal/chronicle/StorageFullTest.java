package io.trunkline.gateway.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.SmallDisk;
import io.trunkline.gateway.config.JournalSettings.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was acknowledged is there, however full the disk became. */
final class StorageFullTest {
    @TempDir
    private Path directory;

    private SmallDisk disk;

    @BeforeEach
    void mountSmallFileSystem() throws IOException, InterruptedException {
        disk = SmallDisk.mount(directory.resolve("small"), 16);
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (disk != null) {
            disk.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void allThatWasAcknowledgedBeforeTheDiskWasFullCanBeRead(final Durability durability) throws IOException {
        final Fixture fixture = new Fixture(disk.path().resolve("shard-0"));
        fixture.durability = durability;
        fixture.cycleBytes = 4 * Fixture.MEBIBYTE;
        final Path ballast = disk.path().resolve("fill");
        final long acknowledged;
        try (ChronicleJournal journal = fixture.start()) {
            Files.write(ballast, new byte[(int) (6 * Fixture.MEBIBYTE)]);
            Awaitility.await().until(() -> {
                for (int i = 0; i < 20 && journal.accepting(); i++) {
                    Fixture.append(journal, 50, 10);
                }
                return !journal.accepting();
            });
            Fixture.append(journal, 300, 10);
            Fixture.awaitDurable(journal);
            acknowledged = journal.durable();
            assertThat(fixture.read().report().lastSequence()).isEqualTo(acknowledged);

            Files.delete(ballast);
            Awaitility.await().until(journal::accepting);
            Fixture.append(journal, 300, 10);
            Fixture.awaitDurable(journal);
        }
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged()).isEmpty();
        assertThat(reading.sequences())
                .isEqualTo(LongStream.rangeClosed(1, acknowledged + 300).boxed().toList());
        assertThat(fixture.failures).isEmpty();
    }

    /** Files that are ready to be written are there, all else is full. */
    @Test
    void aFileThatIsFullIsClosedWhenThereIsRoomForItsManifest() throws IOException {
        final Fixture fixture = new Fixture(disk.path().resolve("shard-0"));
        fixture.cycleBytes = Fixture.MEBIBYTE / 2;
        try (ChronicleJournal journal = fixture.start()) {
            final OpenCycle first = journal.current();
            while (!journal.rollIsNear()) {
                Fixture.append(journal, 10, 10);
            }
            Awaitility.await().until(() -> fixture.cycleFiles().size() == 2);
            disk.leave(0);
            Fixture.appendOver(journal, 1);
            Awaitility.await().until(() -> journal.status().reason().contains("No space left"));
            assertThat(fixture.failures).isEmpty();
            assertThat(first.file().manifestPath()).doesNotExist();

            disk.empty();
            Awaitility.await().until(journal::accepting);
            assertThat(first.file().manifestPath()).exists();
        }
        assertThat(fixture.read().report().damaged()).isEmpty();
        assertThat(fixture.failures).isEmpty();
    }

    @Test
    void onAFullDiskRetentionMakesRoom() throws IOException {
        final Fixture fixture = new Fixture(disk.path().resolve("shard-0"));
        fixture.cycleBytes = Fixture.MEBIBYTE / 2;
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.appendOver(journal, 2);
            Awaitility.await().until(() -> fixture.files(Manifest.SUFFIX).size() == 2);
            disk.leave(0);
            fixture.passes(TimeUnit.DAYS.toNanos(8));
            journal.retain(Long.MAX_VALUE, Duration.ofDays(7));
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> fixture.files(Manifest.SUFFIX).isEmpty());
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> fixture.cycleFiles().size() <= 2);
            Fixture.append(journal, 10, 10);
        }
        assertThat(fixture.failures).isEmpty();
        final Fixture.Reading reading = fixture.read();
        assertThat(reading.report().damaged()).isEmpty();
        assertThat(reading.sequences()).isNotEmpty();
        assertThat(reading.report().firstSequence()).isGreaterThan(1);
    }

    @Test
    void aJournalEndsInGoodOrderOnAFullDisk() throws IOException {
        final Fixture fixture = new Fixture(disk.path().resolve("shard-0"));
        final ChronicleJournal journal = fixture.start();
        Fixture.append(journal, 100, 10);
        disk.leave(0);
        journal.close();
        assertThat(fixture.failures).isEmpty();
        disk.empty();
        fixture.start().close();
        assertThat(fixture.read().sequences()).hasSize(100);
        assertThat(fixture.read().report().damaged()).isEmpty();
    }
}
