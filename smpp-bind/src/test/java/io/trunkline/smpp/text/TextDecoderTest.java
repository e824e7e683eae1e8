package io.trunkline.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDecoderTest {
    private static final TextProfile PACKED =
            TextProfile.builder().defaultAlphabet(DefaultAlphabet.GSM7_PACKED).build();
    private static final TextProfile LATIN1 =
            TextProfile.builder().defaultAlphabet(DefaultAlphabet.LATIN1).build();

    private final TextDecoder decoder = new TextDecoder();

    @ParameterizedTest
    @CsvSource({
        // SMPP's own numbers.
        "00, GSM7, 00, @",
        "01, GSM7, 40, @",
        "03, LATIN1, E9, é",
        "06, LATIN1, D0, а",
        "07, LATIN1, E0, א",
        "08, UCS2, 0436, ж",
        // Quirk 34, 3GPP TS 23.038: message class 0..3 of septets, octets and UCS-2, message waiting groups.
        "10, GSM7, 00, @",
        "11, GSM7, 00, @",
        "18, UCS2, 0436, ж",
        "19, UCS2, 0436, ж",
        "48, UCS2, 0436, ж",
        "C0, GSM7, 00, @",
        "D8, GSM7, 00, @",
        "E0, UCS2, 0436, ж",
        "F0, GSM7, 00, @",
        "F1, GSM7, 00, @",
        "F2, GSM7, 00, @",
        "F3, GSM7, 00, @",
        "80, GSM7, 00, @",
    })
    void quirk34_aDataCodingSaysWhatTheOctetsAre(
            final String dataCoding, final Encoding encoding, final String octets, final String text) {
        assertThat(decode(dataCoding, octets, TextProfile.DEFAULT)).isEqualTo(text);
        assertThat(decoder.encoding()).isEqualTo(encoding);
        assertThat(decoder.undecodable()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"02", "04", "05", "09", "0A", "0D", "0E", "14", "15", "24", "30", "F4", "F5", "F6", "F7"})
    void quirk34_whatIsNoTextStaysAsItIs(final String dataCoding) {
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[8]);
        final UnsafeBuffer src = new UnsafeBuffer(new byte[] {(byte) 0xFF, 0, 1});

        assertThat(decoder.decode(Integer.parseInt(dataCoding, 16), false, src, 0, 3, TextProfile.DEFAULT, dst, 2))
                .isEqualTo(3);
        assertThat(decoder.encoding()).isEqualTo(Encoding.BINARY);
        assertThat(dst.getByte(2)).isEqualTo((byte) 0xFF);
    }

    @Test
    void quirk34_dataCodingZeroIsTheCarriersAlphabet() {
        assertThat(decode("00", "E8329BFD06", PACKED)).isEqualTo("hello");
        assertThat(decode("F0", "E8329BFD06", PACKED)).isEqualTo("hello");
        assertThat(decode("00", "40E9", LATIN1)).isEqualTo("@é");
        assertThat(decoder.encoding()).isEqualTo(Encoding.LATIN1);
        assertThat(decode("00", "24", TextProfile.DEFAULT)).isEqualTo("¤");
        assertThat(decode(
                        "00",
                        "24",
                        TextProfile.builder()
                                .defaultAlphabet(DefaultAlphabet.ASCII)
                                .build()))
                .isEqualTo("$");
    }

    @Test
    void theCarriersOwnDataCodingsComeFirst() {
        final TextProfile profile = TextProfile.builder()
                .ucs2DataCoding(0x04)
                .latin1DataCoding(0x02)
                .build();
        assertThat(decode("04", "0436", profile)).isEqualTo("ж");
        assertThat(decode("02", "E9", profile)).isEqualTo("é");
    }

    @Test
    void everyOctetOfTheIsoAlphabetsReadsAsTheJdkDoes() {
        final String[][] alphabets = {{"03", "ISO-8859-1"}, {"06", "ISO-8859-5"}, {"07", "ISO-8859-8"}};
        for (final String[] alphabet : alphabets) {
            for (int octet = 0; octet < 256; octet++) {
                final byte[] bytes = {(byte) octet};
                assertThat(decode(alphabet[0], HexFormat.of().formatHex(bytes), TextProfile.DEFAULT))
                        .as("%s %02x", alphabet[1], octet)
                        .isEqualTo(new String(bytes, Charset.forName(alphabet[1])));
            }
        }
    }

    @Test
    void whatCannotBeReadIsReplacedAndCounted() {
        assertThat(decode("00", "41FF42", TextProfile.DEFAULT)).isEqualTo("A\ufffdB");
        assertThat(decoder.undecodable()).isEqualTo(1);
        assertThat(decode("00", "411B", TextProfile.DEFAULT)).isEqualTo("A\ufffd");
        assertThat(decode("01", "4180", TextProfile.DEFAULT)).isEqualTo("A\ufffd");
        assertThat(decode("08", "D83D0041", TextProfile.DEFAULT)).isEqualTo("\ufffdA");
        assertThat(decode("08", "DE00D83D", TextProfile.DEFAULT)).isEqualTo("\ufffd\ufffd");
        assertThat(decoder.undecodable()).isEqualTo(2);
        assertThat(decode("08", "00410042FF", TextProfile.DEFAULT)).isEqualTo("AB\ufffd");
    }

    @Test
    void anEscapeWithoutMeaningReadsAsTheCharacterOfTheMainTable() {
        assertThat(decode("00", "1B41", TextProfile.DEFAULT)).isEqualTo("A");
        assertThat(decode("00", "1B1B", TextProfile.DEFAULT)).isEqualTo(" ");
        assertThat(decode("00", "1B651B3C", TextProfile.DEFAULT)).isEqualTo("€[");
    }

    @Test
    void byteOrderMarksAreUnderstoodAndLeftOut() {
        assertThat(decode("08", "FEFF0041", TextProfile.DEFAULT)).isEqualTo("A");
        assertThat(decode("08", "FFFE410036 04", TextProfile.DEFAULT)).isEqualTo("Aж");
        assertThat(decode("08", "0041FEFF", TextProfile.DEFAULT)).isEqualTo("A\ufeff");
    }

    @Test
    void shiftsInTheHeaderSelectTheTables() {
        assertThat(decodeWithHeader("00", "06 240101 250101 07 1B 53", TextProfile.DEFAULT))
                .isEqualTo("ıŞ");
        assertThat(decodeWithHeader("00", "03 250103 18 60", TextProfile.DEFAULT))
                .isEqualTo("€~");
        assertThat(decodeWithHeader("00", "03 240106 1B 1D", TextProfile.DEFAULT))
                .isEqualTo("१");
        assertThat(decodeWithHeader("00", "03 25010C 04", TextProfile.DEFAULT)).isEqualTo("ఆ");
        // Reserved: the default tables.
        assertThat(decodeWithHeader("00", "03 25017F 04", TextProfile.DEFAULT)).isEqualTo("è");
    }

    @Test
    void quirk35_aHeaderThatIsNotConcatenationIsStrippedFromText() {
        assertThat(decodeWithHeader("00", "06 0504 1581 0000 41 42", TextProfile.DEFAULT))
                .isEqualTo("AB");
        assertThat(decoder.header().destinationPort()).isEqualTo(0x1581);
        assertThat(decodeWithHeader("08", "04 7002 AAAA 0436", TextProfile.DEFAULT))
                .isEqualTo("ж");
        assertThat(decoder.header().unknownElements()).isEqualTo(1);
    }

    @Test
    void quirk35_udhiOnATextThatHasNoHeaderLosesNothing() {
        assertThat(decodeWithHeader("00", "48 65 6C 6C 6F", TextProfile.DEFAULT))
                .isEqualTo("Hello");
    }

    @Test
    void quirk35_aClass2BinaryBodyKeepsItsOctets() {
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[8]);
        final byte[] body = HexFormat.of().parseHex("0605041581000000FF");
        assertThat(decoder.decode(0xF6, true, new UnsafeBuffer(body), 0, 9, TextProfile.DEFAULT, dst, 0))
                .isEqualTo(2);
        assertThat(dst.getByte(1)).isEqualTo((byte) 0xFF);
    }

    @Test
    void aSurrogatePairThatTheSenderCutInTwoComesTogether() {
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[64]);
        decoder.begin(dst, 0);
        append("0041D83D");
        append("DE000042");
        assertThat(string(dst, decoder.finish())).isEqualTo("A\ud83d\ude00B");
        assertThat(decoder.undecodable()).isZero();
    }

    private void append(final String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex);
        decoder.append(8, false, new UnsafeBuffer(bytes), 0, bytes.length, TextProfile.DEFAULT);
    }

    @Test
    void aTargetThatIsTooSmallCutsBetweenCharacters() {
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[4]);
        final byte[] bytes = HexFormat.of().parseHex("004104360436");
        assertThat(decoder.decode(8, false, new UnsafeBuffer(bytes), 0, 6, TextProfile.DEFAULT, dst, 0))
                .isEqualTo(3);
        assertThat(decoder.truncated()).isTrue();
    }

    private String decode(final String dataCoding, final String hex, final TextProfile profile) {
        return decode(dataCoding, hex, false, profile);
    }

    private String decodeWithHeader(final String dataCoding, final String hex, final TextProfile profile) {
        return decode(dataCoding, hex, true, profile);
    }

    private String decode(final String dataCoding, final String hex, final boolean header, final TextProfile profile) {
        final byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        final UnsafeBuffer src = new UnsafeBuffer(new byte[bytes.length + 3]);
        src.putBytes(3, bytes);
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[256]);
        final int length =
                decoder.decode(Integer.parseInt(dataCoding, 16), header, src, 3, bytes.length, profile, dst, 0);
        return string(dst, length);
    }

    private static String string(final UnsafeBuffer dst, final int length) {
        final byte[] bytes = new byte[length];
        dst.getBytes(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
