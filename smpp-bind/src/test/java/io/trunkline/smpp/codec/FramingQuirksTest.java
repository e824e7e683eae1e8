package io.trunkline.smpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.trunkline.smpp.codec.PduFramer.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What carriers do to headers, framing and statuses. The number in a test's name is that of the quirk in the list of carrier
 * quirks; tests of sessions, text and receipts have the others.
 */
class FramingQuirksTest {
    private final PduFramer framer = new PduFramer(PduFramer.DEFAULT_MAX_LENGTH);
    private final SmRespDecoder resp = new SmRespDecoder();

    @ParameterizedTest
    @ValueSource(ints = {0, 0x806A179B, -1, Integer.MIN_VALUE, 1})
    void quirk29_anySequenceIsAnOpaqueU32AndComesBackInTheResponse(final int sequence) {
        final SmDecoder request = new SmDecoder();
        final ByteBuf in = Unpooled.wrappedBuffer(Hex.pdu("00000005 00000000 00000000"
                + "00 01 01 '4915' 00 01 01 '306912' 00 04 00 00 00 00 00 00 00 00 05 'hello'"));
        in.setInt(12, sequence);
        assertThat(request.wrap(in, 0, in.writerIndex())).isEqualTo(CommandStatus.ESME_ROK);
        final ByteBuf out = Unpooled.buffer();

        PduEncoder.deliverSmResp(out, CommandStatus.ESME_ROK, request.sequence(), CongestionState.ABSENT);

        assertThat(PduHeader.sequence(out, 0)).isEqualTo(sequence);
    }

    @Test
    void quirk30_aLateResponseIsReadLikeAnyOther() {
        final byte[] pdu = Hex.pdu("80000004 00000000 7FFFFFF0 'late' 00");
        assertThat(resp.wrap(Unpooled.wrappedBuffer(pdu), 0, pdu.length)).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(resp.sequence()).isEqualTo(0x7FFFFFF0);
        assertThat(resp.messageIdLength()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 77})
    void quirk31_aGenericNackMayCarryAnyStatusAndEitherSequence(final int sequence) {
        final ByteBuf in = Unpooled.wrappedBuffer(Hex.pdu("80000000 00000058 00000000"));
        in.setInt(12, sequence);
        final Outcome outcome = framer.frame(in, (buf, offset, length) -> {
            assertThat(PduHeader.commandId(buf, offset)).isEqualTo(CommandId.GENERIC_NACK);
            assertThat(CommandId.isResponse(PduHeader.commandId(buf, offset))).isTrue();
            assertThat(PduHeader.commandStatus(buf, offset)).isEqualTo(CommandStatus.ESME_RTHROTTLED);
            assertThat(PduHeader.sequence(buf, offset)).isEqualTo(sequence);
            return true;
        });
        assertThat(outcome).isEqualTo(Outcome.NEED_MORE);
        assertThat(in.isReadable()).isFalse();
    }

    @Test
    void quirk32_anUnknownCommandIsFramedLikeAnyOtherAndTheNextPduIsStillFound() {
        final ByteBuf in = Unpooled.wrappedBuffer(
                Hex.pdu("00000BAD 00000000 00000001 'whatever'"), Hex.pdu("00000015 00000000 00000002"));
        final int[] commands = new int[2];
        final int[] count = {0};
        final Outcome outcome = framer.frame(in, (buf, offset, length) -> {
            commands[count[0]++] = PduHeader.commandId(buf, offset);
            return true;
        });
        assertThat(outcome).isEqualTo(Outcome.NEED_MORE);
        assertThat(commands).containsExactly(0xBAD, CommandId.ENQUIRE_LINK);
        assertThat(CommandId.isKnown(0xBAD)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, PduFramer.DEFAULT_MAX_LENGTH + 1})
    void quirk32_aLengthThatNoPduCanHaveIsToldFromItsFourOctetsAlone(final int length) {
        final ByteBuf in = Unpooled.buffer(4).writeInt(length);
        final Outcome outcome = framer.frame(in, (buf, offset, octets) -> {
            throw new AssertionError("no PDU here");
        });
        assertThat(outcome).isEqualTo(Outcome.BAD_LENGTH);
        assertThat(framer.needed(in)).isBetween(PduHeader.LENGTH, framer.maxLength());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x400, 0x4FF, 0x45B, -1, 0x09, 0x7FFFFFFF})
    void quirk41_aStatusOutsideOfTheSpecificationIsKeptAsItIs(final int status) {
        final ByteBuf in = Unpooled.wrappedBuffer(Hex.pdu("80000004 00000000 00000001"));
        in.setInt(8, status);
        assertThat(resp.wrap(in, 0, in.writerIndex())).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(resp.commandStatus()).isEqualTo(status);
        assertThat(CommandStatus.name(status)).isNull();
    }

    @Test
    void quirk41_aBindMayBeRefusedAsThrottled() {
        final byte[] pdu = Hex.pdu("80000009 00000058 00000001");
        final BindRespDecoder bind = new BindRespDecoder();
        assertThat(bind.wrap(Unpooled.wrappedBuffer(pdu), 0, pdu.length)).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(bind.commandStatus()).isEqualTo(CommandStatus.ESME_RTHROTTLED);
        assertThat(bind.scInterfaceVersion()).isEqualTo(BindRespDecoder.VERSION_ABSENT);
    }
}
