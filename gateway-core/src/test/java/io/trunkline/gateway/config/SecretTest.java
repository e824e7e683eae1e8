package io.trunkline.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    private final Secret secret = Secret.of("${env:TOKEN}", "hunter2");

    @Test
    void printsAsStarsWhereverItIsPrinted() {
        assertThat(secret).hasToString("***");
        assertThat(String.valueOf(new Tenant.Smpp(
                        "esme", java.util.List.of(secret), 1, 1, MessageProfile.Alphabet.GSM7, Tenant.Throttle.ANSWER)))
                .contains("***")
                .doesNotContain("hunter2");
    }

    @Test
    void matchesTheValueAndNothingElse() {
        assertThat(secret.matches("hunter2".getBytes(UTF_8))).isTrue();
        assertThat(secret.matches("hunter".getBytes(UTF_8))).isFalse();
        assertThat(secret.matches("hunter22".getBytes(UTF_8))).isFalse();
        assertThat(secret.matches(new byte[0])).isFalse();
    }
}
