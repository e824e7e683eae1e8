package io.trunkline.gateway.upstream.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.upstream.FakeStreams.Event;
import io.trunkline.smpp.codec.CommandStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.DeliveryReceipt;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.util.DeliveryReceiptState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmppDeliveryTest {
    private static final int DELIVERED = 10;
    private static final int UNDELIVERED = 11;
    private static final int SENT = 2;
    private static final byte INTERMEDIATE = 0x20;

    private SmppRig rig;

    SmppDeliveryTest() throws Exception {
        rig = new SmppRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aReceiptSaysEverythingInTextAndInTlvs() throws Exception {
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            final String id = esme.submit(
                    "491701234567",
                    new byte[] {'x'},
                    0,
                    0,
                    1,
                    "",
                    "",
                    new OptionalParameter.User_message_reference((short) 0x0815));
            rig.publish(Event.status(1, UNDELIVERED, 3020, 27).of(2, 2, SmppRig.WALL_MS, 491701234567L));
            final DeliverSm sm = esme.next();
            assertThat(sm.isSmscDeliveryReceipt()).isTrue();
            assertThat(sm.getSourceAddr()).isEqualTo("491701234567");
            assertThat(sm.getSourceAddrTon()).isEqualTo((byte) 1);
            assertThat(sm.getDestAddress()).isEqualTo("Trunkline");
            assertThat(sm.getDestAddrTon()).isEqualTo((byte) 5);
            final DeliveryReceipt receipt = sm.getShortMessageAsDeliveryReceipt();
            assertThat(receipt.getId()).isEqualTo(id);
            assertThat(receipt.getFinalStatus()).isEqualTo(DeliveryReceiptState.UNDELIV);
            assertThat(receipt.getError()).isEqualTo("027");
            assertThat(receipt.getSubmitted()).isEqualTo(1);
            assertThat(receipt.getDelivered()).isZero();
            assertThat(new String(sm.getShortMessage(), StandardCharsets.US_ASCII))
                    .isEqualTo("id:1 sub:001 dlvrd:000 submit date:2611210800 done date:2311142213 "
                            + "stat:UNDELIV err:027 text:");
            assertThat(tlv(sm, OptionalParameter.Tag.RECEIPTED_MESSAGE_ID))
                    .isEqualTo("1\0".getBytes(StandardCharsets.US_ASCII));
            assertThat(tlv(sm, OptionalParameter.Tag.MESSAGE_STATE)).containsExactly(5);
            assertThat(tlv(sm, OptionalParameter.Tag.NETWORK_ERROR_CODE)).containsExactly(3, 0, 27);
            assertThat(tlv(sm, OptionalParameter.Tag.USER_MESSAGE_REFERENCE)).containsExactly(8, 0x15);
            await().until(() -> rig.streams.acknowledged == 1);
        }
    }

    private static byte[] tlv(final DeliverSm sm, final OptionalParameter.Tag tag) {
        final byte[] whole = sm.getOptionalParameter(tag.code()).serialize();
        return java.util.Arrays.copyOfRange(whole, 4, whole.length);
    }

    @Test
    void everyTerminalStateHasItsWord() throws Exception {
        final String[] words = {"DELIVRD", "UNDELIV", "REJECTD", "EXPIRED", "DELETED", "UNKNOWN"};
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            for (int i = 0; i < words.length; i++) {
                rig.publish(Event.status(100 + i, DELIVERED + i, 0, 0).of(2, 2, 0, 0));
                assertThat(new String(esme.next().getShortMessage(), StandardCharsets.US_ASCII))
                        .contains("id:" + (100 + i) + " ")
                        .contains("stat:" + words[i] + " ");
            }
        }
    }

    @Test
    void aReceiptOfASubmitThatIsForgottenStillHasBothAddresses() throws Exception {
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            final String[] senders = {"Trunkline", "+4915112345", "12345"};
            final int[] tons = {5, 1, 3};
            for (int i = 0; i < senders.length; i++) {
                rig.streams.sender = senders[i];
                rig.publish(Event.delivered(9 + i).of(2, 2, SmppRig.WALL_MS, 33612345678L));
                final DeliverSm sm = esme.next();
                assertThat(sm.getSourceAddr()).isEqualTo("33612345678");
                assertThat(sm.getDestAddress()).isEqualTo(senders[i]);
                assertThat((int) sm.getDestAddrTon()).isEqualTo(tons[i]);
                assertThat(sm.getShortMessageAsDeliveryReceipt().getId()).isEqualTo(String.valueOf(9 + i));
            }
        }
    }

    @Test
    void sendsOnlyTheReceiptsThatWereAskedForAndAcknowledgesTheRest() throws Exception {
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            esme.submit("none", 0);
            esme.submit("on failure", 2);
            esme.submit("on success", 3);
            esme.submit("all", 0x11);
            rig.publish(Event.delivered(1).of(2, 1, 0, 0));
            rig.publish(Event.delivered(2).of(2, 2, 0, 0));
            rig.publish(Event.status(3, UNDELIVERED, 0, 0).of(2, 2, 0, 0));
            // A unit of the binary protocol.
            rig.publish(Event.delivered(70).of(1, 2, 0, 0));
            rig.publish(Event.status(4, SENT, 0, 0).of(2, 3, 0, 0));
            rig.publish(Event.delivered(4).of(2, 3, 0, 0));
            // jSMPP hands them on from several threads, in any order.
            final List<DeliverSm> both = List.of(esme.next(), esme.next());
            assertThat(both)
                    .filteredOn(sm -> sm.getEsmClass() == INTERMEDIATE)
                    .singleElement()
                    .satisfies(sm -> assertThat(text(sm)).contains("id:4 ", "ENROUTE"));
            assertThat(both)
                    .filteredOn(DeliverSm::isSmscDeliveryReceipt)
                    .singleElement()
                    .satisfies(sm -> assertThat(text(sm)).contains("id:4 ", "DELIVRD"));
            await().until(() -> rig.streams.acknowledged == 6);
            assertThat(esme.delivered).isEmpty();
            assertThat(rig.counters.eventsSkipped).isEqualTo(4);
        }
    }

    @Test
    void deliversInboundMessagesInOneAndInManyParts() throws Exception {
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            rig.publish(Event.inbound(5, 1, "491700000001", "12345", "STOP"));
            final DeliverSm sm = esme.next();
            assertThat(sm.isSmscDeliveryReceipt()).isFalse();
            assertThat(sm.getSourceAddr()).isEqualTo("491700000001");
            assertThat(sm.getDestAddress()).isEqualTo("12345");
            assertThat(sm.getDataCoding()).isZero();
            assertThat(new String(sm.getShortMessage(), StandardCharsets.US_ASCII))
                    .isEqualTo("STOP");
            final String text = "\u041f\u0440\u0438\u0432\u0435\u0442, ".repeat(20);
            rig.publish(Event.inbound(6, 3, "491700000001", "12345", text));
            assertThat(joined(esme, 3)).isEqualTo(text);
            await().until(() -> rig.streams.acknowledged == 2);
        }
    }

    private static String joined(final JsmppEsme esme, final int parts) throws Exception {
        final byte[][] bodies = new byte[parts][];
        for (int i = 0; i < parts; i++) {
            final DeliverSm sm = esme.next();
            final byte[] message = sm.getShortMessage();
            assertThat(sm.getDataCoding()).isEqualTo((byte) 8);
            assertThat(sm.getEsmClass() & 0x40).isEqualTo(0x40);
            assertThat(message[0]).isEqualTo((byte) 5);
            assertThat(message[4]).isEqualTo((byte) parts);
            bodies[message[5] - 1] = java.util.Arrays.copyOfRange(message, 6, message.length);
        }
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (final byte[] body : bodies) {
            all.writeBytes(body);
        }
        return all.toString(StandardCharsets.UTF_16BE);
    }

    @Test
    void retriesWhatMeansLaterAndLeavesWhatIsFinal() throws Exception {
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            final AtomicInteger times = new AtomicInteger();
            esme.answer = sm -> times.incrementAndGet() == 1 ? CommandStatus.ESME_RX_T_APPN : 0;
            rig.publish(Event.delivered(1).of(2, 2, 0, 0));
            esme.next();
            await().until(() -> rig.onLoop(() -> rig.counters.eventRetries) == 1L);
            assertThat(rig.streams.acknowledged).isEqualTo(-1);
            rig.pass(1_000);
            esme.next();
            await().until(() -> rig.streams.acknowledged == 1);
            esme.answer = sm -> CommandStatus.ESME_RX_P_APPN;
            rig.publish(Event.delivered(2).of(2, 2, 0, 0));
            esme.next();
            await().until(() -> rig.streams.acknowledged == 2);
            assertThat(rig.counters.eventsRefused).isEqualTo(1);
        }
    }

    @Test
    void givesUpInTheEndAndSaysSo() throws Exception {
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            esme.answer = sm -> CommandStatus.ESME_RMSGQFUL;
            rig.publish(Event.delivered(1).of(2, 2, 0, 0));
            for (int i = 1; i <= 4; i++) {
                esme.next();
                final long retries = i;
                await().until(() -> rig.onLoop(() -> rig.counters.eventRetries) == retries);
                rig.pass(10_000);
            }
            await().until(() -> rig.streams.acknowledged == 1);
            assertThat(rig.counters.eventsDropped).isEqualTo(1);
            esme.answer = sm -> 0;
            rig.publish(Event.delivered(2).of(2, 2, 0, 0));
            esme.next();
            await().until(() -> rig.streams.acknowledged == 2);
        }
    }

    @Test
    void acknowledgesOnlyAsFarAsEverythingIsAnswered() throws Exception {
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            esme.answer = sm -> text(sm).startsWith("id:1 ") ? CommandStatus.ESME_RTHROTTLED : 0;
            for (int i = 1; i <= 3; i++) {
                rig.publish(Event.delivered(i).of(2, 2, 0, 0));
            }
            for (int i = 1; i <= 3; i++) {
                esme.next();
            }
            await().until(() -> rig.onLoop(() -> rig.counters.eventRetries) == 1L);
            assertThat(rig.streams.acknowledged).isEqualTo(-1);
            esme.answer = sm -> 0;
            rig.pass(1_000);
            assertThat(text(esme.next())).startsWith("id:1 ");
            await().until(() -> rig.streams.acknowledged == 3);
        }
    }

    private static String text(final DeliverSm sm) {
        return new String(sm.getShortMessage(), StandardCharsets.US_ASCII);
    }

    @Test
    void spreadsOverReceiversAndMovesOnWhenOneDies() throws Exception {
        try (JsmppEsme one = new JsmppEsme(rig.port(), BindType.BIND_RX, "acme", "secret");
                JsmppEsme two = new JsmppEsme(rig.port(), BindType.BIND_RX, "acme", "secret")) {
            for (int i = 1; i <= 10; i++) {
                rig.publish(Event.delivered(i).of(2, 2, 0, 0));
            }
            await().until(() -> rig.streams.acknowledged == 10);
            assertThat(one.delivered).hasSize(5);
            assertThat(two.delivered).hasSize(5);
            one.unbind();
            await().until(() -> rig.onLoop(rig.server::bound) == 1);
            for (int i = 11; i <= 14; i++) {
                rig.publish(Event.delivered(i).of(2, 2, 0, 0));
            }
            await().until(() -> rig.streams.acknowledged == 14);
            assertThat(two.delivered).hasSize(9);
        }
    }

    @Test
    void whatADeadSessionDidNotAnswerGoesToTheNext() throws Exception {
        final JsmppEsme first = new JsmppEsme(rig.port(), BindType.BIND_RX, "acme", "secret");
        final java.util.concurrent.CountDownLatch never = new java.util.concurrent.CountDownLatch(1);
        first.answer = sm -> {
            try {
                never.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        };
        rig.publish(Event.delivered(1).of(2, 2, 0, 0));
        first.next();
        try (JsmppEsme second = new JsmppEsme(rig.port(), BindType.BIND_RX, "acme", "secret")) {
            first.session.close();
            never.countDown();
            await().until(() -> rig.onLoop(() -> rig.counters.eventRetries) == 1L);
            rig.pass(1_000);
            assertThat(text(second.next())).startsWith("id:1 ");
            await().until(() -> rig.streams.acknowledged == 1);
        }
    }

    @Test
    void nothingIsLostWhileNobodyIsBound() throws Exception {
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            rig.publish(Event.delivered(1).of(2, 2, 0, 0));
            esme.next();
            await().until(() -> rig.streams.acknowledged == 1);
        }
        await().until(() -> rig.streams.detached.get() == 1);
        rig.publish(Event.delivered(2).of(2, 2, 0, 0));
        rig.publish(Event.delivered(3).of(2, 2, 0, 0));
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            // jSMPP refuses what comes right behind the answer to its bind: that goes again after a second.
            await().until(() -> {
                rig.pass(1_000);
                return rig.streams.acknowledged == 3;
            });
            assertThat(esme.delivered.stream().map(sm -> text(sm).substring(0, 5)))
                    .containsExactlyInAnyOrder("id:2 ", "id:3 ");
        }
    }

    @Test
    void moreThanFitsOnTheWayWaitsInTheStream() throws Exception {
        rig.close();
        rig = new SmppRig(10, 2);
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            for (int i = 1; i <= 200; i++) {
                rig.publish(Event.delivered(i).of(2, 2, 0, 0));
            }
            await().until(() -> rig.streams.acknowledged == 200);
            final Set<String> ids = new HashSet<>();
            esme.delivered.forEach(sm -> ids.add(text(sm).substring(0, 6)));
            assertThat(esme.delivered).hasSize(200);
            assertThat(ids).hasSizeGreaterThan(100);
        }
    }

    @Test
    void aTransmitterGetsNoEvents() throws Exception {
        try (JsmppEsme esme = new JsmppEsme(rig.port(), BindType.BIND_TX, "acme", "secret")) {
            rig.publish(Event.delivered(1).of(2, 2, 0, 0));
            esme.submit("x", 1);
            assertThat(esme.delivered).isEmpty();
            assertThat(rig.onLoop(() -> rig.streams.cursor(SmppRig.TENANT_ID, "smpp:acme")))
                    .isEqualTo(-1L);
        }
    }
}
