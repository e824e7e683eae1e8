package io.trunkline.routing.networks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MccMncTest {
    @ParameterizedTest
    @ValueSource(strings = {"234-15", "310-260", "001-01", "001-001", "999-999", "262-00"})
    void aCodeIsTheSameAfterwards(final String code) {
        assertThat(MccMnc.text(MccMnc.of(code))).isEqualTo(code);
        assertThat(MccMnc.of(code.replace("-", ""))).isEqualTo(MccMnc.of(code));
        assertThat(MccMnc.isNetwork(MccMnc.of(code))).isTrue();
    }

    @Test
    void twoDigitsAreNotThree() {
        assertThat(MccMnc.of("310-01")).isNotEqualTo(MccMnc.of("310-001"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2", "234", "2341", "234-1", "234-1234", "000-01", "23-415", "a34-15", "234-1x", "-234-15"})
    void whatIsNoCodeIsUnknown(final String code) {
        assertThat(MccMnc.of(code)).isEqualTo(MccMnc.UNKNOWN);
    }

    @Test
    void unknownIsAValueWithAName() {
        assertThat(MccMnc.text(MccMnc.UNKNOWN)).isEqualTo("unknown");
        assertThat(MccMnc.isNetwork(MccMnc.UNKNOWN)).isFalse();
        assertThat(MccMnc.isNetwork(-1)).isFalse();
        assertThat(MccMnc.isNetwork(Integer.MAX_VALUE)).isFalse();
    }
}
