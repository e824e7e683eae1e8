package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.ClientReferences;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.TenantEvents;
import io.trunkline.gateway.events.CallEvent;
import io.trunkline.gateway.journal.Journal;
import io.trunkline.sip.stir.Attestation;
import io.trunkline.sip.stir.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Knows every call that is open, writes its records, and tells its tenant. Single-threaded (the shard's) and deterministic:
 * clocks and ids come in from outside.
 */
public final class CallLedger implements CallJournal {
    /** How often it is looked whether calls are up and nothing is written. */
    private static final long BEAT_EVERY_MS = 1_000;

    private static final int MAX_ATTEMPTS = 255;
    /** Provisional responses of a call that are written down. */
    private static final int MAX_PROVISIONALS = 32;

    private final Journal journal;
    private final TenantEvents events;
    private final ClientReferences references;
    private final LongSupplier unitIds;
    private final LongSupplier wallMs;
    private final CallRecords records;
    private final Long2ObjectHashMap<OpenCall> open = new Long2ObjectHashMap<>();
    private final CallCounters counters = new CallCounters();
    private final CallEvent event = new CallEvent();
    private final UnsafeBuffer from = new UnsafeBuffer(0, 0);
    private long[] snapshotIds = {};
    private int nextSnapshot;
    private long beatAtMs;
    private long committedAtBeat;

    /**
     * What a ledger works with.
     *
     * @param unitIds gives ids that no other unit has
     * @param wallMs wall time of this duty cycle, milliseconds since the epoch
     */
    public record Context(
            Journal journal,
            TenantEvents events,
            ClientReferences references,
            LongSupplier unitIds,
            LongSupplier wallMs) {}

    public CallLedger(final Context context) {
        journal = context.journal();
        events = context.events();
        references = context.references();
        unitIds = context.unitIds();
        wallMs = context.wallMs();
        records = new CallRecords(journal);
    }

    // ---- the records ----

    @Override
    public long started(final CallStart start, final long atMs) {
        final OpenCall call = new OpenCall(unitIds.getAsLong());
        call.tenant = start.tenant;
        call.direction = start.direction;
        call.origin = start.origin;
        call.referenceHi = start.referenceHi;
        call.referenceLo = start.referenceLo;
        call.contentHash = start.contentHash;
        call.tableVersion = start.tableVersion;
        call.carrier = start.carrier;
        call.trunk = start.trunk;
        call.from = OpenCall.text(start.from);
        call.to = OpenCall.text(start.to);
        call.asserted = OpenCall.text(start.asserted);
        call.callId = OpenCall.text(start.callId);
        call.startedAtMs = wallMs.getAsLong();
        call.beganMs = atMs;
        final long sequence = sequence(call);
        final long record = records.started(call, sequence);
        add(call);
        if (call.referenced()) {
            references.put(
                    call.tenant, call.referenceHi, call.referenceLo, call.contentHash, call.id, call.startedAtMs);
        }
        counters.started++;
        fill(call, sequence);
        parties(call);
        tell(call, record);
        return call.id;
    }

    @Override
    public void verified(final long unit, final Verdict verdict) {
        final OpenCall call = find(unit);
        if (call != null) {
            call.verdict = CallVerdict.of(verdict.outcome()).number();
            call.attested = letter(verdict.attestation());
        }
    }

    private static int letter(final Attestation attestation) {
        return attestation == null ? 0 : attestation.letter();
    }

    @Override
    public void attempted(final long unit, final CallTry target, final long atMs) {
        final OpenCall call = find(unit);
        if (call == null) {
            return;
        }
        call.attempts = Math.min(MAX_ATTEMPTS, call.attempts + 1);
        call.lastStatus = 0;
        call.routeRow = target.routeRow();
        call.routeRule = target.routeRule();
        call.signedAs = letter(target.signedAs());
        if (call.direction == CallDirection.OUT && target.carrier() != 0) {
            call.carrier = target.carrier();
            call.trunk = target.trunk();
        }
        records.attempted(call, target, call.since(atMs));
        counters.attempts++;
    }

    @Override
    public void progressed(final long unit, final int status, final long atMs) {
        final OpenCall call = find(unit);
        if (call == null || call.lastStatus == status || call.state == CallUnitState.ANSWERED) {
            // A peer may repeat its 18x every few seconds; only what is new is written down.
            return;
        }
        if (call.provisionals == MAX_PROVISIONALS) {
            // Nor what a peer that makes one after the other says by it: it would fill the journal.
            return;
        }
        call.provisionals++;
        call.lastStatus = status;
        final boolean first = call.state == CallUnitState.PLACED;
        if (first) {
            call.state = CallUnitState.RINGING;
            call.pddMs = call.since(atMs);
            remember(call, call.state);
        }
        final long sequence = first ? sequence(call) : 0;
        final long record = records.progressed(call, sequence, CallRecords.PROVISIONAL, status, 0, call.since(atMs));
        if (first) {
            fill(call, sequence);
            event.status = status;
            tell(call, record);
        }
    }

    @Override
    public void gaveUp(final long unit, final int status, final int cause, final long atMs) {
        final OpenCall call = find(unit);
        if (call != null) {
            records.progressed(call, 0, CallRecords.GIVEN_UP, status, cause, call.since(atMs));
            counters.attemptsFailed++;
        }
    }

    @Override
    public void answered(final long unit, final long atMs) {
        final OpenCall call = find(unit);
        if (call == null || call.state == CallUnitState.ANSWERED) {
            return;
        }
        call.state = CallUnitState.ANSWERED;
        call.setupMs = call.since(atMs);
        remember(call, call.state);
        final long sequence = sequence(call);
        final long record = records.answered(call, sequence);
        counters.answered++;
        fill(call, sequence);
        event.status = CallCounters.OK;
        tell(call, record);
    }

    @Override
    public void ended(final long unit, final CallEnd end) {
        final OpenCall call = find(unit);
        if (call != null) {
            close(call, Ending.of(call, end, wallMs.getAsLong()));
        }
    }

    /** The one end of a call. */
    void close(final OpenCall call, final Ending ending) {
        final long sequence = sequence(call);
        final long record = records.ended(call, sequence, ending);
        remove(call);
        remember(call, ending.outcome());
        counters.ended[ending.outcome().number()]++;
        fill(call, sequence);
        parties(call);
        event.state = ending.outcome().number();
        event.errorCode = ending.error().number();
        event.status = ending.status();
        event.cause = ending.cause();
        event.talkMs = ending.talkMs();
        tell(call, record);
    }

    private OpenCall find(final long unit) {
        final OpenCall call = open.get(unit);
        counters.strays += call == null ? 1 : 0;
        return call;
    }

    // ---- what tenants hear ----

    private long sequence(final OpenCall call) {
        return call.told() ? events.nextSequence(call.tenant) : 0;
    }

    private void fill(final OpenCall call, final long sequence) {
        event.sequence = sequence;
        event.unitId = call.id;
        event.referenceHi = call.referenceHi;
        event.referenceLo = call.referenceLo;
        event.timeMs = wallMs.getAsLong();
        event.state = call.state.number();
        event.errorCode = ErrorCode.NONE.number();
        event.status = 0;
        event.cause = 0;
        event.direction = call.direction.number();
        event.pddMs = call.pddMs;
        event.setupMs = call.setupMs;
        event.talkMs = CallEvent.NONE;
        event.replayed = false;
        event.withoutParties();
    }

    private void parties(final OpenCall call) {
        from.wrap(new byte[call.from.length + call.to.length]);
        from.putBytes(0, call.from);
        from.putBytes(call.from.length, call.to);
        event.buffer = from;
        event.fromOffset = 0;
        event.fromLength = call.from.length;
        event.toOffset = call.from.length;
        event.toLength = call.to.length;
    }

    private void tell(final OpenCall call, final long record) {
        if (event.sequence > 0) {
            events.call(call.tenant, event, record);
        }
    }

    private void remember(final OpenCall call, final CallUnitState state) {
        if (call.referenced()) {
            references.state(call.tenant, call.referenceHi, call.referenceLo, call.id, state.number());
        }
    }

    // ---- the shard's side ----

    /**
     * Once a duty cycle. Where calls are up and nothing else has been written for a second, one of them is: so that a crash does
     * not leave it open for longer when they were seen last.
     */
    public int doWork() {
        final long nowMs = wallMs.getAsLong();
        if (nowMs - beatAtMs < BEAT_EVERY_MS && nowMs >= beatAtMs) {
            return 0;
        }
        beatAtMs = nowMs;
        final boolean quiet = journal.committed() == committedAtBeat;
        final boolean beat = quiet && !open.isEmpty() && journal.accepting();
        if (beat) {
            records.snapshot(open.values().iterator().next());
        }
        committedAtBeat = journal.committed();
        return beat ? 1 : 0;
    }

    /**
     * Journals what a reader that begins at this checkpoint must know: the open calls, some at a time.
     *
     * @param first whether a checkpoint begins
     * @param most calls of this turn
     * @return whether all are written
     */
    public boolean writeSnapshots(final boolean first, final int most) {
        if (first) {
            // What opens from here on has its own record behind the checkpoint's beginning.
            snapshotIds = open.keySet().stream().mapToLong(Long::longValue).toArray();
            nextSnapshot = 0;
        }
        final int end = Math.min(nextSnapshot + most, snapshotIds.length);
        for (; nextSnapshot < end; nextSnapshot++) {
            final OpenCall call = open.get(snapshotIds[nextSnapshot]);
            if (call != null) {
                records.snapshot(call);
            }
        }
        return nextSnapshot == snapshotIds.length;
    }

    /** Reads the journal into this ledger, which must be new. */
    public CallRecovery recovery() {
        return new CallRecovery(this, references);
    }

    public CallCounters counters() {
        return counters;
    }

    /** Calls that are open. */
    public int openCalls() {
        return open.size();
    }

    /** How an open call stands. Times are wall times, 0: it did not come to that. */
    public record View(
            long unit,
            int tenant,
            CallDirection direction,
            CallUnitState state,
            String from,
            String to,
            int carrier,
            int trunk,
            int attempts,
            long startedAtMs,
            long answeredAtMs) {}

    /** Open calls, oldest first: copies. */
    public List<View> view() {
        final List<View> views = new ArrayList<>(open.size());
        open.values().forEach(call -> views.add(call.view()));
        views.sort(Comparator.comparingLong(View::unit));
        return views;
    }

    // ---- what recovery uses ----

    void add(final OpenCall call) {
        open.put(call.id, call);
    }

    void remove(final OpenCall call) {
        open.remove(call.id);
    }

    OpenCall known(final long unit) {
        return open.get(unit);
    }

    /** A copy: to be changed while it is gone through. */
    List<OpenCall> all() {
        final List<OpenCall> calls = new ArrayList<>(open.values());
        calls.sort(Comparator.comparingLong(call -> call.id));
        return calls;
    }
}
