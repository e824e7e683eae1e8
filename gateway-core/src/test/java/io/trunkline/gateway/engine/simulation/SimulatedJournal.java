package io.trunkline.gateway.engine.simulation;

import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.journal.RecordFrame;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CheckpointBeginEncoder;
import io.trunkline.gateway.journal.codec.CheckpointEndEncoder;
import io.trunkline.gateway.journal.codec.ConvertedEncoder;
import io.trunkline.gateway.journal.codec.DedupeSnapshotEncoder;
import io.trunkline.gateway.journal.codec.InboundReceivedEncoder;
import io.trunkline.gateway.journal.codec.InboundSegmentEncoder;
import io.trunkline.gateway.journal.codec.LimitSnapshotEncoder;
import io.trunkline.gateway.journal.codec.MessageHeaderEncoder;
import io.trunkline.gateway.journal.codec.ParkedReceiptSnapshotEncoder;
import io.trunkline.gateway.journal.codec.ReceiptReceivedEncoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredEncoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenEncoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedEncoder;
import io.trunkline.gateway.journal.codec.UnitClosedEncoder;
import io.trunkline.gateway.journal.codec.UnitProgressedEncoder;
import io.trunkline.gateway.journal.codec.UnitRejectedEncoder;
import io.trunkline.gateway.journal.codec.UnitSnapshotEncoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory whose disk is as slow as the simulation says, and which forgets what was not durable in a crash. */
final class SimulatedJournal implements Journal {
    private static final Map<Integer, Integer> BLOCK_LENGTHS = Map.ofEntries(
            Map.entry(UnitAcceptedEncoder.TEMPLATE_ID, UnitAcceptedEncoder.BLOCK_LENGTH),
            Map.entry(UnitRejectedEncoder.TEMPLATE_ID, UnitRejectedEncoder.BLOCK_LENGTH),
            Map.entry(SegmentWrittenEncoder.TEMPLATE_ID, SegmentWrittenEncoder.BLOCK_LENGTH),
            Map.entry(SegmentAnsweredEncoder.TEMPLATE_ID, SegmentAnsweredEncoder.BLOCK_LENGTH),
            Map.entry(ReceiptReceivedEncoder.TEMPLATE_ID, ReceiptReceivedEncoder.BLOCK_LENGTH),
            Map.entry(UnitProgressedEncoder.TEMPLATE_ID, UnitProgressedEncoder.BLOCK_LENGTH),
            Map.entry(UnitClosedEncoder.TEMPLATE_ID, UnitClosedEncoder.BLOCK_LENGTH),
            Map.entry(InboundSegmentEncoder.TEMPLATE_ID, InboundSegmentEncoder.BLOCK_LENGTH),
            Map.entry(InboundReceivedEncoder.TEMPLATE_ID, InboundReceivedEncoder.BLOCK_LENGTH),
            Map.entry(ConvertedEncoder.TEMPLATE_ID, ConvertedEncoder.BLOCK_LENGTH),
            Map.entry(CheckpointBeginEncoder.TEMPLATE_ID, CheckpointBeginEncoder.BLOCK_LENGTH),
            Map.entry(UnitSnapshotEncoder.TEMPLATE_ID, UnitSnapshotEncoder.BLOCK_LENGTH),
            Map.entry(DedupeSnapshotEncoder.TEMPLATE_ID, DedupeSnapshotEncoder.BLOCK_LENGTH),
            Map.entry(ParkedReceiptSnapshotEncoder.TEMPLATE_ID, ParkedReceiptSnapshotEncoder.BLOCK_LENGTH),
            Map.entry(LimitSnapshotEncoder.TEMPLATE_ID, LimitSnapshotEncoder.BLOCK_LENGTH),
            Map.entry(CheckpointEndEncoder.TEMPLATE_ID, CheckpointEndEncoder.BLOCK_LENGTH));

    private final List<byte[]> records = new ArrayList<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[RecordFrame.MAX_LENGTH]);
    private long published;
    private long durable;
    private long wallTimeNs;
    private boolean accepting = true;
    private boolean exhausted;
    private int fullAt;

    @Override
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int begin(final int templateId, final long unitId, final int maxLength) {
        buffer.putLong(RecordFrame.SEQUENCE_OFFSET, records.size() + 1L, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(RecordFrame.WALL_TIME_OFFSET, wallTimeNs, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(RecordFrame.UNIT_ID_OFFSET, unitId, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(RecordFrame.TEMPLATE_ID_OFFSET, (short) templateId, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(
                RecordFrame.VERSION_OFFSET, (short) MessageHeaderEncoder.SCHEMA_VERSION, ByteOrder.LITTLE_ENDIAN);
        final int blockLength = BLOCK_LENGTHS.get(templateId);
        buffer.putShort(RecordFrame.BLOCK_LENGTH_OFFSET, (short) blockLength, ByteOrder.LITTLE_ENDIAN);
        return RecordFrame.HEADER_LENGTH;
    }

    @Override
    public long commit(final int length) {
        buffer.putInt(RecordFrame.LENGTH_OFFSET, RecordFrame.HEADER_LENGTH + length, ByteOrder.LITTLE_ENDIAN);
        if (exhausted && records.size() == fullAt) {
            throw new AssertionError("record of template "
                    + buffer.getShort(RecordFrame.TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN)
                    + " and even the reserve is used up");
        }
        final byte[] record = new byte[RecordFrame.HEADER_LENGTH + length];
        buffer.getBytes(0, record);
        records.add(record);
        return records.size();
    }

    @Override
    public long committed() {
        return records.size();
    }

    @Override
    public void publish() {
        published = records.size();
    }

    @Override
    public long durable() {
        return durable;
    }

    @Override
    public boolean accepting() {
        return accepting;
    }

    @Override
    public boolean exhausted() {
        return exhausted;
    }

    @Override
    public void wallTimeNs(final long now) {
        wallTimeNs = now;
    }

    void accepting(final boolean value) {
        accepting = value;
        exhausted &= !value;
    }

    /** Not even the reserve is left, but for {@code recordsLeft} records; more of them are a fault of the engine. */
    void exhausted(final int recordsLeft) {
        accepting = false;
        exhausted = true;
        fullAt = records.size() + recordsLeft;
    }

    /** The disk has got as far as this; never further than what was published. */
    void force(final long upTo) {
        durable = Math.max(durable, Math.min(upTo, published));
    }

    long published() {
        return published;
    }

    /** Keeps what was durable and {@code luck} records more that made it to the disk all the same. */
    void crash(final int luck) {
        final long kept = Math.min(published, durable + luck);
        while (records.size() > kept) {
            records.remove(records.size() - 1);
        }
        published = kept;
        durable = kept;
    }

    void read(final long fromSequence, final RecordHandler handler) {
        final RecordView view = new RecordView();
        for (long sequence = Math.max(1, fromSequence); sequence <= records.size(); sequence++) {
            handler.onRecord(view.wrap(new UnsafeBuffer(records.get((int) sequence - 1)), 0));
        }
    }

    RecordView get(final long sequence) {
        return new RecordView().wrap(new UnsafeBuffer(records.get((int) sequence - 1)), 0);
    }
}
