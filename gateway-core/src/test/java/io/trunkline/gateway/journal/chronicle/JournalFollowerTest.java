package io.trunkline.gateway.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.journal.Records;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader beside a journal that goes on, as another process is. */
final class JournalFollowerTest {
    @TempDir
    private Path directory;

    private final List<Long> read = new ArrayList<>();
    private long next = 1;

    private void readAll(final JournalFollower follower) {
        for (long before = 0; before != next; ) {
            before = next;
            next = follower.read(next, 100, record -> {
                assertThat(Records.isWhole(record)).isTrue();
                read.add(record.sequence());
            });
        }
    }

    private void assertReadUpTo(final long last) {
        assertThat(read).isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
    }

    @Test
    void itGoesOnAsTheJournalGrowsOverFilesAndRuns() throws IOException {
        final Fixture fixture = new Fixture(directory);
        try (JournalFollower follower = new JournalFollower(directory, fixture.damages::add)) {
            readAll(follower);
            assertThat(read).isEmpty();
            long last;
            try (ChronicleJournal journal = fixture.start()) {
                for (int i = 0; i < 20; i++) {
                    Fixture.append(journal, 30, 7);
                    Fixture.awaitDurable(journal);
                    readAll(follower);
                    assertReadUpTo(journal.committed());
                }
                Fixture.appendOver(journal, 3);
                Fixture.awaitDurable(journal);
                readAll(follower);
                last = journal.committed();
                assertReadUpTo(last);
            }
            readAll(follower);
            assertReadUpTo(last);
            try (ChronicleJournal journal = fixture.start()) {
                Fixture.append(journal, 100, 7);
                Fixture.awaitDurable(journal);
                readAll(follower);
                assertReadUpTo(journal.committed());
            }
        }
        assertThat(fixture.damages).isEmpty();
    }

    @Test
    void itBeginsWhereItIsToldTo() throws IOException {
        final Fixture fixture = new Fixture(directory);
        try (ChronicleJournal journal = fixture.start()) {
            Fixture.appendOver(journal, 2);
            Fixture.awaitDurable(journal);
            final long last = journal.committed();
            next = last - 10;
            try (JournalFollower follower = new JournalFollower(directory, fixture.damages::add)) {
                readAll(follower);
            }
            assertThat(read)
                    .isEqualTo(LongStream.rangeClosed(last - 10, last).boxed().toList());
        }
    }
}
