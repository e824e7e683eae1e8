package io.trunkline.gateway.upstream.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.upstream.FakeStreams.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final BinaryRig rig;

    DrainTest() throws Exception {
        rig = new BinaryRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void refusesSubmitsWhileEventsFlowOnThenSaysGoodbye() throws Exception {
        try (RawClient client = rig.openWithEvents("tier", 0)) {
            client.send(Frames.submit(1));
            client.read().accepted();
            rig.runOnLoop(rig.server::drain);
            client.send(Frames.submit(2));
            final var refused = client.read().refused();
            assertThat(refused.code()).isEqualTo(ErrorCode.DRAINING.number());
            assertThat(refused.flags().retryable()).isTrue();
            rig.runOnLoop(() -> rig.streams.publish(Event.delivered(1)));
            assertThat(client.read().status().unitId()).isEqualTo(1);
            client.send(Frames.eventAck(1));
            await().until(() -> rig.streams.acknowledged == 1);
            rig.runOnLoop(rig.server::close);
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.DRAINING.number());
            assertThat(client.read()).isEqualTo(RawClient.Frame.END);
        }
        await().until(() -> rig.onLoop(rig.server::sessions) == 0);
    }

    @Test
    void listensNoMore() throws Exception {
        rig.runOnLoop(rig.server::drain);
        await().untilAsserted(() ->
                assertThatThrownBy(() -> rig.connect().close()).isInstanceOf(java.net.ConnectException.class));
    }

    @Test
    void whatWasAnsweredLeavesBeforeTheGoodbye() throws Exception {
        try (RawClient client = rig.open()) {
            rig.runOnLoop(() -> rig.outputs.peek().gate(true));
            for (int i = 1; i <= 50; i++) {
                client.send(Frames.submit(i));
            }
            await().until(() -> rig.onLoop(() -> rig.counters.submits) == 50L);
            rig.runOnLoop(rig.server::close);
            rig.runOnLoop(() -> rig.outputs.peek().gate(false));
            for (int i = 1; i <= 50; i++) {
                assertThat(client.read().accepted().referenceLo()).isEqualTo(i);
            }
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.DRAINING.number());
            assertThat(client.read()).isEqualTo(RawClient.Frame.END);
        }
    }

    @Test
    void aPeerThatNeverReadsIsCutInTheEnd() throws Exception {
        try (RawClient client = rig.open()) {
            rig.runOnLoop(() -> rig.outputs.peek().gate(true));
            rig.runOnLoop(rig.server::close);
            rig.pass(4_999);
            assertThat(rig.onLoop(rig.server::sessions)).isEqualTo(1);
            rig.pass(1);
            assertThat(client.read()).isEqualTo(RawClient.Frame.END);
        }
    }
}
