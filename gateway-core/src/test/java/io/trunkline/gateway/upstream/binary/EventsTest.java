package io.trunkline.gateway.upstream.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.upstream.FakeStreams.Event;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import io.trunkline.upstream.codec.MessageState;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsTest {
    private final BinaryRig rig;

    EventsTest() throws Exception {
        rig = new BinaryRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void welcomeComesBeforeTheEventsThatWaited() throws Exception {
        publish(3);
        try (RawClient client = rig.connect().send(Frames.helloWithEvents("acme", BinaryRig.TOKEN, "tier", 0))) {
            final var welcome = client.read().welcome();
            assertThat(welcome.resumedAfter()).isZero();
            assertThat(welcome.lastEventSequence()).isEqualTo(3);
            assertThat(welcome.eventWindow()).isEqualTo(100);
            for (int i = 1; i <= 3; i++) {
                final var status = client.read().status();
                assertThat(status.sequence()).isEqualTo(i);
                assertThat(status.unitId()).isEqualTo(i);
                assertThat(status.state()).isEqualTo(MessageState.DELIVERED);
                assertThat(status.segmentsDelivered()).isEqualTo((short) 1);
            }
        }
        await().until(() -> rig.streams.detached.get() == 1);
    }

    @Test
    void resumesWhereTheClientSaysAndWhereTheCursorStands() throws Exception {
        publish(5);
        try (RawClient client = rig.connect().send(Frames.hello(1, "acme", BinaryRig.TOKEN, "tier", true, 0, 2))) {
            assertThat(client.read().welcome().resumedAfter()).isEqualTo(2);
            assertThat(client.read().status().sequence()).isEqualTo(3);
            client.send(Frames.eventAck(4));
            await().until(() -> rig.streams.acknowledged == 4);
        }
        await().until(() -> rig.streams.detached.get() == 1);
        try (RawClient client = rig.openWithEvents("tier", 0)) {
            assertThat(client.read().status().sequence()).isEqualTo(5);
        }
    }

    @Test
    void aClientThatHasSeenMoreThanThereIsGoesOnFromTheStoredCursor() throws Exception {
        publish(1);
        try (RawClient client = rig.connect().send(Frames.hello(1, "acme", BinaryRig.TOKEN, "tier", true, 0, 1_000))) {
            assertThat(client.read().welcome().resumedAfter()).isZero();
            assertThat(client.read().status().sequence()).isEqualTo(1);
        }
    }

    @Test
    void sendsNoMoreThanTheWindowUntilItIsAcknowledged() throws Exception {
        try (RawClient client = rig.openWithEvents("tier", 4)) {
            publish(10);
            for (int i = 1; i <= 4; i++) {
                assertThat(client.read().status().sequence()).isEqualTo(i);
            }
            assertThat(rig.onLoop(() -> rig.counters.eventsSent)).isEqualTo(4L);
            assertThat(rig.onLoop(() -> rig.counters.eventsHeld)).isEqualTo(1L);
            client.send(Frames.eventAck(2));
            assertThat(client.read().status().sequence()).isEqualTo(5);
            assertThat(client.read().status().sequence()).isEqualTo(6);
            assertThat(rig.onLoop(() -> rig.counters.eventsSent)).isEqualTo(6L);
            client.send(Frames.eventAck(2), Frames.eventAck(1));
            client.send(Frames.eventAck(6));
            for (int i = 7; i <= 10; i++) {
                assertThat(client.read().status().sequence()).isEqualTo(i);
            }
            assertThat(rig.onLoop(() -> rig.streams.cursor(BinaryRig.TENANT_ID, "tier")))
                    .isEqualTo(6L);
        }
    }

    @Test
    void handsOnAnInboundMessageWholeAndCutsOnlyWhatTheProtocolCannotCarry() throws Exception {
        try (RawClient client = rig.openWithEvents("tier", 4)) {
            final String body = "Привет, \uD83D\uDE00";
            rig.runOnLoop(() -> {
                rig.streams.publish(Event.inbound(9, 2, "491700000001", "4915799", body));
                // One byte too long, and the limit lies within a character.
                rig.streams.publish(Event.inbound(10, 255, "1", "2", "a" + "\u20ac".repeat(21_845)));
            });
            final RawClient.Frame frame = client.read();
            final var inbound = inbound(frame);
            assertThat(inbound.sequence()).isEqualTo(1);
            assertThat(inbound.unitId()).isEqualTo(9);
            assertThat(inbound.segments()).isEqualTo((short) 2);
            assertThat(inbound.from()).isEqualTo("491700000001");
            assertThat(inbound.to()).isEqualTo("4915799");
            assertThat(body(inbound)).isEqualTo(body);
            final var cut = inbound(client.read());
            cut.from();
            cut.to();
            assertThat(body(cut)).isEqualTo("a" + "\u20ac".repeat(21_844));
        }
    }

    private static String body(final InboundMessageDecoder inbound) {
        final byte[] bytes = new byte[inbound.bodyLength()];
        inbound.getBody(bytes, 0, bytes.length);
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static InboundMessageDecoder inbound(final RawClient.Frame frame) {
        return new InboundMessageDecoder()
                .wrap(frame.expect(InboundMessageDecoder.TEMPLATE_ID), 8, frame.blockLength(), frame.version());
    }

    @Test
    void aSecondConnectionOfTheSameNameTakesOver() throws Exception {
        try (RawClient first = rig.openWithEvents("tier", 0);
                RawClient second = rig.openWithEvents("tier", 0)) {
            assertThat(first.read().goodbye().code()).isEqualTo(ErrorCode.SUPERSEDED.number());
            assertThat(first.read()).isEqualTo(RawClient.Frame.END);
            publish(1);
            assertThat(second.read().status().sequence()).isEqualTo(1);
        }
    }

    @Test
    void moreSubscriptionsThanAllowedAreRefused() throws Exception {
        rig.streams.subscriptionLimit = 1;
        try (RawClient first = rig.openWithEvents("one", 0);
                RawClient second = rig.connect().send(Frames.helloWithEvents("acme", BinaryRig.TOKEN, "two", 0))) {
            assertThat(second.read().reject().code()).isEqualTo(ErrorCode.TOO_MANY_SUBSCRIPTIONS.number());
            publish(1);
            first.read().status();
        }
    }

    @Test
    void anAcknowledgementOfWhatDoesNotExistEndsTheConnection() throws Exception {
        for (final long sequence : new long[] {2, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            try (RawClient client = rig.openWithEvents("tier", 0)) {
                client.send(Frames.eventAck(sequence));
                assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.INVALID_FIELD.number());
            }
        }
        try (RawClient client = rig.open().send(Frames.eventAck(0))) {
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.WRONG_STATE.number());
        }
        assertThat(rig.streams.acknowledged).isEqualTo(-1);
    }

    @Test
    void aReaderThatStopsIsHeldThenEndedAndOthersAreNotTouched() throws Exception {
        rig.outputLimit = 4_096;
        try (RawClient slow = rig.openWithEvents("slow", 100);
                RawClient other = rig.open()) {
            slow.socket.setReceiveBufferSize(4_096);
            rig.runOnLoop(() -> rig.outputs.peek().gate(true));
            for (int i = 0; i < 99; i++) {
                publish(1);
            }
            await().until(() -> rig.onLoop(() -> rig.counters.eventsHeld) == 1L);
            final long sent = rig.onLoop(() -> rig.counters.eventsSent);
            assertThat(sent).isBetween(50L, 90L);
            // Not read from either: its answers would have nowhere to go.
            slow.send(Frames.submit(1));
            await().pollDelay(2L * BinaryServer.TICK_MS, TimeUnit.MILLISECONDS)
                    .until(() -> rig.onLoop(() -> rig.counters.slowReaders) == 0L);
            rig.pass(10_000);
            await().until(() -> rig.onLoop(() -> rig.counters.slowReaders) == 1L);
            rig.runOnLoop(() -> rig.outputs.peek().gate(false));
            for (long i = 1; i <= sent; i++) {
                assertThat(slow.read().status().sequence()).isEqualTo(i);
            }
            RawClient.Frame last = slow.read();
            if (last.templateId() == io.trunkline.upstream.codec.SubmitAcceptedDecoder.TEMPLATE_ID) {
                last = slow.read();
            }
            assertThat(last.goodbye().code()).isEqualTo(ErrorCode.SLOW_READER.number());
            other.send(Frames.submit(2));
            other.read().accepted();
        }
    }

    @Test
    void aReaderThatPausesGetsTheRestWhenItGoesOn() throws Exception {
        rig.outputLimit = 4_096;
        try (RawClient client = rig.openWithEvents("tier", 100)) {
            rig.runOnLoop(() -> rig.outputs.peek().gate(true));
            publish(99);
            await().until(() -> rig.onLoop(() -> rig.counters.eventsHeld) == 1L);
            rig.pass(9_000);
            rig.runOnLoop(() -> rig.outputs.peek().gate(false));
            for (int i = 1; i <= 99; i++) {
                assertThat(client.read().status().sequence()).isEqualTo(i);
            }
            client.send(Frames.submit(1));
            client.read().accepted();
        }
        assertThat(rig.counters.slowReaders).isZero();
    }

    @Test
    void silenceIsAskedAboutAndThenEnded() throws Exception {
        try (RawClient quiet = rig.open();
                RawClient dead = rig.open()) {
            rig.pass(15_000);
            assertThat(quiet.read().templateId()).isEqualTo(io.trunkline.upstream.codec.PingDecoder.TEMPLATE_ID);
            assertThat(dead.read().templateId()).isEqualTo(io.trunkline.upstream.codec.PingDecoder.TEMPLATE_ID);
            quiet.send(Frames.pong(1));
            await().until(() -> rig.onLoop(() -> rig.counters.framesRead) == 3L);
            rig.pass(30_000);
            assertThat(dead.read().goodbye().code()).isEqualTo(ErrorCode.TIMED_OUT.number());
            assertThat(dead.read()).isEqualTo(RawClient.Frame.END);
            assertThat(quiet.read().templateId()).isEqualTo(io.trunkline.upstream.codec.PingDecoder.TEMPLATE_ID);
            quiet.send(Frames.submit(1));
            quiet.read().accepted();
        }
        assertThat(rig.counters.idleTimeouts).isEqualTo(1);
    }

    private void publish(final int count) throws Exception {
        rig.runOnLoop(() -> {
            for (int i = 0; i < count; i++) {
                rig.streams.publish(Event.delivered(rig.streams.lastSequence(BinaryRig.TENANT_ID) + 1));
            }
        });
    }
}
