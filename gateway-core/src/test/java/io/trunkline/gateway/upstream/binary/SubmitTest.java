package io.trunkline.gateway.upstream.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.upstream.FakeDesk;
import io.trunkline.upstream.codec.CancelOutcome;
import io.trunkline.upstream.codec.CancelResultDecoder;
import io.trunkline.upstream.codec.Durability;
import io.trunkline.upstream.codec.MessageState;
import io.trunkline.upstream.codec.PongDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubmitTest {
    private final BinaryRig rig;

    SubmitTest() throws Exception {
        rig = new BinaryRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void handsEveryFieldToTheDeskAndAnswersWithTheUnit() throws Exception {
        try (RawClient client = rig.open()) {
            client.send(new Frames.Submit()
                    .reference(77)
                    .messageClass(1)
                    .senderType(3)
                    .receiptWish(3)
                    .flags(0b01)
                    .scheduledAtMs(1_800_000_000_000L)
                    .validityMs(86_400_000)
                    .priceCapMicros(120_000)
                    .from("pool-a")
                    .to("+491701234567")
                    .body("\u03ba\u03b1\u03bb\u03b7\u03bc\u03ad\u03c1\u03b1".getBytes(StandardCharsets.UTF_8))
                    .campaign("spring")
                    .tags("a=b")
                    .bytes());
            final var accepted = client.read().accepted();
            assertThat(accepted.referenceHi()).isEqualTo(0xABCD);
            assertThat(accepted.referenceLo()).isEqualTo(77);
            assertThat(accepted.unitId()).isEqualTo(1);
            assertThat(accepted.segments()).isEqualTo((short) 1);
            assertThat(accepted.state()).isEqualTo(MessageState.ACCEPTED);
            assertThat(accepted.duplicate()).isZero();
            assertThat(accepted.durability()).isEqualTo(Durability.DISK);
            assertThat(rig.desk.taken.poll())
                    .isEqualTo(new FakeDesk.Taken(
                            1,
                            BinaryRig.TENANT_ID,
                            0xABCD,
                            77,
                            1,
                            3,
                            3,
                            1,
                            SubmitRequest.TEXT,
                            true,
                            false,
                            1_800_000_000_000L,
                            86_400_000,
                            120_000,
                            "pool-a",
                            "+491701234567",
                            "\u03ba\u03b1\u03bb\u03b7\u03bc\u03ad\u03c1\u03b1",
                            "spring",
                            "a=b"));
        }
    }

    @Test
    void handsOnABinaryBodyWithItsHeader() throws Exception {
        try (RawClient client = rig.open()) {
            final byte[] body = {5, 0, 3, 1, 2, 1, (byte) 0xFF, 0, 'x'};
            client.send(new Frames.Submit().dataCoding(4).flags(0b10).body(body).bytes());
            client.read().accepted();
            final FakeDesk.Taken taken = rig.desk.taken.poll();
            assertThat(taken.dataCoding()).isEqualTo(4);
            assertThat(taken.userDataHeader()).isTrue();
            assertThat(taken.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(body);
            assertThat(taken.scheduledAtMs()).isEqualTo(SubmitRequest.ABSENT);
            assertThat(taken.validityMs()).isEqualTo(SubmitRequest.ABSENT);
            assertThat(taken.priceCapMicros()).isEqualTo(SubmitRequest.ABSENT);
        }
    }

    @Test
    void refusesEveryFieldThatCannotBeWithItsOwnCodeAndGoesOn() throws Exception {
        final Map<Frames.Submit, ErrorCode> cases = new LinkedHashMap<>();
        cases.put(new Frames.Submit().messageClass(0), ErrorCode.INVALID_FIELD);
        cases.put(new Frames.Submit().messageClass(4), ErrorCode.INVALID_FIELD);
        cases.put(new Frames.Submit().messageClass(255), ErrorCode.INVALID_FIELD);
        cases.put(new Frames.Submit().senderType(9), ErrorCode.INVALID_FIELD);
        cases.put(new Frames.Submit().receiptWish(0), ErrorCode.INVALID_FIELD);
        cases.put(new Frames.Submit().flags(0b100), ErrorCode.INVALID_FIELD);
        cases.put(new Frames.Submit().flags(0b10), ErrorCode.INVALID_BODY);
        cases.put(new Frames.Submit().scheduledAtMs(-5), ErrorCode.INVALID_VALIDITY);
        cases.put(new Frames.Submit().validityMs(0), ErrorCode.INVALID_VALIDITY);
        cases.put(new Frames.Submit().priceCapMicros(-1), ErrorCode.INVALID_FIELD);
        cases.put(new Frames.Submit().to(""), ErrorCode.INVALID_DESTINATION);
        cases.put(new Frames.Submit().to("4".repeat(33)), ErrorCode.INVALID_DESTINATION);
        cases.put(new Frames.Submit().from(""), ErrorCode.INVALID_SENDER);
        cases.put(new Frames.Submit().from("f".repeat(65)), ErrorCode.INVALID_SENDER);
        cases.put(new Frames.Submit().body(new byte[0]), ErrorCode.EMPTY_BODY);
        cases.put(new Frames.Submit().body(new byte[2_001]), ErrorCode.BODY_TOO_LONG);
        cases.put(new Frames.Submit().campaign("c".repeat(65)), ErrorCode.INVALID_FIELD);
        cases.put(new Frames.Submit().tags("t".repeat(1_025)), ErrorCode.INVALID_FIELD);
        try (RawClient client = rig.open()) {
            long reference = 0;
            for (final Map.Entry<Frames.Submit, ErrorCode> entry : cases.entrySet()) {
                client.send(entry.getKey().reference(++reference).bytes());
                final var refused = client.read().refused();
                assertThat(refused.referenceHi()).isEqualTo(0xABCD);
                assertThat(refused.referenceLo()).isEqualTo(reference);
                assertThat(ErrorCode.of(refused.code()))
                        .as("case %d", reference)
                        .isEqualTo(entry.getValue());
                assertThat(refused.flags().retryable())
                        .isEqualTo(entry.getValue().retryable());
                assertThat(refused.text()).isEqualTo(entry.getValue().text());
            }
            assertThat(rig.desk.taken).isEmpty();
            client.send(Frames.submit(99));
            assertThat(client.read().accepted().referenceLo()).isEqualTo(99);
        }
        assertThat(rig.counters.submitsRefused).isEqualTo(cases.size());
    }

    @Test
    void handsOnTheDesksRefusal() throws Exception {
        rig.desk.refusal = ErrorCode.OVER_RATE;
        rig.desk.retryAfterMs = 250;
        try (RawClient client = rig.open().send(Frames.submit(3))) {
            final var refused = client.read().refused();
            assertThat(refused.code()).isEqualTo(ErrorCode.OVER_RATE.number());
            assertThat(refused.retryAfterMs()).isEqualTo(250);
            assertThat(refused.flags().retryable()).isTrue();
        }
    }

    @Test
    void answersInOrderHoweverTheFramesAreCutAndGlued() throws Exception {
        final byte[] all = Frames.join(
                Frames.submit(1),
                new Frames.Submit()
                        .reference(2)
                        .body(new byte[1_999])
                        .dataCoding(4)
                        .bytes(),
                Frames.ping(3),
                Frames.submit(4));
        try (RawClient client = rig.open()) {
            for (int cut = 0; cut <= all.length; cut += cut < 300 || cut > all.length - 300 ? 1 : 97) {
                client.send(java.util.Arrays.copyOfRange(all, 0, cut));
                // The server has read the first part before the second leaves.
                final long frames = framesIn(all, cut);
                final long expected = 1 + cutCount * 4L + frames;
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> rig.onLoop(() -> rig.counters.framesRead) >= expected);
                client.send(java.util.Arrays.copyOfRange(all, cut, all.length));
                assertThat(client.read().accepted().referenceLo()).isEqualTo(1);
                assertThat(client.read().accepted().referenceLo()).isEqualTo(2);
                assertThat(client.read().templateId()).isEqualTo(PongDecoder.TEMPLATE_ID);
                assertThat(client.read().accepted().referenceLo()).isEqualTo(4);
                cutCount++;
            }
        }
        assertThat(rig.counters.malformed).isZero();
    }

    @Test
    void announcesTheSubmitsOfOneReadBeforeItTakesThem() throws Exception {
        try (RawClient client = rig.open()) {
            client.send(Frames.join(Frames.submit(1), Frames.ping(2), Frames.submit(3), Frames.submit(4)));
            for (int answers = 0; answers < 4; answers++) {
                client.read();
            }
            // However the network cut them: those that came whole were announced, with their own references.
            assertThat(rig.onLoop(() -> rig.desk.expected))
                    .hasSizeLessThanOrEqualTo(3)
                    .isSubsetOf(1L, 3L, 4L);
            assertThat(rig.onLoop(() -> rig.desk.expected)).isNotEmpty();
        }
    }

    private int cutCount;

    private static long framesIn(final byte[] bytes, final int end) {
        int frames = 0;
        int offset = 0;
        while (offset + 4 <= end) {
            offset += 4 + ((bytes[offset] & 0xFF) | ((bytes[offset + 1] & 0xFF) << 8));
            frames += offset <= end ? 1 : 0;
        }
        return frames;
    }

    @Test
    void cancelsConvertsAndRefusesCalls() throws Exception {
        try (RawClient client = rig.open()) {
            client.send(
                    Frames.submit(1),
                    Frames.cancel(1),
                    Frames.cancel(5),
                    Frames.conversion(1, 1_700),
                    Frames.conversion(9, 1));
            client.read().accepted();
            assertThat(cancelled(client.read())).isEqualTo(CancelOutcome.CANCELLED);
            assertThat(cancelled(client.read())).isEqualTo(CancelOutcome.NOT_FOUND);
            client.send(Frames.placeCall(8), Frames.endCall(8));
            final var refused = client.read().refused();
            assertThat(refused.referenceLo()).isEqualTo(8);
            assertThat(refused.code()).isEqualTo(ErrorCode.NOT_SUPPORTED.number());
            assertThat(cancelled(client.read())).isEqualTo(CancelOutcome.NOT_FOUND);
        }
        assertThat(rig.desk.calls)
                .containsExactly("cancel 42 1", "cancel 42 5", "converted 42 1 1700", "converted 42 9 1");
        assertThat(rig.counters.conversionsUnknown).isEqualTo(1);
    }

    private static CancelOutcome cancelled(final RawClient.Frame frame) {
        return new CancelResultDecoder()
                .wrap(frame.expect(CancelResultDecoder.TEMPLATE_ID), 8, frame.blockLength(), frame.version())
                .outcome();
    }

    @Test
    void creditCountsSubmitsWhoseAnswerHasNotLeft() throws Exception {
        try (RawClient client = rig.open()) {
            rig.runOnLoop(() -> rig.outputs.peek().gate(true));
            for (int i = 1; i <= 103; i++) {
                client.send(Frames.submit(i));
            }
            await().until(() -> rig.onLoop(() -> rig.counters.submits) == 103L);
            assertThat(rig.onLoop(() -> rig.counters.overCredit)).isEqualTo(3L);
            assertThat(rig.desk.taken).hasSize(100);
            rig.runOnLoop(() -> rig.outputs.peek().gate(false));
            for (int i = 1; i <= 100; i++) {
                assertThat(client.read().accepted().referenceLo()).isEqualTo(i);
            }
            for (int i = 101; i <= 103; i++) {
                final var refused = client.read().refused();
                assertThat(refused.referenceLo()).isEqualTo(i);
                assertThat(refused.code()).isEqualTo(ErrorCode.OVER_CREDIT.number());
            }
            client.send(Frames.submit(104));
            client.read().accepted();
        }
    }

    @Test
    void whoeverGoesOnOverTheCreditIsEnded() throws Exception {
        try (BinaryRig strict = new BinaryRig(
                        BinaryRig.settings(10, 5, new io.trunkline.gateway.upstream.ConnectionCaps.Limits(8, 8, 8)),
                        2);
                RawClient client = strict.open()) {
            strict.runOnLoop(() -> strict.outputs.peek().gate(true));
            for (int i = 1; i <= 8; i++) {
                client.send(Frames.submit(i));
            }
            await().until(() -> strict.onLoop(() -> strict.counters.overCredit) == 6L);
            strict.runOnLoop(() -> strict.outputs.peek().gate(false));
            client.read().accepted();
            client.read().accepted();
            for (int i = 0; i < 6; i++) {
                client.read().refused();
            }
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.OVER_CREDIT.number());
            assertThat(client.read()).isEqualTo(RawClient.Frame.END);
        }
    }

    @Test
    void aBugBehindTheDeskEndsOnlyTheSessionThatMetIt() throws Exception {
        try (RawClient other = rig.open();
                RawClient client = rig.open()) {
            rig.desk.failure = new IllegalStateException("expected by this test");
            client.send(Frames.submit(1));
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.INTERNAL.number());
            assertThat(client.read()).isEqualTo(RawClient.Frame.END);
            rig.desk.failure = null;
            other.send(Frames.submit(2));
            other.read().accepted();
        }
    }
}
