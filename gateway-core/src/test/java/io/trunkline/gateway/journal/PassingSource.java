package io.trunkline.gateway.journal;

/** A source that passes all on to another: for tests that see, or change, what is read. */
class PassingSource implements RecordSource {
    private final RecordSource source;

    PassingSource(final RecordSource source) {
        this.source = source;
    }

    @Override
    public long read(final long fromSequence, final int maxRecords, final RecordHandler handler) {
        return source.read(fromSequence, maxRecords, handler);
    }

    @Override
    public long oldest() {
        return source.oldest();
    }

    @Override
    public long newest() {
        return source.newest();
    }

    @Override
    public void close() {
        source.close();
    }
}
