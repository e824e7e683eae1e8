package io.trunkline.gateway.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records of the present duty cycle: framed, one behind the other in memory outside the heap, not yet appended. Gives
 * out the sequences. Allocates nothing after construction.
 */
public final class RecordStaging {
    /** What is staged should be published at this many bytes. */
    public static final int FULL_BYTES = 1 << 20;

    private final int shard;
    private final ByteBuffer bytes;
    private final ByteBuffer checksummed;
    private final UnsafeBuffer buffer;
    private final CRC32C crc = new CRC32C();
    private int length;
    private int maxLength = -1;
    private long last;

    public RecordStaging(final int shard) {
        this.shard = shard;
        bytes = BufferUtil.allocateDirectAligned(FULL_BYTES + RecordFrame.MAX_LENGTH, Long.BYTES);
        checksummed = bytes.duplicate();
        buffer = new UnsafeBuffer(bytes);
    }

    /** The next record gets the sequence after this one. */
    public void startAfter(final long sequence) {
        last = sequence;
    }

    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** The memory under {@link #buffer()}, position 0. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Whether a block of this length has room. */
    public boolean fits(final int blockBytes) {
        return length + RecordFrame.alignedLength(RecordFrame.HEADER_LENGTH + blockBytes) <= buffer.capacity();
    }

    /** Begins a record; see {@link Journal#begin}. */
    public int begin(final int templateId, final long unitId, final int maxBlockLength, final long wallTimeNs) {
        final RecordType type = RecordType.of(templateId);
        if (type == null) {
            throw new IllegalArgumentException("journal.xml has no template " + templateId);
        }
        maxLength = maxBlockLength;
        RecordFrame.begin(
                buffer,
                length,
                last + 1,
                wallTimeNs,
                unitId,
                templateId,
                RecordType.SCHEMA_VERSION,
                shard,
                type.blockLength());
        return length + RecordFrame.HEADER_LENGTH;
    }

    /** Ends the record begun last; see {@link Journal#commit}. */
    public long commit(final int blockBytes) {
        if (blockBytes < 0 || blockBytes > maxLength) {
            throw new IllegalStateException(
                    maxLength < 0
                            ? "no record was begun"
                            : "a record of " + blockBytes + " bytes was begun with room for " + maxLength);
        }
        length += RecordFrame.end(buffer, checksummed, length, blockBytes, crc);
        maxLength = -1;
        return ++last;
    }

    public boolean full() {
        return length >= FULL_BYTES;
    }

    /** Bytes staged. */
    public int length() {
        return length;
    }

    /** Sequence of the record committed last. */
    public long last() {
        return last;
    }

    /** What was staged has been appended. */
    public void clear() {
        length = 0;
    }
}
