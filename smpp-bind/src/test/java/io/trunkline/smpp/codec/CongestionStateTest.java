package io.trunkline.smpp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trunkline.smpp.codec.CongestionState.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CongestionStateTest {
    @ParameterizedTest
    @CsvSource({
        "0,IDLE",
        "1,LOW",
        "29,LOW",
        "30,MEDIUM",
        "49,MEDIUM",
        "50,HIGH",
        "79,HIGH",
        "80,OPTIMUM",
        "89,OPTIMUM",
        "90,NEARING",
        "99,NEARING",
        "100,CONGESTED"
    })
    void eachStateFallsIntoItsRange(final int state, final Level level) {
        assertThat(CongestionState.level(state)).isEqualTo(level);
    }

    @Test
    void whatIsNoPercentageHasNoRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> CongestionState.level(CongestionState.ABSENT));
        assertThatIllegalArgumentException().isThrownBy(() -> CongestionState.level(101));
    }
}
