package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.Routing.NumberRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a destination; the octets of a submit and the text of `explain` are read the same way. */
class AddressesTest {
    private static final NumberRules RULES =
            new NumberRules(List.of("+", "0", "00"), 7, 12, Optional.empty(), Optional.empty());

    private static Optional<String> digits(final String destination) {
        final Addresses addresses = new Addresses();
        final UnsafeBuffer buffer = new UnsafeBuffer(("xx" + destination).getBytes(StandardCharsets.UTF_8));
        final int length = buffer.capacity() - 2;
        final Optional<String> digits = addresses.destination(buffer, 2, length, RULES)
                ? Optional.of(buffer.getStringWithoutLengthAscii(addresses.digitsOffset(), addresses.digitsLength()))
                : Optional.empty();
        assertThat(digits).isEqualTo(RULES.digits(destination));
        return digits;
    }

    @ParameterizedTest
    @CsvSource({"34600000001,34600000001", "+34600000001,34600000001", "0034600000001,34600000001", "01234567,1234567"})
    void aDestinationLosesItsInternationalPrefixTheLongestOneFirst(final String destination, final String expected) {
        assertThat(digits(destination)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "00",
                "123456",
                "1234567890123",
                "+0034600000001",
                "34600x00001",
                "++3460000000",
                "0003460000"
            })
    void anythingElseIsNone(final String destination) {
        assertThat(digits(destination)).isEmpty();
    }

    @Test
    void withoutPrefixesOnlyDigitsAreTaken() {
        final Addresses addresses = new Addresses();
        final UnsafeBuffer buffer = new UnsafeBuffer("+34600000001".getBytes(StandardCharsets.US_ASCII));
        final NumberRules none = new NumberRules(List.of(), 5, 15, Optional.empty(), Optional.empty());
        assertThat(addresses.destination(buffer, 0, 12, none)).isFalse();
        assertThat(addresses.destination(buffer, 1, 11, none)).isTrue();
    }
}
