package io.trunkline.routing.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trunkline.routing.PackedNumber;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumberHashTest {
    @Test
    void aHashStandsForItsNumber() {
        final SplittableRandom random = Seeds.random(NumberHashTest.class);
        for (int digits = 1; digits <= PackedNumber.MAX_DIGITS; digits++) {
            final NumberHash hash = new NumberHash(digits);
            for (int i = 0; i < 10_000; i++) {
                final long number = PackedNumber.of(Digits.of(random, random.nextInt(1, digits + 1)));
                assertThat(hash.covers(number)).isTrue();
                assertThat(hash.of(number)).isBetween(0L, (1L << hash.bits()) - 1);
                assertThat(hash.number(hash.of(number))).isEqualTo(number);
            }
            assertThat(hash.covers(PackedNumber.of("9".repeat(digits)))).isTrue();
            assertThat(hash.covers(PackedNumber.of("0".repeat(digits + 1)))).isFalse();
        }
    }

    @Test
    void noTwoOfAMillionValuesHaveTheSameHash() {
        final NumberHash hash = new NumberHash(5);
        final Set<Long> seen = new HashSet<>();
        for (long value = 0; value < 1L << hash.bits(); value++) {
            assertThat(seen.add(hash.of(value))).isTrue();
        }
    }

    @Test
    void neighboursAreSpreadOverBucketsLikeDropsOfRain() {
        final NumberHash hash = new NumberHash(15);
        final int[] bucket = new int[1 << 16];
        for (long number = 0; number < 16L << 16; number++) {
            bucket[(int) (hash.of(1_447_700_000_000L + number) >>> (hash.bits() - 16))]++;
        }
        int most = 0;
        for (final int count : bucket) {
            most = Math.max(most, count);
        }
        // With 16 on average, more than 48 in one of 65,536 has a chance of about one in ten million.
        assertThat(most).isLessThan(48);
    }

    @Test
    void lengthsThatNoPackedNumberHasAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NumberHash(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new NumberHash(19));
    }

    @Test
    void aPackedNumberKnowsItsLength() {
        for (int digits = 0; digits <= PackedNumber.MAX_DIGITS; digits++) {
            assertThat(PackedNumber.length(PackedNumber.of("0".repeat(digits)))).isEqualTo(digits);
            assertThat(PackedNumber.length(PackedNumber.of("9".repeat(digits)))).isEqualTo(digits);
            assertThat(PackedNumber.length(PackedNumber.of("9".repeat(digits)) + 1))
                    .isEqualTo(-1);
            assertThat(PackedNumber.length(PackedNumber.of("0".repeat(digits)) - 1))
                    .isEqualTo(-1);
        }
        assertThat(PackedNumber.length(Long.MAX_VALUE)).isEqualTo(-1);
        assertThat(PackedNumber.length(Long.MIN_VALUE)).isEqualTo(-1);
    }
}
