package io.trunkline.smpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What carriers do to TLVs; the number in a test's name is that of the quirk. */
class TlvQuirksTest {
    private final SmDecoder sm = new SmDecoder();

    /** A deliver_sm with the message "hi" and these TLVs; the PDU must be taken whatever they are. */
    private TlvIterator deliver(final String tlvs) {
        final byte[] pdu = Hex.pdu("00000005 00000000 00000001 00 01 01 '4915' 00 01 01 '306912' 00"
                + "04 00 00 00 00 00 00 00 00 02 'hi'" + tlvs);
        assertThat(sm.wrap(Unpooled.wrappedBuffer(pdu), 0, pdu.length)).isEqualTo(CommandStatus.ESME_ROK);
        assertThat(WireBytes.latin1(sm.buffer(), sm.messageOffset(), sm.messageLength()))
                .isEqualTo("hi");
        return sm.tlvs();
    }

    private static String value(final TlvIterator tlvs) {
        return WireBytes.latin1(tlvs.buffer(), tlvs.valueOffset(), tlvs.valueLength());
    }

    @ParameterizedTest
    @ValueSource(strings = {"001E 0005 '0af3' 00", "001E 0004 '0af3'", "001E 0007 '0af3' 00 0000"})
    void quirk06_theReceiptedMessageIdIsFoundWithOrWithoutItsNul(final String tlv) {
        final TlvIterator tlvs = deliver(tlv);
        assertThat(tlvs.find(TlvTag.RECEIPTED_MESSAGE_ID)).isTrue();
        assertThat(WireBytes.latin1(tlvs.buffer(), tlvs.valueOffset(), tlvs.cStringLength()))
                .isEqualTo("0af3");
    }

    @Test
    void quirk07_messageStateMayBeMissingThoughTheIdIsThere() {
        final TlvIterator tlvs = deliver("001E 0005 '0af3' 00");
        assertThat(tlvs.find(TlvTag.MESSAGE_STATE)).isFalse();
        assertThat(tlvs.unsignedValue(-1)).isEqualTo(-1);
        assertThat(tlvs.find(TlvTag.RECEIPTED_MESSAGE_ID)).isTrue();
    }

    @Test
    void quirk08_messageStateIsReadWhateverTheTextSays() {
        final TlvIterator tlvs = deliver("0427 0001 02");
        assertThat(tlvs.find(TlvTag.MESSAGE_STATE)).isTrue();
        assertThat(tlvs.unsignedValue(-1)).isEqualTo(MessageState.DELIVERED);
    }

    @Test
    void quirk17_aNetworkErrorCodeOfThreeAsciiDigitsArrivesAsItsOctets() {
        final TlvIterator tlvs = deliver("0423 0003 '034'");
        assertThat(tlvs.find(TlvTag.NETWORK_ERROR_CODE)).isTrue();
        assertThat(value(tlvs)).isEqualTo("034");
    }

    @Test
    void quirk25_aTlvLongerThanThePduIsDroppedAndThoseBeforeItAreKept() {
        final TlvIterator tlvs = deliver("0427 0001 02 001E 0030 '0a'");
        assertThat(tlvs.find(TlvTag.RECEIPTED_MESSAGE_ID)).isFalse();
        assertThat(tlvs.leftover()).isEqualTo(6);
        assertThat(tlvs.find(TlvTag.MESSAGE_STATE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "0000", "000000", "FF", "0427 00"})
    void quirk26_upToThreeOctetsAfterTheBodyAreIgnored(final String trailing) {
        final TlvIterator tlvs = deliver(trailing);
        assertThat(tlvs.next()).isFalse();
        assertThat(tlvs.leftover()).isEqualTo(Hex.octets(trailing).length);

        assertThat(deliver("0427 0001 02" + trailing).find(TlvTag.MESSAGE_STATE))
                .isTrue();
    }

    @Test
    void quirk27_unknownTagsAreWalkedOverAndCanBeHadAsOctets() {
        final TlvIterator tlvs = deliver("1401 0003 'abc' FFFF 0000 0427 0001 02");
        assertThat(tlvs.find(0x1401)).isTrue();
        assertThat(value(tlvs)).isEqualTo("abc");
        assertThat(tlvs.next()).isTrue();
        assertThat(tlvs.tag()).isEqualTo(0xFFFF);
        assertThat(tlvs.valueLength()).isZero();
        assertThat(tlvs.find(TlvTag.MESSAGE_STATE)).isTrue();
    }

    @Test
    void quirk27_ofATlvThatIsRepeatedTheFirstCountsAndAllCanBeHad() {
        final TlvIterator tlvs = deliver("0427 0001 02 0427 0001 05");
        assertThat(tlvs.find(TlvTag.MESSAGE_STATE)).isTrue();
        assertThat(tlvs.unsignedValue(-1)).isEqualTo(2);
        assertThat(tlvs.nextOf(TlvTag.MESSAGE_STATE)).isTrue();
        assertThat(tlvs.unsignedValue(-1)).isEqualTo(5);
        assertThat(tlvs.nextOf(TlvTag.MESSAGE_STATE)).isFalse();
    }

    @Test
    void quirk27_aNumberWithoutOctetsIsAbsent() {
        final TlvIterator tlvs = deliver("0427 0000");
        assertThat(tlvs.find(TlvTag.MESSAGE_STATE)).isTrue();
        assertThat(tlvs.unsignedValue(-1)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0427 0001 02", "0427 0002 0002", "0427 0004 00000002"})
    void quirk27_aNumberIsReadByTheLengthThatItHas(final String tlv) {
        final TlvIterator tlvs = deliver(tlv);
        assertThat(tlvs.find(TlvTag.MESSAGE_STATE)).isTrue();
        assertThat(tlvs.unsignedValue(-1)).isEqualTo(2);
    }

    @Test
    void quirk27_aNumberOfMoreThanFourOctetsIsNoNumber() {
        final TlvIterator tlvs = deliver("0427 0005 0000000002");
        assertThat(tlvs.find(TlvTag.MESSAGE_STATE)).isTrue();
        assertThat(tlvs.unsignedValue(-1)).isEqualTo(-1);
    }

    @Test
    void quirk28_aValueOutsideOfTheListOfItsTagIsPassedOn() {
        final TlvIterator tlvs = deliver("0381 0004 71 01 01 '4' 0427 0001 F3");
        assertThat(tlvs.find(TlvTag.CALLBACK_NUM)).isTrue();
        assertThat(tlvs.valueLength()).isEqualTo(4);
        assertThat(tlvs.find(TlvTag.MESSAGE_STATE)).isTrue();
        assertThat(tlvs.unsignedValue(-1)).isEqualTo(0xF3);
    }

    @Test
    void quirk28_aCongestionStateAboveItsRangeCountsAsAbsent() {
        final SmRespDecoder resp = new SmRespDecoder();
        final byte[] pdu = Hex.pdu("80000004 00000000 00000001 'id' 00 0428 0001 65");
        resp.wrap(Unpooled.wrappedBuffer(pdu), 0, pdu.length);
        assertThat(resp.congestionState()).isEqualTo(CongestionState.ABSENT);
    }
}
