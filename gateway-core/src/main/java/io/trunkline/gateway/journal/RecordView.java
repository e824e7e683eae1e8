package io.trunkline.gateway.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * One record as read back: a flyweight over a {@link RecordFrame}, valid only during the call that hands it out. An
 * SBE decoder is put on it with {@code decoder.wrap(view.buffer(), view.offset(), view.blockLength(), view.version())}.
 */
public final class RecordView {
    private DirectBuffer buffer;
    private int frameOffset;

    /** Lays the view over the frame that begins at {@code frameOffset}. */
    public RecordView wrap(final DirectBuffer frames, final int offsetOfFrame) {
        this.buffer = frames;
        this.frameOffset = offsetOfFrame;
        return this;
    }

    /** From 1, without gaps, over all runs of the daemon. */
    public long sequence() {
        return RecordFrame.sequence(buffer, frameOffset);
    }

    /** Nanoseconds since the epoch, as the shard's clock had it; may go backwards where the wall clock did. */
    public long wallTimeNs() {
        return RecordFrame.wallTimeNs(buffer, frameOffset);
    }

    /** The unit that the record speaks of, or 0. */
    public long unitId() {
        return buffer.getLong(frameOffset + RecordFrame.UNIT_ID_OFFSET, LITTLE_ENDIAN);
    }

    public int templateId() {
        return unsignedShort(RecordFrame.TEMPLATE_ID_OFFSET);
    }

    /** Version of the schema that the block was written with. */
    public int version() {
        return unsignedShort(RecordFrame.VERSION_OFFSET);
    }

    public int shard() {
        return unsignedShort(RecordFrame.SHARD_OFFSET);
    }

    /** Length of the SBE root block, groups and data not counted. */
    public int blockLength() {
        return unsignedShort(RecordFrame.BLOCK_LENGTH_OFFSET);
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where in {@link #buffer()} the SBE block begins. */
    public int offset() {
        return frameOffset + RecordFrame.HEADER_LENGTH;
    }

    /** Bytes of the block with its groups and data. */
    public int length() {
        return RecordFrame.length(buffer, frameOffset) - RecordFrame.HEADER_LENGTH;
    }

    /** Where in {@link #buffer()} the frame begins. */
    public int frameOffset() {
        return frameOffset;
    }

    /** Bytes of the frame with its padding. */
    public int frameLength() {
        return RecordFrame.alignedLength(RecordFrame.length(buffer, frameOffset));
    }

    private int unsignedShort(final int field) {
        return buffer.getShort(frameOffset + field, LITTLE_ENDIAN) & 0xFFFF;
    }
}
