package io.trunkline.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BinaryBodyTest {
    private final SegmentPlan plan = new SegmentPlan();

    @Test
    void aBodyThatFitsGoesAsItIs() {
        final byte[] body = octets(140);
        assertThat(plan(body, 4, false)).isEqualTo(PlanResult.OK);

        assertThat(plan.encoding()).isEqualTo(Encoding.BINARY);
        assertThat(plan.dataCoding()).isEqualTo(4);
        assertThat(plan.esmClass()).isZero();
        assertThat(Texts.segment(plan, 0)).isEqualTo(body);
    }

    @Test
    void aLongerOneIsCutByAHeader() {
        final byte[] body = octets(300);
        assertThat(plan(body, 4, false)).isEqualTo(PlanResult.OK);

        assertThat(plan.segments()).isEqualTo(3);
        assertThat(plan.esmClass()).isEqualTo(SegmentPlan.UDHI);
        assertThat(Texts.segment(plan, 0)).hasSize(140).startsWith(5, 0, 3, 0x34, 3, 1);
        assertThat(Texts.segment(plan, 2)).hasSize(6 + 300 - 2 * 134).startsWith(5, 0, 3, 0x34, 3, 3);
        assertThat(tail(Texts.segment(plan, 1), 6)).isEqualTo(Arrays.copyOfRange(body, 134, 268));
    }

    @Test
    void aBodysOwnHeaderIsRepeatedInEverySegment() {
        final byte[] body = concat("06050415810000", octets(200));
        assertThat(plan(body, 0xF5, true)).isEqualTo(PlanResult.OK);

        assertThat(plan.segments()).isEqualTo(2);
        final byte[] first = Texts.segment(plan, 0);
        assertThat(first).hasSize(140).startsWith(11, 0, 3, 0x34, 2, 1, 5, 4, 0x15, 0x81, 0, 0);
        assertThat(Texts.segment(plan, 1)).startsWith(11, 0, 3, 0x34, 2, 2, 5, 4, 0x15, 0x81, 0, 0);
        assertThat(concat(tail(first, 12), tail(Texts.segment(plan, 1), 12))).isEqualTo(octets(200));
    }

    @Test
    void aShortBodyKeepsItsOwnHeader() {
        final byte[] body = concat("06050415810000", octets(100));
        assertThat(plan(body, 0xF5, true)).isEqualTo(PlanResult.OK);
        assertThat(plan.segments()).isEqualTo(1);
        assertThat(plan.esmClass()).isEqualTo(SegmentPlan.UDHI);
        assertThat(Texts.segment(plan, 0)).isEqualTo(body);
    }

    @Test
    void aBodyThatItsSenderCutIsNotCutAgain() {
        final byte[] part = concat("050003CC0201", octets(134));
        assertThat(plan(part, 4, true)).isEqualTo(PlanResult.OK);
        assertThat(Texts.segment(plan, 0)).isEqualTo(part);
        assertThat(plan(concat("050003CC0201", octets(135)), 4, true)).isEqualTo(PlanResult.TOO_LONG);
    }

    @Test
    void septetsAndUtf16HaveTheirOwnLimitsAndPairs() {
        final byte[] septets = new byte[200];
        Arrays.fill(septets, (byte) 'a');
        septets[152] = Gsm7.ESCAPE;
        septets[153] = 0x65;
        assertThat(plan(Arrays.copyOf(septets, 160), 0, false)).isEqualTo(PlanResult.OK);
        assertThat(plan.segments()).isEqualTo(1);
        assertThat(plan.encoding()).isEqualTo(Encoding.GSM7);
        assertThat(plan(septets, 0, false)).isEqualTo(PlanResult.OK);
        assertThat(plan.bodyLength(0)).isEqualTo(152);

        final byte[] wide = new byte[142];
        wide[132] = (byte) 0xD8;
        wide[134] = (byte) 0xDC;
        assertThat(plan(wide, 8, false)).isEqualTo(PlanResult.OK);
        assertThat(plan.encoding()).isEqualTo(Encoding.UCS2);
        assertThat(plan.segments()).isEqualTo(2);
        assertThat(plan.bodyLength(0)).isEqualTo(132);
    }

    @Test
    void whatCannotBeSentIsSaidSo() {
        assertThat(plan(new byte[0], 4, false)).isEqualTo(PlanResult.EMPTY);
        assertThat(plan(HexFormat.of().parseHex("48656C6C6F"), 4, true)).isEqualTo(PlanResult.INVALID_HEADER);
        assertThat(plan(HexFormat.of().parseHex("0500"), 4, true)).isEqualTo(PlanResult.INVALID_HEADER);
        assertThat(plan(octets(134 * 10), 4, false)).isEqualTo(PlanResult.OK);
        assertThat(plan(octets(134 * 10 + 1), 4, false)).isEqualTo(PlanResult.TOO_LONG);
        final byte[] header = new byte[200];
        header[0] = (byte) 136;
        header[1] = 0x70;
        header[2] = (byte) 134;
        assertThat(plan(header, 4, true)).isEqualTo(PlanResult.TOO_LONG);
    }

    @Test
    void aPayloadIsOnePduOfManySegments() {
        final TextProfile profile = TextProfile.builder()
                .concatenation(Concatenation.PAYLOAD)
                .maxSegments(255)
                .build();
        final byte[] body = octets(30_000);
        assertThat(new Segmenter().planBinary(new UnsafeBuffer(body), 0, body.length, 4, false, profile, plan))
                .isEqualTo(PlanResult.OK);
        assertThat(plan.payload()).isTrue();
        assertThat(plan.pdus()).isEqualTo(1);
        assertThat(plan.segments()).isEqualTo(224);
        assertThat(plan.esmClass()).isZero();
        assertThat(Texts.segment(plan, 0)).isEqualTo(body);
    }

    private PlanResult plan(final byte[] body, final int dataCoding, final boolean header) {
        return new Segmenter()
                .planBinary(new UnsafeBuffer(body), 0, body.length, dataCoding, header, TextProfile.DEFAULT, plan);
    }

    private static byte[] octets(final int length) {
        final byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i * 31);
        }
        return octets;
    }

    private static byte[] concat(final String hex, final byte[] rest) {
        return concat(HexFormat.of().parseHex(hex), rest);
    }

    private static byte[] concat(final byte[] first, final byte[] rest) {
        final byte[] all = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }

    private static byte[] tail(final byte[] bytes, final int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }
}
