package io.trunkline.gateway.events;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.UnitIds;
import io.trunkline.gateway.journal.RecordFilter;
import io.trunkline.gateway.journal.RecordView;

/**
 * One tenant's events once more, in the order of the journal, from the oldest record that may be meant to the newest one that
 * there was when it began.
 *
 * <pre>
 *   LOOKING for the oldest record ---&gt; READING ---&gt; OVER
 *                ^                        |
 *                +--- it was removed -----+
 * </pre>
 */
final class EventReplay implements Replay {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long NS_PER_MS = 1_000_000L;
    /** Events asked for at once: as many as the sink was seen to take. */
    private static final int FIRST_BATCH = 64;

    private static final int LEAST_BATCH = 16;
    /** What may be sent at once after a pause is what this time allows. */
    private static final int BURSTS_PER_SECOND = 10;
    /** Where events are is known by their time; the clock may have been set in between by so much. */
    private static final long CLOCK_SLACK_MS = 10_000;

    private static final int PROGRESS_EVERY = 1024;
    /** The states of a unit from which on nothing follows. */
    private static final int TERMINAL = 10;

    private enum Phase {
        LOOKING,
        READING,
        OVER
    }

    private final EventReplays replays;
    private final TenantStream stream;
    private final ReplayWish wish;
    private final ReplaySink sink;
    private final RecordFilter filter;
    private final long nsPerEvent;
    private final int burst;
    private final long end;
    private Phase phase = Phase.LOOKING;
    /** The next record to look at; 0: none has been looked at. */
    private long next;

    private long oldestIndex;
    private long oldestMs;
    private long events;
    private boolean held;
    private boolean fetching;
    /** The sink refused an event of the request under way: what else it brings is of no use. */
    private boolean fetchBroken;

    private int batch = FIRST_BATCH;
    private int fetched;
    private boolean complete;
    /** Up to when the events sent so far have used what the rate allows. */
    private long paidNs;

    private long toldEvents;
    private long toldNs;

    EventReplay(final EventReplays replays, final TenantStream stream, final ReplayWish wish, final ReplaySink sink) {
        this.replays = replays;
        this.stream = stream;
        this.wish = wish;
        this.sink = sink;
        filter = wish.of(stream.tenant());
        final int most = replays.limits().eventsPerSecond();
        final int perSecond = wish.eventsPerSecond() == 0 ? most : Math.min(most, wish.eventsPerSecond());
        nsPerEvent = NS_PER_SECOND / perSecond;
        burst = Math.max(1, Math.min(replays.limits().fetchRecords(), perSecond / BURSTS_PER_SECOND));
        end = Math.min(
                Math.min(replays.newest(), wish.toIndex() - 1), Math.min(stream.lastRecord(), lastBefore(wish.toMs())));
        toldNs = replays.nowNs();
        paidNs = toldNs - nsPerEvent;
    }

    int tenant() {
        return stream.tenant();
    }

    // ---- where to look ----

    /** The last record that what happened before this time may stand in. */
    private long lastBefore(final long ms) {
        final EventIndex index = stream.index();
        for (int entry = 0; ms != ReplayWish.TO_NEWEST && entry < index.size(); entry++) {
            if (index.timeMs(entry) - CLOCK_SLACK_MS >= ms) {
                return index.record(entry);
            }
        }
        return Long.MAX_VALUE;
    }

    private long begin() {
        final long ms = wish.unitId() == ReplayWish.ALL_UNITS
                ? wish.fromMs()
                : Math.max(wish.fromMs(), UnitIds.acceptedAtMs(wish.unitId()));
        final EventIndex index = stream.index();
        int entry = 0;
        while (entry + 1 < index.size() && index.timeMs(entry + 1) + CLOCK_SLACK_MS < ms) {
            entry++;
        }
        final long byTime = index.size() == 0 ? oldestIndex : index.record(entry);
        return Math.max(Math.max(oldestIndex, byTime), wish.fromIndex());
    }

    // ---- reading ----

    /** Asks the journal for what comes next, if it may be sent. Once a duty cycle. */
    void serve() {
        if (phase == Phase.OVER || fetching || held) {
            return;
        }
        if (phase == Phase.READING && next <= end && next < replays.oldest()) {
            phase = Phase.LOOKING;
        }
        if (phase == Phase.LOOKING) {
            final long newest = Math.max(1, replays.newest());
            fetching = replays.request(this, Math.min(newest, replays.oldest()), newest, 1, RecordFilter.ALL);
        } else if (next > end || complete) {
            over(ErrorCode.NONE);
        } else {
            read();
        }
    }

