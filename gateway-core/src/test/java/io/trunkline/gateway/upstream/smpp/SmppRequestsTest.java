package io.trunkline.gateway.upstream.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.engine.UnitStatus;
import io.trunkline.gateway.upstream.FakeDesk;
import io.trunkline.gateway.upstream.FakeStreams.Event;
import io.trunkline.smpp.codec.AncillaryEncoder;
import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.DistributionList;
import io.trunkline.smpp.codec.MultiDestination;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.PduHeader;
import io.trunkline.smpp.codec.SmeAddress;
import io.trunkline.smpp.codec.SubmitMultiRespDecoder;
import io.trunkline.smpp.codec.WireBytes;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jsmpp.bean.Address;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.MessageState;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceIfPresentFlag;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SubmitMultiResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client may ask besides submit_sm, with jSMPP as the client. */
class SmppRequestsTest {
    private static final int UNDELIVERED = 11;

    private final SmppRig rig;
    private final JsmppEsme esme;

    SmppRequestsTest() throws Exception {
        rig = new SmppRig();
        esme = JsmppEsme.transceiver(rig);
    }

    @AfterEach
    void close() {
        esme.close();
        rig.close();
    }

    @Test
    void aQueryTellsHowAMessageEndedAndWhen() throws Exception {
        known(7, UnitState.UNDELIVERED, SmppRig.WALL_MS + 300, 27);
        final QuerySmResult ended = query("7");
        assertThat(ended.getMessageState()).isEqualTo(MessageState.UNDELIVERABLE);
        assertThat(ended.getFinalDate()).isEqualTo("261121080000300+");
        assertThat(ended.getErrorCode()).isEqualTo((byte) 27);
        known(8, UnitState.SENT, 0, 0);
        final QuerySmResult open = query("8");
        assertThat(open.getMessageState()).isEqualTo(MessageState.ENROUTE);
        assertThat(open.getFinalDate()).isNullOrEmpty();
        // An error code that does not fit into the octet is left out rather than cut.
        known(9, UnitState.FAILED, SmppRig.WALL_MS, 0x401);
        assertThat(query("9").getErrorCode()).isZero();
        assertThat(query("9").getMessageState()).isEqualTo(MessageState.REJECTED);
        assertStatus(CommandStatus.ESME_RINVMSGID, () -> query("10"));
        assertStatus(CommandStatus.ESME_RINVMSGID, () -> query("abc"));
    }

    @Test
    void everyDestinationOfASubmitMultiIsAUnitAndItsReceiptsCarryTheOneId() throws Exception {
        final SubmitMultiResult result = multi(
                new Address((byte) 1, (byte) 1, "491700000001"),
                new Address((byte) 1, (byte) 1, "491700000002"),
                new Address((byte) 1, (byte) 1, ""));
        assertThat(result.getMessageId()).isEqualTo("1");
        assertThat(result.getUnsuccessDeliveries()).hasSize(1);
        assertThat(result.getUnsuccessDeliveries()[0].getErrorStatusCode()).isEqualTo(CommandStatus.ESME_RINVDSTADR);
        assertThat(rig.desk.taken.stream().map(FakeDesk.Taken::to)).containsExactly("491700000001", "491700000002");
        assertThat(rig.desk.taken.stream().map(FakeDesk.Taken::body)).containsOnly("hello");

        final FakeDesk.Taken second = List.copyOf(rig.desk.taken).get(1);
        assertThat(second.referenceLo()).isEqualTo(1);
        rig.publish(Event.status(second.unitId(), UNDELIVERED, 0, 0)
                .of(2, 2, SmppRig.WALL_MS, 491700000002L)
                .referring(second.referenceHi(), second.referenceLo()));
        final DeliverSm receipt = esme.next();
        assertThat(receipt.getSourceAddr()).isEqualTo("491700000002");
        assertThat(receipt.getShortMessageAsDeliveryReceipt().getId()).isEqualTo("1");
    }

    @Test
    void aSubmitMultiThatNobodyTakesIsRefusedAsAWhole() throws Exception {
        rig.desk.refusal = ErrorCode.OVER_RATE;
        assertStatus(
                CommandStatus.ESME_RTHROTTLED,
                () -> multi(new Address((byte) 1, (byte) 1, "1"), new Address((byte) 1, (byte) 1, "2")));
        assertStatus(
                CommandStatus.ESME_RTHROTTLED,
                () -> multi(new Address((byte) 1, (byte) 1, "1"), new Address((byte) 1, (byte) 1, "1")));
        assertThat(rig.desk.taken).isEmpty();
    }

