package io.trunkline.routing.rates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallTermsTest {
    @ParameterizedTest
    @CsvSource({
        // By the minute.
        "60,60,0,1000,60",
        "60,60,0,60000,60",
        "60,60,0,60001,120",
        "60,60,0,80000,120",
        // At least half a minute, then by six seconds.
        "30,6,0,10000,30",
        "30,6,0,30000,30",
        "30,6,0,31000,36",
        "30,6,0,36000,36",
        "30,6,0,36001,42",
        "6,6,0,1,6",
        "6,6,0,6001,12",
        "1,1,0,1,1",
        "1,1,0,999,1",
        "1,1,0,1001,2",
        // An answered call of no length counts as a second, one that was not answered as nothing.
        "1,1,0,0,1",
        "60,60,0,-1,0",
        // Free seconds are taken off first.
        "1,1,3,3000,0",
        "1,1,3,3001,1",
        "60,60,5,65000,60",
        "60,60,5,65001,120"
    })
    void secondsAreCounted(
            final int initial, final int increment, final int free, final long durationMs, final long billed) {
        assertThat(new CallTerms(0, free, initial, increment).billedSeconds(durationMs))
                .isEqualTo(billed);
    }

    @Test
    void theRateIsForAMinuteAndTheResultIsRoundedOnce() {
        // 0.01 a minute, 31 s as 36: 0.006
        assertThat(new CallTerms(0, 0, 30, 6).charge(10_000, 31_000, Rounding.EXACT))
                .isEqualTo(6_000);
        // 0.01 a minute, 1 s: 0.000166666…
        assertThat(CallTerms.PER_SECOND.charge(10_000, 1_000, Rounding.EXACT)).isEqualTo(167);
        assertThat(CallTerms.PER_SECOND.charge(10_000, 1_000, new Rounding(Rounding.Mode.UP, 4)))
                .isEqualTo(200);
        assertThat(CallTerms.PER_SECOND.charge(10_000, 1_000, new Rounding(Rounding.Mode.DOWN, 4)))
                .isEqualTo(100);
    }

    @Test
    void theConnectFeeIsOwedOnceForACallThatIsChargedAtAll() {
        final CallTerms terms = new CallTerms(50_000, 2, 1, 1);
        assertThat(terms.charge(60_000, 1_500, Rounding.EXACT)).isZero();
        assertThat(terms.charge(60_000, -1, Rounding.EXACT)).isZero();
        assertThat(terms.charge(60_000, 12_000, Rounding.EXACT)).isEqualTo(50_000 + 10_000);
    }

    @Test
    void aWeekAtTheHighestRateIsStillALong() {
        final long weekMs = 7L * 24 * 3600 * 1000;
        assertThat(CallTerms.PER_SECOND.charge(999_999_999_999L, weekMs, Rounding.EXACT))
                .isEqualTo(10_079_999_999_989_920L);
    }
}
