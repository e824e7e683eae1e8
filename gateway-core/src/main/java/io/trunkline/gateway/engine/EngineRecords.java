package io.trunkline.gateway.engine;

import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.journal.codec.ConvertedEncoder;
import io.trunkline.gateway.journal.codec.InboundReceivedEncoder;
import io.trunkline.gateway.journal.codec.InboundSegmentEncoder;
import io.trunkline.gateway.journal.codec.ReceiptReceivedEncoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredEncoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenEncoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedEncoder;
import io.trunkline.gateway.journal.codec.UnitClosedEncoder;
import io.trunkline.gateway.journal.codec.UnitProgressedEncoder;
import io.trunkline.gateway.journal.codec.UnitRejectedEncoder;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import io.trunkline.smpp.text.InboundPart;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What the engine writes into the journal: one method per record, encoded straight into the journal's buffer. */
final class EngineRecords {
    /** Room for the fixed blocks and the length fields of the data behind them. */
    private static final int BLOCK = 192;

    /** What came of a segment's answer. Numbers as in the journal. */
    static final int OUTCOME_ACCEPTED = 1;

    static final int OUTCOME_RETRY = 2;
    static final int OUTCOME_REROUTE = 3;
    static final int OUTCOME_FAILED = 4;
    static final int OUTCOME_IN_DOUBT = 5;

    /** What came of a receipt. Numbers as in the journal. */
    static final int RECEIPT_MATCHED = 1;

    static final int RECEIPT_INTERMEDIATE = 2;
    static final int RECEIPT_EARLY = 3;
    static final int RECEIPT_REPEATED = 4;
    static final int RECEIPT_UNMATCHED = 5;

    private final Journal journal;
    private final Sealing sealing;
    private final UnitAcceptedEncoder accepted = new UnitAcceptedEncoder();
    private final UnitRejectedEncoder rejected = new UnitRejectedEncoder();
    private final SegmentWrittenEncoder written = new SegmentWrittenEncoder();
    private final SegmentAnsweredEncoder answered = new SegmentAnsweredEncoder();
    private final ReceiptReceivedEncoder receipt = new ReceiptReceivedEncoder();
    private final UnitProgressedEncoder progressed = new UnitProgressedEncoder();
    private final UnitClosedEncoder closed = new UnitClosedEncoder();
    private final InboundSegmentEncoder inboundSegment = new InboundSegmentEncoder();
    private final InboundReceivedEncoder inbound = new InboundReceivedEncoder();
    private final ConvertedEncoder converted = new ConvertedEncoder();
    private final UnsafeBuffer none = new UnsafeBuffer(0, 0);

    EngineRecords(final Journal journal, final Sealing sealing) {
        this.journal = journal;
        this.sealing = sealing;
    }

    long unitAccepted(
            final Unit unit,
            final SubmitRequest request,
            final DirectBuffer to,
            final int toOffset,
            final int toLength,
            final long contentHash,
            final RouteDecision decision,
            final int network) {
        final int variable =
                request.fromLength + toLength + request.bodyLength + request.campaignLength + request.tagsLength;
        final int offset = journal.begin(UnitAcceptedEncoder.TEMPLATE_ID, unit.id, BLOCK + variable);
        accepted.wrap(journal.buffer(), offset)
                .referenceHi(unit.referenceHi)
                .referenceLo(unit.referenceLo)
                .contentHash(contentHash)
                .scheduledAtMs(unit.scheduledAtMs)
                .expiresAtMs(unit.expiresAtMs)
                .priceCapMicros(request.priceCapMicros)
                .tenant(unit.tenant.number())
                .tableVersion(unit.tableVersion)
                .routeRow(Integer.toUnsignedLong(decision.row))
                .carrier(unit.carrier.number())
                .messageClass(unit.messageClass)
                .receiptWish(unit.receiptWish)
                .origin(unit.origin)
                .senderType(unit.senderType)
                .encoding(unit.encoding)
                .dataCoding((short) unit.dataCoding())
                .segments(unit.segments)
                .flags(unit.flags)
                .routeRule(decision.rule)
                .rewrite(decision.rewrite)
                .treatment(unit.treatment == null ? Treatment.NONE : unit.treatment.number())
                .network(network)
                .bodyKey(Integer.toUnsignedLong(unit.bodyKey))
                .bodyKeySerial(sealing.serial(unit.bodyKey))
                .buyRateMicros(decision.buyRateMicros)
                .feeMicros(decision.feeMicros)
                .buyRateLine(decision.buyRateLine)
                .feeLine(decision.feeLine)
                .bodyPeriod(Integer.toUnsignedLong(sealing.period()))
                .putFrom(request.buffer, request.fromOffset, request.fromLength)
                .putTo(to, toOffset, toLength)
                .putBody(request.buffer, request.bodyOffset, request.bodyLength);
        final int bodyOffset = accepted.limit() - request.bodyLength;
        sealing.apply(unit, journal.buffer(), bodyOffset, request.bodyLength);
        sealing.encipher(PeriodCipher.Use.ACCEPTED, unit.id, journal.buffer(), bodyOffset, request.bodyLength);
        accepted.putCampaign(request.buffer, request.campaignOffset, request.campaignLength)
                .putTags(request.buffer, request.tagsOffset, request.tagsLength);
        return journal.commit(accepted.encodedLength());
    }

