package io.trunkline.smpp.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.trunkline.smpp.jsmpp.JsmppDescriber;
import io.trunkline.smpp.trace.Disclosure;
import io.trunkline.smpp.trace.PduReading;
import io.trunkline.smpp.trace.WireDescriber;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every PDU as octets written down by hand from the specification: the encoder must produce exactly them, and both our
 * decoders and jSMPP must read the same out of them.
 */
class GoldenPduTest {
    private static final String DATE = "'261121080000000+' 00";
    private static final SmeAddress FROM = new SmeAddress(Ton.INTERNATIONAL, Npi.ISDN, "4915");
    private static final SmeAddress TO = new SmeAddress(Ton.INTERNATIONAL, Npi.ISDN, "306912");
    private static final byte[] HELLO = "hello".getBytes(ISO_8859_1);

    static Stream<Arguments> pdus() {
        return Stream.of(binds(), links(), messages(), ancillary(), multi(), broadcasts())
                .flatMap(s -> s);
    }

    private static Arguments golden(final String name, final String octets, final Consumer<ByteBuf> encode) {
        return Arguments.of(name, Hex.pdu(octets), encode);
    }

    private static Stream<Arguments> binds() {
        final BindRequest bind = new BindRequest("esme", "secret", "VMS", InterfaceVersion.V3_4, 1, 1, "^49");
        final String body = "'esme' 00 'secret' 00 'VMS' 00 34 01 01 '^49' 00";
        return Stream.of(
                golden(
                        "bind_receiver",
                        "00000001 00000000 00000001" + body,
                        b -> PduEncoder.bind(b, CommandId.BIND_RECEIVER, 1, bind)),
                golden(
                        "bind_transmitter",
                        "00000002 00000000 00000002" + body,
                        b -> PduEncoder.bind(b, CommandId.BIND_TRANSMITTER, 2, bind)),
                golden(
                        "bind_transceiver",
                        "00000009 00000000 7FFFFFFF" + body,
                        b -> PduEncoder.bind(b, CommandId.BIND_TRANSCEIVER, Integer.MAX_VALUE, bind)),
                golden(
                        "bind_receiver_resp",
                        "80000001 00000000 00000001 'mc' 00 0210 0001 34",
                        b -> PduEncoder.bindResp(b, CommandId.BIND_RECEIVER, 1, "mc", InterfaceVersion.V3_4)),
                golden(
                        "bind_transmitter_resp",
                        "80000002 00000000 00000002 'mc' 00",
                        b -> PduEncoder.bindResp(
                                b, CommandId.BIND_TRANSMITTER, 2, "mc", BindRespDecoder.VERSION_ABSENT)),
                golden(
                        "bind_transceiver_resp refused",
                        "80000009 0000000E 00000003",
                        b -> PduEncoder.refusal(b, CommandId.BIND_TRANSCEIVER, CommandStatus.ESME_RINVPASWD, 3)),
                golden(
                        "outbind",
                        "0000000B 00000000 00000004 'mc' 00 'pw' 00",
                        b -> PduEncoder.outbind(b, 4, "mc", "pw")));
    }

    private static Stream<Arguments> links() {
        return Stream.of(
                golden("unbind", "00000006 00000000 00000005", b -> PduEncoder.unbind(b, 5)),
                golden(
                        "unbind_resp",
                        "80000006 00000000 806A179B",
                        b -> PduEncoder.unbindResp(b, CommandStatus.ESME_ROK, 0x806A179B)),
                golden("enquire_link", "00000015 00000000 00000006", b -> PduEncoder.enquireLink(b, 6)),
                golden("enquire_link_resp", "80000015 00000000 00000006", b -> PduEncoder.enquireLinkResp(b, 6)),
                golden(
                        "generic_nack",
                        "80000000 00000002 00000000",
                        b -> PduEncoder.genericNack(b, CommandStatus.ESME_RINVCMDLEN, 0)));
    }

    private static OutboundSm sm() {
        return new OutboundSm()
                .source(1, 1, "4915")
                .destination(1, 1, "306912")
                .message(new UnsafeBuffer(HELLO), 0, HELLO.length);
    }

