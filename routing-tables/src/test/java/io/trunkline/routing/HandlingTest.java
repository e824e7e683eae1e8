package io.trunkline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HandlingTest {
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[64]);

    private String written(final int strip, final String prepend, final String digits) {
        final int length = new Handling(strip, prepend, SenderPolicy.KEEP)
                .destination(Digits.at3(digits), Digits.OFFSET, digits.length(), out, 5);
        return out.getStringWithoutLengthAscii(5, length);
    }

    @Test
    void digitsAreTakenOffTheFrontAndOthersPutBefore() {
        assertThat(written(0, "", "491711234567")).isEqualTo("491711234567");
        assertThat(written(2, "0", "491711234567")).isEqualTo("01711234567");
        assertThat(written(0, "7777", "49171")).isEqualTo("777749171");
        assertThat(written(5, "", "49171")).isEmpty();
        assertThat(written(6, "1", "49171")).isEqualTo("1");
    }

    @Test
    void aSenderIsReplacedAlwaysOrWhereItIsNoNumber() {
        assertThat(SenderPolicy.KEEP.replaces(true)).isFalse();
        assertThat(new SenderPolicy(SenderPolicy.Mode.REPLACE, "1234").replaces(false))
                .isTrue();
        final SenderPolicy numbersOnly = new SenderPolicy(SenderPolicy.Mode.REPLACE_ALPHANUMERIC, "1234");
        assertThat(numbersOnly.replaces(true)).isTrue();
        assertThat(numbersOnly.replaces(false)).isFalse();
    }

    @Test
    void whatNoCarrierCanWantIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Handling(19, "", SenderPolicy.KEEP));
        assertThatIllegalArgumentException().isThrownBy(() -> new Handling(0, "+49", SenderPolicy.KEEP));
        assertThatIllegalArgumentException().isThrownBy(() -> new SenderPolicy(SenderPolicy.Mode.REPLACE, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new SenderPolicy(SenderPolicy.Mode.KEEP, "x"));
    }
}
