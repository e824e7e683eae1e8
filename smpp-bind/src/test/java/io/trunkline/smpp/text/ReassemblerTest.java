package io.trunkline.smpp.text;

import static io.trunkline.smpp.text.Reassembler.Outcome.COMPLETE;
import static io.trunkline.smpp.text.Reassembler.Outcome.DUPLICATE;
import static io.trunkline.smpp.text.Reassembler.Outcome.TOO_LARGE;
import static io.trunkline.smpp.text.Reassembler.Outcome.TOO_MANY_PARTS;
import static io.trunkline.smpp.text.Reassembler.Outcome.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ReassemblerTest {
    private static final String ALICE = "447700900001";
    private static final String BOB = "447700900002";

    private final List<String> events = new ArrayList<>();

    private final ReassemblyListener listener = new ReassemblyListener() {
        @Override
        public void onComplete(final ReassembledMessage message) {
            events.add("complete " + text(message));
        }

        @Override
        public void onIncomplete(final ReassembledMessage message, final Reason reason) {
            events.add(reason + " " + text(message) + " missing " + message.missing());
        }
    };

    private Reassembler reassembler = new Reassembler(new ReassemblyLimits(4, 1000, 10, 60_000), listener);

    @Test
    void partsInAnyOrderBecomeTheMessage() {
        assertThat(offer(ALICE, 1, 3, 3, "c")).isEqualTo(WAITING);
        assertThat(offer(ALICE, 1, 3, 1, "a")).isEqualTo(WAITING);
        assertThat(offer(ALICE, 1, 3, 2, "b")).isEqualTo(COMPLETE);
        assertThat(events).containsExactly("complete " + ALICE + ">60001 abc");
        assertThat(reassembler.incomplete()).isZero();
        assertThat(reassembler.bytes()).isZero();
    }

    @Test
    void theSameReferenceOfAnotherSourceIsAnotherMessage() {
        offer(ALICE, 1, 2, 1, "a");
        offer(BOB, 1, 2, 2, "y");
        offer(BOB, 1, 2, 1, "x");
        offer(ALICE, 1, 2, 2, "b");
        assertThat(events).containsExactly("complete " + BOB + ">60001 xy", "complete " + ALICE + ">60001 ab");
    }

    @Test
    void anotherTotalKindDestinationOrGroupIsAnotherMessage() {
        offer(ALICE, 1, 2, 1, "a");
        assertThat(offer(ALICE, 1, 3, 2, "b")).isEqualTo(WAITING);
        final InboundPart kind = Parts.sar(ALICE, 1, 2, 2, "b");
        kind.kind = InboundPart.UDH16;
        assertThat(reassembler.offer(kind, 0)).isEqualTo(WAITING);
        final InboundPart group = Parts.sar(ALICE, 1, 2, 2, "b");
        group.group = 8;
        assertThat(reassembler.offer(group, 0)).isEqualTo(WAITING);
        final InboundPart destination = Parts.part(ALICE, "60002", new byte[] {'b'}, 3, false);
        destination.sar(1, 2, 2);
        assertThat(reassembler.offer(destination, 0)).isEqualTo(WAITING);
        assertThat(events).hasSize(1).first().asString().startsWith("EVICTED");
    }

    @Test
    void aPartThatComesAgainIsADuplicateAlsoOnceTheMessageIsWhole() {
        offer(ALICE, 1, 2, 1, "a");
        assertThat(offer(ALICE, 1, 2, 1, "a")).isEqualTo(DUPLICATE);
        assertThat(offer(ALICE, 1, 2, 2, "b")).isEqualTo(COMPLETE);
        assertThat(offer(ALICE, 1, 2, 2, "b")).isEqualTo(DUPLICATE);
        assertThat(offer(ALICE, 1, 2, 1, "a")).isEqualTo(DUPLICATE);
        assertThat(events).hasSize(1);
        reassembler.poll(60_000);
        assertThat(reassembler.offer(Parts.sar(ALICE, 1, 2, 1, "a"), 60_000)).isEqualTo(WAITING);
    }

    @Test
    void aReferenceThatIsUsedAgainBeginsANewMessage() {
        offer(ALICE, 1, 2, 1, "a");
        offer(ALICE, 1, 2, 2, "b");
        assertThat(offer(ALICE, 1, 2, 1, "c")).isEqualTo(WAITING);
        assertThat(offer(ALICE, 1, 2, 1, "e")).isEqualTo(WAITING);
        assertThat(offer(ALICE, 1, 2, 2, "f")).isEqualTo(COMPLETE);
        assertThat(events)
                .containsExactly(
                        "complete " + ALICE + ">60001 ab",
                        "SUPERSEDED " + ALICE + ">60001 c missing 1",
                        "complete " + ALICE + ">60001 ef");
    }

    @Test
    void whatIsNotWholeInTimeIsGivenUpWithWhatIsThere() {
        reassembler.offer(Parts.sar(ALICE, 1, 3, 1, "a"), 1_000);
        reassembler.offer(Parts.sar(ALICE, 1, 3, 3, "c"), 30_000);
        assertThat(reassembler.poll(60_999)).isZero();
        assertThat(reassembler.poll(61_000)).isEqualTo(1);
        assertThat(events).containsExactly("TIMEOUT " + ALICE + ">60001 ac missing 1");
        assertThat(reassembler.bytes()).isZero();
    }

    @Test
    void atTheLimitOfMessagesTheOldestGivesWay() {
        for (int reference = 1; reference <= 5; reference++) {
            offer(ALICE, reference, 2, 1, "m" + reference);
        }
        assertThat(events).containsExactly("EVICTED " + ALICE + ">60001 m1 missing 1");
        assertThat(reassembler.incomplete()).isEqualTo(4);
    }

    @Test
    void rememberedMessagesGiveWayBeforeIncompleteOnes() {
        offer(ALICE, 1, 2, 1, "a");
        offer(ALICE, 2, 1, 1, "whole");
        offer(ALICE, 3, 2, 1, "c");
        offer(ALICE, 4, 2, 1, "d");
        offer(ALICE, 5, 2, 1, "e");
        assertThat(events).containsExactly("complete " + ALICE + ">60001 whole");
    }

    @Test
    void atTheLimitOfBytesTheOldestGivesWay() {
        offer(ALICE, 1, 2, 1, "a".repeat(400));
        offer(ALICE, 2, 3, 1, "b".repeat(400));
        assertThat(offer(ALICE, 2, 3, 2, "c".repeat(400))).isEqualTo(WAITING);
        assertThat(events).hasSize(1).first().asString().startsWith("EVICTED").contains("aaa");
        assertThat(reassembler.bytes()).isLessThanOrEqualTo(1000);
        // Alone it does not fit either: what is there is told, and the part begins anew.
        assertThat(offer(ALICE, 2, 3, 3, "d".repeat(400))).isEqualTo(WAITING);
        assertThat(events).hasSize(2);
        assertThat(reassembler.bytes()).isLessThanOrEqualTo(1000);
    }

    @Test
    void whatCannotBeHeldIsRefused() {
        assertThat(offer(ALICE, 1, 11, 1, "a")).isEqualTo(TOO_MANY_PARTS);
        assertThat(offer(ALICE, 1, 2, 1, "a".repeat(1001))).isEqualTo(TOO_LARGE);
        assertThat(reassembler.bytes()).isZero();
        assertThat(events).isEmpty();
    }

    @Test
    void sarNumbersThatMakeNoSenseAreNoPart() {
        final InboundPart part = new InboundPart();
        assertThat(part.sar(-1, 2, 1)).isFalse();
        assertThat(part.sar(1, 0, 1)).isFalse();
        assertThat(part.sar(1, 256, 1)).isFalse();
        assertThat(part.sar(1, 2, 3)).isFalse();
        assertThat(part.sar(1, 2, 0)).isFalse();
        assertThat(part.sar(65_535, 255, 255)).isTrue();
    }

    @Test
    void theTagsOfItsPartsComeWithAMessage() {
        final List<Long> tags = new ArrayList<>();
        offerTagged(2, 22);
        offerTagged(1, 11);
        reassembler.forEachIncomplete(message -> {
            for (int part = 1; part <= message.total(); part++) {
                if (message.has(part)) {
                    tags.add(message.tag(part));
                }
            }
        });
        assertThat(tags).containsExactly(11L, 22L);
    }

    private void offerTagged(final int number, final long tag) {
        final InboundPart part = Parts.sar(ALICE, 9, 3, number, "x");
        part.tag = tag;
        reassembler.offer(part, 0);
    }

    /** What a crash takes away the journal gives back: the same parts at the same times. */
    @Test
    void theSamePartsRebuildTheSameStateAndNothingIsLostOrHeldTwice() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final List<InboundPart> parts = new ArrayList<>();
        final int messages = 500;
        for (int m = 0; m < messages; m++) {
            final int total = 1 + random.nextInt(5);
            for (int p = 1; p <= total; p++) {
                parts.add(Parts.sar("4477009" + m % 97, m & 0xFF, total, p, "m" + m + "p" + p + " "));
                if (random.nextInt(5) == 0) {
                    parts.add(parts.get(parts.size() - 1));
                }
            }
        }
        Collections.shuffle(parts, random);
        final List<List<String>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            events.clear();
            reassembler = new Reassembler(new ReassemblyLimits(1000, 1 << 20, 255, 1_000_000), listener);
            long now = 0;
            for (final InboundPart part : parts) {
                reassembler.offer(part, now++);
            }
            assertThat(reassembler.incomplete()).as("seed %d", seed).isZero();
            assertThat(reassembler.bytes()).isZero();
            runs.add(List.copyOf(events));
        }
        assertThat(runs.get(0)).as("seed %d", seed).hasSize(messages).isEqualTo(runs.get(1));
    }

    private Reassembler.Outcome offer(
            final String from, final int reference, final int total, final int part, final String text) {
        return reassembler.offer(Parts.sar(from, reference, total, part, text), 0);
    }

    private static String text(final ReassembledMessage message) {
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[4096]);
        final byte[] bytes = new byte[message.decode(new TextDecoder(), TextProfile.DEFAULT, dst, 0)];
        dst.getBytes(0, bytes);
        return message.buffer().getStringWithoutLengthAscii(message.fromOffset(), message.fromLength())
                + ">"
                + message.buffer().getStringWithoutLengthAscii(message.toOffset(), message.toLength())
                + " "
                + new String(bytes, StandardCharsets.UTF_8);
    }
}
