package io.trunkline.smpp.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message centre over real sockets, against a peer that sends what no decent ESME would. */
class McSessionTest {
    private final McDesk desk = new McDesk();
    private final LiveLoop loop = new LiveLoop();
    private final List<RawPeer> peers = new ArrayList<>();
    private McServer server = loop.server(McSettings.DEFAULT, desk);

    @AfterEach
    void close() throws IOException {
        for (final RawPeer peer : peers) {
            peer.close();
        }
        loop.close();
    }

    private void settings(final McSettings settings) {
        server = loop.server(settings, desk);
    }

    private RawPeer peer() throws IOException {
        final RawPeer peer = new RawPeer(server.localAddress());
        peers.add(peer);
        return peer;
    }

    private static McSettings.Timing timing(final long preBindMs, final long enquireMs, final long inactivityMs) {
        final McSettings.Timing t = McSettings.Timing.DEFAULT;
        return new McSettings.Timing(
                MILLISECONDS.toNanos(preBindMs),
                MILLISECONDS.toNanos(300),
                MILLISECONDS.toNanos(200),
                t.lateGraceNs(),
                MILLISECONDS.toNanos(enquireMs),
                MILLISECONDS.toNanos(200),
                MILLISECONDS.toNanos(inactivityMs),
                t.unbindNs(),
                MILLISECONDS.toNanos(300));
    }

    @Test
    void workBeforeBindIsRefusedAndTheLinkStays() throws IOException {
        final RawPeer peer = peer().send(Wire.submit(7, "x"), Wire.pdu(CommandId.QUERY_SM, 0, 8));
        assertThat(peer.receiveName()).isEqualTo("submit_sm_resp 4 7");
        assertThat(peer.receiveName()).isEqualTo("query_sm_resp 4 8");
        peer.bind(BindType.TRANSCEIVER).send(Wire.submit(9, "y"));
        assertThat(peer.receiveName()).isEqualTo("submit_sm_resp 0 9");
        assertThat(desk.count("submit")).isEqualTo(1);
    }

    @Test
    void aReceiverMayNotSubmitAndATransmitterIsSentNothing() throws IOException {
        final RawPeer receiver = peer().bind(BindType.RECEIVER).send(Wire.submit(7, "x"));
        assertThat(receiver.receiveName()).isEqualTo("submit_sm_resp 4 7");
        peer().bind(BindType.TRANSMITTER);
        await().until(() -> desk.bound.size() == 2);
        assertThat(loop.call(() -> desk.bound.get(0).canDeliver())).isTrue();
        assertThat(loop.call(() -> desk.bound.get(1).canDeliver())).isFalse();
    }

    @Test
    void aSecondBindIsRefusedAndTheFirstStays() throws IOException {
        final RawPeer peer = peer().bind(BindType.TRANSMITTER).send(RawPeer.bindRequest(BindType.RECEIVER, "other"));
        assertThat(peer.receiveName()).isEqualTo("bind_receiver_resp 5 1");
        peer.send(Wire.submit(2, "x"));
        assertThat(peer.receiveName()).isEqualTo("submit_sm_resp 0 2");
    }