    private static Stream<Arguments> messages() {
        final String addresses = "01 01 '4915' 00 01 01 '306912' 00";
        final UnsafeBuffer id = new UnsafeBuffer("<0af3>".getBytes(ISO_8859_1));
        return Stream.of(
                golden(
                        "submit_sm",
                        "00000004 00000000 00000007 'CMT' 00" + addresses + "40 01 02" + DATE + DATE
                                + "01 01 03 00 0B 05 00 03 07 02 01 'hello' 0204 0002 ABCD",
                        b -> PduEncoder.submitSm(
                                b,
                                7,
                                sm().serviceType("CMT")
                                        .esmClass(EsmClass.UDHI)
                                        .protocolId(1)
                                        .priority(2)
                                        .schedule("261121080000000+")
                                        .validity("261121080000000+")
                                        .registeredDelivery(RegisteredDelivery.ALWAYS)
                                        .replaceIfPresent(true)
                                        .dataCoding(DataCoding.LATIN1)
                                        .userDataHeader(new byte[] {5, 0, 3, 7, 2, 1}, 0, 6)
                                        .tlvInt16(TlvTag.USER_MESSAGE_REFERENCE, 0xABCD))),
                golden(
                        "submit_sm with message_payload",
                        "00000004 00000000 00000008 00" + addresses + "00 00 00 00 00 00 00 00 00 00 0424 0005 'hello'",
                        b -> PduEncoder.submitSm(b, 8, sm().messagePayload(true))),
                golden(
                        "submit_sm_resp",
                        "80000004 00000000 00000007 '<0af3>' 00",
                        b -> PduEncoder.smResp(b, CommandId.SUBMIT_SM, 0, 7, "<0af3>", CongestionState.ABSENT)),
                golden(
                        "submit_sm_resp of 5.0",
                        "80000004 00000000 00000007 '<0af3>' 00 0428 0001 50",
                        b -> PduEncoder.smResp(b, CommandId.SUBMIT_SM, 0, 7, id, 0, 6, CongestionState.OPTIMUM_FIRST)),
                golden(
                        "submit_sm_resp refused",
                        "80000004 00000058 00000007",
                        b -> PduEncoder.refusal(b, CommandId.SUBMIT_SM, CommandStatus.ESME_RTHROTTLED, 7)),
                golden(
                        "deliver_sm",
                        "00000005 00000000 00000009 00" + addresses
                                + "04 00 00 00 00 00 00 00 00 05 'hello' 0427 0001 02",
                        b -> PduEncoder.deliverSm(
                                b,
                                9,
                                sm().esmClass(EsmClass.TYPE_DELIVERY_RECEIPT)
                                        .tlvInt8(TlvTag.MESSAGE_STATE, MessageState.DELIVERED))),
                golden(
                        "deliver_sm_resp",
                        "80000005 00000000 FFFFFFFF 00",
                        b -> PduEncoder.deliverSmResp(b, CommandStatus.ESME_ROK, -1, CongestionState.ABSENT)),
                golden(
                        "deliver_sm_resp refused",
                        "80000005 00000064 00000000 00",
                        b -> PduEncoder.refusal(b, CommandId.DELIVER_SM, CommandStatus.ESME_RX_T_APPN, 0)),
                golden(
                        "data_sm",
                        "00000103 00000000 0000000A 00" + addresses + "00 01 08 0424 0005 'hello'",
                        b -> PduEncoder.dataSm(
                                b,
                                10,
                                sm().registeredDelivery(RegisteredDelivery.ALWAYS)
                                        .dataCoding(DataCoding.UCS2))),
                golden(
                        "data_sm_resp",
                        "80000103 00000000 0000000A 'x' 00",
                        b -> PduEncoder.smResp(b, CommandId.DATA_SM, 0, 10, "x", CongestionState.ABSENT)));
    }

    private static Stream<Arguments> ancillary() {
        return Stream.of(
                golden(
                        "query_sm",
                        "00000003 00000000 0000000B 'id' 00 01 01 '4915' 00",
                        b -> AncillaryEncoder.querySm(b, 11, "id", FROM)),
                golden(
                        "query_sm_resp",
                        "80000003 00000000 0000000B 'id' 00" + DATE + "02 07",
                        b -> AncillaryEncoder.querySmResp(b, 11, "id", "261121080000000+", MessageState.DELIVERED, 7)),
                golden(
                        "query_sm_resp refused",
                        "80000003 00000067 0000000B",
                        b -> PduEncoder.refusal(b, CommandId.QUERY_SM, CommandStatus.ESME_RQUERYFAIL, 11)),
                golden(
                        "cancel_sm",
                        "00000008 00000000 0000000C 'CMT' 00 'id' 00 01 01 '4915' 00 01 01 '306912' 00",
                        b -> AncillaryEncoder.cancelSm(b, 12, "CMT", "id", FROM, TO)),
                golden(
                        "cancel_sm_resp",
                        "80000008 00000011 0000000C",
                        b -> AncillaryEncoder.cancelSmResp(b, CommandStatus.ESME_RCANCELFAIL, 12)),
                golden(
                        "replace_sm",
                        "00000007 00000000 0000000D 'id' 00 01 01 '4915' 00 00" + DATE + "01 00 05 'hello'",
                        b -> AncillaryEncoder.replaceSm(
                                b,
                                13,
                                "id",
                                sm().validity("261121080000000+").registeredDelivery(RegisteredDelivery.ALWAYS))),
                golden(
                        "replace_sm_resp",
                        "80000007 00000013 0000000D",
                        b -> AncillaryEncoder.replaceSmResp(b, CommandStatus.ESME_RREPLACEFAIL, 13)),
                golden(
                        "alert_notification",
                        "00000102 00000000 0000000E 01 01 '4915' 00 01 01 '306912' 00 0422 0001 00",
                        b -> AncillaryEncoder.alertNotification(
                                b, 14, FROM, TO, new OutboundTlvs().addInt8(TlvTag.MS_AVAILABILITY_STATUS, 0))));
    }

