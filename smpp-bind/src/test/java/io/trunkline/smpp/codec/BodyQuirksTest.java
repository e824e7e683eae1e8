package io.trunkline.smpp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What carriers do to the mandatory fields of PDUs; the number in a test's name is that of the quirk. */
class BodyQuirksTest {
    private static final String ADDRESSES = "01 01 '4915' 00 01 01 '306912' 00";

    private final SmDecoder sm = new SmDecoder();
    private final SmRespDecoder resp = new SmRespDecoder();
    private final BindDecoder bind = new BindDecoder();

    private static int wrap(final PduDecoder decoder, final String pdu) {
        final byte[] octets = Hex.pdu(pdu);
        return decoder.wrap(Unpooled.wrappedBuffer(octets), 0, octets.length);
    }

    private static String text(final PduDecoder decoder, final int offset, final int length) {
        return WireBytes.latin1(decoder.buffer(), offset, length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x04, 0x44, 0x07, 0xC4, 0x20, 0x60})
    void quirk14_onlyBits2To5OfEsmClassMakeAReceipt(final int esmClass) {
        assertThat(EsmClass.isReceipt(esmClass)).isTrue();
        assertThat(EsmClass.isReceipt(esmClass & ~EsmClass.TYPE_MASK)).isFalse();
    }

    @Test
    void quirk18_aReceiptMayComeInDataSm() {
        assertThat(wrap(sm, "00000103 00000000 00000001 00" + ADDRESSES + "04 00 00 0424 0004 'id:1' 001E 0002 '1' 00"))
                .isEqualTo(CommandStatus.ESME_ROK);
        assertThat(EsmClass.isReceipt(sm.esmClass())).isTrue();
        assertThat(text(sm, sm.messageOffset(), sm.messageLength())).isEqualTo("id:1");
        assertThat(sm.messageInPayload()).isTrue();
        assertThat(sm.tlvs().find(TlvTag.RECEIPTED_MESSAGE_ID)).isTrue();
    }

    @Test
    void quirk18_aReceiptMayComeInMessagePayloadWithAnEmptyShortMessage() {
        assertThat(wrap(
                        sm,
                        "00000005 00000000 00000001 00" + ADDRESSES + "04 00 00 00 00 00 00 00 00 00 0424 0004 'id:1'"))
                .isEqualTo(CommandStatus.ESME_ROK);
        assertThat(text(sm, sm.messageOffset(), sm.messageLength())).isEqualTo("id:1");
        assertThat(sm.messageInPayload()).isTrue();
    }

    @Test
    void quirk21_aRefusedSubmitSmRespComesWithOrWithoutItsBody() {
        assertThat(wrap(resp, "80000004 0000000B 00000001")).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(resp.messageIdLength()).isZero();
        assertThat(resp.commandStatus()).isEqualTo(CommandStatus.ESME_RINVDSTADR);

        assertThat(wrap(resp, "80000004 0000000B 00000001 00")).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(resp.messageIdLength()).isZero();

        assertThat(wrap(resp, "80000004 0000000B 00000001 'x1' 00")).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(text(resp, resp.messageIdOffset(), resp.messageIdLength())).isEqualTo("x1");
    }

    @Test
    void quirk21_aRefusalMayLeaveOutTheMessageIdButNotItsTlvs() {
        assertThat(wrap(resp, "80000004 00000058 00000001 0428 0001 64")).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(resp.messageIdLength()).isZero();
        assertThat(resp.congestionState()).isEqualTo(CongestionState.CONGESTED);

        assertThat(wrap(resp, "80000004 00000058 00000001 00 0428 0001 64")).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(resp.messageIdLength()).isZero();
        assertThat(resp.congestionState()).isEqualTo(CongestionState.CONGESTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"80000005", "80000103", "80000004", "80000111", "80000112"})
    void quirk22_aSuccessMayComeWithoutAMessageId(final String command) {
        assertThat(wrap(resp, command + "00000000 00000001")).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(resp.messageIdLength()).isZero();
        assertThat(resp.congestionState()).isEqualTo(CongestionState.ABSENT);
    }

    @Test
    void quirk23_aMessageIdWithoutItsNulReachesToTheEndOfThePdu() {
        assertThat(wrap(resp, "80000004 00000000 00000001 '0af3'")).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(text(resp, resp.messageIdOffset(), resp.messageIdLength())).isEqualTo("0af3");
    }

    @Test
    void quirk23_theLastStringOfABindMayLackItsNul() {
        assertThat(wrap(bind, "00000009 00000000 00000001 'e' 00 'p' 00 00 34 00 00 '^49'"))
                .isEqualTo(CommandStatus.ESME_ROK);
        assertThat(text(bind, bind.addressRangeOffset(), bind.addressRangeLength()))
                .isEqualTo("^49");

        assertThat(wrap(bind, "00000009 00000000 00000001 'e' 00 'p' 00 00 34 00 00"))
                .isEqualTo(CommandStatus.ESME_ROK);
        assertThat(bind.addressRangeLength()).isZero();
    }

    @Test
    void quirk23_whereAMissingNulSwallowsTheOtherFieldsThePduIsRefusedAndNothingShifts() {
        assertThat(wrap(sm, "00000005 00000000 00000001 00 01 01 '4915'")).isEqualTo(CommandStatus.ESME_RINVCMDLEN);
        assertThat(text(sm, sm.sourceOffset(), sm.sourceLength())).isEqualTo("4915");
        assertThat(sm.destinationLength()).isZero();
        assertThat(sm.messageLength()).isZero();
        assertThat(sm.tlvs().next()).isFalse();
    }

