package io.trunkline.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingChoiceTest {
    private static final TextProfile SMART =
            TextProfile.builder().smartReplacement(true).build();

    @Test
    void whatTheDefaultAlphabetSaysGoesInIt() {
        final SegmentPlan plan = Texts.planned("Hello \u00e9\u00df\u03a9 {\u20ac}", TextProfile.DEFAULT);

        assertThat(plan.encoding()).isEqualTo(Encoding.GSM7);
        assertThat(plan.dataCoding()).isZero();
        assertThat(plan.esmClass()).isZero();
        assertThat(Texts.segment(plan, 0))
                .containsExactly('H', 'e', 'l', 'l', 'o', ' ', 5, 30, 21, ' ', 27, 40, 27, 101, 27, 41);
    }

    @Test
    void aCharacterOutsideOfItMakesTheTextUcs2() {
        final SegmentPlan plan = Texts.planned("A\u00e1\ud83d\ude00", TextProfile.DEFAULT);

        assertThat(plan.encoding()).isEqualTo(Encoding.UCS2);
        assertThat(plan.dataCoding()).isEqualTo(8);
        assertThat(Texts.segment(plan, 0)).containsExactly(0, 'A', 0, 0xE1, 0xD8, 0x3D, 0xDE, 0x00);
    }

    @Test
    void latin1ComesBeforeUcs2WhereItIsAllowed() {
        final TextProfile profile =
                TextProfile.builder().latin1(true).latin1DataCoding(3).build();
        final SegmentPlan plan = Texts.planned("\u00e1".repeat(140), profile);

        assertThat(plan.encoding()).isEqualTo(Encoding.LATIN1);
        assertThat(plan.dataCoding()).isEqualTo(3);
        assertThat(plan.segments()).isEqualTo(1);
        assertThat(Texts.planned("\u00e1\u0151", profile).encoding()).isEqualTo(Encoding.UCS2);
        assertThat(Texts.planned("abc", profile).encoding()).isEqualTo(Encoding.GSM7);
    }

    @Test
    void latin1IsTakenForManyEscapesWhereItSavesASegment() {
        final TextProfile profile = TextProfile.builder().latin1(true).build();

        assertThat(Texts.planned("{".repeat(80), profile).encoding()).isEqualTo(Encoding.GSM7);
        assertThat(Texts.planned("{".repeat(81), profile).encoding()).isEqualTo(Encoding.LATIN1);
    }

    @Test
    void aLatin1DefaultAlphabetIsDataCodingZero() {
        final TextProfile profile =
                TextProfile.builder().defaultAlphabet(DefaultAlphabet.LATIN1).build();
        final SegmentPlan plan = Texts.planned("@\u00e1", profile);

        assertThat(plan.encoding()).isEqualTo(Encoding.LATIN1);
        assertThat(plan.dataCoding()).isZero();
        assertThat(Texts.segment(plan, 0)).containsExactly('@', 0xE1);
    }

    @Test
    void dataCodingsAreTheCarriers() {
        final TextProfile profile = TextProfile.builder()
                .gsm7DataCoding(0xF1)
                .ucs2DataCoding(0x18)
                .latin1(true)
                .latin1DataCoding(0xC3)
                .build();

        assertThat(Texts.planned("a", profile).dataCoding()).isEqualTo(0xF1);
        assertThat(Texts.planned("\u0436", profile).dataCoding()).isEqualTo(0x18);
        assertThat(Texts.planned("\u00e1", profile).dataCoding()).isEqualTo(0xC3);
    }

    @Test
    void nationalTablesAreTakenOnlyWhereTheySaveASegment() {
        final TextProfile profile = TextProfile.builder()
                .nationalLanguages(List.of(NationalLanguage.TURKISH, NationalLanguage.HINDI))
                .build();

        assertThat(Texts.planned("\u015f".repeat(70), profile).encoding()).isEqualTo(Encoding.UCS2);
        final SegmentPlan turkish = Texts.planned("\u015f".repeat(71), profile);
        assertThat(turkish.encoding()).isEqualTo(Encoding.GSM7);
        assertThat(Texts.segment(turkish, 0)).startsWith(3, 0x24, 1, 1, 0x1B, 0x73);
        final SegmentPlan locked = Texts.planned("\u015f".repeat(100), profile);
        assertThat(locked.segments()).isEqualTo(1);
        assertThat(Texts.segment(locked, 0)).startsWith(3, 0x25, 1, 1, 0x1D);
        final SegmentPlan hindi = Texts.planned("\u0928\u092e\u0938\u094d\u0924\u0947 ".repeat(15), profile);
        assertThat(Texts.segment(hindi, 0)).startsWith(3, 0x25, 1, 6, 0x2F, 0x42);
        assertThat(Texts.planned("\u4e2d".repeat(100), profile).encoding()).isEqualTo(Encoding.UCS2);
    }

    @Test
    void lookAlikesAreReplacedWhereThatSavesSegments() {
        final String text = "\u201cQuoted\u201d \u2013 it\u2019s\u00a0\u2026 na\u00efve" + "x".repeat(60);
        final SegmentPlan plan = Texts.planned(text, SMART);

        assertThat(plan.encoding()).isEqualTo(Encoding.GSM7);
        assertThat(plan.segments()).isEqualTo(1);
        assertThat(plan.replaced()).isEqualTo(7);
        assertThat(plan.body().getStringWithoutLengthAscii(0, 29)).isEqualTo("\"Quoted\" - it's ... naivexxxx");
        assertThat(Texts.planned(text, TextProfile.DEFAULT).encoding()).isEqualTo(Encoding.UCS2);
    }

    @Test
    void nothingIsReplacedWhereNothingIsSaved() {
        final SegmentPlan plan = Texts.planned("it\u2019s", SMART);

        assertThat(plan.encoding()).isEqualTo(Encoding.UCS2);
        assertThat(plan.replaced()).isZero();
        assertThat(Texts.planned("it\u2019s \u4e2d".repeat(30), SMART).replaced())
                .isZero();
    }

    @Test
    void noReplacementTouchesOrMakesADigit() {
        int replacements = 0;
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            final byte[] replacement = SmartReplacement.of(c);
            if (replacement != null) {
                replacements++;
                final int type = Character.getType(c);
                assertThat(type)
                        .as("U+%04X", c)
                        .isNotIn((int) Character.DECIMAL_DIGIT_NUMBER, (int) Character.LETTER_NUMBER, (int)
                                Character.OTHER_NUMBER);
                for (final byte b : replacement) {
                    assertThat(Character.isDigit(b)).as("U+%04X", c).isFalse();
                    assertThat(Gsm7Alphabet.DEFAULT.encode(b)).as("U+%04X", c).isNotNegative();
                }
            }
        }
        assertThat(replacements).isGreaterThan(500);
    }

    @Test
    void whatIsEmptyIsSaidSo() {
        assertThat(Texts.plan("", TextProfile.DEFAULT, new SegmentPlan())).isEqualTo(PlanResult.EMPTY);
    }

    @Test
    void aTextOfInvisibleCharactersIsNotReplacedAway() {
        final SegmentPlan plan = Texts.planned("\u200b".repeat(100), SMART);
        assertThat(plan.encoding()).isEqualTo(Encoding.UCS2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff",
                "c3",
                "c328",
                "a0",
                "c0af",
                "e080af",
                "f08080af",
                "eda080",
                "edbfbf",
                "eda081edb080",
                "f4908080",
                "f5808080",
                "e282",
                "f09f98",
                "61c3",
                "e28261",
                "d0b6ff"
            })
    void whatIsNotUtf8IsRefused(final String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex);
        final byte[] after = new byte[bytes.length + 10];
        System.arraycopy(bytes, 0, after, 10, bytes.length);

        for (final DefaultAlphabet alphabet : DefaultAlphabet.values()) {
            final TextProfile profile = TextProfile.builder()
                    .defaultAlphabet(alphabet)
                    .latin1(true)
                    .smartReplacement(true)
                    .build();
            assertThat(new Segmenter().plan(new UnsafeBuffer(after), 10, bytes.length, profile, new SegmentPlan()))
                    .isEqualTo(PlanResult.INVALID_UTF8);
        }
    }

    @Test
    void strictUtf8AgreesWithTheJdkForEveryCodePoint() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8]);
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                final byte[] expected = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                final int length = Utf8.put(buffer, 0, c);
                final int plain = Utf8.plainUnit(buffer, 0, length);
                if (length != expected.length
                        || Utf8.codePoint(buffer, 0, length) != c
                        || (plain != Utf8.INVALID && plain != c)) {
                    throw new AssertionError(Integer.toHexString(c));
                }
                for (int i = 0; i < length; i++) {
                    if (buffer.getByte(i) != expected[i]) {
                        throw new AssertionError(Integer.toHexString(c));
                    }
                }
            }
        }
    }
}
