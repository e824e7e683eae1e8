package io.trunkline.gateway.events;

import io.trunkline.gateway.journal.RecordView;

/**
 * A sink on a subscription, and how far it has been served.
 *
 * <pre>
 *              took the newest                    event happens: handed on at once
 *   BEHIND ---------------------&gt; CAUGHT UP ------------------------------------&gt; CAUGHT UP
 *     |  ^                            |
 *     |  | resume()                   | sink refuses
 *     v  |                            v
 *   serving from tail or journal --&gt; HELD (the sink has no room; nothing is offered until resume())
 * </pre>
 *
 * Whatever the state, events are offered in the order of their sequences and none is passed over but those that the
 * journal does not hold any more.
 */
final class Attachment implements Subscription {
    private static final int FIRST_BATCH = 64;
    private static final int LEAST_BATCH = 16;

    private final TenantStreams streams;
    private final TenantStream stream;
    private final Cursor cursor;
    private final EventSink sink;
    private final long resumedAfter;

    private long position;
    /** A record from which on the event after {@link #position} can be found; 0: not known. */
    private long nextRecord;

    private boolean held;
    private boolean detached;
    private boolean serving;

    private boolean fetching;
    /** The sink refused an event of the request under way: what else it brings is of no use. */
    private boolean fetchBroken;

    private long fetchFrom;
    private long fetchTo;
    /** The position once the request is served to its end, whatever it brought; below the position: none is known. */
    private long fetchTarget;

    private int fetched;
    private int batch = FIRST_BATCH;
    private boolean retrying;

    Attachment(
            final TenantStreams streams,
            final TenantStream stream,
            final Cursor cursor,
            final EventSink sink,
            final long position) {
        this.streams = streams;
        this.stream = stream;
        this.cursor = cursor;
        this.sink = sink;
        this.resumedAfter = position;
        this.position = position;
    }

    Cursor cursor() {
        return cursor;
    }

    TenantStream stream() {
        return stream;
    }

    boolean detached() {
        return detached;
    }

    @Override
    public long resumedAfter() {
        return resumedAfter;
    }

    @Override
    public void acknowledge(final long sequence) {
        if (!detached) {
            streams.acknowledge(stream, cursor, Math.min(sequence, position));
        }
    }

    @Override
    public void resume() {
        if (!detached) {
            held = false;
            serve();
        }
    }

    @Override
    public void detach() {
        if (!detached) {
            detached = true;
            streams.detached(this);
        }
    }

    /** Another sink has taken over. */
    void supersede() {
        detached = true;
        sink.onSuperseded();
    }

    // ---- live ----

    void onStatus(final StatusEvent event, final long record) {
        if (serving || !isNext(event.sequence)) {
            serve();
        } else if (offer(event, record)) {
            streams.counters().live++;
        }
    }

    void onInbound(final InboundEvent event, final long record) {
        if (serving || !isNext(event.sequence)) {
            serve();
        } else if (offer(event, record)) {
            streams.counters().live++;
        }
    }

    void onCall(final CallEvent event, final long record) {
        if (serving || !isNext(event.sequence)) {
            serve();
        } else if (offer(event, record)) {
            streams.counters().live++;
        }
    }

    private boolean isNext(final long sequence) {
        return !held && !fetching && position == sequence - 1;
    }

    private boolean offer(final StatusEvent event, final long record) {
        event.replayed |= event.sequence <= cursor.delivered();
        return taken(sink.onStatus(event), event.sequence, record);
    }

    private boolean offer(final InboundEvent event, final long record) {
        event.replayed |= event.sequence <= cursor.delivered();
        return taken(sink.onInbound(event), event.sequence, record);
    }

    private boolean offer(final CallEvent event, final long record) {
        event.replayed |= event.sequence <= cursor.delivered();
        return taken(sink.onCall(event), event.sequence, record);
    }

    private boolean taken(final boolean taken, final long sequence, final long record) {
        if (!taken) {
            held = true;
            nextRecord = record;
            streams.counters().refusedBySink++;
            return false;
        }
        position = sequence;
        nextRecord = record + 1;
        cursor.delivered(sequence);
        return true;
    }

    // ---- behind ----

    /** Offers what there is in memory, and asks the journal for what is not. */
    void serve() {
        // A sink may call resume() while it is offered an event: the loop that is under way goes on.
        if (serving) {
            return;
        }
        serving = true;
        while (!detached && !held && !fetching && !retrying && position < stream.last()) {
            final long next = position + 1;
            final EventTail tail = stream.tail();
            if (tail == null || !tail.has(next)) {
                fetchRange(Math.max(nextRecord, stream.index().recordFor(next)));
            } else if (tail.isStatus(next)) {
                final StatusEvent event = streams.statusFrom(tail, next);
                if (offer(event, tail.record(next))) {
                    streams.counters().fromTail++;
                }
            } else {
                fetch(tail.record(next), tail.record(next), 1, next);
            }
        }
        serving = false;
    }

    private void fetchRange(final long from) {
        if (from > stream.lastRecord()) {
            // All records up to the newest event's have been looked at.
            skipTo(stream.last());
            return;
        }
        final long to = Math.min(stream.lastRecord(), from + streams.limits().scanRecords() - 1);
        fetch(from, to, batch, to == stream.lastRecord() ? stream.last() : 0);
    }

    private void fetch(final long from, final long to, final int records, final long target) {
        fetchFrom = from;
        fetchTo = to;
        fetchTarget = target;
        fetchBroken = false;
        fetched = 0;
        fetching = streams.request(
                this,
                fetchFrom,
                fetchTo,
                Math.min(records, streams.limits().fetchRecords()),
                EventRecords.after(stream.tenant(), position));
        if (!fetching) {
            retryLater();
        }
    }

    /** A record that was asked for. */
    void onRecord(final RecordView record, final EventRecords records) {
        if (detached || fetchBroken || !records.wrap(record) || records.sequence() <= position) {
            return;
        }
        fetched++;
        final long sequence = records.sequence();
        streams.counters().lost += sequence - position - 1;
        // Behind a gap the journal holds nothing; what is left of it is in order.
        final boolean taken = switch (EventRecords.kind(record)) {
            case INBOUND -> offer(streams.inboundFrom(records, record), record.sequence());
            case CALL -> offer(streams.callFrom(records, record), record.sequence());
            case STATUS -> offer(streams.statusFrom(records, record), record.sequence());
        };
        if (taken) {
            streams.counters().fromJournal++;
        } else {
            fetchBroken = true;
            streams.counters().lost -= sequence - position - 1;
        }
    }

    /** The request is served. */
    void onEnd(final long next, final boolean failed) {
        fetching = false;
        if (detached) {
            return;
        }
        if (failed) {
            retryLater();
            return;
        }
        if (fetchBroken) {
            batch = Math.max(LEAST_BATCH, batch / 2);
        } else {
            if (fetched >= batch) {
                batch = Math.min(2 * batch, streams.limits().fetchRecords());
            }
            nextRecord = Math.max(nextRecord, next);
            if (next > fetchTo) {
                skipTo(fetchTarget);
            } else if (next <= fetchFrom) {
                // Committed, and not yet where readers see it.
                retryLater();
            }
        }
        serve();
    }

    // What was looked for in every record that could hold it, and is not there.
    private void skipTo(final long sequence) {
        if (position < sequence) {
            streams.counters().lost += sequence - position;
            position = sequence;
        }
    }

    private void retryLater() {
        if (!retrying) {
            retrying = true;
            streams.retryLater(this);
        }
    }

    /** Another duty cycle has begun. */
    void retry() {
        retrying = false;
        serve();
    }
}
