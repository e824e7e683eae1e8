package io.trunkline.routing.rates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MicrosTest {
    @ParameterizedTest
    @CsvSource({"0,0", "1,1000000", "0.0075,7500", "0.000001,1", "999999.999999,999999999999", "00.50,500000"})
    void aRateIsReadExactly(final String text, final long micros) {
        assertThat(Micros.rate(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1.", ".5", "-1", "+1", "1e3", "0.0000001", "1000000", "1,5", "0x1", " 1", "1 "})
    void whatIsNoRateIsRefusedAndNeverRounded(final String text) {
        assertThat(Micros.rate(text)).isEqualTo(Micros.NONE);
    }

    @Test
    void anAmountMayBeBelowZero() {
        assertThat(Micros.amount("-12.5")).isEqualTo(-12_500_000);
        assertThat(Micros.text(-12_500_000)).isEqualTo("-12.500000");
        assertThat(Micros.amount("-")).isEqualTo(Micros.NONE);
    }

    @ParameterizedTest
    @CsvSource({"0,0.000000", "1,0.000001", "7500,0.007500", "123456789,123.456789", "-1,-0.000001"})
    void anAmountIsWrittenWithAllItsDecimals(final long micros, final String text) {
        assertThat(Micros.text(micros)).isEqualTo(text);
    }
}
