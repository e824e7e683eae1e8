package io.trunkline.gateway.journal;

import io.trunkline.gateway.journal.codec.CallAnsweredDecoder;
import io.trunkline.gateway.journal.codec.CallAttemptedDecoder;
import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import io.trunkline.gateway.journal.codec.CallProgressedDecoder;
import io.trunkline.gateway.journal.codec.CallSnapshotDecoder;
import io.trunkline.gateway.journal.codec.CallStartedDecoder;
import io.trunkline.gateway.journal.codec.CheckpointBeginDecoder;
import io.trunkline.gateway.journal.codec.CheckpointEndDecoder;
import io.trunkline.gateway.journal.codec.ConfigAppliedDecoder;
import io.trunkline.gateway.journal.codec.ConvertedDecoder;
import io.trunkline.gateway.journal.codec.CursorSnapshotDecoder;
import io.trunkline.gateway.journal.codec.DedupeSnapshotDecoder;
import io.trunkline.gateway.journal.codec.EventAcknowledgedDecoder;
import io.trunkline.gateway.journal.codec.InboundReceivedDecoder;
import io.trunkline.gateway.journal.codec.InboundSegmentDecoder;
import io.trunkline.gateway.journal.codec.LimitSnapshotDecoder;
import io.trunkline.gateway.journal.codec.NamedDecoder;
import io.trunkline.gateway.journal.codec.ParkedReceiptSnapshotDecoder;
import io.trunkline.gateway.journal.codec.ReceiptReceivedDecoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredDecoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenDecoder;
import io.trunkline.gateway.journal.codec.StartedDecoder;
import io.trunkline.gateway.journal.codec.StoppedDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.gateway.journal.codec.UnitProgressedDecoder;
import io.trunkline.gateway.journal.codec.UnitRejectedDecoder;
import io.trunkline.gateway.journal.codec.UnitSnapshotDecoder;

