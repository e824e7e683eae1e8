package io.trunkline.smpp.receipt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.TlvIterator;
import io.trunkline.smpp.codec.TlvTag;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Parses receipts in tests. */
final class Receipts {
    private static final int MARKED = 0x04;

    private final ReceiptParser parser;
    private final Receipt receipt = new Receipt();

    Receipts(final ReceiptOptions options) {
        parser = new ReceiptParser(options);
    }

    Receipt text(final String text) {
        return marked(MARKED, text);
    }

    Receipt marked(final int esmClass, final String text) {
        return octets(esmClass, 0, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Receipt octets(final int esmClass, final int dataCoding, final byte[] octets) {
        if (!parse(esmClass, dataCoding, octets, Unpooled.EMPTY_BUFFER)) {
            throw new AssertionError("no receipt");
        }
        return receipt;
    }

    Receipt tlvs(final String text, final Consumer<Tlvs> content) {
        final Tlvs tlvs = new Tlvs();
        content.accept(tlvs);
        if (!parse(MARKED, 0, text.getBytes(StandardCharsets.ISO_8859_1), tlvs.out)) {
            throw new AssertionError("no receipt");
        }
        return receipt;
    }

    boolean isReceipt(final int esmClass, final String text) {
        return parse(esmClass, 0, text.getBytes(StandardCharsets.ISO_8859_1), Unpooled.EMPTY_BUFFER);
    }

    private boolean parse(final int esmClass, final int dataCoding, final byte[] octets, final ByteBuf tlvs) {
        final ByteBuf pdu = Unpooled.buffer();
        pdu.writeZero(9).writeBytes(octets).writeBytes(tlvs, tlvs.readerIndex(), tlvs.readableBytes());
        final TlvIterator iterator = new TlvIterator().wrap(pdu, 9 + octets.length, tlvs.readableBytes());
        return parser.parse(esmClass, dataCoding, pdu, 9, octets.length, iterator, receipt);
    }

    static boolean decodeAndParse(final ReceiptOptions options, final ByteBuf pdu, final Receipt out) {
        final SmDecoder decoder = new SmDecoder();
        if (decoder.wrap(pdu, pdu.readerIndex(), pdu.readableBytes()) != CommandStatus.ESME_ROK) {
            throw new AssertionError("the PDU is not one");
        }
        return new ReceiptParser(options).parse(decoder, out);
    }

    static ByteBuf deliverSm(final int esmClass, final String shortMessage, final String payload) {
        return deliverSm(esmClass, shortMessage, payload, "447700900001", "60001");
    }

    static ByteBuf deliverSm(
            final int esmClass, final String shortMessage, final String payload, final String from, final String to) {
        final ByteBuf pdu = Unpooled.directBuffer();
        pdu.writeInt(0).writeInt(CommandId.DELIVER_SM).writeInt(0).writeInt(1);
        pdu.writeZero(1);
        address(pdu, from);
        address(pdu, to);
        pdu.writeByte(esmClass).writeZero(8).writeByte(shortMessage.length());
        pdu.writeCharSequence(shortMessage, StandardCharsets.ISO_8859_1);
        payload(pdu, payload);
        return pdu.setInt(0, pdu.writerIndex());
    }

    static ByteBuf dataSm(final int esmClass, final int dataCoding, final String payload) {
        final ByteBuf pdu = Unpooled.directBuffer();
        pdu.writeInt(0).writeInt(CommandId.DATA_SM).writeInt(0).writeInt(1);
        pdu.writeZero(1);
        address(pdu, "447700900001");
        address(pdu, "60001");
        pdu.writeByte(esmClass).writeByte(0).writeByte(dataCoding);
        payload(pdu, payload);
        return pdu.setInt(0, pdu.writerIndex());
    }

    private static void address(final ByteBuf pdu, final String address) {
        pdu.writeByte(1).writeByte(1);
        pdu.writeCharSequence(address, StandardCharsets.US_ASCII);
        pdu.writeByte(0);
    }

    private static void payload(final ByteBuf pdu, final String payload) {
        if (!payload.isEmpty()) {
            pdu.writeShort(TlvTag.MESSAGE_PAYLOAD).writeShort(payload.length());
            pdu.writeCharSequence(payload, StandardCharsets.ISO_8859_1);
        }
    }

    /** TLVs as a carrier writes them. */
    static final class Tlvs {
        private final ByteBuf out = Unpooled.buffer();

        Tlvs put(final int tag, final String value) {
            return put(tag, value.getBytes(StandardCharsets.ISO_8859_1));
        }

        Tlvs put(final int tag, final byte[] value) {
            out.writeShort(tag).writeShort(value.length).writeBytes(value);
            return this;
        }
    }
}
