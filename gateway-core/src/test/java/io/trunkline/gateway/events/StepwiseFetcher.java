package io.trunkline.gateway.events;

import io.trunkline.gateway.journal.RecordFetcher;
import io.trunkline.gateway.journal.RecordFilter;
import io.trunkline.gateway.journal.RecordSource;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/** Brings what is asked for in bits, at any time, as a thread behind a ring buffer would. */
final class StepwiseFetcher implements RecordFetcher {
    private static final int CAPACITY = 3;

    private final RecordSource source;
    private final SplittableRandom random;
    private final ArrayDeque<Request> requests = new ArrayDeque<>();

    StepwiseFetcher(final RecordSource source, final SplittableRandom random) {
        this.source = source;
        this.random = random;
    }

    @Override
    public boolean request(
            final long correlationId, final long from, final long to, final int maxRecords, final RecordFilter filter) {
        if (requests.size() >= CAPACITY) {
            return false;
        }
        requests.add(new Request(correlationId, from, to, maxRecords, filter));
        return true;
    }

    @Override
    public int poll(final Handler handler, final int limit) {
        int calls = 0;
        for (int steps = random.nextInt(30); steps > 0 && !requests.isEmpty(); steps--) {
            final Request request = requests.peek();
            final boolean[] found = {false};
            long next = request.next;
            if (next <= request.to && request.found < request.max) {
                next = source.read(request.next, 1, record -> {
                    if (record.sequence() <= request.to && request.filter.accept(record)) {
                        request.found++;
                        found[0] = true;
                        handler.onRecord(request.correlationId, record);
                    }
                });
            }
            if (next == request.next) {
                requests.poll();
                // Now and then the files cannot be read for a moment.
                handler.onEnd(request.correlationId, next, random.nextInt(50) == 0);
                calls++;
            }
            request.next = next;
            calls += found[0] ? 1 : 0;
        }
        return calls;
    }

    @Override
    public void close() {
        requests.clear();
    }

    private static final class Request {
        private final long correlationId;
        private final long to;
        private final int max;
        private final RecordFilter filter;
        private long next;
        private int found;

        private Request(
                final long correlationId, final long from, final long to, final int max, final RecordFilter filter) {
            this.correlationId = correlationId;
            this.next = from;
            this.to = to;
            this.max = max;
            this.filter = filter;
        }
    }
}
