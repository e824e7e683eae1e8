package io.trunkline.gateway.daemon;

import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordSource;
import java.util.function.Supplier;

/**
 * A source that is opened when it is first read: readers are made before the journal's run is started, and a source knows
 * only the runs that there were when it was opened.
 */
final class LateSource implements RecordSource {
    private final Supplier<RecordSource> opener;
    private RecordSource source;

    LateSource(final Supplier<RecordSource> opener) {
        this.opener = opener;
    }

    private RecordSource source() {
        if (source == null) {
            source = opener.get();
        }
        return source;
    }

    @Override
    public long read(final long fromSequence, final int maxRecords, final RecordHandler handler) {
        return source().read(fromSequence, maxRecords, handler);
    }

    @Override
    public long oldest() {
        return source().oldest();
    }

    @Override
    public long newest() {
        return source().newest();
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
    }
}