    private static Stream<Arguments> multi() {
        return Stream.of(
                golden(
                        "submit_multi",
                        "00000021 00000000 0000000F 00 01 01 '4915' 00 02 01 01 01 '306912' 00 02 'friends' 00"
                                + "00 00 00 00 00 00 00 00 00 05 'hello'",
                        b -> AncillaryEncoder.submitMulti(
                                b, 15, sm(), List.<MultiDestination>of(TO, new DistributionList("friends")))),
                golden(
                        "submit_multi_resp",
                        "80000021 00000000 0000000F 'id' 00 01 01 01 '306912' 00 0000000B",
                        b -> AncillaryEncoder.submitMultiResp(
                                b, 15, "id", List.of(new RefusedDestination(TO, CommandStatus.ESME_RINVDSTADR)))));
    }

    private static Stream<Arguments> broadcasts() {
        final OutboundTlvs area = new OutboundTlvs()
                .add(TlvTag.BROADCAST_AREA_IDENTIFIER, new byte[] {0, 'X'}, 0, 2)
                .add(TlvTag.BROADCAST_CONTENT_TYPE, new byte[] {1, 0, 2}, 0, 3)
                .addInt16(TlvTag.BROADCAST_REP_NUM, 3)
                .add(TlvTag.BROADCAST_FREQUENCY_INTERVAL, new byte[] {8, 0, 5}, 0, 3);
        final BroadcastRequest request =
                new BroadcastRequest("CBS", FROM, "id", 1, "", "261121080000000+", false, DataCoding.LATIN1, 0);
        final OutboundTlvs state = new OutboundTlvs().addInt8(TlvTag.MESSAGE_STATE, MessageState.ENROUTE);
        return Stream.of(
                golden(
                        "broadcast_sm",
                        "00000111 00000000 00000010 'CBS' 00 01 01 '4915' 00 'id' 00 01 00" + DATE + "00 03 00"
                                + "0606 0002 00 'X' 0601 0003 010002 0604 0002 0003 0605 0003 080005",
                        b -> AncillaryEncoder.broadcastSm(b, 16, request, area)),
                golden(
                        "broadcast_sm_resp",
                        "80000111 00000000 00000010 'id' 00",
                        b -> AncillaryEncoder.broadcastSmResp(b, 16, "id", new OutboundTlvs())),
                golden(
                        "broadcast_sm_resp refused",
                        "80000111 0000010D 00000010 00",
                        b -> PduEncoder.refusal(b, CommandId.BROADCAST_SM, CommandStatus.ESME_RBCASTFAIL, 16)),
                golden(
                        "query_broadcast_sm",
                        "00000112 00000000 00000011 'id' 00 01 01 '4915' 00",
                        b -> AncillaryEncoder.queryBroadcastSm(b, 17, "id", FROM)),
                golden(
                        "query_broadcast_sm_resp",
                        "80000112 00000000 00000011 'id' 00 0427 0001 01",
                        b -> AncillaryEncoder.queryBroadcastSmResp(b, 17, "id", state)),
                golden(
                        "cancel_broadcast_sm",
                        "00000113 00000000 00000012 'CBS' 00 'id' 00 01 01 '4915' 00",
                        b -> AncillaryEncoder.cancelBroadcastSm(b, 18, "CBS", "id", FROM)),
                golden(
                        "cancel_broadcast_sm_resp",
                        "80000113 00000000 00000012",
                        b -> AncillaryEncoder.cancelBroadcastSmResp(b, CommandStatus.ESME_ROK, 18)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pdus")
    void theEncoderWritesTheGoldenOctets(final String name, final byte[] golden, final Consumer<ByteBuf> encode) {
        final ByteBuf out = Unpooled.buffer();
        encode.accept(out);
        assertThat(ByteBufUtil.hexDump(out)).as(name).isEqualTo(ByteBufUtil.hexDump(golden));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pdus")
    void weAndJsmppReadTheSameOutOfThem(final String name, final byte[] golden, final Consumer<ByteBuf> encode) {
        final PduReading ours = new WireDescriber().describe(golden, Disclosure.SECRETS);
        assertThat(ours).as(name).isInstanceOf(PduReading.Described.class);
        assertThat(((PduReading.Described) ours).command()).isEqualTo(name.split(" ", 2)[0]);
        assertThat(new JsmppDescriber().describe(golden, Disclosure.SECRETS)).isEqualTo(ours);
    }
}