    private void read() {
        tellProgress();
        final long nowNs = replays.nowNs();
        paidNs = Math.max(paidNs, nowNs - burst * nsPerEvent);
        final long allowed = (nowNs - paidNs) / nsPerEvent;
        if (allowed >= worthAsking()) {
            fetchBroken = false;
            fetched = 0;
            final long to = Math.min(end, next + replays.limits().scanRecords() - 1);
            fetching = replays.request(this, next, to, (int) Math.min(allowed, batch), filter);
        }
    }

    /** Not one by one where many may be sent. */
    private int worthAsking() {
        return Math.max(1, Math.min(burst / 4, batch));
    }

    /** When it may ask again without anything having happened; {@code Long.MAX_VALUE} while it waits for something else. */
    long wakeAtNs() {
        return phase != Phase.READING || fetching || held ? Long.MAX_VALUE : paidNs + worthAsking() * nsPerEvent;
    }

    /** A record that was asked for. */
    void onRecord(final RecordView record, final EventRecords records) {
        if (phase == Phase.LOOKING) {
            oldestIndex = record.sequence();
            oldestMs = record.wallTimeNs() / NS_PER_MS;
        } else if (phase == Phase.READING && !fetchBroken && !complete && records.wrap(record)) {
            offer(record, records);
        }
    }

    private void offer(final RecordView record, final EventRecords records) {
        boolean last = wish.unitId() != ReplayWish.ALL_UNITS;
        final boolean taken;
        switch (EventRecords.kind(record)) {
            case INBOUND -> taken = sink.onInbound(replays.streams().inboundFrom(records, record));
            case CALL -> {
                final CallEvent event = replays.streams().callFrom(records, record);
                last &= event.state >= TERMINAL;
                taken = sink.onCall(event);
            }
            default -> {
                final StatusEvent event = replays.streams().statusFrom(records, record);
                last &= event.state >= TERMINAL;
                taken = sink.onStatus(event);
            }
        }
        if (taken) {
            next = record.sequence() + 1;
            events++;
            fetched++;
            replays.counters().events++;
            paidNs += nsPerEvent;
            complete = last;
        } else {
            held = true;
            fetchBroken = true;
            batch = Math.max(LEAST_BATCH, batch / 2);
            replays.counters().held++;
        }
    }

    /** The request is served. */
    void onEnd(final long nextSequence, final boolean failed) {
        fetching = false;
        if (failed) {
            over(ErrorCode.INTERNAL);
        } else if (phase == Phase.LOOKING) {
            looked(nextSequence);
        } else if (phase == Phase.READING && !fetchBroken && !complete) {
            // Where it has not moved, what is committed is not yet where readers see it.
            next = Math.max(next, nextSequence);
            if (fetched >= batch) {
                batch = Math.min(2 * batch, replays.limits().fetchRecords());
            }
        }
    }

    private void looked(final long nextSequence) {
        final boolean again = next > 0;
        final boolean removed = oldestIndex > 1;
        if (oldestIndex == 0 && nextSequence <= end) {
            // Committed, and not yet where readers see it.
            return;
        }
        if (oldestIndex == 0) {
            over(ErrorCode.NONE);
        } else if (removed
                && (again ? next < oldestIndex : wish.hasBeginning() && wish.reachesBefore(oldestIndex, oldestMs))) {
            over(ErrorCode.EVENTS_GONE);
        } else {
            phase = Phase.READING;
            next = again ? next : begin();
        }
    }

    private void tellProgress() {
        if (events - toldEvents >= PROGRESS_EVERY || replays.nowNs() - toldNs >= NS_PER_SECOND) {
            toldEvents = events;
            toldNs = replays.nowNs();
            sink.onProgress(next, events);
        }
    }

    /** A unit from before the oldest record of which nothing was found may have had events there. */
    private boolean missed() {
        return wish.unitId() != ReplayWish.ALL_UNITS
                && events == 0
                && oldestIndex > 1
                && UnitIds.acceptedAtMs(wish.unitId()) < oldestMs;
    }

    private void over(final ErrorCode code) {
        final ErrorCode told = code == ErrorCode.NONE && missed() ? ErrorCode.EVENTS_GONE : code;
        replays.counters().gone += told == ErrorCode.EVENTS_GONE ? 1 : 0;
        abandon();
        sink.onEnded(new ReplaySink.End(told, next, events, oldestIndex, oldestMs));
    }

    @Override
    public void resume() {
        held = false;
    }

    @Override
    public void stop() {
        if (phase != Phase.OVER) {
            abandon();
            sink.onEnded(new ReplaySink.End(ErrorCode.NONE, next, events, oldestIndex, oldestMs));
        }
    }

    @Override
    public void abandon() {
        phase = Phase.OVER;
        replays.over(this);
    }
}
