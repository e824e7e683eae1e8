package io.trunkline.gateway.engine.limits;

import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.LimitSnapshotDecoder;
import io.trunkline.gateway.journal.codec.LimitSnapshotEncoder;

/**
 * What limits have used, in checkpoints: written a part at a time, read back at a start. A part says what is true at its
 * place in the journal; keys that come meanwhile are known from the records of their units.
 */
public final class LimitSnapshots {
    /** Keys looked at in one go. */
    private static final int SLICE = 4_096;

    private static final int KEYS_PER_RECORD = 256;
    private static final int KEY_LENGTH = 4 * Long.BYTES;

    private final TrafficLimits limits;
    private final LimitSnapshotEncoder encoder = new LimitSnapshotEncoder();
    private final LimitSnapshotDecoder decoder = new LimitSnapshotDecoder();
    private final int[] places = new int[KEYS_PER_RECORD];
    private Limit[] writing = {};
    private int nextLimit;
    private int nextPlace;

    public LimitSnapshots(final TrafficLimits limits) {
        this.limits = limits;
    }

    /** Begins with the limits that are in force. */
    public void begin() {
        writing = limits.limits();
        nextLimit = 0;
        nextPlace = 0;
    }

    /** Writes the next records; true once all are written. */
    public boolean writeNext(final Journal journal, final long nowNs, final long nowMs) {
        if (writing != limits.limits()) {
            // Other limits are in force: what was written of these still says what was true where it stands.
            begin();
        }
        if (nextLimit == writing.length) {
            return true;
        }
        final Limit limit = writing[nextLimit];
        limit.time(limits.nowUs(nowNs), nowMs);
        final int end = Math.min(limit.keys.size(), nextPlace + SLICE);
        int count = 0;
        for (; nextPlace < end && count < KEYS_PER_RECORD; nextPlace++) {
            if (!limit.idle(nextPlace)) {
                places[count++] = nextPlace;
            }
        }
        if (count > 0) {
            write(limit, count, journal);
        }
        if (nextPlace >= limit.keys.size()) {
            nextLimit++;
            nextPlace = 0;
        }
        return nextLimit == writing.length;
    }

    private void write(final Limit limit, final int count, final Journal journal) {
        final int length = LimitSnapshotEncoder.BLOCK_LENGTH + Integer.BYTES + count * KEY_LENGTH;
        final int offset = journal.begin(LimitSnapshotEncoder.TEMPLATE_ID, 0, length);
        final LimitSnapshotEncoder.KeysEncoder keys = encoder.wrap(journal.buffer(), offset)
                .identity(limit.identity())
                .keysCount(count);
        for (int i = 0; i < count; i++) {
            final int place = places[i];
            keys.next()
                    .keyHi(limit.keys.hi(place))
                    .keyLo(limit.keys.lo(place))
                    .level(limit.keys.level[place])
                    .at(limit.keys.at[place]);
        }
        journal.commit(encoder.encodedLength());
    }

    /** Takes a record of a checkpoint back; what is of no limit in force is left out. */
    public void recover(final RecordView record) {
        decoder.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final Limit limit = limits.limit(decoder.identity());
        if (limit == null) {
            return;
        }
        for (final LimitSnapshotDecoder.KeysDecoder key : decoder.keys()) {
            limit.restore(key.keyHi(), key.keyLo(), key.level(), key.at());
        }
    }
}
