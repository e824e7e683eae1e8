package io.trunkline.smpp.text;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Whatever octets come, nothing throws, nothing is read or written outside of its buffer. */
class TextFuzzTest {
    private static final int ROUNDS = 50_000;
    private static final DefaultAlphabet[] ALPHABETS = DefaultAlphabet.values();
    private static final Concatenation[] MODES = Concatenation.values();

    private final Segmenter segmenter = new Segmenter();
    private final SegmentPlan plan = new SegmentPlan();
    private final TextDecoder decoder = new TextDecoder();
    private final UserDataHeader header = new UserDataHeader();

    @FuzzTest(maxDuration = "30s")
    void anyOctets(final FuzzedDataProvider data) {
        final int choices = data.consumeInt();
        final int dataCoding = data.consumeInt(0, 255);
        attempt(choices, dataCoding, data.consumeRemainingAsBytes());
    }

    @Test
    void randomOctets() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            final byte[] octets = new byte[random.nextInt(random.nextInt(20) == 0 ? 5000 : 200)];
            random.nextBytes(octets);
            if (random.nextBoolean()) {
                for (int i = 0; i < octets.length; i++) {
                    octets[i] = (byte) (random.nextInt(8) == 0 ? octets[i] : octets[i] & 0x1F);
                }
            }
            try {
                attempt(random.nextInt(), random.nextInt(256), octets);
            } catch (final RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + round, e);
            }
        }
    }

    private void attempt(final int choices, final int dataCoding, final byte[] octets) {
        final TextProfile profile = TextProfile.builder()
                .defaultAlphabet(ALPHABETS[Math.floorMod(choices, ALPHABETS.length)])
                .concatenation(MODES[Math.floorMod(choices >> 4, MODES.length)])
                .latin1((choices & 0x100) != 0)
                .smartReplacement((choices & 0x200) != 0)
                .nationalLanguages((choices & 0x400) != 0 ? List.of(NationalLanguage.URDU) : List.of())
                .maxSegments((choices & 0x800) != 0 ? 255 : 3)
                .build();
        // A buffer of exactly this size: reading one octet more is caught by its bounds check.
        final UnsafeBuffer src = new UnsafeBuffer(octets);
        write(segmenter.plan(src, 0, octets.length, profile, plan));
        write(segmenter.planBinary(src, 0, octets.length, dataCoding, (choices & 0x1000) != 0, profile, plan));
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[(choices & 0x2000) != 0 ? 10 : octets.length * 4 + 4]);
        final int length = decoder.decode(dataCoding, (choices & 0x4000) != 0, src, 0, octets.length, profile, dst, 0);
        if (decoder.encoding() != Encoding.BINARY) {
            for (int i = 0; i < length; ) {
                final int codePoint = Utf8.codePoint(dst, i, length);
                if (codePoint == Utf8.INVALID) {
                    throw new IllegalStateException("wrote what is not UTF-8");
                }
                i += Utf8.length(codePoint);
            }
        }
        if (header.parse(src, 0, octets.length).octets() > octets.length) {
            throw new IllegalStateException("a header longer than its message");
        }
    }

    private void write(final PlanResult result) {
        if (result != PlanResult.OK) {
            return;
        }
        for (int pdu = 0; pdu < plan.pdus(); pdu++) {
            final UnsafeBuffer dst = new UnsafeBuffer(new byte[plan.octets(pdu)]);
            if (plan.writeSegment(pdu, 7, dst, 0) != dst.capacity()) {
                throw new IllegalStateException("octets() and writeSegment() disagree");
            }
            if (!plan.payload() && dst.capacity() > SegmentPlan.MAX_SEGMENT_OCTETS) {
                throw new IllegalStateException("a segment of " + dst.capacity());
            }
        }
    }
}