    @Test
    void quirk32_anUnknownCommandIsNackedAndTheLinkStays() throws IOException {
        final RawPeer peer = peer().bind(BindType.TRANSCEIVER).send(Wire.pdu(0x7777, 0, 3, (byte) 9));
        assertThat(peer.receiveName()).isEqualTo("generic_nack 3 3");
        peer.send(Wire.pdu(CommandId.ENQUIRE_LINK, 0, 4));
        assertThat(peer.receiveName()).isEqualTo("enquire_link_resp 0 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 68 * 1024 + 1})
    void anImpossibleLengthIsNackedAndClosedBeforeAndAfterBind(final int length) throws IOException {
        final RawPeer other = peer().bind(BindType.TRANSCEIVER);
        final RawPeer unbound = peer().send(Wire.header(length, CommandId.SUBMIT_SM, 1));
        assertThat(unbound.receiveName()).isEqualTo("generic_nack 2 0");
        assertThat(unbound.closedByPeer()).isTrue();
        final RawPeer bound = peer().bind(BindType.TRANSCEIVER).send(Wire.header(length, CommandId.SUBMIT_SM, 1));
        assertThat(bound.receiveName()).isEqualTo("generic_nack 2 0");
        assertThat(bound.closedByPeer()).isTrue();
        await().untilAsserted(
                        () -> assertThat(desk.count("closed PROTOCOL_ERROR")).isEqualTo(2));
        other.send(Wire.submit(5, "still here"));
        assertThat(other.receiveName()).isEqualTo("submit_sm_resp 0 5");
    }

    @Test
    void fourOctetsAreEnoughToJudgeALength() throws IOException {
        final RawPeer peer = peer().send(new byte[] {0x7F, -1, -1, -1});
        assertThat(peer.receiveName()).isEqualTo("generic_nack 2 0");
        assertThat(peer.closedByPeer()).isTrue();
    }

    @Test
    void aBodyThatBreaksOffIsRefusedWithItsStatusAndTheLinkStays() throws IOException {
        final RawPeer peer = peer().bind(BindType.TRANSCEIVER);
        peer.send(
                Wire.pdu(CommandId.SUBMIT_SM, 0, 2),
                Wire.pdu(CommandId.SUBMIT_SM, 0, 3, "no nul".getBytes(ISO_8859_1)));
        assertThat(peer.receiveName()).isEqualTo("submit_sm_resp 2 2");
        assertThat(peer.receiveName()).isEqualTo("submit_sm_resp 2 3");
        peer.send(Wire.submit(4, "x"));
        assertThat(peer.receiveName()).isEqualTo("submit_sm_resp 0 4");
        assertThat(desk.bound.get(0).counters().malformedPdus).isEqualTo(2);
    }

    @Test
    void aMalformedBindIsRefused() throws IOException {
        final RawPeer peer = peer().send(Wire.pdu(CommandId.BIND_TRANSCEIVER, 0, 2, (byte) 'x'));
        assertThat(peer.receiveName()).isEqualTo("bind_transceiver_resp 2 2");
        assertThat(peer.closedByPeer()).isTrue();
    }

    @Test
    void broadcastsAreRefusedEachWithItsOwnStatus() throws IOException {
        final RawPeer peer = peer().bind(BindType.TRANSCEIVER);
        peer.send(
                Wire.pdu(CommandId.BROADCAST_SM, 0, 2),
                Wire.pdu(CommandId.QUERY_BROADCAST_SM, 0, 3),
                Wire.pdu(CommandId.CANCEL_BROADCAST_SM, 0, 4));
        assertThat(peer.receiveName()).isEqualTo("broadcast_sm_resp 269 2");
        assertThat(peer.receiveName()).isEqualTo("query_broadcast_sm_resp 270 3");
        assertThat(peer.receiveName()).isEqualTo("cancel_broadcast_sm_resp 271 4");
    }

    @Test
    void quirk29_anySequenceNumberIsEchoed() throws IOException {
        final RawPeer peer = peer().bind(BindType.TRANSCEIVER);
        for (final int sequence : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            peer.send(Wire.submit(sequence, "x"));
            assertThat(peer.receiveName()).isEqualTo("submit_sm_resp 0 " + sequence);
        }
    }

    @Test
    void moreThanTheWindowIsThrottled() throws IOException {
        settings(McSettings.DEFAULT.withWindows(2, 10));
        desk.answers = false;
        final RawPeer peer = peer().bind(BindType.TRANSCEIVER);
        peer.send(Wire.submit(2, "a"), Wire.submit(3, "b"), Wire.submit(4, "c"));
        assertThat(peer.receiveName()).isEqualTo("submit_sm_resp 88 4");
        assertThat(desk.unansweredSubmits).containsExactly(2, 3);
    }

    @Test
    void whoNeverBindsIsClosed() throws IOException {
        settings(McSettings.DEFAULT.withTiming(timing(200, 30_000, 0)));
        final RawPeer silent = peer();
        final RawPeer dripping = peer();
        final RawPeer enquiring = peer();
        await().until(() -> server.sessions() == 3);
        dripping.send(new byte[] {0, 0, 0});
        enquiring.send(Wire.pdu(CommandId.ENQUIRE_LINK, 0, 1));
        assertThat(enquiring.receiveName()).isEqualTo("enquire_link_resp 0 1");
        assertThat(silent.closedByPeer()).isTrue();
        assertThat(dripping.closedByPeer()).isTrue();
        assertThat(enquiring.closedByPeer()).isTrue();
        await().untilAsserted(
                        () -> assertThat(desk.count("closed BIND_TIMEOUT")).isEqualTo(3));
        assertThat(server.sessions()).isZero();
    }

    @Test
    void aBindThatTheListenerDefersIsAnsweredLaterOrTimesOut() throws IOException {
        settings(McSettings.DEFAULT.withTiming(timing(5_000, 30_000, 0)));
        desk.defersBinds = true;
        final RawPeer answered = peer().send(RawPeer.bindRequest(BindType.TRANSMITTER, "a"));
        await().until(() -> desk.bound.size() == 1);
        final McSession session = desk.bound.get(0);
        loop.run(() -> session.answerBind(CommandStatus.ESME_RINVPASWD));
        assertThat(answered.receiveName()).isEqualTo("bind_transmitter_resp 14 1");
        assertThat(answered.closedByPeer()).isTrue();

        final RawPeer forgotten = peer().send(RawPeer.bindRequest(BindType.TRANSMITTER, "b"));
        assertThat(forgotten.closedByPeer()).isTrue();
        await().untilAsserted(() -> assertThat(desk.all).contains("closed BIND_TIMEOUT"));
    }

    @Test
    void sessionsAreLimitedInAllPerAddressAndPerSystemId() throws IOException {
        settings(McSettings.DEFAULT.withSessions(100, 3, 2));
        final RawPeer first = peer().bind(BindType.TRANSMITTER, "a");
        peer().bind(BindType.TRANSMITTER, "a");
        final RawPeer third = peer().send(RawPeer.bindRequest(BindType.TRANSMITTER, "a"));
        assertThat(third.receiveName()).isEqualTo("bind_transmitter_resp 5 1");
        final RawPeer fourth = peer();
        assertThat(fourth.closedByPeer()).isTrue();
        assertThat(server.refusedConnections()).isEqualTo(1);
        first.close();
        third.close();
        await().until(() -> server.sessions() == 1);
        peer().bind(BindType.TRANSMITTER, "a");
        assertThat(server.bound("a")).isEqualTo(2);
    }

    @Test
    void deliveriesThatAreNotAnsweredComeBackOnceAndLateAnswersApart() throws IOException {
        settings(McSettings.DEFAULT.withTiming(timing(5_000, 30_000, 0)));
        final RawPeer peer = peer().bind(BindType.RECEIVER);
        await().until(() -> desk.bound.size() == 1);
        final McSession session = desk.bound.get(0);
        loop.run(() -> session.deliver(1, Wire.message("a"), System.nanoTime()));
        final Wire.Pdu first = peer.receive();
        await().untilAsserted(() -> assertThat(desk.all).contains("unanswered 1 RESPONSE_TIMEOUT"));
        peer.send(Wire.pdu(CommandId.DELIVER_SM_RESP, 0, first.sequence(), (byte) 0));
        await().untilAsserted(() -> assertThat(desk.all).contains("late 1 0"));

        loop.run(() -> session.deliver(2, Wire.message("b"), System.nanoTime()));
        // quirk 22: without a body.
        peer.send(Wire.pdu(CommandId.DELIVER_SM_RESP, 0, peer.receive().sequence()));
        await().untilAsserted(() -> assertThat(desk.all).contains("delivered 2 0"));

        loop.run(() -> session.deliver(3, Wire.message("c"), System.nanoTime()));
        peer.close();
        await().untilAsserted(() -> assertThat(desk.count("unanswered 3")).isEqualTo(1));
        assertThat(desk.count("unanswered 1")).isEqualTo(1);
    }

    @Test
    void aDeadEsmeIsFoundOutAndAnIdleOneUnbound() throws IOException {
        settings(McSettings.DEFAULT.withTiming(timing(5_000, 50, 0)));
        final RawPeer dead = peer().bind(BindType.RECEIVER);
        assertThat(dead.receive().commandId()).isEqualTo(CommandId.ENQUIRE_LINK);
        assertThat(dead.closedByPeer()).isTrue();
        await().untilAsserted(() -> assertThat(desk.all).contains("closed DEAD_PEER"));

        settings(McSettings.DEFAULT.withTiming(timing(5_000, 30_000, 100)));
        final RawPeer idle = peer().bind(BindType.RECEIVER);
        final Wire.Pdu unbind = idle.receive();
        assertThat(unbind.commandId()).isEqualTo(CommandId.UNBIND);
        idle.send(Wire.pdu(CommandId.UNBIND_RESP, 0, unbind.sequence()));
        assertThat(idle.closedByPeer()).isTrue();
        await().untilAsserted(() -> assertThat(desk.all).contains("closed IDLE"));
    }

    @Test
    void aFloodFromOneSessionDoesNotStopTheOthers() throws Exception {
        settings(McSettings.DEFAULT.withInbound(new InboundLimits(64, 2_000)));
        final RawPeer flooder = peer().bind(BindType.TRANSCEIVER, "flooder");
        final RawPeer other = peer().bind(BindType.TRANSCEIVER, "other");
        final byte[] burst = new byte[16 * 1000];
        for (int i = 0; i < 1000; i++) {
            System.arraycopy(Wire.pdu(CommandId.ENQUIRE_LINK, 0, i), 0, burst, 16 * i, 16);
        }
        final Thread flood = new Thread(() -> {
            try {
                for (int i = 0; i < 1000; i++) {
                    flooder.send(burst);
                }
            } catch (final IOException e) {
                // The test is over.
            }
        });
        flood.start();
        final McSession flooded = desk.bound.get(0);
        await().until(() -> flooded.counters().readPauses > 3);
        for (int i = 2; i < 50; i++) {
            other.send(Wire.submit(i, "x"));
            assertThat(other.receiveName()).isEqualTo("submit_sm_resp 0 " + i);
        }
        final long before = flooded.counters().pdusIn;
        final long from = System.nanoTime();
        await().until(() -> flooded.counters().pdusIn > before + 1000);
        final double seconds = (System.nanoTime() - from) / 1e9;
        assertThat((flooded.counters().pdusIn - before) / seconds).isLessThan(3_000);
        flooder.close();
        flood.join(SECONDS.toMillis(10));
    }

    @Test
    void whoDoesNotReadIsClosedAndCostsNoMoreThanTheLimit() throws IOException {
        server = loop.server(
                McSettings.DEFAULT.withTiming(timing(5_000, 30_000, 0)).withInbound(new InboundLimits(1 << 20, 0)),
                desk,
                channel -> new ImmediateOutput(channel, 64 * 1024));
        final RawPeer peer = peer().bind(BindType.TRANSCEIVER);
        final byte[] burst = new byte[16 * 4096];
        for (int i = 0; i < 4096; i++) {
            System.arraycopy(Wire.pdu(CommandId.ENQUIRE_LINK, 0, i), 0, burst, 16 * i, 16);
        }
        assertThatThrownBy(() -> {
                    // Far more than the sockets' own buffers hold.
                    for (int i = 0; i < 2000; i++) {
                        peer.send(burst);
                    }
                })
                .isInstanceOf(IOException.class);
        await().untilAsserted(() -> assertThat(desk.all).contains("closed SLOW_READER"));
        // What fits into the sockets of both ends, of the 128 MiB that were there to answer.
        assertThat(desk.bound.get(0).counters().pdusOut * 16).isLessThan(64 << 20);
    }

    @Test
    void connectionsThatTheListenerDoesNotWantAreClosedWithoutAWord() throws IOException {
        final McListener picky = new McListener() {
            @Override
            public boolean onConnect(final java.net.SocketAddress remote) {
                return false;
            }

            @Override
            public int onBindRequest(final McSession session, final io.trunkline.smpp.codec.BindDecoder bind) {
                return CommandStatus.ESME_ROK;
            }

            @Override
            public void onClosed(final McSession session, final CloseCause cause) {
                desk.all.add("closed");
            }

            @Override
            public void onSubmit(
                    final McSession session, final int sequence, final io.trunkline.smpp.codec.SmDecoder sm) {
                desk.all.add("submit");
            }
        };
        server = loop.server(McSettings.DEFAULT, picky);
        assertThat(peer().closedByPeer()).isTrue();
        assertThat(server.refusedConnections()).isEqualTo(1);
        assertThat(desk.all).isEmpty();
    }

    @Test
    void whoUnbindsClosesFirstAndItsPlaceIsFreeAtOnce() throws IOException {
        settings(McSettings.DEFAULT.withSessions(100, 100, 1));
        final RawPeer peer = peer().bind(BindType.TRANSCEIVER);
        loop.run(() -> desk.bound.get(0).deliver(1, Wire.message("a"), System.nanoTime()));
        assertThat(peer.receive().commandId()).isEqualTo(CommandId.DELIVER_SM);
        peer.send(Wire.pdu(CommandId.UNBIND, 0, 7));
        assertThat(peer.receiveName()).isEqualTo("unbind_resp 0 7");
        assertThat(desk.all).contains("unanswered 1 PEER_UNBOUND", "closed PEER_UNBOUND");
        // The connection is still there, for nothing but courtesies.
        peer.send(Wire.pdu(CommandId.ENQUIRE_LINK, 0, 8), Wire.submit(9, "x"));
        assertThat(peer.receiveName()).isEqualTo("enquire_link_resp 0 8");
        assertThat(peer.receiveName()).isEqualTo("submit_sm_resp 4 9");
        peer().bind(BindType.TRANSCEIVER);
        assertThat(server.sessions()).isEqualTo(2);
        peer.close();
        await().until(() -> server.sessions() == 1);
        assertThat(desk.count("closed")).isEqualTo(1);
    }

    @Test
    void whoUnbindsAndStaysIsClosedInTheEnd() throws IOException {
        final RawPeer peer = peer().bind(BindType.TRANSCEIVER).send(Wire.pdu(CommandId.UNBIND, 0, 7));
        assertThat(peer.closedByPeer()).isTrue();
        await().until(() -> server.sessions() == 0);
    }

    @Test
    void whatIsHeldBackComesAgainInOrderAndOthersAreServedMeanwhile() throws IOException {
        desk.holdsBackNs = MILLISECONDS.toNanos(20);
        final RawPeer held = peer().bind(BindType.TRANSCEIVER, "held");
        final RawPeer other = peer().bind(BindType.TRANSCEIVER, "other");
        final byte[][] submits = new byte[20][];
        for (int i = 0; i < submits.length; i++) {
            submits[i] = Wire.submit(i + 1, "hold " + i);
        }
        held.send(Wire.concat(submits));
        held.send(Wire.pdu(CommandId.ENQUIRE_LINK, 0, 99));
        for (int i = 1; i <= 50; i++) {
            other.send(Wire.submit(i, "x"));
            assertThat(other.receiveName()).isEqualTo("submit_sm_resp 0 " + i);
        }
        for (int i = 1; i <= submits.length; i++) {
            assertThat(held.receiveName()).isEqualTo("submit_sm_resp 0 " + i);
        }
        assertThat(held.receiveName()).isEqualTo("enquire_link_resp 0 99");
        final List<String> taken =
                desk.all.stream().filter(line -> line.startsWith("submit hold")).toList();
        for (int i = 0; i < submits.length; i++) {
            assertThat(taken.get(i)).isEqualTo("submit hold " + i);
        }
        assertThat(taken).hasSize(submits.length);
        assertThat(desk.count("held back")).isEqualTo(submits.length);
        assertThat(desk.bound.get(0).counters().requestsReceived).isEqualTo(submits.length);
    }

    @Test
    void whoIsHeldBackFillsItsOwnSocketAndNotOurMemory() throws Exception {
        desk.holdsBackNs = MILLISECONDS.toNanos(500);
        final RawPeer held = peer().bind(BindType.TRANSCEIVER, "held");
        final byte[] submits = new byte[1 << 20];
        final byte[] one = Wire.submit(1, "hold");
        for (int at = 0; at + one.length <= submits.length; at += one.length) {
            System.arraycopy(one, 0, submits, at, one.length);
        }
        final Thread flood = new Thread(() -> {
            try {
                for (int i = 0; i < 1000; i++) {
                    held.send(submits);
                }
            } catch (final IOException e) {
                // The test is over.
            }
        });
        flood.start();
        final McSession session = desk.bound.get(0);
        await().until(() -> desk.count("held back") >= 2);
        assertThat(session.counters().bytesIn).isLessThan(1 << 20);
        assertThat(flood.isAlive()).isTrue();
        held.close();
        flood.join(SECONDS.toMillis(10));
    }
}
