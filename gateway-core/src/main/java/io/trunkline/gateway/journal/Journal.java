package io.trunkline.gateway.journal;

import org.agrona.MutableDirectBuffer;

/**
 * The append side of the journal; one writer, the shard's thread. A record is begun, its SBE block is encoded straight
 * into {@link #buffer()}, and it is committed:
 *
 * <pre>{@code
 * final int offset = journal.begin(SegmentWrittenEncoder.TEMPLATE_ID, unitId, maxLength);
 * encoder.wrap(journal.buffer(), offset).carrier(7)...;
 * final long sequence = journal.commit(encoder.encodedLength());
 * }</pre>
 *
 * Committed records are staged; {@link #publish()} at the end of a duty cycle appends all of them at once. Nothing that
 * speaks of a record may leave the process before {@link #durable()} has reached the record's sequence.
 */
public interface Journal {
    /** Where the record begun last is encoded; may be another buffer after every {@link #begin}. */
    MutableDirectBuffer buffer();

    /**
     * Begins a record.
     *
     * @param templateId SBE template of the block
     * @param unitId the unit that it speaks of, or 0
     * @param maxLength upper bound of the block with its groups and data, in bytes
     * @return offset into {@link #buffer()} at which to wrap the encoder
     */
    int begin(int templateId, long unitId, int maxLength);

    /**
     * Ends the record begun last and stages it.
     *
     * @param length bytes encoded
     * @return the record's sequence: from 1, without gaps, over all runs of the daemon
     */
    long commit(int length);

    /** Sequence of the record committed last; 0 before the first. */
    long committed();

    /** Appends what is staged, as one. Called once at the end of every duty cycle, and by {@link #commit} when full. */
    void publish();

    /** All records up to this sequence have reached the durability that the config names. Read by the shard's thread. */
    long durable();

    /** Whether new work may be taken: false while the disk is nearly full, and for good after a durability error. */
    boolean accepting();

    /**
     * Whether of the reserve, too, only what answers under way may need is left. Then nothing is begun, sent or timed out,
     * and carriers are told to deliver again later; all goes on when there is room.
     */
    boolean exhausted();

    /** Wall time stamped on records, nanoseconds since the epoch; advanced by the shard once per duty cycle. */
    void wallTimeNs(long now);
}