    void unitRejected(final SubmitRequest request, final ErrorCode code, final int suppressed) {
        final int toLength = Math.min(request.toLength, 32);
        final int offset = journal.begin(UnitRejectedEncoder.TEMPLATE_ID, 0, BLOCK + toLength);
        rejected.wrap(journal.buffer(), offset)
                .referenceHi(request.referenceHi)
                .referenceLo(request.referenceLo)
                .tenant(request.tenant)
                .suppressed(suppressed)
                .errorCode(code.number())
                .origin((short) request.origin)
                .putTo(request.buffer, request.toOffset, toLength);
        journal.commit(rejected.encodedLength());
    }

    void segmentWritten(final Unit unit, final CarrierLink link, final int segment, final int sequence) {
        final int offset = journal.begin(SegmentWrittenEncoder.TEMPLATE_ID, unit.id, BLOCK);
        written.wrap(journal.buffer(), offset)
                .smppSequence(Integer.toUnsignedLong(sequence))
                .carrier(unit.carrier.number())
                .link(link.number())
                .segment((short) segment)
                .segments(unit.pdus)
                .attempt((short) (unit.attempt & 0xFF))
                .possibleDuplicate((short) (unit.possibleDuplicate ? 1 : 0))
                .treatment(unit.treatment == null ? Treatment.NONE : unit.treatment.number())
                .protocol((short) link.protocol().number());
        journal.commit(written.encodedLength());
    }

    void segmentAnswered(
            final Unit unit,
            final CarrierLink link,
            final int segment,
            final int attempt,
            final int status,
            final int outcome,
            final ErrorCode code,
            final DirectBuffer messageId,
            final int idOffset,
            final int idLength) {
        begin(unit, link.number(), link.protocol(), segment, attempt, status, outcome, code, idLength)
                .conclusion((short) Conclusion.RECEIPT_FOLLOWS.number())
                .putMessageId(messageId, idOffset, idLength);
        journal.commit(answered.encodedLength());
    }

    /** The carrier took a segment, and its answer is the last that is heard of it. */
    void segmentConcluded(
            final Unit unit,
            final CarrierLink link,
            final int segment,
            final int attempt,
            final int status,
            final Conclusion conclusion) {
        begin(unit, link.number(), link.protocol(), segment, attempt, status, OUTCOME_ACCEPTED, ErrorCode.NONE, 0)
                .conclusion((short) conclusion.number())
                .putMessageId(none, 0, 0);
        journal.commit(answered.encodedLength());
    }

    /**
     * The answer to a segment is lost.
     *
     * @param link over which it was written; null after a restart
     */
    void segmentInDoubt(
            final Unit unit, final CarrierLink link, final int segment, final CarrierDesk.Unanswered cause) {
        begin(
                        unit,
                        link == null ? 0 : link.number(),
                        link == null ? unit.carrier.config().protocol() : link.protocol(),
                        segment,
                        unit.attempt & 0xFF,
                        cause.number(),
                        OUTCOME_IN_DOUBT,
                        ErrorCode.IN_DOUBT_FAILED,
                        0)
                .conclusion((short) Conclusion.RECEIPT_FOLLOWS.number())
                .putMessageId(none, 0, 0);
        journal.commit(answered.encodedLength());
    }

    private SegmentAnsweredEncoder begin(
            final Unit unit,
            final int link,
            final CarrierProtocol protocol,
            final int segment,
            final int attempt,
            final int status,
            final int outcome,
            final ErrorCode code,
            final int idLength) {
        final int offset = journal.begin(SegmentAnsweredEncoder.TEMPLATE_ID, unit.id, BLOCK + idLength);
        return answered.wrap(journal.buffer(), offset)
                .status(Integer.toUnsignedLong(status))
                .carrier(unit.carrier.number())
                .link(link)
                .errorCode(code.number())
                .segment((short) segment)
                .attempt((short) attempt)
                .outcome((short) outcome)
                .protocol((short) protocol.number());
    }

    void receiptReceived(
            final long unitId,
            final int carrier,
            final int link,
            final int segment,
            final int disposition,
            final ReceiptNotice notice) {
        final int variable = notice.messageIdLength + notice.statLength + notice.errLength;
        final int offset = journal.begin(ReceiptReceivedEncoder.TEMPLATE_ID, unitId, BLOCK + variable);
        receipt.wrap(journal.buffer(), offset)
                .carrier(carrier)
                .link(link)
                .errorCode(notice.errorCode.number())
                .networkErrorCode(Integer.toUnsignedLong(notice.networkErrorCode))
                .segment((short) segment)
                .messageState((short) notice.messageState)
                .disposition((short) disposition)
                .putMessageId(notice.buffer, notice.messageIdOffset, notice.messageIdLength)
                .putStat(notice.buffer, notice.statOffset, notice.statLength)
                .putErr(notice.buffer, notice.errOffset, notice.errLength);
        journal.commit(receipt.encodedLength());
    }

