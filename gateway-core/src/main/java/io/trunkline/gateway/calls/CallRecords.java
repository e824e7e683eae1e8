package io.trunkline.gateway.calls;

import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.journal.codec.CallAnsweredEncoder;
import io.trunkline.gateway.journal.codec.CallAttemptedEncoder;
import io.trunkline.gateway.journal.codec.CallEndedEncoder;
import io.trunkline.gateway.journal.codec.CallProgressedEncoder;
import io.trunkline.gateway.journal.codec.CallSnapshotEncoder;
import io.trunkline.gateway.journal.codec.CallStartedEncoder;

/** Writes the records of calls, encoded straight into the journal's buffer. */
final class CallRecords {
    /** {@code CallProgressed.kind}: a provisional response was passed on. */
    static final int PROVISIONAL = 1;
    /** {@code CallProgressed.kind}: a target was given up. */
    static final int GIVEN_UP = 2;

    /** Room for the length fields of four texts. */
    private static final int TEXT_HEADERS = 4 * Short.BYTES;

    private static final long NO_TIME = CallEndedEncoder.setupMsNullValue();

    private final Journal journal;
    private final CallStartedEncoder started = new CallStartedEncoder();
    private final CallAttemptedEncoder attempted = new CallAttemptedEncoder();
    private final CallProgressedEncoder progressed = new CallProgressedEncoder();
    private final CallAnsweredEncoder answered = new CallAnsweredEncoder();
    private final CallEndedEncoder ended = new CallEndedEncoder();
    private final CallSnapshotEncoder snapshot = new CallSnapshotEncoder();

    CallRecords(final Journal journal) {
        this.journal = journal;
    }

    long started(final OpenCall call, final long eventSequence) {
        final int length = CallStartedEncoder.BLOCK_LENGTH + TEXT_HEADERS + call.textLength();
        final int offset = journal.begin(CallStartedEncoder.TEMPLATE_ID, call.id, length);
        started.wrap(journal.buffer(), offset)
                .eventSequence(eventSequence)
                .referenceHi(call.referenceHi)
                .referenceLo(call.referenceLo)
                .contentHash(call.contentHash)
                .tenant(call.tenant)
                .tableVersion(call.tableVersion)
                .carrier(call.carrier)
                .trunk(call.trunk)
                .direction((short) call.direction.number())
                .origin((short) call.origin)
                .putFrom(call.from, 0, call.from.length)
                .putTo(call.to, 0, call.to.length)
                .putAsserted(call.asserted, 0, call.asserted.length)
                .putCallId(call.callId, 0, call.callId.length);
        return journal.commit(started.encodedLength());
    }

    void attempted(final OpenCall call, final CallTry target, final int afterMs) {
        final byte[] uri = OpenCall.text(target.target());
        final int offset = journal.begin(
                CallAttemptedEncoder.TEMPLATE_ID,
                call.id,
                CallAttemptedEncoder.BLOCK_LENGTH + TEXT_HEADERS + uri.length);
        attempted
                .wrap(journal.buffer(), offset)
                .tenant(call.tenant)
                .routeRow(Integer.toUnsignedLong(target.routeRow()))
                .afterMs(afterMs)
                .routeRule(target.routeRule())
                .carrier(target.carrier())
                .trunk(target.trunk())
                .attempt((short) call.attempts)
                .signedAs((short) call.signedAs)
                .verdict((short) call.verdict)
                .attested((short) call.attested)
                .putTarget(uri, 0, uri.length);
        journal.commit(attempted.encodedLength());
    }

    long progressed(
            final OpenCall call,
            final long eventSequence,
            final int kind,
            final int status,
            final int cause,
            final int afterMs) {
        final int offset =
                journal.begin(CallProgressedEncoder.TEMPLATE_ID, call.id, CallProgressedEncoder.BLOCK_LENGTH);
        progressed
                .wrap(journal.buffer(), offset)
                .eventSequence(eventSequence)
                .referenceHi(call.referenceHi)
                .referenceLo(call.referenceLo)
                .tenant(call.tenant)
                .afterMs(afterMs)
                .status(status)
                .cause(cause)
                .carrier(call.carrier)
                .trunk(call.trunk)
                .kind((short) kind)
                .attempt((short) call.attempts)
                .direction((short) call.direction.number());
        return journal.commit(progressed.encodedLength());
    }