    /** jSMPP cannot write one, so the octets are ours. */
    @Test
    void distributionListsAreRefusedEachByItsName() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            final ByteBuf out = Unpooled.buffer();
            PduEncoder.bind(out, CommandId.BIND_TRANSMITTER, 1, BindRequest.of("acme", "secret"));
            final byte[] text = {'h', 'i'};
            final OutboundSm message =
                    new OutboundSm().source(5, 0, "Trunkline").message(text, 0, text.length);
            final List<MultiDestination> lists = List.of(new DistributionList("friends"));
            AncillaryEncoder.submitMulti(out, 2, message, List.of(lists.get(0), new SmeAddress(1, 1, "491700000001")));
            AncillaryEncoder.submitMulti(out, 3, message, lists);
            socket.getOutputStream().write(out.array(), 0, out.readableBytes());
            final DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(PduHeader.commandStatus(next(in), 0)).isZero();
            final ByteBuf some = next(in);
            final SubmitMultiRespDecoder answer = new SubmitMultiRespDecoder();
            assertThat(answer.wrap(some, 0, some.readableBytes())).isZero();
            assertThat(WireBytes.latin1(some, answer.messageIdOffset(), answer.messageIdLength()))
                    .isEqualTo("1");
            assertThat(answer.nextRefused()).isTrue();
            assertThat(answer.refusedStatus()).isEqualTo(CommandStatus.ESME_RINVDLNAME);
            assertThat(WireBytes.latin1(some, answer.refusedAddressOffset(), answer.refusedAddressLength()))
                    .isEqualTo("friends");
            assertThat(answer.nextRefused()).isFalse();
            assertThat(PduHeader.commandStatus(next(in), 0)).isEqualTo(CommandStatus.ESME_RINVDLNAME);
        }
    }

    private static ByteBuf next(final DataInputStream in) throws IOException {
        final byte[] pdu = new byte[in.readInt()];
        in.readFully(pdu, Integer.BYTES, pdu.length - Integer.BYTES);
        return Unpooled.wrappedBuffer(pdu).setInt(0, pdu.length);
    }

    @Test
    void asManyDestinationsAsTheSpecificationAllows() throws Exception {
        final Address[] destinations = new Address[254];
        for (int i = 0; i < destinations.length; i++) {
            destinations[i] = new Address((byte) 1, (byte) 1, "49170" + (1_000_000 + i));
        }
        assertThat(multi(destinations).getUnsuccessDeliveries()).isNullOrEmpty();
        assertThat(rig.desk.taken).hasSize(254);
        assertThat(rig.desk.taken.stream().map(taken -> taken.referenceHi() + " " + taken.referenceLo()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aCancelWithoutAnIdTakesAllOfASourceAndDestination() throws Exception {
        esme.submit("491701234567", new byte[] {'x'}, 0, 0, 0, "", "");
        esme.submit("491709999999", new byte[] {'x'}, 0, 0, 1, "", "");
        esme.submit("491701234567", new byte[] {'y'}, 0, 0, 1, "", "");
        cancel("", "491701234567", "");
        assertThat(rig.desk.calls).containsExactly("cancel 42 3", "cancel 42 1");
        assertStatus(CommandStatus.ESME_RCANCELFAIL, () -> cancel("", "491700000000", ""));
        assertStatus(CommandStatus.ESME_RCANCELFAIL, () -> cancel("", "491701234567", "OTHER"));
        assertThat(rig.desk.calls).hasSize(2);
    }

    @Test
    void whatHasEndedCannotBeCancelledAndIsNotSaidToBeUnknown() {
        known(77, UnitState.DELIVERED, SmppRig.WALL_MS, 0);
        assertStatus(CommandStatus.ESME_RCANCELFAIL, () -> cancel("77", "491701234567", ""));
        assertStatus(CommandStatus.ESME_RINVMSGID, () -> cancel("78", "491701234567", ""));
    }

    @Test
    void aReplaceIsRefusedWithItsOwnStatus() throws Exception {
        esme.submit("x", 0);
        assertStatus(
                CommandStatus.ESME_RREPLACEFAIL,
                () -> esme.session.replaceShortMessage(
                        "1",
                        TypeOfNumber.ALPHANUMERIC,
                        NumberingPlanIndicator.UNKNOWN,
                        "Trunkline",
                        null,
                        null,
                        new RegisteredDelivery(0),
                        (byte) 0,
                        new byte[] {'y'}));
    }

    @Test
    void whoIsToPauseIsNotReadWhileOthersAre() throws Exception {
        rig.desk.rateWait = () -> 30;
        try (JsmppEsme patient = new JsmppEsme(rig.port(), BindType.BIND_TX, "patient", "secret")) {
            final List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return patient.submit("x", 0);
                            } catch (final Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        task -> new Thread(task).start()));
            }
            await().until(() -> rig.onLoop(() -> rig.counters.readPauses) >= 3L);
            // The other account answers RTHROTTLED only where the desk refuses; it is served meanwhile.
            assertThat(esme.submit("y", 0)).isEqualTo("1");
            assertThat(answers).noneMatch(CompletableFuture::isDone);
            assertThat(rig.desk.taken).hasSize(1);
            rig.desk.rateWait = () -> 0;
            assertThat(answers).allMatch(answer -> answer.join().matches("[2-6]"));
            assertThat(rig.counters.submits).isEqualTo(6);
            assertThat(rig.counters.submitsRefused).isZero();
        }
    }

    private void known(final long unitId, final UnitState state, final long endedAtMs, final int rawCode) {
        final UnitStatus status = new UnitStatus();
        status.state = state;
        status.endedAtMs = endedAtMs;
        status.rawCode = rawCode;
        rig.desk.statuses.put(unitId, status);
    }

    private QuerySmResult query(final String id) throws Exception {
        return esme.session.queryShortMessage(
                id, TypeOfNumber.ALPHANUMERIC, NumberingPlanIndicator.UNKNOWN, "Trunkline");
    }

    private void cancel(final String id, final String to, final String serviceType) throws Exception {
        esme.session.cancelShortMessage(
                serviceType,
                id,
                TypeOfNumber.ALPHANUMERIC,
                NumberingPlanIndicator.UNKNOWN,
                "Trunkline",
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                to);
    }

    private SubmitMultiResult multi(final Address... destinations) throws Exception {
        return esme.session.submitMultiple(
                "",
                TypeOfNumber.ALPHANUMERIC,
                NumberingPlanIndicator.UNKNOWN,
                "Trunkline",
                destinations,
                new ESMClass(0),
                (byte) 0,
                (byte) 0,
                "",
                "",
                new RegisteredDelivery(1),
                ReplaceIfPresentFlag.DEFAULT,
                DataCodings.ZERO,
                (byte) 0,
                "hello".getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertStatus(final int status, final ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NegativeResponseException.class,
                        e -> assertThat(e.getCommandStatus()).isEqualTo(status));
    }
}
