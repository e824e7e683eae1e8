package io.trunkline.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDataHeaderTest {
    @Test
    void bothKindsOfConcatenationAreRead() {
        final UserDataHeader narrow = parse("050003CC0201 41");
        assertThat(narrow.octets()).isEqualTo(6);
        assertThat(narrow.concatenated()).isTrue();
        assertThat(narrow.reference()).isEqualTo(0xCC);
        assertThat(narrow.wideReference()).isFalse();
        assertThat(narrow.total()).isEqualTo(2);
        assertThat(narrow.part()).isEqualTo(1);

        final UserDataHeader wide = parse("060804FEDC FF FF");
        assertThat(wide.reference()).isEqualTo(0xFEDC);
        assertThat(wide.wideReference()).isTrue();
        assertThat(wide.total()).isEqualTo(255);
        assertThat(wide.part()).isEqualTo(255);
    }

    @Test
    void elementsMayComeInAnyOrderWithUnknownOnesBetween() {
        final UserDataHeader header = parse("13 050400500051 7001AA 0003070302 240101 0A00");
        assertThat(header.wellFormed()).isTrue();
        assertThat(header.destinationPort()).isEqualTo(0x50);
        assertThat(header.sourcePort()).isEqualTo(0x51);
        assertThat(header.part()).isEqualTo(2);
        assertThat(header.single()).isEqualTo(NationalLanguage.TURKISH);
        assertThat(header.unknownElements()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"050003CC0001", "050003CC0200", "050003CC0203", "0608040001 00 01", "060804000102 03"})
    void aPartNumberThatMakesNoSenseIsIgnored(final String hex) {
        final UserDataHeader header = parse(hex);
        assertThat(header.concatenated()).isFalse();
        assertThat(header.concatenationPresent()).isTrue();
        assertThat(header.wellFormed()).isTrue();
    }

    @Test
    void ofElementsThatRepeatTheLastCounts() {
        final UserDataHeader header = parse("0A 0003010201 0003020302");
        assertThat(header.reference()).isEqualTo(2);
        assertThat(header.total()).isEqualTo(3);
        assertThat(parse("0B 0003010201 080411110202").reference()).isEqualTo(0x1111);
    }

    @ParameterizedTest
    @ValueSource(strings = {"050004CC0201", "0500", "02000300", "0100", "0300050102"})
    void aHeaderThatDoesNotFitHasNoElements(final String hex) {
        final UserDataHeader header = parse(hex);
        assertThat(header.wellFormed()).isFalse();
        assertThat(header.concatenated()).isFalse();
        assertThat(header.locking()).isEqualTo(NationalLanguage.DEFAULT);
        assertThat(header.octets()).isLessThanOrEqualTo(hex.length() / 2);
    }

    @Test
    void elementsBeforeTheOneThatDoesNotFitAreIgnoredAsWell() {
        final UserDataHeader header = parse("08 0003CC0201 2405 01 41");
        assertThat(header.octets()).isEqualTo(9);
        assertThat(header.wellFormed()).isFalse();
        assertThat(header.concatenated()).isFalse();
    }

    @Test
    void aHeaderLongerThanItsMessageIsNone() {
        assertThat(parse("48656C6C6F").octets()).isZero();
        assertThat(parse("").octets()).isZero();
        assertThat(parse("00 41").octets()).isEqualTo(1);
        assertThat(parse("00 41").wellFormed()).isTrue();
    }

    private static UserDataHeader parse(final String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new UserDataHeader().parse(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
