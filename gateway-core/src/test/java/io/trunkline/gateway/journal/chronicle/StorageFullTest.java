package io.trunkline.gateway.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.gateway.config.JournalSettings.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real file system that is really full. Needs the right to mount one. */
final class StorageFullTest {
    @TempDir
    private Path directory;

    private Path mounted;

    @BeforeEach
    void mountSmallFileSystem() throws IOException, InterruptedException {
        mounted = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", mounted.toString()),
                "mounting a tmpfs is not allowed here");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", "-l", mounted.toString());
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void allThatWasAcknowledgedBeforeTheDiskWasFullCanBeRead(final Durability durability) throws IOException {
        final Fixture fixture = new Fixture(mounted.resolve("shard-0"));
        fixture.durability = durability;
        fixture.cycleBytes = 4 * Fixture.MEBIBYTE;
        final Path ballast = mounted.resolve("ballast");
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
}
