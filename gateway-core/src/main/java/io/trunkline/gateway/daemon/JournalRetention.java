package io.trunkline.gateway.daemon;

import io.trunkline.gateway.events.TenantStreams;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.RecordSource;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets the journal remove what nobody needs any more, and the event streams forget what it has removed. Run now and then
 * on the shard's thread; files are removed behind, so that the streams hear of it one turn later.
 */
final class JournalRetention implements Runnable, AutoCloseable {
    private final JournalStore journal;
    private final RecordSource kept;
    private final TenantStreams streams;
    private final LongSupplier oldestOpen;
    private final Duration keep;

    /**
     * @param oldestOpen sequence of the oldest record that an open unit needs
     * @param keep how long records are kept in any case
     */
    JournalRetention(
            final JournalStore journal,
            final TenantStreams streams,
            final LongSupplier oldestOpen,
            final Duration keep) {
        this.journal = journal;
        this.kept = journal.newSource();
        this.streams = streams;
        this.oldestOpen = oldestOpen;
        this.keep = keep;
    }

    @Override
    public void run() {
        streams.trimmed(kept.oldest());
        journal.retain(Math.min(oldestOpen.getAsLong(), streams.retentionFloor()), keep);
    }

    @Override
    public void close() {
        kept.close();
    }
}
