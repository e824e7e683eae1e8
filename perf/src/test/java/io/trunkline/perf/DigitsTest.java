package io.trunkline.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
    private static long eight(final String text) {
        return Digits.eight(
                new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII)).getLong(0, ByteOrder.LITTLE_ENDIAN));
    }

    @Test
    void readsEightDigitsAtOnce() {
        final SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            final int number = random.nextInt(100_000_000);
            assertThat(eight(String.format("%08d", number))).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567:", "/2345678", "1234 678", "abcdefgh", "1234567?", "0000000A"})
    void findsWhatIsNoDigit(final String text) {
        assertThat(eight(text)).isEqualTo(-1);
    }
}
