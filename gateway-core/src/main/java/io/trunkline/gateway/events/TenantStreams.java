package io.trunkline.gateway.events;

import io.trunkline.gateway.engine.TenantEvents;
import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.journal.RecordFetcher;
import io.trunkline.gateway.journal.RecordFilter;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * All tenants' events: numbers them for the engine, hands them to the sinks that are attached, and reads back for those
 * that lag. Single-threaded (the shard's) and deterministic; only the {@link RecordFetcher} may have a thread behind it.
 *
 * <p>In recovery every record goes through {@link #recover} before anything else is called.
 */
public final class TenantStreams implements EventStreams, TenantEvents, RecordFetcher.Handler, AutoCloseable {
    private static final int MAX_SUBSCRIPTION_NUMBER = 65_534;

    private final EventStreamLimits limits;
    private final RecordFetcher fetcher;
    private final CursorJournal cursorJournal;
    private final EventStreamCounters counters = new EventStreamCounters();
    private final Int2ObjectHashMap<TenantStream> streams = new Int2ObjectHashMap<>();
    /** The same, as they came. */
    private final List<TenantStream> order = new ArrayList<>();

    private final EventRecovery recovery;
    private final EventRecords fetchedRecords = new EventRecords();
    private final StatusEvent status = new StatusEvent();
    private final InboundEvent inbound = new InboundEvent();
    private final CallEvent call = new CallEvent();
    private InboundBodies bodies = new InboundBodies(PeriodCipher.NONE);
    private final Long2ObjectHashMap<Attachment> requests = new Long2ObjectHashMap<>();
    private final List<UnjournaledCursor> unjournaled = new ArrayList<>();
    private List<Attachment> retries = new ArrayList<>();
    private List<Attachment> retriesOfLastTurn = new ArrayList<>();
    private final long ackWithinNs;
    private long correlation;
    private int nextSnapshot;
    private int lastNumber;
    private int tails;
    private long nowNs;
    /** What was recovered counts as seen when the first turn begins. */
    private boolean begun;

    private long newestEventMs;

    private record UnjournaledCursor(TenantStream stream, Cursor cursor) {}

    public TenantStreams(final Journal journal, final RecordFetcher fetcher, final EventStreamLimits limits) {
        this.limits = limits;
        this.fetcher = fetcher;
        this.cursorJournal = new CursorJournal(journal);
        this.recovery = new EventRecovery(this);
        this.ackWithinNs = TimeUnit.MILLISECONDS.toNanos(limits.ackWithinMs());
    }

    /** With all but one limit at its default. */
    public TenantStreams(final Journal journal, final RecordFetcher fetcher, final int subscriptionsPerTenant) {
        this(journal, fetcher, EventStreamLimits.of(subscriptionsPerTenant, EventStreamLimits.DEFAULT.retentionMs()));
    }

    /** Bodies of inbound messages stand enciphered in the journal. Before anything is read back. */
    public void bodies(final PeriodCipher cipher) {
        bodies = new InboundBodies(cipher);
    }

    // ---- the engine's side ----

    @Override
    public long nextSequence(final int tenant) {
        return stream(tenant).next();
    }

    @Override
    public void status(final int tenant, final StatusEvent event, final long recordSequence) {
        final TenantStream stream = stream(tenant);
        noted(stream, event.sequence, recordSequence, event.timeMs);
        final Attachment[] attached = stream.attached();
        if (attached.length == 0) {
            return;
        }
        if (stream.tail() != null) {
            stream.tail().add(event, recordSequence);
        }
        for (int i = 0; i < attached.length; i++) {
            event.replayed = false;
            attached[i].onStatus(event, recordSequence);
        }
    }

    @Override
    public void inbound(final int tenant, final InboundEvent event, final long recordSequence) {
        final Attachment[] attached = recorded(tenant, event.sequence, recordSequence, event.timeMs);
        for (int i = 0; i < attached.length; i++) {
            event.replayed = false;
            attached[i].onInbound(event, recordSequence);
        }
    }

    @Override
    public void call(final int tenant, final CallEvent event, final long recordSequence) {
        final Attachment[] attached = recorded(tenant, event.sequence, recordSequence, event.timeMs);
        for (int i = 0; i < attached.length; i++) {
            event.replayed = false;
            attached[i].onCall(event, recordSequence);
        }
    }

    /** Notes an event that is read back from its record, also by those that lag; returns who is attached. */
    private Attachment[] recorded(final int tenant, final long sequence, final long record, final long timeMs) {
        final TenantStream stream = stream(tenant);
        noted(stream, sequence, record, timeMs);
        final Attachment[] attached = stream.attached();
        if (attached.length > 0 && stream.tail() != null) {
            stream.tail().addRecord(sequence, record);
        }
        return attached;
    }

    private void noted(final TenantStream stream, final long sequence, final long record, final long timeMs) {
        newestEventMs = Math.max(newestEventMs, timeMs);
        stream.onRecord(sequence, record, timeMs);
    }

    // ---- the upstream servers' side ----

    @Override
    public Subscription subscribe(final int tenant, final String name, final long resumeAfter, final EventSink sink) {
        final TenantStream stream = stream(tenant);
        Cursor cursor = stream.cursor(name);
        if (cursor == null) {
            final boolean room = stream.cursors() < limits.subscriptionsPerTenant() || makeRoom(stream);
            if (!room || lastNumber >= MAX_SUBSCRIPTION_NUMBER) {
                counters.subscriptionsRefused++;
                return null;
            }
            cursor = create(stream, name);
        }
        final Attachment former = cursor.attachment();
        if (former != null) {
            counters.superseded++;
            stream.detach(former);
            cursor.attachment(null);
            former.supersede();
        }
        final long position = resumeAfter == FROM_STORED_CURSOR
                ? cursor.acknowledged()
                : Math.min(Math.max(0, resumeAfter), stream.last());
        // Who says what it has seen last has made safe all before.
        acknowledge(stream, cursor, position);
        final Attachment attachment = new Attachment(this, stream, cursor, sink, position);
        cursor.attachment(attachment);
        stream.attach(attachment);
        keepTail(stream);
        attachment.serve();
        return attachment;
    }

    /** A name that nobody has come back to for as long as it keeps events gives its place to another one. */
    private boolean makeRoom(final TenantStream stream) {
        final Cursor unused = stream.longestUnused();
        if (unused == null || nowNs - unused.seenNs() < TimeUnit.MILLISECONDS.toNanos(limits.retentionMs())) {
            return false;
        }
        // Not journaled: where an older checkpoint brings it back, it goes again when its place is wanted.
        stream.remove(unused);
        return true;
    }

    private Cursor create(final TenantStream stream, final String name) {
        final Cursor cursor = new Cursor(++lastNumber, name);
        cursor.restore(Math.max(0, stream.index().oldestEvent() - 1));
        stream.add(cursor);
        cursorJournal.named(stream, cursor);
        return cursor;
    }

    private void keepTail(final TenantStream stream) {
        final long tailLength = (long) limits.tailEvents() * EventTail.SLOT_LENGTH;
        if (stream.tail() == null) {
            if ((tails + 1) * tailLength <= limits.tailBytes()) {
                tails++;
                stream.tail(new EventTail(limits.tailEvents()));
            } else {
                counters.tailsRefused++;
            }
        }
    }

    @Override
    public long lastSequence(final int tenant) {
        final TenantStream stream = streams.get(tenant);
        return stream == null ? 0 : stream.last();
    }

    void detached(final Attachment attachment) {
        final TenantStream stream = attachment.stream();
        stream.detach(attachment);
        if (attachment.cursor().attachment() == attachment) {
            attachment.cursor().attachment(null);
            attachment.cursor().seen(nowNs);
        }
        if (stream.attached().length == 0 && stream.tail() != null) {
            stream.tail(null);
            tails--;
        }
        if (attachment.cursor().unjournaled() > 0 && cursorJournal.accepting()) {
            journal(stream, attachment.cursor());
        }
    }

    void acknowledge(final TenantStream stream, final Cursor cursor, final long sequence) {
        if (cursor.acknowledge(sequence, nowNs)) {
            if (cursor.unjournaled() >= limits.ackEvery() && cursorJournal.accepting()) {
                journal(stream, cursor);
            } else if (!cursor.queued()) {
                cursor.queued(true);
                unjournaled.add(new UnjournaledCursor(stream, cursor));
            }
        }
    }

    private void journal(final TenantStream stream, final Cursor cursor) {
        cursorJournal.acknowledged(stream, cursor);
        cursor.onJournaled();
        counters.acknowledgementsJournaled++;
    }

    // ---- the shard's side ----

    /** One turn of the duty cycle: what the journal has brought, what is to be tried again, acknowledgements due. */
    public int doWork(final long nowOfTurnNs) {
        nowNs = nowOfTurnNs;
        if (!begun) {
            begun = true;
            streams.values().forEach(stream -> stream.forEachCursor(cursor -> cursor.seen(nowNs)));
        }
        int work = fetcher.poll(this, RecordFetcher.POLL_LIMIT);
        if (!retries.isEmpty()) {
            final List<Attachment> due = retries;
            retries = retriesOfLastTurn;
            retriesOfLastTurn = due;
            for (int i = 0; i < due.size(); i++) {
                due.get(i).retry();
            }
            work += due.size();
            due.clear();
        }
        for (int i = unjournaled.size() - 1; i >= 0; i--) {
            work += journalIfDue(i);
        }
        return work;
    }

    private int journalIfDue(final int i) {
        final UnjournaledCursor entry = unjournaled.get(i);
        final Cursor cursor = entry.cursor;
        final boolean due = cursor.journalDue(limits.ackEvery(), ackWithinNs, nowNs) && cursorJournal.accepting();
        if (due) {
            journal(entry.stream, cursor);
        }
        if (cursor.unjournaled() == 0) {
            cursor.queued(false);
            final UnjournaledCursor last = unjournaled.remove(unjournaled.size() - 1);
            if (i < unjournaled.size()) {
                unjournaled.set(i, last);
            }
        }
        return due ? 1 : 0;
    }

    /**
     * Journals what a reader that begins at this checkpoint must know: names, cursors, and where events are. A few tenants
     * at a call, some kilobytes each, so that traffic need not wait for thousands; what happens between calls is in its
     * own records.
     *
     * @param first whether a checkpoint begins
     * @param most tenants of this call
     * @return whether all are written
     */
    public boolean writeSnapshots(final boolean first, final int most) {
        nextSnapshot = first ? 0 : nextSnapshot;
        final int end = Math.min(nextSnapshot + most, order.size());
        for (; nextSnapshot < end; nextSnapshot++) {
            final TenantStream stream = order.get(nextSnapshot);
            if (stream.last() > 0 || stream.cursors() > 0) {
                cursorJournal.snapshot(stream);
            }
        }
        return nextSnapshot == order.size();
    }

    /** How one subscription stands. */
    public record SubscriptionView(int tenant, String name, boolean attached, long last, long acknowledged) {}

    /** All subscriptions: copies. */
    public List<SubscriptionView> view() {
        final List<SubscriptionView> views = new ArrayList<>();
        streams.values()
                .forEach(stream -> stream.forEachCursor(cursor -> views.add(new SubscriptionView(
                        stream.tenant(),
                        cursor.name(),
                        cursor.attachment() != null,
                        stream.last(),
                        cursor.acknowledged()))));
        return views;
    }

    /** A record from an earlier run, in its order. */
    public void recover(final RecordView record) {
        recovery.onRecord(record);
    }

    /**
     * The oldest record that a subscription still needs: those it has not acknowledged, but none that is older than
     * the retention. {@code Long.MAX_VALUE} where none is needed.
     */
    public long retentionFloor() {
        long floor = Long.MAX_VALUE;
        final Int2ObjectHashMap<TenantStream>.ValueIterator all =
                streams.values().iterator();
        while (all.hasNext()) {
            floor = Math.min(floor, floorOf(all.next()));
        }
        return floor;
    }

    private long floorOf(final TenantStream stream) {
        final long[] oldestWanted = {Long.MAX_VALUE};
        stream.forEachCursor(cursor -> oldestWanted[0] = Math.min(oldestWanted[0], cursor.acknowledged() + 1));
        final EventIndex index = stream.index();
        if (oldestWanted[0] > stream.last()) {
            return Long.MAX_VALUE;
        }
        int entry = index.entryFor(oldestWanted[0]);
        if (entry < 0) {
            return 0;
        }
        while (entry < index.size() && index.timeMs(entry) < newestEventMs - limits.retentionMs()) {
            entry++;
        }
        return entry < index.size() ? index.record(entry) : Long.MAX_VALUE;
    }

    /** Retention has removed all records before this one. */
    public void trimmed(final long oldestRecord) {
        streams.values().forEach(stream -> stream.index().trim(oldestRecord));
    }

    public EventStreamCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        fetcher.close();
    }

    // ---- reading back ----

    boolean request(
            final Attachment attachment,
            final long from,
            final long to,
            final int maxRecords,
            final RecordFilter filter) {
        final long id = ++correlation;
        if (!fetcher.request(id, from, to, maxRecords, filter)) {
            return false;
        }
        counters.fetches++;
        requests.put(id, attachment);
        return true;
    }

    void retryLater(final Attachment attachment) {
        retries.add(attachment);
    }

    @Override
    public void onRecord(final long correlationId, final RecordView record) {
        final Attachment attachment = requests.get(correlationId);
        if (attachment != null) {
            attachment.onRecord(record, fetchedRecords);
        }
    }

    @Override
    public void onEnd(final long correlationId, final long nextSequence, final boolean failed) {
        final Attachment attachment = requests.remove(correlationId);
        if (failed) {
            counters.fetchesFailed++;
        }
        if (attachment != null) {
            attachment.onEnd(nextSequence, failed);
        }
    }

    StatusEvent statusFrom(final EventRecords records, final RecordView record) {
        records.read(record, status);
        return status;
    }

    StatusEvent statusFrom(final EventTail tail, final long sequence) {
        tail.read(sequence, status);
        status.replayed = false;
        return status;
    }

    InboundEvent inboundFrom(final EventRecords records, final RecordView record) {
        records.read(record, inbound);
        bodies.open(inbound, records.bodyPeriod());
        return inbound;
    }

    CallEvent callFrom(final EventRecords records, final RecordView record) {
        records.read(record, call);
        return call;
    }

    // ---- what recovery and attachments use ----

    EventStreamLimits limits() {
        return limits;
    }

    TenantStream stream(final int tenant) {
        TenantStream stream = streams.get(tenant);
        if (stream == null) {
            stream = new TenantStream(tenant, limits);
            streams.put(tenant, stream);
            order.add(stream);
        }
        return stream;
    }

    void recovered(final TenantStream stream, final long sequence, final long record, final long timeMs) {
        noted(stream, sequence, record, timeMs);
    }

    void recoveredNumber(final int number) {
        lastNumber = Math.max(lastNumber, number);
    }
}
