package io.trunkline.routing.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trunkline.routing.PackedNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberFileTest {
    private static final NumberFileBuilder.Duplicates NO_DUPLICATES = (number, kept, dropped) -> {
        throw new AssertionError("twice: " + PackedNumber.digits(number));
    };

    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("numbers");
    }

    private NumberFile build(final Map<Long, Long> numbers, final int maxDigits) throws IOException {
        try (NumberFileBuilder builder =
                new NumberFileBuilder(path(), NumberContent.OWNERS, maxDigits, NO_DUPLICATES)) {
            for (final Map.Entry<Long, Long> entry : numbers.entrySet()) {
                builder.add(entry.getKey(), entry.getValue());
            }
            assertThat(builder.build()).isEqualTo(numbers.size());
        }
        return NumberFile.open(path(), NumberContent.OWNERS);
    }

    private static long number(final String digits) {
        return PackedNumber.of(digits);
    }

    @Test
    void aNumberHasItsValueAndItsNeighboursHaveNone() throws IOException {
        final long acme = NumberOwner.of(5, NumberOwner.Capability.MESSAGE, NumberOwner.Capability.CALL);
        final long globex = NumberOwner.of(Integer.MAX_VALUE, NumberOwner.Capability.CALL);
        final NumberFile file =
                build(Map.of(number("447700900123"), acme, number("012345"), globex, number("12345"), acme), 15);

        assertThat(file.size()).isEqualTo(3);
        assertThat(NumberOwner.tenant(file.value(number("447700900123")))).isEqualTo(5);
        assertThat(NumberOwner.tenant(file.value(number("012345")))).isEqualTo(Integer.MAX_VALUE);
        assertThat(NumberOwner.can(file.value(number("012345")), NumberOwner.Capability.CALL))
                .isTrue();
        assertThat(NumberOwner.can(file.value(number("012345")), NumberOwner.Capability.MESSAGE))
                .isFalse();
        for (final String other : List.of("447700900124", "44770090012", "0012345", "2345", "9".repeat(18), "")) {
            assertThat(file.value(number(other))).isEqualTo(NumberFile.NONE);
        }
        assertThat(file.value(-1)).isEqualTo(NumberFile.NONE);
        assertThat(file.value(Long.MAX_VALUE)).isEqualTo(NumberFile.NONE);

        final UnsafeBuffer text = new UnsafeBuffer("+12345 ACME".getBytes(StandardCharsets.US_ASCII));
        assertThat(file.value(text, 1, 5)).isEqualTo(acme);
        assertThat(file.value(text, 0, 6)).isEqualTo(NumberFile.NONE);
        assertThat(file.value(text, 7, 4)).isEqualTo(NumberFile.NONE);
    }

    @Test
    void aFileOfNoNumbersKnowsNone() throws IOException {
        final NumberFile file = build(Map.of(), 15);
        assertThat(file.size()).isZero();
        assertThat(file.value(number("447700900123"))).isEqualTo(NumberFile.NONE);
        assertThat(file.cursor().next()).isFalse();
    }

    @Test
    void answersLikeAMapWhateverTheLengthsAndValues() throws IOException {
        final SplittableRandom random = Seeds.random(NumberFileTest.class);
        for (final int maxDigits : new int[] {9, 15, 18}) {
            for (final int values : new int[] {1, 1000, 1 << 17}) {
                final Map<Long, Long> expected = new HashMap<>();
                for (int i = 0; i < 10_000; i++) {
                    expected.put(anyNumber(random, i, maxDigits), 1 + random.nextLong(values));
                }
                final NumberFile file = build(expected, maxDigits);
                assertThat(file.bytes()).isEqualTo(Files.size(path()));
                expected.forEach(
                        (number, value) -> assertThat(file.value(number)).isEqualTo(value));
                for (int i = 0; i < 20_000; i++) {
                    final long number = anyNumber(random, i, PackedNumber.MAX_DIGITS);
                    assertThat(file.value(number)).isEqualTo(expected.getOrDefault(number, NumberFile.NONE));
                }
                final Map<Long, Long> walked = new HashMap<>();
                final NumberFile.Cursor cursor = file.cursor();
                while (cursor.next()) {
                    assertThat(walked.put(cursor.number(), cursor.value())).isNull();
                }
                assertThat(walked).isEqualTo(expected);
            }
        }
    }

    /** Blocks of neighbours, as numbers are given out, and numbers from anywhere. */
    private static long anyNumber(final SplittableRandom random, final int i, final int maxDigits) {
        return (i & 1) == 0
                ? number(Integer.toString(447_700_000 + i))
                : number(Digits.of(random, random.nextInt(1, maxDigits + 1)));
    }

    @Test
    void numbersThatDoNotFitIntoMemoryAtOnceAreAllThere() throws IOException {
        final int count = 2_000_000;
        try (NumberFileBuilder builder = new NumberFileBuilder(path(), NumberContent.NETWORKS, NO_DUPLICATES)) {
            for (long i = 0; i < count; i++) {
                builder.add(spread(i), 1 + i % 777);
            }
            // The spill, which is in use with so many, had its name taken away at once: no crash leaves it behind.
            assertThat(directory.toFile().list()).isEmpty();
            assertThat(builder.build()).isEqualTo(count);
        }
        final NumberFile file = NumberFile.open(path(), NumberContent.NETWORKS);
        for (long i = 0; i < count; i++) {
            if (file.value(spread(i)) != 1 + i % 777 || file.value(spread(i + count)) != NumberFile.NONE) {
                throw new AssertionError("wrong at " + i);
            }
        }
        assertThat(file.bytes()).isLessThan(count * 7L);
        assertThat(directory.toFile().list()).containsExactly("numbers");
    }

    /** Different for every i below 9,999,999,967, which is prime. */
    private static long spread(final long i) {
        return 440_000_000_000L + 1_000_000_000_000L + i * 123_456_789 % 9_999_999_967L;
    }

    @Test
    void theFirstValueOfANumberStaysAndTheOthersAreTold() throws IOException {
        final List<String> told = new ArrayList<>();
        try (NumberFileBuilder builder = new NumberFileBuilder(
                path(),
                NumberContent.OWNERS,
                (number, kept, dropped) -> told.add(PackedNumber.digits(number) + " " + kept + " " + dropped))) {
            builder.add(number("4477"), 7);
            builder.add(number("4478"), 8);
            builder.add(number("4477"), 9);
            builder.add(number("4477"), 7);
            assertThat(builder.build()).isEqualTo(2);
        }
        assertThat(told).containsExactly("4477 7 9", "4477 7 7");
        assertThat(NumberFile.open(path(), NumberContent.OWNERS).value(number("4477")))
                .isEqualTo(7);
    }

    @Test
    void whatIsNoNumberOrNoValueIsRefused() throws IOException {
        try (NumberFileBuilder builder = new NumberFileBuilder(path(), NumberContent.OWNERS, NO_DUPLICATES)) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.add(PackedNumber.NONE, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.add(number(""), 1));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.add(2_000, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.add(number("1".repeat(16)), 1));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.add(number("44"), 0));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.add(number("44"), -5));
            assertThat(builder.build()).isZero();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NumberFileBuilder(path(), NumberContent.OWNERS, 8, NO_DUPLICATES));
    }

    @Test
    void aFileInUseAnswersAsBeforeWhenAnotherTakesItsName() throws IOException {
        final NumberFile before = build(Map.of(number("4477"), 7L), 15);
        final NumberFile after = build(Map.of(number("4478"), 8L), 15);
        assertThat(before.value(number("4477"))).isEqualTo(7);
        assertThat(before.value(number("4478"))).isEqualTo(NumberFile.NONE);
        assertThat(after.value(number("4477"))).isEqualTo(NumberFile.NONE);
        assertThat(after.value(number("4478"))).isEqualTo(8);
    }
}