    long answered(final OpenCall call, final long eventSequence) {
        final int offset = journal.begin(CallAnsweredEncoder.TEMPLATE_ID, call.id, CallAnsweredEncoder.BLOCK_LENGTH);
        answered.wrap(journal.buffer(), offset)
                .eventSequence(eventSequence)
                .referenceHi(call.referenceHi)
                .referenceLo(call.referenceLo)
                .tenant(call.tenant)
                .pddMs(time(call.pddMs))
                .setupMs(time(call.setupMs))
                .carrier(call.carrier)
                .trunk(call.trunk)
                .attempt((short) call.attempts)
                .direction((short) call.direction.number());
        return journal.commit(answered.encodedLength());
    }

    long ended(final OpenCall call, final long eventSequence, final Ending ending) {
        final int length = CallEndedEncoder.BLOCK_LENGTH + TEXT_HEADERS + call.textLength();
        final int offset = journal.begin(CallEndedEncoder.TEMPLATE_ID, call.id, length);
        ended.wrap(journal.buffer(), offset)
                .eventSequence(eventSequence)
                .referenceHi(call.referenceHi)
                .referenceLo(call.referenceLo)
                .startedAtMs(call.startedAtMs)
                .lastSeenAtMs(ending.lastSeenAtMs())
                .tenant(call.tenant)
                .tableVersion(call.tableVersion)
                .routeRow(Integer.toUnsignedLong(call.routeRow))
                .pddMs(time(call.pddMs))
                .setupMs(time(call.setupMs))
                .talkMs(time(ending.talkMs()))
                .lengthMs(ending.lengthMs())
                .routeRule(call.routeRule)
                .status(ending.status())
                .cause(ending.cause())
                .errorCode(ending.error().number())
                .carrier(call.carrier)
                .trunk(call.trunk)
                .outcome((short) ending.outcome().number())
                .reason((short) ending.reason().number())
                .attempts((short) call.attempts)
                .direction((short) call.direction.number())
                .origin((short) call.origin)
                .signedAs((short) call.signedAs)
                .verdict((short) call.verdict)
                .attested((short) call.attested)
                .putFrom(call.from, 0, call.from.length)
                .putTo(call.to, 0, call.to.length)
                .putAsserted(call.asserted, 0, call.asserted.length)
                .putCallId(call.callId, 0, call.callId.length);
        return journal.commit(ended.encodedLength());
    }

    void snapshot(final OpenCall call) {
        final int length = CallSnapshotEncoder.BLOCK_LENGTH + TEXT_HEADERS + call.textLength();
        final int offset = journal.begin(CallSnapshotEncoder.TEMPLATE_ID, call.id, length);
        snapshot.wrap(journal.buffer(), offset)
                .referenceHi(call.referenceHi)
                .referenceLo(call.referenceLo)
                .contentHash(call.contentHash)
                .startedAtMs(call.startedAtMs)
                .tenant(call.tenant)
                .tableVersion(call.tableVersion)
                .routeRow(Integer.toUnsignedLong(call.routeRow))
                .pddMs(time(call.pddMs))
                .setupMs(time(call.setupMs))
                .routeRule(call.routeRule)
                .carrier(call.carrier)
                .trunk(call.trunk)
                .state((short) call.state.number())
                .attempts((short) call.attempts)
                .direction((short) call.direction.number())
                .origin((short) call.origin)
                .signedAs((short) call.signedAs)
                .verdict((short) call.verdict)
                .attested((short) call.attested)
                .putFrom(call.from, 0, call.from.length)
                .putTo(call.to, 0, call.to.length)
                .putAsserted(call.asserted, 0, call.asserted.length)
                .putCallId(call.callId, 0, call.callId.length);
        journal.commit(snapshot.encodedLength());
    }

    private static long time(final int ms) {
        return ms == OpenCall.NONE ? NO_TIME : ms;
    }
}
