package io.trunkline.gateway.journal;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Reads that jump between a few places, each going forward by itself, as units of several tenants and classes come to their
 * turn: every place has a source of its own, which goes on where it was instead of searching for where to begin.
 */
public final class InterleavedSource implements RecordSource {
    private static final int PLACES = 8;
    /** Further ahead than this a search is cheaper than to pass over what lies between. */
    private static final long NEAR = 50_000;

    private final Supplier<RecordSource> opener;
    private final RecordSource[] sources = new RecordSource[PLACES];
    /** Where each went on to. */
    private final long[] next = new long[PLACES];
    /** When each was read last, counted in reads; 0: never. */
    private final long[] usedAt = new long[PLACES];

    private long reads;

    /** @param opener of a source; called when a place is first read */
    public InterleavedSource(final Supplier<RecordSource> opener) {
        this.opener = opener;
        Arrays.fill(next, Long.MAX_VALUE);
    }

    @Override
    public long read(final long fromSequence, final int maxRecords, final RecordHandler handler) {
        final int place = placeFor(fromSequence);
        final long after = source(place).read(fromSequence, maxRecords, handler);
        next[place] = after;
        usedAt[place] = ++reads;
        return after;
    }

    /** The one that stands closest before the sequence, or the one that was read longest ago. */
    private int placeFor(final long fromSequence) {
        int closest = -1;
        int idlest = 0;
        for (int i = 0; i < PLACES; i++) {
            final long ahead = fromSequence - next[i];
            if (ahead >= 0 && ahead <= NEAR && (closest < 0 || next[i] > next[closest])) {
                closest = i;
            }
            if (usedAt[i] < usedAt[idlest]) {
                idlest = i;
            }
        }
        return closest < 0 ? idlest : closest;
    }

    private RecordSource source(final int place) {
        if (sources[place] == null) {
            sources[place] = opener.get();
        }
        return sources[place];
    }

    @Override
    public long oldest() {
        return source(0).oldest();
    }

    @Override
    public long newest() {
        return source(0).newest();
    }

    @Override
    public void close() {
        for (final RecordSource source : sources) {
            if (source != null) {
                source.close();
            }
        }
    }
}
