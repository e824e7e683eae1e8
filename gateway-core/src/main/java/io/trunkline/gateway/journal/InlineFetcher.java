package io.trunkline.gateway.journal;

import org.agrona.collections.MutableInteger;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/** Serves requests while they are polled for, on the caller's thread: for the simulator and for tests. */
public final class InlineFetcher implements RecordFetcher {
    private static final int CAPACITY = 64;

    private final RecordSource source;
    private final OneToOneConcurrentArrayQueue<Request> requests = new OneToOneConcurrentArrayQueue<>(CAPACITY);

    public InlineFetcher(final RecordSource source) {
        this.source = source;
    }

    @Override
    public boolean request(
            final long correlationId,
            final long fromSequence,
            final long toSequence,
            final int maxRecords,
            final RecordFilter filter) {
        return requests.offer(new Request(correlationId, fromSequence, toSequence, maxRecords, filter));
    }

    @Override
    public int poll(final Handler handler, final int limit) {
        int calls = 0;
        while (calls < limit) {
            final Request request = requests.poll();
            if (request == null) {
                break;
            }
            calls += serve(request, handler);
        }
        return calls;
    }

    private int serve(final Request request, final Handler handler) {
        final MutableInteger found = new MutableInteger();
        long next = request.from;
        while (next <= request.to && found.get() < request.max) {
            final long after = source.read(next, 1, record -> {
                if (record.sequence() <= request.to && request.filter.accept(record)) {
                    found.increment();
                    handler.onRecord(request.correlationId, record);
                }
            });
            if (after == next) {
                break;
            }
            next = after;
        }
        handler.onEnd(request.correlationId, next, false);
        return found.get() + 1;
    }

    @Override
    public void close() {
        source.close();
    }

    private record Request(long correlationId, long from, long to, int max, RecordFilter filter) {}
}
