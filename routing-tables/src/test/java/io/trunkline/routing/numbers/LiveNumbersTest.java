package io.trunkline.routing.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.routing.PackedNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveNumbersTest {
    private static final int NUMBERS = 50_000;

    @TempDir
    Path directory;

    private Path path;
    private LiveNumbers numbers;

    @BeforeEach
    void build() throws IOException {
        path = directory.resolve("numbers");
        try (NumberFileBuilder builder =
                new NumberFileBuilder(path, NumberContent.OWNERS, (number, kept, dropped) -> {})) {
            for (int i = 0; i < NUMBERS; i++) {
                builder.add(number(i), 1);
            }
            builder.build();
        }
        numbers = new LiveNumbers(NumberFile.open(path, NumberContent.OWNERS), NumberContent.OWNERS);
    }

    private static long number(final int i) {
        return PackedNumber.of(Integer.toString(447_700_000 + i));
    }

    @Test
    void changesAreAnsweredAtOnceAndAfterARebuildFromTheFile() throws IOException {
        numbers.put(number(1), 5);
        numbers.remove(number(2));
        numbers.put(number(NUMBERS), 6);
        numbers.remove(number(NUMBERS + 1));
        assertChanged();
        assertThat(numbers.changes()).isEqualTo(4);
        assertThat(numbers.base().size()).isEqualTo(NUMBERS);

        final NumberFile file = numbers.rebuild(path);
        assertChanged();
        assertThat(numbers.changes()).isZero();
        assertThat(numbers.base()).isSameAs(file);
        assertThat(file.size()).isEqualTo(NUMBERS);
        assertThat(directory.toFile().list()).containsExactly("numbers");

        numbers = new LiveNumbers(NumberFile.open(path, NumberContent.OWNERS), NumberContent.OWNERS);
        assertChanged();
    }

    private void assertChanged() {
        assertThat(numbers.value(number(0))).isEqualTo(1);
        assertThat(numbers.value(number(1))).isEqualTo(5);
        assertThat(numbers.value(number(2))).isEqualTo(NumberFile.NONE);
        assertThat(numbers.value(number(NUMBERS))).isEqualTo(6);
        assertThat(numbers.value(number(NUMBERS + 1))).isEqualTo(NumberFile.NONE);
        assertThat(numbers.value(PackedNumber.NONE)).isEqualTo(NumberFile.NONE);
        assertThat(numbers.value(-1)).isEqualTo(NumberFile.NONE);
    }

    @Test
    void whatCannotBeInTheFileIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.put(number(1), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.put(PackedNumber.NONE, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.put(PackedNumber.of("1".repeat(16)), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.remove(25));
    }

    @Test
    void aRebuildThatFailsChangesNothing() {
        numbers.put(number(1), 5);
        final NumberFile base = numbers.base();
        assertThatThrownBy(() -> numbers.rebuild(directory.resolve("nowhere/numbers")))
                .isInstanceOf(IOException.class);
        assertThat(numbers.base()).isSameAs(base);
        assertThat(numbers.value(number(1))).isEqualTo(5);
        assertThat(numbers.value(number(3))).isEqualTo(1);
        assertThat(numbers.changes()).isEqualTo(1);
    }

    @Test
    void anotherFileTakesThePlaceOfFileAndChanges() throws IOException {
        final NumberFile base = numbers.base();
        numbers.put(number(1), 5);
        numbers.replace(base);
        assertThat(numbers.value(number(1))).isEqualTo(1);
        assertThat(numbers.changes()).isZero();
    }

    @Test
    void answersLikeAMapThroughChangesAndRebuilds() throws IOException {
        final SplittableRandom random = Seeds.random(LiveNumbersTest.class);
        final Map<Long, Long> expected = new HashMap<>();
        for (int i = 0; i < NUMBERS; i++) {
            expected.put(number(i), 1L);
        }
        for (int round = 0; round < 6; round++) {
            for (int change = 0; change < 10_000; change++) {
                final long number = number(random.nextInt(NUMBERS * 2));
                if (random.nextInt(3) == 0) {
                    numbers.remove(number);
                    expected.remove(number);
                } else {
                    final long value = 1 + random.nextLong(1L << 40);
                    numbers.put(number, value);
                    expected.put(number, value);
                }
            }
            assertSame(expected);
            numbers.rebuild(path);
            assertSame(expected);
            assertThat(numbers.base().size()).isEqualTo(expected.size());
        }
    }

    private void assertSame(final Map<Long, Long> expected) {
        for (int i = 0; i < NUMBERS * 2; i++) {
            assertThat(numbers.value(number(i))).isEqualTo(expected.getOrDefault(number(i), NumberFile.NONE));
        }
    }

    /** The values of a number only grow, so a reader that sees one shrink has seen a change taken back. */
    @Test
    void readersNeverSeeAChangeTakenBackWhileFilesAreSwapped() throws Exception {
        final int changing = 1000;
        final AtomicBoolean end = new AtomicBoolean();
        final ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            final List<Future<Long>> readers = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                readers.add(threads.submit(() -> read(changing, end)));
            }
            final Future<Long> writer = threads.submit(() -> {
                long last = 1;
                while (!end.get()) {
                    last++;
                    for (int i = 0; i < changing; i++) {
                        numbers.put(number(i), last);
                    }
                }
                return last;
            });
            for (int rebuild = 0; rebuild < 8; rebuild++) {
                numbers.rebuild(path);
            }
            end.set(true);
            for (final Future<Long> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
            for (int i = 0; i < NUMBERS; i++) {
                assertThat(numbers.value(number(i))).isEqualTo(i < changing ? writer.get() : 1);
            }
            numbers.rebuild(path);
            assertThat(numbers.value(number(changing - 1))).isEqualTo(writer.get());
            assertThat(Files.size(path)).isEqualTo(numbers.base().bytes());
        } finally {
            end.set(true);
            threads.shutdownNow();
        }
    }

    private long read(final int changing, final AtomicBoolean end) {
        final long[] seen = new long[NUMBERS];
        long rounds = 0;
        do {
            for (int i = 0; i < NUMBERS; i++) {
                final long value = numbers.value(number(i));
                if (value < seen[i] || (i >= changing && value != 1)) {
                    throw new AssertionError("number " + i + " was " + seen[i] + " and is " + value);
                }
                seen[i] = value;
                if (numbers.value(number(NUMBERS + i)) != NumberFile.NONE) {
                    throw new AssertionError("number " + (NUMBERS + i) + " is not there");
                }
            }
            rounds++;
        } while (!end.get());
        return rounds;
    }
}
