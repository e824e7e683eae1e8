package io.trunkline.gateway.journal;

import java.util.List;

/** Writes down what a fetcher hands out. */
final class FetcherCalls implements RecordFetcher.Handler {
    private final List<String> calls;

    private FetcherCalls(final List<String> calls) {
        this.calls = calls;
    }

    static RecordFetcher.Handler into(final List<String> calls) {
        return new FetcherCalls(calls);
    }

    @Override
    public void onRecord(final long correlationId, final RecordView record) {
        if (!Records.isWhole(record)) {
            throw new AssertionError("record " + record.sequence() + " is not what was written");
        }
        calls.add(correlationId + ": record " + record.sequence());
    }

    @Override
    public void onEnd(final long correlationId, final long nextSequence, final boolean failed) {
        calls.add(correlationId + (failed ? ": failed " : ": end ") + nextSequence);
    }
}
