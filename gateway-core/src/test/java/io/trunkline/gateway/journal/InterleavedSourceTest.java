package io.trunkline.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.JournalSettings.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InterleavedSourceTest {
    private static final long SEED = 20261121L;
    private static final int RECORDS = 200_000;

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final List<List<Long>> readByPlace = new ArrayList<>();

    @Test
    void readsWhatWasAskedForWhereverItLies() {
        fill();
        final Random random = new Random(SEED);
        try (InterleavedSource source = new InterleavedSource(this::noted)) {
            for (int round = 0; round < 5_000; round++) {
                final long wanted = 1L + random.nextInt(RECORDS - 2);
                final List<Long> sequences = new ArrayList<>();
                final long after = source.read(wanted, 2, record -> sequences.add(record.sequence()));
                assertThat(sequences).as("seed %d", SEED).startsWith(wanted);
                assertThat(after).isEqualTo(wanted + sequences.size());
            }
        }
    }

    @Test
    void givesEachLineThatGoesForwardAPlaceOfItsOwn() {
        fill();
        try (InterleavedSource source = new InterleavedSource(this::noted)) {
            for (int step = 0; step < 100; step++) {
                source.read(1 + step * 7L, 1, record -> {});
                source.read(90_000 + step * 3L, 1, record -> {});
                source.read(180_000 + step * 11L, 1, record -> {});
            }
        }
        assertThat(readByPlace).hasSize(3);
        assertThat(readByPlace)
                .allSatisfy(reads -> assertThat(reads).hasSize(100).isSorted());
    }

    @Test
    void opensNoMoreSourcesThanItHasPlaces() {
        fill();
        try (InterleavedSource source = new InterleavedSource(this::noted)) {
            for (long from = RECORDS; from > 0; from -= 1_000) {
                source.read(from, 1, record -> {});
            }
        }
        assertThat(readByPlace).hasSize(8);
    }

    private void fill() {
        for (int i = 0; i < RECORDS; i++) {
            Records.append(journal);
        }
        journal.publish();
    }

    private RecordSource noted() {
        final List<Long> reads = new ArrayList<>();
        readByPlace.add(reads);
        return new PassingSource(journal.newSource()) {
            @Override
            public long read(final long fromSequence, final int maxRecords, final RecordHandler handler) {
                reads.add(fromSequence);
                return super.read(fromSequence, maxRecords, handler);
            }
        };
    }
}
