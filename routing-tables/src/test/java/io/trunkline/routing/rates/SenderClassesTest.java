package io.trunkline.routing.rates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SenderClassesTest {
    private final SenderClasses classes = new SenderClasses(List.of(
            new SenderClasses.Named("toll-free", List.of("1800", "1888")),
            new SenderClasses.Named("long-code", List.of("1"))));

    @ParameterizedTest
    @CsvSource({
        "+18005551234,toll-free",
        "18885551234,toll-free",
        "12125551234,long-code",
        "447700900123,number",
        "+12345,long-code",
        "72345,short-code",
        "12345,short-code",
        "+72345,number",
        "ACME,alphanumeric",
        "+,alphanumeric",
        "'',''"
    })
    void theFirstClassThatFitsCounts(final String sender, final String name) {
        final byte[] octets = sender.getBytes(StandardCharsets.US_ASCII);
        assertThat(classes.name(classes.of(new UnsafeBuffer(octets), 0, octets.length)))
                .isEqualTo(name);
    }
}