/** The record types of {@code journal.xml}. */
public enum RecordType {
    UNIT_ACCEPTED(UnitAcceptedDecoder.TEMPLATE_ID, UnitAcceptedDecoder.BLOCK_LENGTH, "UnitAccepted"),
    UNIT_REJECTED(UnitRejectedDecoder.TEMPLATE_ID, UnitRejectedDecoder.BLOCK_LENGTH, "UnitRejected"),
    SEGMENT_WRITTEN(SegmentWrittenDecoder.TEMPLATE_ID, SegmentWrittenDecoder.BLOCK_LENGTH, "SegmentWritten"),
    SEGMENT_ANSWERED(SegmentAnsweredDecoder.TEMPLATE_ID, SegmentAnsweredDecoder.BLOCK_LENGTH, "SegmentAnswered"),
    RECEIPT_RECEIVED(ReceiptReceivedDecoder.TEMPLATE_ID, ReceiptReceivedDecoder.BLOCK_LENGTH, "ReceiptReceived"),
    UNIT_PROGRESSED(UnitProgressedDecoder.TEMPLATE_ID, UnitProgressedDecoder.BLOCK_LENGTH, "UnitProgressed"),
    UNIT_CLOSED(UnitClosedDecoder.TEMPLATE_ID, UnitClosedDecoder.BLOCK_LENGTH, "UnitClosed"),
    INBOUND_SEGMENT(InboundSegmentDecoder.TEMPLATE_ID, InboundSegmentDecoder.BLOCK_LENGTH, "InboundSegment"),
    INBOUND_RECEIVED(InboundReceivedDecoder.TEMPLATE_ID, InboundReceivedDecoder.BLOCK_LENGTH, "InboundReceived"),
    EVENT_ACKNOWLEDGED(
            EventAcknowledgedDecoder.TEMPLATE_ID, EventAcknowledgedDecoder.BLOCK_LENGTH, "EventAcknowledged"),
    CONVERTED(ConvertedDecoder.TEMPLATE_ID, ConvertedDecoder.BLOCK_LENGTH, "Converted"),
    CONFIG_APPLIED(ConfigAppliedDecoder.TEMPLATE_ID, ConfigAppliedDecoder.BLOCK_LENGTH, "ConfigApplied"),
    NAMED(NamedDecoder.TEMPLATE_ID, NamedDecoder.BLOCK_LENGTH, "Named"),
    STARTED(StartedDecoder.TEMPLATE_ID, StartedDecoder.BLOCK_LENGTH, "Started"),
    STOPPED(StoppedDecoder.TEMPLATE_ID, StoppedDecoder.BLOCK_LENGTH, "Stopped"),
    CHECKPOINT_BEGIN(CheckpointBeginDecoder.TEMPLATE_ID, CheckpointBeginDecoder.BLOCK_LENGTH, "CheckpointBegin"),
    UNIT_SNAPSHOT(UnitSnapshotDecoder.TEMPLATE_ID, UnitSnapshotDecoder.BLOCK_LENGTH, "UnitSnapshot"),
    DEDUPE_SNAPSHOT(DedupeSnapshotDecoder.TEMPLATE_ID, DedupeSnapshotDecoder.BLOCK_LENGTH, "DedupeSnapshot"),
    CURSOR_SNAPSHOT(CursorSnapshotDecoder.TEMPLATE_ID, CursorSnapshotDecoder.BLOCK_LENGTH, "CursorSnapshot"),
    PARKED_RECEIPT_SNAPSHOT(
            ParkedReceiptSnapshotDecoder.TEMPLATE_ID,
            ParkedReceiptSnapshotDecoder.BLOCK_LENGTH,
            "ParkedReceiptSnapshot"),
    CHECKPOINT_END(CheckpointEndDecoder.TEMPLATE_ID, CheckpointEndDecoder.BLOCK_LENGTH, "CheckpointEnd"),
    CALL_STARTED(CallStartedDecoder.TEMPLATE_ID, CallStartedDecoder.BLOCK_LENGTH, "CallStarted"),
    CALL_ATTEMPTED(CallAttemptedDecoder.TEMPLATE_ID, CallAttemptedDecoder.BLOCK_LENGTH, "CallAttempted"),
    CALL_PROGRESSED(CallProgressedDecoder.TEMPLATE_ID, CallProgressedDecoder.BLOCK_LENGTH, "CallProgressed"),
    CALL_ANSWERED(CallAnsweredDecoder.TEMPLATE_ID, CallAnsweredDecoder.BLOCK_LENGTH, "CallAnswered"),
    CALL_ENDED(CallEndedDecoder.TEMPLATE_ID, CallEndedDecoder.BLOCK_LENGTH, "CallEnded"),
    CALL_SNAPSHOT(CallSnapshotDecoder.TEMPLATE_ID, CallSnapshotDecoder.BLOCK_LENGTH, "CallSnapshot"),
    LIMIT_SNAPSHOT(LimitSnapshotDecoder.TEMPLATE_ID, LimitSnapshotDecoder.BLOCK_LENGTH, "LimitSnapshot");

    /** Version of the schema that records are written with. */
    public static final int SCHEMA_VERSION = UnitAcceptedDecoder.SCHEMA_VERSION;

    private static final RecordType[] BY_TEMPLATE = byTemplate();

    private final int templateId;
    private final int blockLength;
    private final String label;

    RecordType(final int templateId, final int blockLength, final String label) {
        this.templateId = templateId;
        this.blockLength = blockLength;
        this.label = label;
    }

    public int templateId() {
        return templateId;
    }

    /** Length of the SBE root block as this version writes it. */
    public int blockLength() {
        return blockLength;
    }

    /** The name in the schema. */
    public String label() {
        return label;
    }

    /** The type of a template; null for one that this version does not know. */
    public static RecordType of(final int templateId) {
        return templateId >= 0 && templateId < BY_TEMPLATE.length ? BY_TEMPLATE[templateId] : null;
    }

    private static RecordType[] byTemplate() {
        int highest = 0;
        for (final RecordType type : values()) {
            highest = Math.max(highest, type.templateId);
        }
        final RecordType[] types = new RecordType[highest + 1];
        for (final RecordType type : values()) {
            types[type.templateId] = type;
        }
        return types;
    }
}