    @Test
    void quirk24_stringsLongerThanTheSpecificationAllowsAreTakenWhole() {
        final String id = "a".repeat(200);
        assertThat(wrap(resp, "80000004 00000000 00000001 '" + id + "' 00")).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(text(resp, resp.messageIdOffset(), resp.messageIdLength())).isEqualTo(id);

        final String address = "9".repeat(40);
        assertThat(wrap(
                        sm,
                        "00000005 00000000 00000001 'LONGSERVICE' 00 01 01 '" + address
                                + "' 00 01 01 '306912' 00 00 00 00 00 00 00 00 00 00 02 'hi'"))
                .isEqualTo(CommandStatus.ESME_ROK);
        assertThat(text(sm, sm.serviceTypeOffset(), sm.serviceTypeLength())).isEqualTo("LONGSERVICE");
        assertThat(text(sm, sm.sourceOffset(), sm.sourceLength())).isEqualTo(address);
        assertThat(text(sm, sm.messageOffset(), sm.messageLength())).isEqualTo("hi");
    }

    @Test
    void quirk33_whereShortMessageAndPayloadBothStandShortMessageCounts() {
        assertThat(wrap(
                        sm,
                        "00000005 00000000 00000001 00" + ADDRESSES
                                + "00 00 00 00 00 00 00 00 00 05 'short' 0424 0004 'long'"))
                .isEqualTo(CommandStatus.ESME_ROK);
        assertThat(text(sm, sm.messageOffset(), sm.messageLength())).isEqualTo("short");
        assertThat(sm.messageInPayload()).isFalse();
        assertThat(sm.messageTwice()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x10, 0xF0, 0xF5, 0xFF, 0x0B})
    void quirk34_anyDataCodingIsPassedOn(final int dataCoding) {
        final String pdu = "00000005 00000000 00000001 00" + ADDRESSES + "00 00 00 00 00 00 00"
                + String.format("%02X", dataCoding) + "00 02 'hi'";
        assertThat(wrap(sm, pdu)).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(sm.dataCoding()).isEqualTo(dataCoding);
    }

    @Test
    void quirk35_aUserDataHeaderMayStandBeforeTextAndNeedNotBeConcatenation() {
        assertThat(wrap(
                        sm,
                        "00000005 00000000 00000001 00" + ADDRESSES
                                + "40 00 00 00 00 00 00 03 00 08 06 05 04 0B84 23F0 01"))
                .isEqualTo(CommandStatus.ESME_ROK);
        assertThat(EsmClass.hasUserDataHeader(sm.esmClass())).isTrue();
        assertThat(sm.messageLength()).isEqualTo(8);
    }

    @Test
    void quirk38_aBindRespMayLackItsVersionOrItsSystemId() {
        final BindRespDecoder bindResp = new BindRespDecoder();
        assertThat(wrap(bindResp, "80000009 00000000 00000001 'mc' 00")).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(bindResp.scInterfaceVersion()).isEqualTo(BindRespDecoder.VERSION_ABSENT);

        assertThat(wrap(bindResp, "80000009 00000000 00000001 00 0210 0001 50")).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(bindResp.systemIdLength()).isZero();
        assertThat(bindResp.scInterfaceVersion()).isEqualTo(InterfaceVersion.V5_0);

        assertThat(wrap(bindResp, "80000009 00000000 00000001")).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(bindResp.systemIdLength()).isZero();
    }

    @Test
    void quirk40_passwordsAndSystemIdsLongerThanTheSpecificationAllowsGoBothWays() {
        final String systemId = "sixteen_letters_";
        final String password = "a password of thirty characters";
        final ByteBuf out = Unpooled.buffer();
        PduEncoder.bind(out, CommandId.BIND_TRANSCEIVER, 1, BindRequest.of(systemId, password));

        assertThat(bind.wrap(out, 0, out.writerIndex())).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(text(bind, bind.systemIdOffset(), bind.systemIdLength())).isEqualTo(systemId);
        assertThat(text(bind, bind.passwordOffset(), bind.passwordLength())).isEqualTo(password);
        assertThat(bind.systemTypeLength()).isZero();
    }

    @Test
    void quirk40_aPasswordIsNotInTheTextOfABindRequest() {
        assertThat(BindRequest.of("esme", "geheim").toString()).contains("esme").doesNotContain("geheim");
    }

    @Test
    void quirk41_sourceAddressesLongerThanTheSpecificationAllowsAreReadButNeverWritten() {
        final OutboundSm out = new OutboundSm().source(Ton.ALPHANUMERIC, Npi.UNKNOWN, "x".repeat(21));
        assertThatThrownBy(() -> PduEncoder.submitSm(Unpooled.buffer(), 1, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source_addr");
    }

    @Test
    void quirk42_timesOfAnyLengthAreReadAndOnlyThoseOf16CharactersWritten() {
        assertThat(wrap(
                        sm,
                        "00000004 00000000 00000001 00" + ADDRESSES
                                + "00 00 00 '2611210800' 00 '000001' 00 00 00 00 00 02 'hi'"))
                .isEqualTo(CommandStatus.ESME_ROK);
        assertThat(text(sm, sm.scheduleOffset(), sm.scheduleLength())).isEqualTo("2611210800");
        assertThat(text(sm, sm.validityOffset(), sm.validityLength())).isEqualTo("000001");

        final OutboundSm out = new OutboundSm();
        assertThatThrownBy(() -> out.validity("2611210800")).isInstanceOf(IllegalArgumentException.class);
        assertThat(out.validity("261121080000000+").validityLength).isEqualTo(16);
    }
}
