package io.trunkline.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentLimitsTest {
    private static final TextProfile LONG =
            TextProfile.builder().maxSegments(255).build();

    @ParameterizedTest
    @CsvSource({
        "GSM7, UDH8, a, 160, 153",
        "GSM7, UDH16, a, 160, 152",
        "GSM7, SAR, a, 160, 153",
        "GSM7, SAR16, a, 160, 152",
        "GSM7, PAYLOAD, a, 160, 153",
        "GSM7_PACKED, UDH8, a, 160, 153",
        "GSM7_PACKED, UDH16, a, 160, 152",
        "ASCII, UDH8, a, 160, 153",
        "LATIN1, UDH8, \u00e1, 140, 134",
        "LATIN1, UDH16, \u00e1, 140, 133",
        "GSM7, UDH8, \u0436, 70, 67",
        "GSM7, UDH16, \u0436, 70, 66",
        "UCS2_ONLY, UDH8, a, 70, 67",
        "UCS2_ONLY, SAR, a, 70, 67",
        "UCS2_ONLY, SAR16, a, 70, 66",
    })
    void aTextIsCutWhereTheSpecificationSaysIt(
            final DefaultAlphabet alphabet,
            final Concatenation concatenation,
            final String character,
            final int single,
            final int multi) {
        final TextProfile profile = TextProfile.builder()
                .defaultAlphabet(alphabet)
                .concatenation(concatenation)
                .maxSegments(255)
                .build();
        assertThat(segments(character.repeat(single), profile)).isEqualTo(1);
        assertThat(segments(character.repeat(single + 1), profile)).isEqualTo(2);
        for (int n = 2; n < 255; n++) {
            assertThat(segments(character.repeat(multi * n), profile)).isEqualTo(n);
            assertThat(segments(character.repeat(multi * n + 1), profile)).isEqualTo(n + 1);
        }
        final SegmentPlan plan = new SegmentPlan();
        assertThat(Texts.plan(character.repeat(multi * 255), profile, plan)).isEqualTo(PlanResult.OK);
        assertThat(plan.segments()).isEqualTo(255);
        assertThat(Texts.plan(character.repeat(multi * 255 + 1), profile, plan)).isEqualTo(PlanResult.TOO_LONG);
    }

    @Test
    void anEscapePairThatWouldStraddleTheCutGoesToTheNextSegment() {
        final SegmentPlan plan = Texts.planned("a".repeat(152) + "{" + "b".repeat(20), LONG);

        assertThat(plan.segments()).isEqualTo(2);
        assertThat(plan.bodyLength(0)).isEqualTo(152);
        assertThat(plan.body().getByte(plan.bodyOffset(1))).isEqualTo((byte) Gsm7.ESCAPE);
    }

    @Test
    void anEscapePairThatEndsAtTheLimitStaysInItsSegment() {
        final SegmentPlan plan = Texts.planned("a".repeat(151) + "{" + "b".repeat(20), LONG);

        assertThat(plan.bodyLength(0)).isEqualTo(153);
        assertThat(plan.bodyLength(1)).isEqualTo(20);
    }

    @Test
    void aCharacterThatNeedsAnEscapeCountsTwice() {
        assertThat(segments("a".repeat(158) + "\u20ac", LONG)).isEqualTo(1);
        assertThat(segments("a".repeat(159) + "\u20ac", LONG)).isEqualTo(2);
        assertThat(segments("[".repeat(80), LONG)).isEqualTo(1);
        assertThat(segments("[".repeat(81), LONG)).isEqualTo(2);
    }

    @Test
    void asciiThatTheCarrierHasToEscapeCountsTwiceButIsOneOctet() {
        final TextProfile ascii =
                TextProfile.builder().defaultAlphabet(DefaultAlphabet.ASCII).build();
        final SegmentPlan plan = Texts.planned("[".repeat(80), ascii);

        assertThat(plan.segments()).isEqualTo(1);
        assertThat(plan.octets(0)).isEqualTo(80);
        assertThat(segments("[".repeat(81), ascii)).isEqualTo(2);
    }

    @Test
    void aSurrogatePairThatWouldStraddleTheCutGoesToTheNextSegment() {
        final SegmentPlan plan = Texts.planned("\u0436".repeat(66) + "\ud83d\ude00" + "\u0436".repeat(10), LONG);

        assertThat(plan.segments()).isEqualTo(2);
        assertThat(plan.bodyLength(0)).isEqualTo(132);
        assertThat(plan.body().getByte(plan.bodyOffset(1))).isEqualTo((byte) 0xD8);
    }

    @Test
    void aSurrogatePairCountsTwice() {
        assertThat(segments("\ud83d\ude00".repeat(35), LONG)).isEqualTo(1);
        assertThat(segments("\ud83d\ude00".repeat(36), LONG)).isEqualTo(2);
        // 67 code units hold 33 pairs.
        assertThat(segments("\ud83d\ude00".repeat(67), LONG)).isEqualTo(3);
    }

    @Test
    void aProfileLimitsTheSegments() {
        final TextProfile two = TextProfile.builder().maxSegments(2).build();
        final SegmentPlan plan = new SegmentPlan();

        assertThat(Texts.plan("a".repeat(306), two, plan)).isEqualTo(PlanResult.OK);
        assertThat(Texts.plan("a".repeat(307), two, plan)).isEqualTo(PlanResult.TOO_LONG);
        assertThat(plan.segments()).isZero();
    }

    @Test
    void aProfileOfOneSegmentTakesAllThatFitsOne() {
        final TextProfile one = TextProfile.builder().maxSegments(1).build();
        final SegmentPlan plan = new SegmentPlan();

        assertThat(Texts.plan("a".repeat(160), one, plan)).isEqualTo(PlanResult.OK);
        assertThat(Texts.plan("a".repeat(161), one, plan)).isEqualTo(PlanResult.TOO_LONG);
        assertThat(Texts.plan("\u0436".repeat(70), one, plan)).isEqualTo(PlanResult.OK);
        assertThat(Texts.plan("\u0436".repeat(71), one, plan)).isEqualTo(PlanResult.TOO_LONG);
    }

    @Test
    void nationalShiftsTakeTheirRoomFromEverySegment() {
        final TextProfile turkish = TextProfile.builder()
                .nationalLanguages(List.of(NationalLanguage.TURKISH))
                .maxSegments(255)
                .build();
        // 155 septets stand beside a header of UDHL and one shift; UCS-2 would take three segments.
        final SegmentPlan single = Texts.planned("a".repeat(153) + "\u011f", turkish);
        assertThat(single.encoding()).isEqualTo(Encoding.GSM7);
        assertThat(single.segments()).isEqualTo(1);
        assertThat(single.esmClass()).isEqualTo(SegmentPlan.UDHI);
        assertThat(Texts.segment(single, 0)).startsWith(3, 0x24, 1, 1);
        // 149 beside UDHL, concatenation and one shift.
        final SegmentPlan two = Texts.planned("a".repeat(296) + "\u011f", turkish);
        assertThat(two.segments()).isEqualTo(2);
        assertThat(two.bodyLength(0)).isEqualTo(149);
        assertThat(Texts.segment(two, 1)).startsWith(8, 0, 3, 0x34, 2, 2, 0x24, 1, 1);
    }

    private static int segments(final String text, final TextProfile profile) {
        return Texts.planned(text, profile).segments();
    }
}
