package io.trunkline.gateway.events;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.journal.RecordFetcher;
import io.trunkline.gateway.journal.RecordFilter;
import io.trunkline.gateway.journal.RecordView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * All replays under way. Single-threaded (the shard's); the journal is read behind the {@link RecordFetcher}, one that no
 * subscription waits for. A replay holds no events: what its sink does not take is read again, so a slow one costs reading
 * only, and keeps no file of the journal alive.
 */
public final class EventReplays implements ReplayDesk, RecordFetcher.Handler, AutoCloseable {
    private final Context context;
    private final EventRecords records = new EventRecords();
    private final Long2ObjectHashMap<EventReplay> requests = new Long2ObjectHashMap<>();
    private final List<EventReplay> running = new ArrayList<>();
    private final ReplayCounters counters = new ReplayCounters();
    private long correlation;
    private long nowNs;

    /**
     * What replays work with.
     *
     * @param fetcher whose ends come back through {@link #doWork}
     * @param oldest sequence of the oldest record that is kept
     * @param newest sequence of the newest record
     * @param nowNs monotonic time
     */
    public record Context(
            RecordFetcher fetcher,
            TenantStreams streams,
            LongSupplier oldest,
            LongSupplier newest,
            ReplayLimits limits,
            long nowNs) {}

    public EventReplays(final Context context) {
        this.context = context;
        nowNs = context.nowNs();
    }

    @Override
    public Replay replay(final int tenant, final ReplayWish wish, final ReplaySink sink) {
        final ErrorCode refusal = refusal(tenant, wish);
        if (refusal != ErrorCode.NONE) {
            counters.refused++;
            sink.onEnded(new ReplaySink.End(refusal, Math.max(0, wish.fromIndex()), 0, 0, 0));
            return null;
        }
        counters.begun++;
        final EventReplay replay = new EventReplay(this, context.streams().stream(tenant), wish, sink);
        running.add(replay);
        return replay;
    }

    private ErrorCode refusal(final int tenant, final ReplayWish wish) {
        if (!wish.sound()) {
            return ErrorCode.INVALID_FIELD;
        }
        final long ofTenant =
                running.stream().filter(replay -> replay.tenant() == tenant).count();
        return ofTenant >= context.limits().perTenant()
                        || running.size() >= context.limits().atOnce()
                ? ErrorCode.TOO_MANY_REPLAYS
                : ErrorCode.NONE;
    }

    /** One turn of the duty cycle: what the journal has brought, then what is to be asked for next. */
    public int doWork(final long nowOfTurnNs) {
        nowNs = nowOfTurnNs;
        final int work = context.fetcher().poll(this, RecordFetcher.POLL_LIMIT);
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).serve();
        }
        return work;
    }

    /** When a replay may go on without anything having happened, ns; {@code Long.MAX_VALUE} where none waits for its rate. */
    public long wakeAtNs() {
        long at = Long.MAX_VALUE;
        for (int i = 0; i < running.size(); i++) {
            at = Math.min(at, running.get(i).wakeAtNs());
        }
        return at;
    }

    @Override
    public void onRecord(final long correlationId, final RecordView record) {
        final EventReplay replay = requests.get(correlationId);
        if (replay != null) {
            replay.onRecord(record, records);
        }
    }

    @Override
    public void onEnd(final long correlationId, final long nextSequence, final boolean failed) {
        final EventReplay replay = requests.remove(correlationId);
        if (replay != null) {
            replay.onEnd(nextSequence, failed);
        }
    }

    public ReplayCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        context.fetcher().close();
    }

    // ---- what a replay uses ----

    boolean request(
            final EventReplay replay, final long from, final long to, final int most, final RecordFilter filter) {
        final long id = ++correlation;
        if (!context.fetcher().request(id, from, to, most, filter)) {
            return false;
        }
        requests.put(id, replay);
        return true;
    }

    void over(final EventReplay replay) {
        running.remove(replay);
        // What it has asked for still comes, and is dropped.
        requests.values().removeIf(asking -> asking == replay);
    }

    TenantStreams streams() {
        return context.streams();
    }

    ReplayLimits limits() {
        return context.limits();
    }

    long oldest() {
        return context.oldest().getAsLong();
    }

    long newest() {
        return context.newest().getAsLong();
    }

    long nowNs() {
        return nowNs;
    }
}
