package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.ClientReferences;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CallAnsweredDecoder;
import io.trunkline.gateway.journal.codec.CallAttemptedDecoder;
import io.trunkline.gateway.journal.codec.CallEndedDecoder;
import io.trunkline.gateway.journal.codec.CallProgressedDecoder;
import io.trunkline.gateway.journal.codec.CallSnapshotDecoder;
import io.trunkline.gateway.journal.codec.CallStartedDecoder;
import io.trunkline.gateway.journal.codec.StartedDecoder;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Rebuilds from the journal which calls were open when the daemon ended; {@link #resume} then gives each its one end. A call
 * does not survive the process that held its dialogs: what its peers did afterwards is not known here, so it ends {@code
 * unknown}, and was last seen when the journal says that this process was last seen.
 *
 * <p>Whoever is killed in the middle of {@code resume} leaves calls open that an earlier run lost: these keep the time at which
 * that run was last seen, for it is the first {@code Started} behind a call that ends its run.
 */
public final class CallRecovery implements RecordHandler {
    private final CallLedger ledger;
    private final ClientReferences references;
    private final CallStartedDecoder started = new CallStartedDecoder();
    private final CallAttemptedDecoder attempted = new CallAttemptedDecoder();
    private final CallProgressedDecoder progressed = new CallProgressedDecoder();
    private final CallAnsweredDecoder answered = new CallAnsweredDecoder();
    private final CallEndedDecoder ended = new CallEndedDecoder();
    private final CallSnapshotDecoder snapshot = new CallSnapshotDecoder();
    private long lastRecordMs;

    CallRecovery(final CallLedger ledger, final ClientReferences references) {
        this.ledger = ledger;
        this.references = references;
    }

    @Override
    public void onRecord(final RecordView record) {
        switch (record.templateId()) {
            case CallStartedDecoder.TEMPLATE_ID -> started(record);
            case CallAttemptedDecoder.TEMPLATE_ID -> attempted(record);
            case CallProgressedDecoder.TEMPLATE_ID -> progressed(record);
            case CallAnsweredDecoder.TEMPLATE_ID -> answered(record);
            case CallEndedDecoder.TEMPLATE_ID -> ended(record);
            case CallSnapshotDecoder.TEMPLATE_ID -> snapshot(record);
            case StartedDecoder.TEMPLATE_ID -> runEnded();
            default -> {
                // Says nothing of calls but that the daemon was there.
            }
        }
        lastRecordMs = ms(record);
    }

    private void started(final RecordView record) {
        if (ledger.known(record.unitId()) != null) {
            return;
        }
        started.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final OpenCall call = new OpenCall(record.unitId());
        call.referenceHi = started.referenceHi();
        call.referenceLo = started.referenceLo();
        call.contentHash = started.contentHash();
        call.tenant = (int) started.tenant();
        call.tableVersion = (int) started.tableVersion();
        call.carrier = started.carrier();
        call.trunk = started.trunk();
        call.direction = CallDirection.of(started.direction());
        call.origin = started.origin();
        call.startedAtMs = ms(record);
        call.from = new byte[started.fromLength()];
        started.getFrom(call.from, 0, call.from.length);
        call.to = new byte[started.toLength()];
        started.getTo(call.to, 0, call.to.length);
        call.asserted = new byte[started.assertedLength()];
        started.getAsserted(call.asserted, 0, call.asserted.length);
        call.callId = new byte[started.callIdLength()];
        started.getCallId(call.callId, 0, call.callId.length);
        ledger.add(call);
        if (call.referenced()) {
            references.put(
                    call.tenant, call.referenceHi, call.referenceLo, call.contentHash, call.id, call.startedAtMs);
        }
    }

    private void attempted(final RecordView record) {
        final OpenCall call = ledger.known(record.unitId());
        if (call == null) {
            return;
        }
        attempted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        call.attempts = attempted.attempt();
        call.routeRow = (int) attempted.routeRow();
        call.routeRule = attempted.routeRule();
        call.signedAs = known(attempted.signedAs());
        call.verdict = known(attempted.verdict());
        call.attested = known(attempted.attested());
        if (call.direction == CallDirection.OUT && attempted.carrier() != 0) {
            call.carrier = attempted.carrier();
            call.trunk = attempted.trunk();
        }
    }

    private void progressed(final RecordView record) {
        final OpenCall call = ledger.known(record.unitId());
        if (call == null) {
            return;
        }
        progressed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        if (progressed.kind() == CallRecords.PROVISIONAL && call.state == CallUnitState.PLACED) {
            call.state = CallUnitState.RINGING;
            call.pddMs = (int) progressed.afterMs();
            remember(call, call.state);
        }
    }

    private void answered(final RecordView record) {
        final OpenCall call = ledger.known(record.unitId());
        if (call == null) {
            return;
        }
        answered.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        call.state = CallUnitState.ANSWERED;
        call.setupMs = (int) answered.setupMs();
        remember(call, call.state);
    }

    private void ended(final RecordView record) {
        final OpenCall call = ledger.known(record.unitId());
        if (call != null) {
            ended.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
            ledger.remove(call);
            remember(call, CallUnitState.of(ended.outcome()));
        }
    }

    private void snapshot(final RecordView record) {
        if (ledger.known(record.unitId()) != null) {
            return;
        }
        snapshot.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final OpenCall call = new OpenCall(record.unitId());
        call.referenceHi = snapshot.referenceHi();
        call.referenceLo = snapshot.referenceLo();
        call.contentHash = snapshot.contentHash();
        call.startedAtMs = snapshot.startedAtMs();
        call.tenant = (int) snapshot.tenant();
        call.tableVersion = (int) snapshot.tableVersion();
        call.routeRow = (int) snapshot.routeRow();
        call.pddMs = time(snapshot.pddMs());
        call.setupMs = time(snapshot.setupMs());
        call.routeRule = snapshot.routeRule();
        call.carrier = snapshot.carrier();
        call.trunk = snapshot.trunk();
        call.state = CallUnitState.of(snapshot.state());
        call.attempts = snapshot.attempts();
        call.direction = CallDirection.of(snapshot.direction());
        call.origin = snapshot.origin();
        call.signedAs = known(snapshot.signedAs());
        call.verdict = known(snapshot.verdict());
        call.attested = known(snapshot.attested());
        call.from = new byte[snapshot.fromLength()];
        snapshot.getFrom(call.from, 0, call.from.length);
        call.to = new byte[snapshot.toLength()];
        snapshot.getTo(call.to, 0, call.to.length);
        call.asserted = new byte[snapshot.assertedLength()];
        snapshot.getAsserted(call.asserted, 0, call.asserted.length);
        call.callId = new byte[snapshot.callIdLength()];
        snapshot.getCallId(call.callId, 0, call.callId.length);
        ledger.add(call);
    }

    private void remember(final OpenCall call, final CallUnitState state) {
        if (call.referenced()) {
            references.state(call.tenant, call.referenceHi, call.referenceLo, call.id, state.number());
        }
    }

    /** Another run begins: the calls of the one before are nobody's. */
    private void runEnded() {
        for (final OpenCall call : ledger.all()) {
            if (!call.lost) {
                call.lost = true;
                call.lastSeenAtMs = lastRecordMs;
            }
        }
    }

    /**
     * Ends all calls that are open. The journal takes records again, and none that this run wrote before has been handed to
     * {@link #onRecord}.
     *
     * @return how many
     */
    public int resume() {
        runEnded();
        final List<OpenCall> calls = ledger.all();
        calls.forEach(call -> ledger.close(call, Ending.lost(call)));
        return calls.size();
    }

    /** Of a record that is older than the field: 0. */
    private static int known(final short value) {
        return value == CallAttemptedDecoder.signedAsNullValue() ? 0 : value;
    }

    private static int time(final long ms) {
        return ms == CallSnapshotDecoder.setupMsNullValue() ? OpenCall.NONE : (int) ms;
    }

    private static long ms(final RecordView record) {
        return TimeUnit.NANOSECONDS.toMillis(record.wallTimeNs());
    }
}
