package io.trunkline.smpp.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Plans texts in tests, and gives the bytes of their segments. */
final class Texts {
    static final int REFERENCE = 0x1234;

    private Texts() {}

    static UnsafeBuffer utf8(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Plans at an offset that is not zero, with other bytes around, so that a wrong offset shows. */
    static PlanResult plan(final String text, final TextProfile profile, final SegmentPlan plan) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final byte[] padded = new byte[bytes.length + 14];
        Arrays.fill(padded, (byte) 0xA5);
        System.arraycopy(bytes, 0, padded, 7, bytes.length);
        return new Segmenter().plan(new UnsafeBuffer(padded), 7, bytes.length, profile, plan);
    }

    static SegmentPlan planned(final String text, final TextProfile profile) {
        final SegmentPlan plan = new SegmentPlan();
        final PlanResult result = plan(text, profile, plan);
        if (result != PlanResult.OK) {
            throw new AssertionError(result + " for a text of " + text.length() + " characters");
        }
        return plan;
    }

    static byte[] segment(final SegmentPlan plan, final int pdu) {
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[SegmentPlan.MAX_BODY_OCTETS + 200]);
        final int octets = plan.writeSegment(pdu, REFERENCE, dst, 3);
        if (octets != plan.octets(pdu)) {
            throw new AssertionError("octets() says " + plan.octets(pdu) + ", written were " + octets);
        }
        final byte[] bytes = new byte[octets];
        dst.getBytes(3, bytes);
        return bytes;
    }
}
