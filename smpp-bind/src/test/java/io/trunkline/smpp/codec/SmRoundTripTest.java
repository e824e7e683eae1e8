package io.trunkline.smpp.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the encoder writes, framer and decoder read back. */
class SmRoundTripTest {
    private final ByteBuf wire = Unpooled.buffer();
    private final SmDecoder sm = new SmDecoder();

    @Test
    void aSubmitSmComesBackAsItWasGiven() {
        final byte[] text = "hello".getBytes(US_ASCII);
        final OutboundSm out = new OutboundSm()
                .serviceType("CMT")
                .source(Ton.ALPHANUMERIC, Npi.UNKNOWN, "Trunkline")
                .destination(Ton.INTERNATIONAL, Npi.ISDN, "491701234567")
                .esmClass(EsmClass.UDHI)
                .registeredDelivery(RegisteredDelivery.ALWAYS)
                .dataCoding(DataCoding.LATIN1)
                .validity("261121080000000+")
                .userDataHeader(new byte[] {5, 0, 3, 7, 2, 1}, 0, 6)
                .message(new UnsafeBuffer(text), 0, text.length)
                .tlvInt16(TlvTag.USER_MESSAGE_REFERENCE, 0xABCD);
        PduEncoder.submitSm(wire, 77, out);

        final PduFramer.Outcome outcome = new PduFramer(PduFramer.DEFAULT_MAX_LENGTH)
                .frame(wire, (buf, offset, length) -> {
                    assertThat(sm.wrap(buf, offset, length)).isEqualTo(CommandStatus.ESME_ROK);
                    return true;
                });

        assertThat(outcome).isEqualTo(PduFramer.Outcome.NEED_MORE);
        assertThat(wire.isReadable()).isFalse();
        assertThat(sm.commandId()).isEqualTo(CommandId.SUBMIT_SM);
        assertThat(sm.sequence()).isEqualTo(77);
        assertThat(text(sm.serviceTypeOffset(), sm.serviceTypeLength())).isEqualTo("CMT");
        assertThat(sm.sourceTon()).isEqualTo(Ton.ALPHANUMERIC);
        assertThat(sm.sourceNpi()).isEqualTo(Npi.UNKNOWN);
        assertThat(text(sm.sourceOffset(), sm.sourceLength())).isEqualTo("Trunkline");
        assertThat(sm.destinationTon()).isEqualTo(Ton.INTERNATIONAL);
        assertThat(sm.destinationNpi()).isEqualTo(Npi.ISDN);
        assertThat(text(sm.destinationOffset(), sm.destinationLength())).isEqualTo("491701234567");
        assertThat(sm.esmClass()).isEqualTo(EsmClass.UDHI);
        assertThat(sm.registeredDelivery()).isEqualTo(RegisteredDelivery.ALWAYS);
        assertThat(sm.dataCoding()).isEqualTo(DataCoding.LATIN1);
        assertThat(text(sm.validityOffset(), sm.validityLength())).isEqualTo("261121080000000+");
        assertThat(sm.scheduleLength()).isZero();
        assertThat(text(sm.messageOffset(), sm.messageLength())).isEqualTo("\5\0\3\7\2\1hello");
        assertThat(sm.tlvs().find(TlvTag.USER_MESSAGE_REFERENCE)).isTrue();
        assertThat(sm.tlvs().unsignedValue(-1)).isEqualTo(0xABCD);
    }

    private String text(final int offset, final int length) {
        return WireBytes.latin1(wire, offset, length);
    }
}
