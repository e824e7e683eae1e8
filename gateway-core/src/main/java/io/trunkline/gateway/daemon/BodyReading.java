package io.trunkline.gateway.daemon;

import io.trunkline.gateway.engine.Engine;
import io.trunkline.gateway.journal.RecordFetcher;
import io.trunkline.gateway.journal.RecordView;

/** Hands bodies that were read back from the journal to the engine; requests are known by their unit. */
final class BodyReading implements RecordFetcher.Handler {
    private final Engine engine;
    /** Whose record came last: the end of its own request follows it, perhaps after the unit has asked again. */
    private long found;

    BodyReading(final Engine engine) {
        this.engine = engine;
    }

    @Override
    public void onRecord(final long unitId, final RecordView record) {
        found = unitId;
        engine.bodyLoaded(unitId, record.buffer(), record.offset(), record.blockLength(), record.version());
    }

    @Override
    public void onEnd(final long unitId, final long nextSequence, final boolean failed) {
        if (found == unitId) {
            found = 0;
        } else {
            engine.bodyMissing(unitId, nextSequence);
        }
    }
}
