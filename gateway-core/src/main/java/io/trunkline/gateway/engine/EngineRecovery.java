package io.trunkline.gateway.engine;

import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.InboundReceivedDecoder;
import io.trunkline.gateway.journal.codec.InboundSegmentDecoder;
import io.trunkline.gateway.journal.codec.ReceiptReceivedDecoder;
import io.trunkline.gateway.journal.codec.SegmentAnsweredDecoder;
import io.trunkline.gateway.journal.codec.SegmentWrittenDecoder;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.gateway.journal.codec.UnitProgressedDecoder;
import io.trunkline.gateway.journal.codec.UnitSnapshotDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rebuilds the engine's state from the journal: first every record is folded in, then {@link #resume} sets the open units
 * going again. Tenants and carriers that records name must have been made known to the engine before.
 *
 * <p>Nothing is sent and nothing is journaled while records are folded in; {@code resume} does both.
 */
public final class EngineRecovery implements RecordHandler {
    private final EngineState state;
    private final Answers answers;
    private final Receipts receipts;
    private final Closing closing;
    private final Inbound inbound;
    private final Gatekeeper gatekeeper;
    private final SnapshotRecovery snapshots;
    private final Bodies bodies;
    private final RestoredCandidates candidates;
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);

    private final UnitAcceptedDecoder accepted = new UnitAcceptedDecoder();
    private final SegmentWrittenDecoder written = new SegmentWrittenDecoder();
    private final SegmentAnsweredDecoder answered = new SegmentAnsweredDecoder();
    private final ReceiptReceivedDecoder receipt = new ReceiptReceivedDecoder();
    private final UnitProgressedDecoder progressed = new UnitProgressedDecoder();
    private final UnitClosedDecoder closed = new UnitClosedDecoder();
    private final InboundSegmentDecoder inboundSegment = new InboundSegmentDecoder();
    private final InboundReceivedDecoder inboundReceived = new InboundReceivedDecoder();

    EngineRecovery(
            final EngineState state,
            final Answers answers,
            final Receipts receipts,
            final Closing closing,
            final Inbound inbound) {
        this.state = state;
        this.answers = answers;
        this.receipts = receipts;
        this.closing = closing;
        this.inbound = inbound;
        gatekeeper = new Gatekeeper(state);
        snapshots = new SnapshotRecovery(state, receipts);
        bodies = new Bodies(state);
        candidates = new RestoredCandidates(state);
    }

    /** How the open units stood. */
    public record Outcome(int open, int inDoubt, int awaitingReceipt, int waiting) {}

    @Override
    public void onRecord(final RecordView record) {
        state.ids.seen(record.unitId());
        if (record.templateId() != UnitSnapshotDecoder.TEMPLATE_ID) {
            snapshots.settle();
        }
        switch (record.templateId()) {
            case UnitAcceptedDecoder.TEMPLATE_ID -> accepted(record);
            case SegmentWrittenDecoder.TEMPLATE_ID -> written(record);
            case SegmentAnsweredDecoder.TEMPLATE_ID -> answered(record);
            case ReceiptReceivedDecoder.TEMPLATE_ID -> receipt(record);
            case UnitProgressedDecoder.TEMPLATE_ID -> progressed(record);
            case UnitClosedDecoder.TEMPLATE_ID -> closed(record);
            case InboundSegmentDecoder.TEMPLATE_ID -> {
                inboundSegment.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                inbound.recoverSegment(inboundSegment, record.wallTimeNs() / 1_000_000);
            }
            case InboundReceivedDecoder.TEMPLATE_ID -> {
                inboundReceived.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                inbound.recoverWhole(inboundReceived);
            }
            default -> snapshots.onRecord(record);
        }
    }

    private void accepted(final RecordView record) {
        accepted.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        gatekeeper.recovered(accepted, record.wallTimeNs());
        accepted.sbeRewind();
        final CarrierState carrier = state.carriers.get(accepted.carrier());
        final TenantState tenant = state.tenants.get((int) accepted.tenant());
        if (state.units.get(record.unitId()) != null || carrier == null || tenant == null) {
            return;
        }
        final Unit unit = state.units.open(record.unitId());
        unit.tenant = tenant;
        unit.carrier = carrier;
        unit.referenceHi = accepted.referenceHi();
        unit.referenceLo = accepted.referenceLo();
        unit.acceptedSequence = record.sequence();
        unit.acceptedAtMs = record.wallTimeNs() / 1_000_000;
        unit.scheduledAtMs = accepted.scheduledAtMs();
        unit.expiresAtMs = accepted.expiresAtMs();
        unit.tableVersion = (int) accepted.tableVersion();
        unit.messageClass = (byte) accepted.messageClass();
        unit.receiptWish = (byte) accepted.receiptWish();
        unit.origin = (byte) accepted.origin();
        unit.senderType = (byte) accepted.senderType();
        unit.encoding = (byte) accepted.encoding();
        unit.dataCoding = (byte) accepted.dataCoding();
        unit.segments = (byte) accepted.segments();
        unit.pdus = unit.segments;
        unit.flags = (byte) accepted.flags();
        unit.rewrite = state.treatment(accepted.rewrite(), UnitAcceptedDecoder.rewriteNullValue());
        unit.treatment = state.treatment(accepted.treatment(), UnitAcceptedDecoder.treatmentNullValue());
        unit.bodyKey = Sealing.key(accepted.bodyKey());
        tenant.opened();
        if ((unit.referenceHi | unit.referenceLo) != 0) {
            unit.dedupeSequence = state.dedupe.put(
                    unit.tenant.number(),
                    unit.referenceHi,
                    unit.referenceLo,
                    accepted.contentHash(),
                    unit.id,
                    unit.acceptedAtMs,
                    unit.segments,
                    unit.encoding);
        }
        bodies.copy(unit, accepted);
    }

    private void written(final RecordView record) {
        final Unit unit = state.units.get(record.unitId());
        if (unit == null) {
            return;
        }
        written.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final CarrierState carrier = state.carriers.get(written.carrier());
        if (carrier != null && carrier != unit.carrier) {
            moved(unit, carrier);
        }
        final long bit = 1L << written.segment();
        unit.pdus = (byte) written.segments();
        unit.attempt = (byte) written.attempt();
        unit.possibleDuplicate |= written.possibleDuplicate() != 0;
        unit.writtenMask |= bit;
        unit.inDoubtMask &= ~bit;
        unit.treatment = state.treatment(written.treatment(), SegmentWrittenDecoder.treatmentNullValue());
        unit.state = UnitState.ACCEPTED;
    }

    private static void moved(final Unit unit, final CarrierState carrier) {
        if (unit.payload != null) {
            unit.carrier.bodiesHeld--;
            carrier.bodiesHeld++;
        }
        unit.carrier = carrier;
        unit.writtenMask = 0;
        unit.inDoubtMask = 0;
        unit.messageKeys = null;
    }

    private void answered(final RecordView record) {
        final Unit unit = state.units.get(record.unitId());
        if (unit == null) {
            return;
        }
        answered.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final int segment = answered.segment();
        final long bit = 1L << segment;
        switch (answered.outcome()) {
            case EngineRecords.OUTCOME_ACCEPTED -> {
                unit.writtenMask |= bit;
                unit.acceptedMask |= bit;
                unit.inDoubtMask &= ~bit;
                final int length = answered.messageIdLength();
                answered.wrapMessageId(bytes);
                if (length > 0) {
                    receipts.identified(unit, segment, bytes, 0, length);
                }
                receipts.concluded(unit, segment, Conclusion.of(answered.conclusion()));
                if (unit.acceptedMask == unit.allPdus()) {
                    becameSent(unit);
                }
            }
            case EngineRecords.OUTCOME_IN_DOUBT -> {
                unit.inDoubtMask |= bit;
                unit.carrier.inDoubt.noted(unit);
            }
            default -> {
                unit.writtenMask &= ~bit;
                unit.inDoubtMask &= ~bit;
                unit.errorCode = answered.errorCode();
                unit.rawCode = (int) answered.status();
                unit.attempt = (byte) Math.min(255, answered.attempt() + 1);
                if (answered.outcome() == EngineRecords.OUTCOME_FAILED) {
                    unit.doom();
                }
            }
        }
    }

    private void becameSent(final Unit unit) {
        if (unit.state != UnitState.SENT) {
            unit.state = UnitState.SENT;
            unit.carrier.awaitingReceipt++;
            state.releasePayload(unit);
        }
    }

    private void receipt(final RecordView record) {
        receipt.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final CarrierState carrier = state.carriers.get(receipt.carrier());
        if (carrier == null) {
            return;
        }
        final int disposition = receipt.disposition();
        final Unit unit = state.units.get(record.unitId());
        final boolean matched = disposition == EngineRecords.RECEIPT_MATCHED && unit != null;
        if (!matched && disposition != EngineRecords.RECEIPT_EARLY) {
            return;
        }
        receipt.wrapMessageId(bytes);
        carrier.messageIds().receipt(bytes, 0, bytes.capacity());
        final long hi = carrier.messageIds().hi();
        final long lo = carrier.messageIds().lo();
        if (!matched) {
            carrier.early.park(
                    hi,
                    lo,
                    receipt.messageState(),
                    receipt.errorCode(),
                    (int) receipt.networkErrorCode(),
                    0,
                    record.wallTimeNs() / 1_000_000);
            return;
        }
        final int segment = receipt.segment();
        // Under the id of its answer: how the receipt's is read may have been configured anew since.
        carrier.correlator.remove(unit.messageKeyHi(segment), unit.messageKeyLo(segment), unit);
        carrier.recent.add(hi, lo, unit.id);
        unit.acceptedMask |= 1L << segment;
        unit.inDoubtMask &= ~(1L << segment);
        receipts.apply(unit, segment, receipt.messageState(), ErrorCode.of(receipt.errorCode()), 0);
        if (unit.acceptedMask == unit.allPdus()) {
            becameSent(unit);
        }
    }

    private void progressed(final RecordView record) {
        final Unit unit = state.units.get(record.unitId());
        if (unit != null) {
            progressed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
            if (progressed.state() == UnitState.IN_DOUBT.number()) {
                unit.state = UnitState.IN_DOUBT;
            }
        }
    }

    private void closed(final RecordView record) {
        closed.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final UnitState terminal = UnitState.of(closed.state());
        final Unit unit = state.units.get(record.unitId());
        if (unit != null) {
            state.dedupe.state(unit.dedupeSequence, terminal);
            unit.rawCode = (int) closed.rawCode();
            closing.ended(unit, terminal, record.wallTimeNs() / 1_000_000);
            closing.forget(unit);
        }
    }

    /** Sets the open units going. The journal takes records again. */
    public Outcome resume() {
        snapshots.settle();
        inbound.resume();
        state.trafficLimits.resume(state.nowNs);
        state.units.forEach(state.sealing::keep);
        state.sealing.recovered();
        final int[] counts = new int[3];
        final int open = state.units.open();
        state.units.forEach(unit -> {
            unit.expiresMonotonicMs = state.monotonicMs() + unit.expiresAtMs - state.nowMs;
            candidates.of(unit);
            final long unanswered = unit.writtenMask & ~unit.acceptedMask;
            if (unanswered != 0) {
                counts[0]++;
                inDoubt(unit, unanswered);
            } else if (unit.acceptedMask == unit.allPdus()) {
                counts[1]++;
                awaitReceipt(unit);
            } else if (unit.doomed()) {
                answers.resolve(unit);
            } else {
                counts[2]++;
                send(unit);
            }
        });
        return new Outcome(open, counts[0], counts[1], counts[2]);
    }

    private void inDoubt(final Unit unit, final long unanswered) {
        final long id = unit.id;
        final long fresh = unanswered & ~unit.inDoubtMask;
        unit.state = UnitState.ACCEPTED;
        if (fresh == 0) {
            answers.resolve(unit);
            return;
        }
        for (int segment = 0; segment < unit.pdus && unit.id == id; segment++) {
            if ((fresh >>> segment & 1) != 0 && (unit.writtenMask >>> segment & 1) != 0) {
                answers.doubt(unit, null, segment, CarrierDesk.Unanswered.RESTART);
            }
        }
    }

    private void awaitReceipt(final Unit unit) {
        if (unit.concluded()) {
            answers.closeConcluded(unit);
        } else if (!receipts.closeIfComplete(unit)) {
            final long timeoutMs = unit.carrier.config().receipts().timeout().toMillis();
            state.timerIn(unit, Unit.TimerPurpose.RECEIPT, unit.acceptedAtMs + timeoutMs - state.nowMs);
        }
    }

    private void send(final Unit unit) {
        if (unit.scheduledAtMs > state.nowMs) {
            state.timerIn(unit, Unit.TimerPurpose.SCHEDULE, unit.scheduledAtMs - state.nowMs);
        } else {
            state.timerIn(unit, Unit.TimerPurpose.EXPIRY, state.leftMs(unit));
            state.enqueue(unit, false);
        }
    }
}
