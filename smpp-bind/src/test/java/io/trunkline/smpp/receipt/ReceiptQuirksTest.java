package io.trunkline.smpp.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.trunkline.smpp.codec.MessageState;
import io.trunkline.smpp.codec.TlvTag;
import io.trunkline.smpp.text.DefaultAlphabet;
import io.trunkline.smpp.text.Gsm7;
import io.trunkline.smpp.text.TextProfile;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What carriers do with receipts, by the numbers of the catalogue of quirks. */
class ReceiptQuirksTest {
    private static final String WHOLE = "id:0123456789 sub:001 dlvrd:001 submit date:1009231213 done date:1009231214"
            + " stat:DELIVRD err:000 text:Hello";

    private final Receipts receipts = new Receipts(ReceiptOptions.DEFAULT);

    @Test
    void aReceiptOfAppendixBIsReadWhole() {
        final Receipt receipt = receipts.text(WHOLE);

        assertThat(receipt.id()).hasToString("0123456789");
        assertThat(receipt.state()).isEqualTo(MessageState.DELIVERED);
        assertThat(receipt.isFinal()).isTrue();
        assertThat(receipt.stat()).hasToString("DELIVRD");
        assertThat(receipt.err()).hasToString("000");
        assertThat(receipt.submitDate()).hasToString("1009231213");
        assertThat(receipt.doneDate()).hasToString("1009231214");
        assertThat(receipt.networkError()).isEqualTo(Receipt.NO_NETWORK_ERROR);
        assertThat(receipt.marked()).isTrue();
        assertThat(receipt.stateFromTlv()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"HEX, 3B9ACA07, DECIMAL, 1000000007", "DECIMAL, 1000000007, HEX, 3b9aca07", "HEX, 0x1F, DECIMAL, 31"})
    void quirk01_hexadecimalOnOneSideMeetsDecimalOnTheOther(
            final MessageIdForm answerForm,
            final String answer,
            final MessageIdForm receiptForm,
            final String receipt) {
        assertThat(Ids.normalise(answerForm, answer)).isEqualTo(Ids.normalise(receiptForm, receipt));
    }

    @Test
    void quirk02_idsAbove2To63AreUnsigned() {
        assertThat(Ids.normalise(MessageIdForm.HEX, "812FC747BF1AC62A"))
                .isEqualTo(Long.toUnsignedString(0x812FC747BF1AC62AL));
        assertThat(Ids.normalise(MessageIdForm.HEX, "FFFFFFFFFFFFFFFF")).isEqualTo("18446744073709551615");
        assertThat(Ids.normalise(MessageIdForm.DECIMAL, "9308878062554710043")).isEqualTo("9308878062554710043");
        assertThat(Ids.normalise(MessageIdForm.HEX, "10000000000000000000000000000000000"))
                .isEqualTo(new BigInteger("10000000000000000000000000000000000", 16).toString());
    }

