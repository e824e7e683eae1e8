package io.trunkline.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TextAllocationTest {
    private static final int ROUNDS = 20_000;
    /** Far below one object a round; the JVM itself may allocate a little on this thread. */
    private static final long TOLERATED_BYTES = ROUNDS;

    private final TextProfile profile = TextProfile.builder()
            .latin1(true)
            .smartReplacement(true)
            .nationalLanguages(List.of(NationalLanguage.TURKISH))
            .build();
    private final UnsafeBuffer[] texts = {
        Texts.utf8("Your code is 123456 {\u20ac}"),
        Texts.utf8("\u0436".repeat(200)),
        Texts.utf8("\u201cquoted\u201d \u2013 \u2026".repeat(9)),
        Texts.utf8("\u015f".repeat(150)),
        Texts.utf8("\ud83d\ude00".repeat(100)),
        new UnsafeBuffer(new byte[] {'a', (byte) 0xFF}),
    };
    private final Segmenter segmenter = new Segmenter();
    private final SegmentPlan plan = new SegmentPlan();
    private final TextDecoder decoder = new TextDecoder();
    private final UnsafeBuffer segment = new UnsafeBuffer(new byte[256]);
    private final UnsafeBuffer utf8 = new UnsafeBuffer(new byte[1024]);
    private final InboundPart part = Parts.sar("447700900001", 1, 2, 1, "abc");
    private final Reassembler reassembler =
            new Reassembler(new ReassemblyLimits(16, 10_000, 10, 100), new ReassemblyListener() {
                @Override
                public void onComplete(final ReassembledMessage message) {
                    message.decode(decoder, profile, utf8, 0);
                }

                @Override
                public void onIncomplete(final ReassembledMessage message, final Reason reason) {
                    message.decode(decoder, profile, utf8, 0);
                }
            });

    @Test
    void planningWritingReadingAndJoiningAllocateNothing() {
        work(ROUNDS);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        work(ROUNDS);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(TOLERATED_BYTES);
    }

    private void work(final int rounds) {
        for (int round = 0; round < rounds; round++) {
            final UnsafeBuffer text = texts[round % texts.length];
            final PlanResult result = segmenter.plan(text, 0, text.capacity(), profile, plan);
            for (int pdu = 0; result == PlanResult.OK && pdu < plan.pdus(); pdu++) {
                final int octets = plan.writeSegment(pdu, round, segment, 0);
                decoder.decode(plan.dataCoding(), plan.esmClass() != 0, segment, 0, octets, profile, utf8, 0);
            }
            part.reference = round & 0xFFFF;
            part.part = 1;
            reassembler.offer(part, round);
            if (round % 3 != 0) {
                part.part = 2;
                reassembler.offer(part, round);
            }
            reassembler.poll(round);
        }
    }
}
