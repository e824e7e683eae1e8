package io.trunkline.gateway.events;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.journal.RecordFrame;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordSource;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CursorSnapshotEncoder;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory that outlives the streams which write to it; what is not published a reader does not see. */
final class MemoryJournal implements Journal, RecordSource {
    private final TreeMap<Long, byte[]> records = new TreeMap<>();
    private final ExpandableArrayBuffer staging = new ExpandableArrayBuffer();
    private final RecordView view = new RecordView();
    private int template;
    private long unitId;
    private long wallTimeNs;
    private long committed;
    private long published;
    private long looked;

    /** Records that readers have looked at. */
    long looked() {
        return looked;
    }

    /** As after a crash: what was not published is gone. */
    void crash() {
        records.tailMap(published, false).clear();
        committed = published;
    }

    /** A record that can no longer be read. */
    void destroy(final long sequence) {
        records.remove(sequence);
    }

    int count(final int templateId) {
        return (int) records.values().stream()
                .filter(frame ->
                        new UnsafeBuffer(frame).getShort(RecordFrame.TEMPLATE_ID_OFFSET, LITTLE_ENDIAN) == templateId)
                .count();
    }

    void replay(final long fromSequence, final RecordHandler handler) {
        for (final Map.Entry<Long, byte[]> record :
                records.tailMap(fromSequence).entrySet()) {
            handler.onRecord(view.wrap(new UnsafeBuffer(record.getValue()), 0));
        }
    }

    @Override
    public MutableDirectBuffer buffer() {
        return staging;
    }

    @Override
    public int begin(final int templateId, final long unit, final int maxLength) {
        template = templateId;
        unitId = unit;
        return RecordFrame.HEADER_LENGTH;
    }

    @Override
    public long commit(final int length) {
        final int frameLength = RecordFrame.HEADER_LENGTH + length;
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[RecordFrame.alignedLength(frameLength)]);
        frame.putBytes(RecordFrame.HEADER_LENGTH, staging, RecordFrame.HEADER_LENGTH, length);
        frame.putInt(RecordFrame.LENGTH_OFFSET, frameLength, LITTLE_ENDIAN);
        frame.putLong(RecordFrame.SEQUENCE_OFFSET, ++committed, LITTLE_ENDIAN);
        frame.putLong(RecordFrame.WALL_TIME_OFFSET, wallTimeNs, LITTLE_ENDIAN);
        frame.putLong(RecordFrame.UNIT_ID_OFFSET, unitId, LITTLE_ENDIAN);
        frame.putShort(RecordFrame.TEMPLATE_ID_OFFSET, (short) template, LITTLE_ENDIAN);
        frame.putShort(RecordFrame.VERSION_OFFSET, (short) CursorSnapshotEncoder.SCHEMA_VERSION, LITTLE_ENDIAN);
        frame.putShort(RecordFrame.BLOCK_LENGTH_OFFSET, (short) EventWriter.blockLength(template), LITTLE_ENDIAN);
        records.put(committed, frame.byteArray());
        return committed;
    }

    @Override
    public long committed() {
        return committed;
    }

    @Override
    public void publish() {
        published = committed;
    }

    @Override
    public long durable() {
        return published;
    }

    @Override
    public boolean accepting() {
        return true;
    }

    @Override
    public boolean exhausted() {
        return false;
    }

    @Override
    public void wallTimeNs(final long now) {
        wallTimeNs = now;
    }

    @Override
    public long read(final long fromSequence, final int maxRecords, final RecordHandler handler) {
        long next = fromSequence;
        int count = 0;
        while (next <= published && count < maxRecords) {
            final byte[] record = records.get(next);
            next++;
            if (record != null) {
                count++;
                looked++;
                handler.onRecord(view.wrap(new UnsafeBuffer(record), 0));
            }
        }
        return next;
    }

    @Override
    public long oldest() {
        return records.isEmpty() ? 0 : records.firstKey();
    }

    @Override
    public long newest() {
        return published;
    }

    @Override
    public void close() {}
}
