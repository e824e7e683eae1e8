package io.trunkline.gateway.carrier;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.engine.CarrierDesk;
import io.trunkline.gateway.engine.CarrierLink;
import io.trunkline.gateway.engine.InboundNotice;
import io.trunkline.gateway.engine.ReceiptNotice;
import io.trunkline.smpp.codec.EsmClass;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.TlvIterator;
import io.trunkline.smpp.codec.TlvTag;
import io.trunkline.smpp.receipt.Receipt;
import io.trunkline.smpp.receipt.ReceiptOptions;
import io.trunkline.smpp.receipt.ReceiptParser;
import io.trunkline.smpp.text.ByteBufView;
import org.agrona.concurrent.UnsafeBuffer;

/** Tells receipts from messages among what a carrier delivers, and hands both to the engine. One per carrier. */
final class DeliverReader {
    private static final int UNKNOWN_STATE = 7;

    private final CarrierDesk desk;
    private final ReceiptParser parser;
    private final ReceiptErrors errors;
    private final Receipt receipt = new Receipt();
    private final ReceiptNotice receiptNotice = new ReceiptNotice();
    private final InboundNotice inboundNotice = new InboundNotice();
    private final UnsafeBuffer pdu = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer fields =
            new UnsafeBuffer(new byte[io.trunkline.smpp.receipt.MessageIds.MAX_LENGTH + 2 * Receipt.MAX_FIELD + 64]);

    DeliverReader(final Carrier carrier, final CarrierDesk desk) {
        this.desk = desk;
        parser = new ReceiptParser(
                new ReceiptOptions(carrier.receipts().acceptEsmClassZero(), true, TextProfiles.of(carrier.messages())));
        errors = new ReceiptErrors(carrier.errors());
    }

    /** Returns the command_status to answer with. */
    int deliver(final CarrierLink link, final SmDecoder sm) {
        return parser.parse(sm, receipt) ? receipt(link, sm) : inbound(link, sm);
    }

    private int receipt(final CarrierLink link, final SmDecoder sm) {
        final ReceiptNotice notice = receiptNotice;
        notice.messageState = receipt.state() >= 0 ? receipt.state() : UNKNOWN_STATE;
        notice.finalState = receipt.isFinal();
        notice.errorCode = errors.code(receipt);
        notice.rawCode = ReceiptErrors.number(receipt.err());
        notice.networkErrorCode = Math.max(0, receipt.networkError());
        notice.buffer = fields;
        int used = 0;
        notice.messageIdOffset = used;
        notice.messageIdLength = receipt.id().length();
        used += copy(receipt.id(), used);
        notice.statOffset = used;
        notice.statLength = receipt.stat().length();
        used += copy(receipt.stat(), used);
        notice.errOffset = used;
        notice.errLength = receipt.err().length();
        used += copy(receipt.err(), used);
        // A receipt comes from the handset's number (SMPP 3.4 Appendix B says nothing else of it that could be relied
        // on).
        notice.handsetOffset = used;
        notice.handsetLength = Math.min(sm.sourceLength(), fields.capacity() - used);
        ByteBufView.wrap(pdu, sm.buffer(), sm.sourceOffset(), notice.handsetLength);
        fields.putBytes(used, pdu, 0, notice.handsetLength);
        return desk.receipt(link, notice);
    }

    private int copy(final Receipt.Field field, final int at) {
        fields.putBytes(at, field.buffer(), 0, field.length());
        return field.length();
    }

    private int inbound(final CarrierLink link, final SmDecoder sm) {
        final InboundNotice notice = inboundNotice;
        ByteBufView.wrap(pdu, sm.buffer(), sm.offset(), sm.length());
        final int base = sm.offset();
        notice.buffer = pdu;
        notice.fromOffset = sm.sourceOffset() - base;
        notice.fromLength = sm.sourceLength();
        notice.toOffset = sm.destinationOffset() - base;
        notice.toLength = sm.destinationLength();
        notice.bodyOffset = sm.messageOffset() - base;
        notice.bodyLength = sm.messageLength();
        notice.userDataHeader = EsmClass.hasUserDataHeader(sm.esmClass());
        notice.dataCoding = sm.dataCoding();
        notice.esmClass = sm.esmClass();
        notice.protocolId = sm.protocolId();
        notice.sarReference = tlv(sm.tlvs(), TlvTag.SAR_MSG_REF_NUM);
        notice.sarTotal = tlv(sm.tlvs(), TlvTag.SAR_TOTAL_SEGMENTS);
        notice.sarPart = tlv(sm.tlvs(), TlvTag.SAR_SEGMENT_SEQNUM);
        return desk.inbound(link, notice);
    }

    private static int tlv(final TlvIterator tlvs, final int tag) {
        return tlvs.find(tag) ? (int) tlvs.unsignedValue(-1) : -1;
    }
}
