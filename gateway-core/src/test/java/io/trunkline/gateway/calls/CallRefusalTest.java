package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.engine.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers hear of reasons that have numbers. */
class CallRefusalTest {
    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {
                "NO_ROUTE",
                "INVALID_DESTINATION",
                "SENDER_NOT_ALLOWED",
                "DESTINATION_NOT_PERMITTED",
                "BLOCKED",
                "CREDIT_USED_UP",
                "OVER_PRICE_CAP",
                "BELOW_MARGIN",
                "REFUSED_BY_RULE"
            })
    void nobodyIsToldToComeAgainWhereThatIsOfNoUse(final ErrorCode error) {
        assertThat(error.retryable()).isFalse();
        assertThat(CallRefusal.status(error)).isIn(403, 404, 484);
        assertThat(CallRefusal.ofMessage(error)).isIn(403, 404, 484);
    }

    @Test
    void whoIsOverALimitMayComeAgain() {
        assertThat(CallRefusal.status(ErrorCode.OVER_RATE)).isEqualTo(503);
        assertThat(CallRefusal.headers(503)).isEqualTo("Retry-After: 1\r\n");
    }
}
