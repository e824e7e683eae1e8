package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.SipNumbers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as peers write them become E.164 digits, or are none. */
class NumberingTest {
    private final UnsafeBuffer digits = new UnsafeBuffer(new byte[Numbering.MAX_DIGITS + 1]);

    private String read(final SipNumbers config, final String text) {
        final UnsafeBuffer octets = new UnsafeBuffer(("<" + text + ">").getBytes(StandardCharsets.US_ASCII));
        final int length = new Numbering(config).read(octets, 1, octets.capacity() - 2, digits);
        return length == Numbering.NO_NUMBER ? "none" : digits.getStringWithoutLengthAscii(0, length);
    }

    private static SipNumbers numbers(
            final String prefix, final List<String> international, final String country, final String national) {
        return new SipNumbers(prefix, international, country, national, SipNumbers.Form.INTERNATIONAL);
    }

    @ParameterizedTest
    @CsvSource({
        "+34910000001, 34910000001",
        "0034910000001, 34910000001",
        "34910000001, 34910000001",
        "%2B34910000001, 34910000001",
        "+34-(910).000.001, 34910000001",
        "+34910000001;phone-context=+1;isub=1, 34910000001",
        "+123456789012345, 123456789012345",
        "+1234567890123456, none",
        "00, none",
        "+, none",
        "++34910000001, none",
        "000034910000001, none",
        "sales, none",
        "34 910, none",
        "%2x910, none",
        "00000000000000000000000000000000000000000000, none",
    })
    void withoutACountryNumbersAreWhole(final String written, final String read) {
        assertThat(read(numbers("+", List.of("+", "00"), "", ""), written)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "02071838750, 442071838750",
        "2071838750, 442071838750",
        "+34910000001, 34910000001",
        "0034910000001, 34910000001",
        "0, none",
        "01234567890123456, none",
    })
    void withACountryNationalOnesAreCompleted(final String written, final String read) {
        assertThat(read(numbers("+", List.of("+", "00"), "44", "0"), written)).isEqualTo(read);
    }

    /** In Germany, in the United States, and in Denmark, where national numbers have no prefix. */
    @ParameterizedTest
    @CsvSource({
        "00, 49, 0, 493012345678, 03012345678",
        "00, 49, 0, 442071838750, 00442071838750",
        "00, 49, 0, 49, 0049",
        "011, 1, 1, 12155551212, 12155551212",
        "011, 1, 1, 442071838750, 011442071838750",
        "00, 45, '', 4533123456, 33123456",
    })
    void numbersOfTheCountryAreWrittenAsTheyAreDialledThere(
            final String prefix, final String country, final String national, final String e164, final String written) {
        final Numbering numbering =
                new Numbering(new SipNumbers(prefix, List.of(prefix), country, national, SipNumbers.Form.NATIONAL));
        final StringBuilder out = new StringBuilder("<");
        numbering.write(new UnsafeBuffer(e164.getBytes(StandardCharsets.US_ASCII)), e164.length(), out);

        assertThat(out.toString()).isEqualTo("<" + written);
        assertThat(read(numbers(prefix, List.of(prefix), country, national), written))
                .as("and read again")
                .isEqualTo(e164);
    }

    @Test
    void nothingIsNoNumber() {
        assertThat(read(numbers("+", List.of("+"), "44", ""), "")).isEqualTo("none");
    }

    @Test
    void aPrefixSetKnowsZerosAndLengths() {
        final PrefixSet set = new PrefixSet(List.of("881", "00", "5"));
        final UnsafeBuffer number = new UnsafeBuffer("8812345".getBytes(StandardCharsets.US_ASCII));
        assertThat(set.hasPrefixOf(number, 0, 7)).isTrue();
        assertThat(set.hasPrefixOf(number, 0, 2)).isFalse();
        assertThat(set.hasPrefixOf(number, 6, 1)).isTrue();
        assertThat(set.hasPrefixOf(number, 1, 5)).isFalse();
        assertThat(new PrefixSet(List.of()).hasPrefixOf(number, 0, 7)).isFalse();
    }

    @Test
    void sendersAreExactOrBeginnings() {
        final UnsafeBuffer number = new UnsafeBuffer("34910000001".getBytes(StandardCharsets.US_ASCII));
        assertThat(new Senders(List.of("3491*")).allow(number, 11)).isTrue();
        assertThat(new Senders(List.of("+34910000001")).allow(number, 11)).isTrue();
        assertThat(new Senders(List.of("3491000000", "NEWS")).allow(number, 11)).isFalse();
        assertThat(new Senders(List.of("3491*")).allow(number, 0)).isFalse();
        assertThat(new Senders(List.of("NEWS", "*")).allow(number, 0)).isTrue();
    }
}
