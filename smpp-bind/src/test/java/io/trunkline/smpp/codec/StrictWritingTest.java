package io.trunkline.smpp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the specification does not allow is refused before a single octet of the PDU is written. */
class StrictWritingTest {
    private static final SmeAddress ADDRESS = new SmeAddress(1, 1, "4915");
    private static final SmeAddress LONG_ADDRESS = new SmeAddress(1, 1, "4".repeat(21));

    private static Arguments refused(final String what, final Consumer<ByteBuf> write) {
        return Arguments.of(what, write);
    }

    static Stream<Arguments> mistakes() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[100]);
        return Stream.of(
                refused("request sequence 0", b -> PduEncoder.enquireLink(b, 0)),
                refused("request sequence above 0x7FFFFFFF", b -> PduEncoder.unbind(b, -1)),
                refused("bind that is none", b -> PduEncoder.bind(b, CommandId.UNBIND, 1, BindRequest.of("a", "b"))),
                refused("system_id", b -> PduEncoder.outbind(b, 1, "a".repeat(17), "")),
                refused("sc_interface_version", b -> PduEncoder.bindResp(b, CommandId.BIND_RECEIVER, 1, "", 256)),
                refused(
                        "message_id",
                        b -> PduEncoder.smResp(b, CommandId.SUBMIT_SM, 0, 1, "a".repeat(65), CongestionState.ABSENT)),
                refused(
                        "message_id of octets",
                        b -> PduEncoder.smResp(b, CommandId.SUBMIT_SM, 0, 1, buffer, 0, 65, CongestionState.ABSENT)),
                refused(
                        "message_id beyond octet characters",
                        b -> PduEncoder.smResp(b, CommandId.SUBMIT_SM, 0, 1, "\u0394", CongestionState.ABSENT)),
                refused("congestion_state", b -> PduEncoder.deliverSmResp(b, 0, 1, 101)),
                refused(
                        "short_message of 255 octets",
                        b -> PduEncoder.submitSm(b, 1, new OutboundSm().message(new byte[255], 0, 255))),
                refused(
                        "header and message of 255 octets",
                        b -> PduEncoder.submitSm(
                                b,
                                1,
                                new OutboundSm()
                                        .userDataHeader(new byte[6], 0, 6)
                                        .message(new byte[249], 0, 249))),
                refused(
                        "address of 21 characters",
                        b -> PduEncoder.deliverSm(b, 1, new OutboundSm().destination(1, 1, LONG_ADDRESS.address()))),
                refused(
                        "deliver_sm with validity",
                        b -> PduEncoder.deliverSm(b, 1, new OutboundSm().validity("261121080000000+"))),
                refused("submit_multi to nobody", b -> AncillaryEncoder.submitMulti(b, 1, new OutboundSm(), List.of())),
                refused(
                        "submit_multi to 255",
                        b -> AncillaryEncoder.submitMulti(b, 1, new OutboundSm(), Collections.nCopies(255, ADDRESS))),
                refused("query_sm address", b -> AncillaryEncoder.querySm(b, 1, "id", LONG_ADDRESS)),
                refused("final_date", b -> AncillaryEncoder.querySmResp(b, 1, "id", "2611210800", 2, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeIsRefusedBeforeAnythingIsWritten(final String what, final Consumer<ByteBuf> write) {
        final ByteBuf out = Unpooled.buffer();
        assertThatIllegalArgumentException().as(what).isThrownBy(() -> write.accept(out));
        assertThat(out.writerIndex()).isZero();
    }

    @Test
    void parametersAreCheckedWhenTheyAreSet() {
        final OutboundSm sm = new OutboundSm();
        final UnsafeBuffer nul = new UnsafeBuffer(new byte[] {'1', 0, '2'});
        assertThatIllegalArgumentException().isThrownBy(() -> sm.serviceType("SIXSIX"));
        assertThatIllegalArgumentException().isThrownBy(() -> sm.source(1, 1, "a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> sm.source(1, 1, nul, 0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> sm.destination(256, 1, "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> sm.dataCoding(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> sm.message(new byte[3], 1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> sm.tlvInt8(0x10000, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> sm.tlvInt16(1, 0x10000));
        assertThatIllegalArgumentException()
                .as("TLVs that are cut off")
                .isThrownBy(() -> sm.tlvs(new UnsafeBuffer(Hex.octets("0427 0002 02")), 0, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> BindRequest.of("a".repeat(17), ""));
    }

    @Test
    void resetForgetsEverything() {
        final OutboundSm sm = new OutboundSm()
                .serviceType("CMT")
                .source(1, 1, "4915")
                .destination(1, 1, "306912")
                .schedule("261121080000000+")
                .validity("261121080000000+")
                .esmClass(1)
                .protocolId(2)
                .priority(3)
                .registeredDelivery(1)
                .replaceIfPresent(true)
                .dataCoding(8)
                .defaultMessageId(9)
                .userDataHeader(new byte[6], 0, 6)
                .message(new byte[10], 0, 10)
                .messagePayload(true)
                .tlvInt8(1, 1);
        final ByteBuf used = Unpooled.buffer();
        final ByteBuf fresh = Unpooled.buffer();
        PduEncoder.submitSm(used, 1, sm.reset());
        PduEncoder.submitSm(fresh, 1, new OutboundSm());
        assertThat(used).isEqualTo(fresh);
    }

    @Test
    void aMessageOf64KibiGoesIntoMessagePayloadAndComesBack() {
        final byte[] text = new byte[OutboundSm.MESSAGE_MAX];
        text[text.length - 1] = 'x';
        final ByteBuf out = Unpooled.buffer();
        PduEncoder.submitSm(out, 1, new OutboundSm().messagePayload(true).message(text, 0, text.length));
        final SmDecoder sm = new SmDecoder();
        assertThat(out.writerIndex()).isLessThan(PduFramer.DEFAULT_MAX_LENGTH);
        assertThat(sm.wrap(out, 0, out.writerIndex())).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(sm.messageLength()).isEqualTo(text.length);
        assertThat(out.getByte(sm.messageOffset() + text.length - 1)).isEqualTo((byte) 'x');
    }
}
