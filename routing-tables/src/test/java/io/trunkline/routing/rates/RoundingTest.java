package io.trunkline.routing.rates;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.routing.rates.Rounding.Mode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RoundingTest {
    @ParameterizedTest
    @CsvSource({
        "HALF_UP,2,25000,10,0",
        "HALF_UP,2,50000,10,10000",
        "HALF_EVEN,2,50000,10,0",
        "HALF_EVEN,2,150000,10,20000",
        "UP,2,1,10,10000",
        "DOWN,2,99999,10,0",
        "HALF_UP,6,5,10,1",
        "HALF_UP,0,4999999,10,0",
        "HALF_UP,0,5000000,10,1000000"
    })
    void halvesGoWhereTheModeSays(
            final Mode mode, final int decimals, final long numerator, final long denominator, final long expected) {
        assertThat(new Rounding(mode, decimals).divide(numerator, denominator)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void agreesWithBigDecimal(final Mode mode) {
        final long seed = System.nanoTime();
        System.out.println("RoundingTest: seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            final int decimals = random.nextInt(7);
            final long numerator = random.nextLong(0, 1L << random.nextInt(1, 62));
            final long denominator = random.nextLong(1, 100_000);
            final BigDecimal exact = BigDecimal.valueOf(numerator)
                    .divide(BigDecimal.valueOf(denominator).movePointRight(6), 30, RoundingMode.DOWN);
            // The quotient by division may end in a tail that a whole number does not show; ask for it exactly instead.
            final BigDecimal[] parts = BigDecimal.valueOf(numerator)
                    .movePointRight(decimals)
                    .divideAndRemainder(BigDecimal.valueOf(denominator).movePointRight(6));
            final BigDecimal step = BigDecimal.ONE.movePointLeft(decimals);
            final boolean up =
                    roundsUp(mode, parts, BigDecimal.valueOf(denominator).movePointRight(6));
            final BigDecimal expected =
                    parts[0].add(up ? BigDecimal.ONE : BigDecimal.ZERO).multiply(step);
            assertThat(new Rounding(mode, decimals).divide(numerator, denominator))
                    .as("%s of %s at %s decimals, near %s", mode, numerator, decimals, exact)
                    .isEqualTo(expected.movePointRight(6).longValueExact());
        }
    }

    private static boolean roundsUp(final Mode mode, final BigDecimal[] parts, final BigDecimal divisor) {
        final int half = parts[1].multiply(BigDecimal.valueOf(2)).compareTo(divisor);
        return switch (mode) {
            case UP -> parts[1].signum() > 0;
            case DOWN -> false;
            case HALF_UP -> half >= 0;
            case HALF_EVEN -> half > 0 || (half == 0 && parts[0].toBigInteger().testBit(0));
        };
    }

    @Test
    void theWordOfAModeIsThatOfTheConfiguration() {
        assertThat(Mode.HALF_EVEN).hasToString("half-even");
    }
}
