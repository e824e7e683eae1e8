package io.trunkline.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.JournalSettings.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BackgroundReaderTest {
    private static final int RECORDS = 40_000;

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final AtomicInteger wakeUps = new AtomicInteger();

    @BeforeEach
    void fill() {
        for (int i = 0; i < RECORDS; i++) {
            Records.append(journal);
        }
        journal.publish();
    }

    private BackgroundReader reader() {
        return new BackgroundReader(new BackgroundReader.Context(
                "reader-under-test",
                journal.newSource(),
                BackgroundReader.MIN_RING_BYTES,
                4,
                wakeUps::incrementAndGet,
                failure -> {
                    throw failure;
                }));
    }

    private static List<String> pollUntil(final RecordFetcher fetcher, final String lastCall) {
        final List<String> calls = new ArrayList<>();
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> {
                    fetcher.poll(FetcherCalls.into(calls), 10_000);
                    return calls.contains(lastCall);
                });
        return calls;
    }

    @Test
    void requestsAreServedInTheirOrderAndTheShardIsWoken() {
        try (BackgroundReader reader = reader()) {
            assertThat(reader.request(1, 100, 102, 10, RecordFilter.ALL)).isTrue();
            assertThat(reader.request(2, 5, 5, 1, RecordFilter.ALL)).isTrue();
            assertThat(reader.request(3, 1, 1000, 2, record -> record.sequence() % 300 == 0))
                    .isTrue();
            assertThat(pollUntil(reader, "3: end 601"))
                    .containsExactly(
                            "1: record 100",
                            "1: record 101",
                            "1: record 102",
                            "1: end 103",
                            "2: record 5",
                            "2: end 6",
                            "3: record 300",
                            "3: record 600",
                            "3: end 601");
            assertThat(wakeUps.get()).isPositive();
        }
    }

    @Test
    void aFullRingHoldsTheReaderBackAndNothingIsLost() {
        try (BackgroundReader reader = reader()) {
            assertThat(reader.request(1, 1, RECORDS, Integer.MAX_VALUE, RecordFilter.ALL))
                    .isTrue();
            assertThat(pollUntil(reader, "1: end " + (RECORDS + 1))).hasSize(RECORDS + 1);
        }
    }

    @Test
    void moreRequestsThanMayWaitAreRefused() {
        try (BackgroundReader reader = reader()) {
            int taken = 0;
            while (taken < 100 && reader.request(taken, 1, RECORDS, Integer.MAX_VALUE, RecordFilter.ALL)) {
                taken++;
            }
            // The ring holds less than one of these, so at most one is served to its end while nobody polls.
            assertThat(taken).isEqualTo(4);
        }
    }

    @Test
    void aRequestBehindTheEndSaysWhereToGoOn() {
        try (BackgroundReader reader = reader()) {
            reader.request(9, RECORDS + 1, RECORDS + 100, 5, RecordFilter.ALL);
            assertThat(pollUntil(reader, "9: end " + (RECORDS + 1))).hasSize(1);
        }
    }

    /** A sector that a disk does not give back: who needs it would ask in every turn, and each time a line of the log. */
    @Test
    void whatFailsIsHeldBackWhileTheOthersAreServedAndIsToldOnce() {
        final RecordSource broken = new PassingSource(journal.newSource()) {
            @Override
            public long read(final long from, final int max, final RecordHandler handler) {
                if (from == 7) {
                    throw new JournalException("Input/output error");
                }
                return super.read(from, max, handler);
            }
        };
        final List<String> told = new CopyOnWriteArrayList<>();
        try (BackgroundReader reader = new BackgroundReader(new BackgroundReader.Context(
                "reader-under-test",
                broken,
                BackgroundReader.MIN_RING_BYTES,
                4,
                wakeUps::incrementAndGet,
                failure -> told.add(failure.getMessage())))) {
            reader.request(1, 7, 7, 1, RecordFilter.ALL);
            reader.request(2, 5, 5, 1, RecordFilter.ALL);
            final List<String> calls = pollUntil(reader, "1: failed 7");
            assertThat(calls).containsExactly("2: record 5", "2: end 6", "1: failed 7");
            reader.request(3, 7, 7, 1, RecordFilter.ALL);
            pollUntil(reader, "3: failed 7");
            assertThat(told).containsExactly("Input/output error");
        }
    }
}
