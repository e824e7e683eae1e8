package io.trunkline.gateway.admin;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitIds;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.RecordFrame;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordSource;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.InboundReceivedEncoder;
import io.trunkline.gateway.journal.codec.ReceiptReceivedEncoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredEncoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenEncoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedEncoder;
import io.trunkline.gateway.journal.codec.UnitClosedEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Records in memory, as a journal would give them back: units to one number each. */
final class RecordedStory implements RecordSource {
    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    static final long FIRST_UNIT = unitAt(START);

    private final List<MutableDirectBuffer> records = new ArrayList<>();

    /** The first id that is given out at a time. */
    static long unitAt(final Instant time) {
        return (time.toEpochMilli() - UnitIds.acceptedAtMs(0)) << 22;
    }

    /** A unit from acceptance to receipt: five records, a second apart. */
    void delivered(final long unit, final String to) {
        final MutableDirectBuffer accepted = begin(UnitAcceptedEncoder.TEMPLATE_ID, unit);
        new UnitAcceptedEncoder()
                .wrap(accepted, RecordFrame.HEADER_LENGTH)
                .referenceHi(1)
                .referenceLo(2)
                .contentHash(3)
                .scheduledAtMs(Long.MIN_VALUE)
                .expiresAtMs(START.plusSeconds(86_400).toEpochMilli())
                .priceCapMicros(Long.MIN_VALUE)
                .tenant(1)
                .tableVersion(4)
                .routeRow(5)
                .carrier(7)
                .messageClass((short) 1)
                .receiptWish((short) 2)
                .origin((short) 1)
                .senderType((short) 2)
                .encoding((short) 1)
                .dataCoding((short) 0)
                .segments((short) 1)
                .flags((short) 0)
                .buyRateMicros(12_300)
                .buyRateLine(17)
                .feeMicros(UnitAcceptedEncoder.feeMicrosNullValue())
                .bodyPeriod(0)
                .putFrom(bytes("ACME"), 0, bytes("ACME").length)
                .putTo(bytes(to), 0, bytes(to).length)
                .putBody(bytes("code 1234"), 0, bytes("code 1234").length)
                .putCampaign(bytes("login"), 0, bytes("login").length)
                .putTags(new byte[0], 0, 0);
        final MutableDirectBuffer written = begin(SegmentWrittenEncoder.TEMPLATE_ID, unit);
        new SegmentWrittenEncoder()
                .wrap(written, RecordFrame.HEADER_LENGTH)
                .smppSequence(77)
                .carrier(7)
                .link(9)
                .segment((short) 1)
                .segments((short) 1)
                .attempt((short) 1)
                .possibleDuplicate((short) 0);
        final MutableDirectBuffer answered = begin(SegmentAnsweredEncoder.TEMPLATE_ID, unit);
        new SegmentAnsweredEncoder()
                .wrap(answered, RecordFrame.HEADER_LENGTH)
                .status(0)
                .carrier(7)
                .link(9)
                .errorCode(0)
                .segment((short) 1)
                .attempt((short) 1)
                .outcome((short) 1)
                .putMessageId(bytes("A1B2"), 0, bytes("A1B2").length);
        final MutableDirectBuffer receipt = begin(ReceiptReceivedEncoder.TEMPLATE_ID, unit);
        new ReceiptReceivedEncoder()
                .wrap(receipt, RecordFrame.HEADER_LENGTH)
                .carrier(7)
                .link(9)
                .errorCode(0)
                .networkErrorCode(0)
                .segment((short) 1)
                .messageState((short) 2)
                .disposition((short) 1)
                .putMessageId(bytes("A1B2"), 0, bytes("A1B2").length)
                .putStat(bytes("DELIVRD"), 0, bytes("DELIVRD").length)
                .putErr(bytes("000"), 0, bytes("000").length);
        final MutableDirectBuffer closed = begin(UnitClosedEncoder.TEMPLATE_ID, unit);
        new UnitClosedEncoder()
                .wrap(closed, RecordFrame.HEADER_LENGTH)
                .eventSequence(41)
                .referenceHi(1)
                .referenceLo(2)
                .rawCode(0)
                .tenant(1)
                .carrier(7)
                .errorCode(ErrorCode.NONE.number())
                .state((short) UnitState.DELIVERED.number())
                .segments((short) 1)
                .segmentsDelivered((short) 1)
                .possibleDuplicate((short) 0);
    }

    /** An inbound message. */
    void inbound(final String from, final String to) {
        final MutableDirectBuffer inbound = begin(InboundReceivedEncoder.TEMPLATE_ID, 0);
        new InboundReceivedEncoder()
                .wrap(inbound, RecordFrame.HEADER_LENGTH)
                .eventSequence(42)
                .tenant(1)
                .carrier(7)
                .link(9)
                .segments((short) 1)
                .segmentsMissing((short) 0)
                .encoding((short) 1)
                .dataCoding((short) 0)
                .bodyPeriod(0)
                .putFrom(bytes(from), 0, bytes(from).length)
                .putTo(bytes(to), 0, bytes(to).length)
                .putBody(bytes("STOP"), 0, bytes("STOP").length);
    }

    private MutableDirectBuffer begin(final int templateId, final long unit) {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer(512);
        final long sequence = records.size() + 1L;
        final long nanos = START.plusSeconds(records.size()).getEpochSecond() * 1_000_000_000L;
        buffer.putInt(RecordFrame.LENGTH_OFFSET, 512, LITTLE_ENDIAN);
        buffer.putLong(RecordFrame.SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(RecordFrame.WALL_TIME_OFFSET, nanos, LITTLE_ENDIAN);
        buffer.putLong(RecordFrame.UNIT_ID_OFFSET, unit, LITTLE_ENDIAN);
        buffer.putShort(RecordFrame.TEMPLATE_ID_OFFSET, (short) templateId, LITTLE_ENDIAN);
        buffer.putShort(RecordFrame.VERSION_OFFSET, (short) UnitAcceptedEncoder.SCHEMA_VERSION, LITTLE_ENDIAN);
        buffer.putShort(RecordFrame.BLOCK_LENGTH_OFFSET, (short) blockLength(templateId), LITTLE_ENDIAN);
        records.add(buffer);
        return buffer;
    }

    private static int blockLength(final int templateId) {
        return switch (templateId) {
            case UnitAcceptedEncoder.TEMPLATE_ID -> UnitAcceptedEncoder.BLOCK_LENGTH;
            case SegmentWrittenEncoder.TEMPLATE_ID -> SegmentWrittenEncoder.BLOCK_LENGTH;
            case SegmentAnsweredEncoder.TEMPLATE_ID -> SegmentAnsweredEncoder.BLOCK_LENGTH;
            case ReceiptReceivedEncoder.TEMPLATE_ID -> ReceiptReceivedEncoder.BLOCK_LENGTH;
            case UnitClosedEncoder.TEMPLATE_ID -> UnitClosedEncoder.BLOCK_LENGTH;
            default -> InboundReceivedEncoder.BLOCK_LENGTH;
        };
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long read(final long fromSequence, final int maxRecords, final RecordHandler handler) {
        final RecordView view = new RecordView();
        long next = Math.max(1, fromSequence);
        for (int i = 0; i < maxRecords && next <= records.size(); i++, next++) {
            handler.onRecord(view.wrap(records.get((int) next - 1), 0));
        }
        return next;
    }

    @Override
    public long oldest() {
        return 1;
    }

    @Override
    public long newest() {
        return records.size();
    }

    @Override
    public void close() {}
}