    @Test
    void quirk03_zerosInFrontDoNotCountWhereTheCarrierSaysSo() {
        assertThat(Ids.normalise(MessageIdForm.DECIMAL, "0406241")).isEqualTo("406241");
        assertThat(Ids.normalise(MessageIdForm.HEX, "00B8BE19")).isEqualTo(Ids.normalise(MessageIdForm.HEX, "B8BE19"));
        assertThat(Ids.normalise(MessageIdForm.TEXT_WITHOUT_ZEROS, "00b8-XE19")).isEqualTo("b8-xe19");
        assertThat(Ids.normalise(MessageIdForm.TEXT_WITHOUT_ZEROS, "0000")).isEqualTo("0");
        assertThat(Ids.normalise(MessageIdForm.DECIMAL, "0000")).isEqualTo("0");
        assertThat(Ids.normalise(MessageIdForm.TEXT, "0406241")).isEqualTo("0406241");
        assertThat(Ids.normalise(MessageIdForm.TEXT, "0A")).isNotEqualTo(Ids.normalise(MessageIdForm.TEXT, "A"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0b2ff8a6-9a8f-4e3b-9c87-6d0d2a2d1f10", "0zz19", "00-1"})
    void quirk03_whatIsNoNumberStaysAsItIs(final String id) {
        assertThat(Ids.normalise(MessageIdForm.DECIMAL, id)).isEqualTo(id);
        assertThat(Ids.normalise(MessageIdForm.HEX, id)).isEqualTo(id);
        assertThat(Ids.normalise(MessageIdForm.HEX_TEXT, id)).isEqualTo(id);
    }

    @Test
    void quirk04_caseDoesNotCountWhereTheCarrierSaysSo() {
        assertThat(Ids.normalise(MessageIdForm.TEXT_IGNORE_CASE, "1101C1-Ab")).isEqualTo("1101c1-ab");
        assertThat(Ids.normalise(MessageIdForm.TEXT, "1101C1-Ab")).isEqualTo("1101C1-Ab");
    }

    @Test
    void quirk05_anIdInHexadecimalOfItsCharactersMeetsTheId() {
        assertThat(Ids.normalise(MessageIdForm.HEX_TEXT, "3132333435")).isEqualTo("12345");
        assertThat(Ids.normalise(MessageIdForm.HEX_TEXT, "4d53472d37")).isEqualTo("MSG-7");
        assertThat(Ids.normalise(MessageIdForm.HEX_TEXT, "313")).isEqualTo("313");
        assertThat(Ids.normalise(MessageIdForm.HEX_TEXT, "0102")).isEqualTo("0102");
    }

    @Test
    void quirk06_theIdIsWhereverTheCarrierPutsIt() {
        assertThat(receipts.tlvs("receipt without labels", tlv -> tlv.put(TlvTag.RECEIPTED_MESSAGE_ID, "A7\0"))
                        .id())
                .hasToString("A7");
        assertThat(receipts.text("id:A8 stat:DELIVRD").id()).hasToString("A8");
        final Receipts inText = new Receipts(new ReceiptOptions(false, true, TextProfile.DEFAULT));
        assertThat(inText.text("stat:DELIVRD err:000 text:A9 and more").id()).hasToString("A9");
        assertThat(receipts.text("stat:DELIVRD err:000 text:A9 and more").id().isEmpty())
                .isTrue();
    }

    @Test
    void quirk06_theIdOfTheTlvCountsMoreThanTheOneOfTheText() {
        final Receipt receipt = receipts.tlvs(WHOLE, tlv -> tlv.put(TlvTag.RECEIPTED_MESSAGE_ID, "FROM-TLV\0"));
        assertThat(receipt.id()).hasToString("FROM-TLV");
        assertThat(receipts.tlvs(WHOLE, tlv -> tlv.put(TlvTag.RECEIPTED_MESSAGE_ID, "\0"))
                        .id())
                .hasToString("0123456789");
    }

    @Test
    void quirk07_withoutMessageStateTheTextGivesTheState() {
        final Receipt receipt =
                receipts.tlvs("id:1 stat:UNDELIV err:011", tlv -> tlv.put(TlvTag.RECEIPTED_MESSAGE_ID, "77\0"));
        assertThat(receipt.id()).hasToString("77");
        assertThat(receipt.state()).isEqualTo(MessageState.UNDELIVERABLE);
        assertThat(receipt.stateFromTlv()).isFalse();
    }

    @Test
    void quirk08_messageStateCountsMoreThanStat() {
        final Receipt receipt = receipts.tlvs(WHOLE, tlv -> tlv.put(TlvTag.MESSAGE_STATE, new byte[] {5}));
        assertThat(receipt.state()).isEqualTo(MessageState.UNDELIVERABLE);
        assertThat(receipt.stateFromTlv()).isTrue();
        assertThat(receipt.stat()).hasToString("DELIVRD");
        assertThat(receipts.tlvs(WHOLE, tlv -> tlv.put(TlvTag.MESSAGE_STATE, new byte[] {77}))
                        .state())
                .isEqualTo(MessageState.DELIVERED);
        assertThat(receipts.tlvs(WHOLE, tlv -> tlv.put(TlvTag.MESSAGE_STATE, new byte[] {0, 3}))
                        .state())
                .isEqualTo(MessageState.EXPIRED);
    }

    @Test
    void quirk09_aReceiptBeforeItsAnswerHasTheKeyThatTheAnswerWillHave() {
        final Receipt receipt = receipts.text("id:0000123 stat:DELIVRD");
        assertThat(Ids.key(MessageIdForm.DECIMAL, receipt.id().toString())).isEqualTo(Ids.key(MessageIdForm.HEX, "7B"));
    }

    @Test
    void quirk10_aKeyKnowsNothingOfTheBindThatItCameBy() {
        final Receipts another = new Receipts(ReceiptOptions.DEFAULT);
        assertThat(Ids.key(MessageIdForm.TEXT, another.text(WHOLE).id().toString()))
                .isEqualTo(Ids.key(MessageIdForm.TEXT, receipts.text(WHOLE).id().toString()));
    }

    @Test
    void quirk11_aReceiptThatComesAgainReadsTheSameAndOneWithoutSenseIsStillAReceipt() {
        final String first =
                receipts.text(WHOLE).id() + " " + receipts.text(WHOLE).state();
        assertThat(receipts.text(WHOLE).id() + " " + receipts.text(WHOLE).state())
                .isEqualTo(first);
        final Receipt empty = receipts.text("");
        assertThat(empty.marked()).isTrue();
        assertThat(empty.id().isEmpty()).isTrue();
        assertThat(empty.state()).isEqualTo(ReceiptState.NONE);
        assertThat(empty.isFinal()).isFalse();
    }

    @Test
    void quirk12_aReceiptThatNobodyAskedForIsReadLikeAnyOther() {
        final Receipt receipt = receipts.text("id:never-seen sub:000 dlvrd:000 stat:REJECTD err:069");
        assertThat(receipt.id()).hasToString("never-seen");
        assertThat(receipt.state()).isEqualTo(MessageState.REJECTED);
        assertThat(receipt.isFinal()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ENROUTE, 1", "ACCEPTD, 6", "ACKED, 6", "BUFFRED, 1", "BUFFERD, 1", "buffered, 1", "1, 1", "0, 0"})
    void quirk13_intermediateStatesAreNotFinal(final String stat, final int state) {
        final Receipt receipt = receipts.text("id:1 stat:" + stat + " err:000");
        assertThat(receipt.state()).isEqualTo(state);
        assertThat(receipt.isFinal()).isFalse();
        final Receipt notification = receipts.marked(0x20, "id:1 stat:" + stat);
        assertThat(notification.intermediateNotification()).isTrue();
        assertThat(notification.isFinal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x04, 0x44, 0x84, 0xC4, 0x07, 0x05, 0x20, 0x23, 0x60})
    void quirk14_onlyBits5To2OfEsmClassSayWhatItIs(final int esmClass) {
        assertThat(receipts.marked(esmClass, WHOLE).id()).hasToString("0123456789");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x40, 0x03, 0x08, 0x10, 0x18, 0x80, 0x24, 0x3C})
    void quirk14_anInboundMessageDoesNotForgeAReceipt(final int esmClass) {
        assertThat(receipts.isReceipt(esmClass, WHOLE)).isFalse();
    }

    @Test
    void quirk14_whereTheCarrierNeedsItAWholeUnmarkedTextIsAReceipt() {
        final Receipts accepting = new Receipts(new ReceiptOptions(true, false, TextProfile.DEFAULT));
        assertThat(accepting.isReceipt(0, WHOLE)).isTrue();
        assertThat(accepting.isReceipt(0x08, WHOLE)).isFalse();
        assertThat(accepting.isReceipt(0, "id:1 stat:DELIVRD")).isFalse();
        assertThat(accepting.isReceipt(0, "my receipt was " + WHOLE)).isFalse();
        assertThat(accepting.isReceipt(0, "id:1 sub:001 dlvrd:001 stat:NONSENSE err:000"))
                .isFalse();
        assertThat(accepting.isReceipt(0, "Hello")).isFalse();
        assertThat(accepting.isReceipt(0, "")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "id:1 submit date:1009231213 done date:1009231214 stat:DELIVRD err:21b Text:! 1!DELIVRD!21b!1009231214",
                "ID:1 SUB:1 DLVRD:1 SUBMIT DATE:1009231213 DONE DATE:1009231214 STAT:delivrd ERR:000 TEXT:!1!delivrd!000!1009231214",
                "stat:DELIVRD err:nul done date:1009231214 id:1!1!DELIVRD!nul!1009231214",
                "id:1sub:001dlvrd:001submit date:1009231213done date:1009231214stat:DELIVRDerr:000text:abc!1!DELIVRD!000!1009231214",
                "id:1,sub:001,dlvrd:001,submit date:1009231213,done date:1009231214,stat:DELIVRD,err:000!1!DELIVRD!000!1009231214",
                "id: 1 stat: DELIVRD err: 000 done date: 1009231214!1!DELIVRD!000!1009231214",
                "id:1 stat:DELIVERED_TO_HANDSET err:000 done date:1009231214!1!DELIVERED_TO_HANDSET!000!1009231214",
                "paid:9 void:8 id:1 stat:DELIVRD err:000 done date:1009231214!1!DELIVRD!000!1009231214",
                "id:1 stat:DELIVRD err:000 done date:1009231214 text:id:666 stat:EXPIRED err:999!1!DELIVRD!000!1009231214",
                "stat:DELIVRDid:1err:000done date:1009231214!1!DELIVRD!000!1009231214",
                "text:abc id:1 stat:DELIVRD err:000 done date:1009231214!1!DELIVRD!000!1009231214",
                "id:1 stat:DELIVRD err:000 done date:1009231214 text!1!DELIVRD!000!1009231214",
                "id:1 sub: dlvrd: submit date: done date:1009231214 stat:DELIVRD err:000!1!DELIVRD!000!1009231214",
                "DELIVRD,1009231213,1009231214,000,whatever!''!DELIVRD!000!1009231214",
            })
    void quirk15_theTextComesInEveryShape(
            final String text, final String id, final String stat, final String err, final String doneDate) {
        final Receipt receipt = receipts.text(text);
        assertThat(receipt.id()).hasToString(id.strip());
        assertThat(receipt.stat()).hasToString(stat);
        assertThat(receipt.err()).hasToString(err);
        assertThat(receipt.doneDate()).hasToString(doneDate);
        assertThat(receipt.isFinal()).isEqualTo(!stat.contains("HANDSET"));
    }

    @ParameterizedTest
    @CsvSource({
        "DELIVRD, 2",
        "DELIVERED, 2",
        "EXPIRED, 3",
        "DELETED, 4",
        "UNDELIV, 5",
        "UNDELIVERABLE, 5",
        "Failed, 5",
        "UNKNOWN, 7",
        "REJECTD, 8",
        "rejected, 8",
        "SKIPPED, 9",
        "2, 2",
        "8, 8"
    })
    void quirk15_finalWordsAndNumbers(final String stat, final int state) {
        final Receipt receipt = receipts.text("id:1 stat:" + stat);
        assertThat(receipt.state()).isEqualTo(state);
        assertThat(receipt.isFinal()).isTrue();
    }

    @Test
    void quirk15_anUnknownWordIsNoStateButIsKept() {
        final Receipt receipt = receipts.text("id:1 stat:HLRGONE err:011");
        assertThat(receipt.state()).isEqualTo(ReceiptState.NONE);
        assertThat(receipt.isFinal()).isFalse();
        assertThat(receipt.stat()).hasToString("HLRGONE");
    }

    @ParameterizedTest
    @CsvSource({
        "1009231213, 2010-09-23T12:13:00Z",
        "100923121359, 2010-09-23T12:13:59Z",
        "20100923121359, 2010-09-23T12:13:59Z",
        "2402292359, 2024-02-29T23:59:00Z",
        "0001010000, 2000-01-01T00:00:00Z"
    })
    void quirk16_datesAreToldApartByTheirLength(final String date, final String instant) {
        assertThat(millis(date)).isEqualTo(Instant.parse(instant).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000",
                "000000000000",
                "00000000000000",
                "",
                "1013231213",
                "2302292359",
                "100923121",
                "10092312x3"
            })
    void quirk16_whatIsNoDateIsNone(final String date) {
        assertThat(millis(date)).isEqualTo(ReceiptDate.NONE);
        assertThat(receipts.text("id:1 done date:" + date + " stat:DELIVRD err:000")
                        .doneDate())
                .hasToString(date);
    }

    private static long millis(final String date) {
        final byte[] bytes = date.getBytes(StandardCharsets.US_ASCII);
        return ReceiptDate.localMillis(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    @Test
    void quirk17_networkErrorCodeIsThreeDigitsOrTypeAndNumber() {
        assertThat(networkError("313233")).isEqualTo(123);
        assertThat(networkError("303031")).isEqualTo(1);
        assertThat(networkError("030023")).isEqualTo(3 << 16 | 0x23);
        assertThat(networkError("03FFFF")).isEqualTo(0x03FFFF);
        assertThat(networkError("0023")).isEqualTo(0x23);
        assertThat(networkError("")).isEqualTo(Receipt.NO_NETWORK_ERROR);
        assertThat(networkError("0102030405")).isEqualTo(Receipt.NO_NETWORK_ERROR);
    }

    private int networkError(final String hex) {
        return receipts.tlvs(
                        WHOLE,
                        tlv -> tlv.put(TlvTag.NETWORK_ERROR_CODE, HexFormat.of().parseHex(hex)))
                .networkError();
    }

    @Test
    void quirk18_aReceiptMayBeADataSmWithItsTextInThePayload() {
        final Receipt receipt = new Receipt();
        final ByteBuf pdu = Receipts.dataSm(0x04, 0, WHOLE);
        assertThat(Receipts.decodeAndParse(ReceiptOptions.DEFAULT, pdu, receipt))
                .isTrue();
        assertThat(receipt.id()).hasToString("0123456789");
        assertThat(receipt.state()).isEqualTo(MessageState.DELIVERED);
        final ByteBuf deliver = Receipts.deliverSm(0x04, "", WHOLE);
        assertThat(Receipts.decodeAndParse(ReceiptOptions.DEFAULT, deliver, receipt))
                .isTrue();
        assertThat(receipt.id()).hasToString("0123456789");
        pdu.release();
        deliver.release();
    }

    @Test
    void quirk19_addressesHaveNoPartInTheKey() {
        final Receipt receipt = new Receipt();
        for (final String[] pair : new String[][] {{"447700900001", "60001"}, {"60001", "+447700900001"}}) {
            final ByteBuf pdu = Receipts.deliverSm(0x04, WHOLE, "", pair[0], pair[1]);
            assertThat(Receipts.decodeAndParse(ReceiptOptions.DEFAULT, pdu, receipt))
                    .isTrue();
            assertThat(Ids.key(MessageIdForm.TEXT, receipt.id().toString()))
                    .isEqualTo(Ids.key(MessageIdForm.TEXT, "0123456789"));
            pdu.release();
        }
    }

    @Test
    void quirk20_anIdThatIsUsedAgainHasTheSameKeySoTheNewestCanReplaceTheOlder() {
        assertThat(Ids.key(MessageIdForm.HEX, "00ff")).isEqualTo(Ids.key(MessageIdForm.HEX, "FF"));
        assertThat(Ids.key(MessageIdForm.HEX, "00ff")).isNotEqualTo(Ids.key(MessageIdForm.HEX, "FE"));
    }

    @Test
    void quirk33_ofTwoTextsTheShortMessageCountsUnlessItIsEmpty() {
        final Receipt receipt = new Receipt();
        final ByteBuf pdu = Receipts.deliverSm(0x04, "id:short stat:DELIVRD", "id:payload stat:EXPIRED");
        assertThat(Receipts.decodeAndParse(ReceiptOptions.DEFAULT, pdu, receipt))
                .isTrue();
        assertThat(receipt.id()).hasToString("short");
        pdu.release();
    }

    @Test
    void quirk34_aReceiptInUcs2OrPackedSeptetsIsReadAsWell() {
        final Receipt wide = receipts.octets(0x04, 8, "id:55 stat:EXPIRED err:001".getBytes(StandardCharsets.UTF_16BE));
        assertThat(wide.id()).hasToString("55");
        assertThat(wide.state()).isEqualTo(MessageState.EXPIRED);
        assertThat(receipts.octets(0x04, 8, WHOLE.getBytes(StandardCharsets.US_ASCII))
                        .id())
                .hasToString("0123456789");
        assertThat(receipts.octets(0x04, 0xF1, WHOLE.getBytes(StandardCharsets.US_ASCII))
                        .id())
                .hasToString("0123456789");

        final Receipts packed = new Receipts(new ReceiptOptions(
                false,
                false,
                TextProfile.builder()
                        .defaultAlphabet(DefaultAlphabet.GSM7_PACKED)
                        .build()));
        final byte[] septets = "id:7 stat:DELIVRD".getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[32]);
        final byte[] octets = new byte[Gsm7.pack(new UnsafeBuffer(septets), 0, septets.length, 0, dst, 0)];
        dst.getBytes(0, octets);
        assertThat(octets).hasSize(15);
        assertThat(packed.octets(0x04, 0, octets).id()).hasToString("7");
        assertThat(packed.octets(0x04, 0, octets).state()).isEqualTo(MessageState.DELIVERED);
        assertThat(packed.octets(0x04, 0, WHOLE.getBytes(StandardCharsets.US_ASCII))
                        .id())
                .hasToString("0123456789");
    }

    @Test
    void quirk35_aHeaderBeforeTheTextIsPassedOverAndUdhiWithoutOneIsForgiven() {
        final byte[] text = WHOLE.getBytes(StandardCharsets.US_ASCII);
        final byte[] withHeader = new byte[text.length + 7];
        System.arraycopy(HexFormat.of().parseHex("06050400010002"), 0, withHeader, 0, 7);
        System.arraycopy(text, 0, withHeader, 7, text.length);
        assertThat(receipts.octets(0x44, 0, withHeader).id()).hasToString("0123456789");
        assertThat(receipts.octets(0x44, 0, text).id()).hasToString("0123456789");
    }
}