    long unitProgressed(final Unit unit, final long eventSequence) {
        final int offset = journal.begin(UnitProgressedEncoder.TEMPLATE_ID, unit.id, BLOCK);
        progressed
                .wrap(journal.buffer(), offset)
                .eventSequence(eventSequence)
                .referenceHi(unit.referenceHi)
                .referenceLo(unit.referenceLo)
                .tenant(unit.tenant.number())
                .carrier(unit.carrier.number())
                .state((short) unit.state.number())
                .segments(unit.segments)
                .possibleDuplicate((short) (unit.possibleDuplicate ? 1 : 0))
                .origin(unit.origin)
                .receiptWish(unit.receiptWish)
                .acceptedAtMs(unit.acceptedAtMs)
                .destination(unit.destination)
                .senderHi(unit.senderHi)
                .senderLo(unit.senderLo)
                .rawCode(Integer.toUnsignedLong(unit.rawCode));
        return journal.commit(progressed.encodedLength());
    }

    long unitClosed(final Unit unit, final long eventSequence, final UnitState state, final ErrorCode code) {
        final int offset = journal.begin(UnitClosedEncoder.TEMPLATE_ID, unit.id, BLOCK);
        closed.wrap(journal.buffer(), offset)
                .eventSequence(eventSequence)
                .referenceHi(unit.referenceHi)
                .referenceLo(unit.referenceLo)
                .rawCode(Integer.toUnsignedLong(unit.rawCode))
                .tenant(unit.tenant.number())
                .carrier(unit.carrier == null ? 0 : unit.carrier.number())
                .errorCode(code.number())
                .state((short) state.number())
                .segments(unit.segments)
                .segmentsDelivered((short) unit.segmentsDelivered())
                .possibleDuplicate((short) (unit.possibleDuplicate ? 1 : 0))
                .origin(unit.origin)
                .receiptWish(unit.receiptWish)
                .acceptedAtMs(unit.acceptedAtMs)
                .destination(unit.destination)
                .senderHi(unit.senderHi)
                .senderLo(unit.senderLo);
        return journal.commit(closed.encodedLength());
    }

    /** The parts' fields are those of the PDU, so that a restart can feed them to the reassembly again. */
    void inboundSegment(final int carrier, final int link, final InboundNotice notice, final InboundPart part) {
        final int variable = notice.fromLength + notice.toLength + notice.bodyLength;
        final long nonce = sealing.nextNonce();
        final int offset = journal.begin(InboundSegmentEncoder.TEMPLATE_ID, 0, BLOCK + variable);
        inboundSegment
                .wrap(journal.buffer(), offset)
                .carrier(carrier)
                .link(link)
                .concatReference(part.reference)
                .part((short) part.part)
                .parts((short) part.total)
                .dataCoding((short) notice.dataCoding)
                .esmClass((short) notice.esmClass)
                .protocolId((short) notice.protocolId)
                .kind((short) part.kind)
                .bodyPeriod(Integer.toUnsignedLong(sealing.period()))
                .bodyNonce(nonce)
                .putFrom(notice.buffer, notice.fromOffset, notice.fromLength)
                .putTo(notice.buffer, notice.toOffset, notice.toLength)
                .putBody(notice.buffer, notice.bodyOffset, notice.bodyLength);
        sealing.encipher(
                PeriodCipher.Use.INBOUND_PART,
                nonce,
                journal.buffer(),
                inboundSegment.limit() - notice.bodyLength,
                notice.bodyLength);
        journal.commit(inboundSegment.encodedLength());
    }

    long inboundReceived(
            final long unitId, final int tenant, final int carrier, final int link, final Inbound.Whole m) {
        final int variable = m.fromLength + m.toLength + m.bodyLength;
        final int offset = journal.begin(InboundReceivedEncoder.TEMPLATE_ID, unitId, BLOCK + variable);
        inbound.wrap(journal.buffer(), offset)
                .eventSequence(m.eventSequence)
                .tenant(tenant)
                .carrier(carrier)
                .link(link)
                .segments((short) m.segments)
                .segmentsMissing((short) m.segmentsMissing)
                .encoding((short) m.encoding)
                .dataCoding((short) m.dataCoding)
                .bodyPeriod(Integer.toUnsignedLong(sealing.period()))
                .putFrom(m.from, 0, m.fromLength)
                .putTo(m.to, 0, m.toLength)
                .putBody(m.body, 0, m.bodyLength);
        sealing.encipher(
                PeriodCipher.Use.INBOUND, unitId, journal.buffer(), inbound.limit() - m.bodyLength, m.bodyLength);
        return journal.commit(inbound.encodedLength());
    }

    void converted(final int tenant, final long unitId, final long convertedAtMs) {
        final int offset = journal.begin(ConvertedEncoder.TEMPLATE_ID, unitId, BLOCK);
        converted.wrap(journal.buffer(), offset).tenant(tenant).convertedAtMs(convertedAtMs);
        journal.commit(converted.encodedLength());
    }
}
