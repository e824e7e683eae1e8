package io.trunkline.gateway.engine;

import io.trunkline.gateway.engine.limits.LimitSnapshots;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.CheckpointBeginDecoder;
import io.trunkline.gateway.journal.codec.DedupeSnapshotDecoder;
import io.trunkline.gateway.journal.codec.LimitSnapshotDecoder;
import io.trunkline.gateway.journal.codec.ParkedReceiptSnapshotDecoder;
import io.trunkline.gateway.journal.codec.UnitSnapshotDecoder;

/** The part of recovery that reads what a {@link Checkpoint} has written. */
final class SnapshotRecovery {
    private final EngineState state;
    private final ExpectedReceipts expected;
    private final LimitSnapshots limits;

    private final CheckpointBeginDecoder begin = new CheckpointBeginDecoder();
    private final UnitSnapshotDecoder snapshot = new UnitSnapshotDecoder();
    private final DedupeSnapshotDecoder dedupe = new DedupeSnapshotDecoder();
    private final ParkedReceiptSnapshotDecoder parked = new ParkedReceiptSnapshotDecoder();

    SnapshotRecovery(final EngineState state, final Receipts receipts) {
        this.state = state;
        expected = new ExpectedReceipts(receipts);
        limits = new LimitSnapshots(state.trafficLimits);
    }

    /** Everything that was read is in its place: before any record that is no snapshot of a unit, and at the end. */
    void settle() {
        expected.settle();
    }

    void onRecord(final RecordView record) {
        switch (record.templateId()) {
            case CheckpointBeginDecoder.TEMPLATE_ID -> begin(record);
            case UnitSnapshotDecoder.TEMPLATE_ID -> unit(record);
            case DedupeSnapshotDecoder.TEMPLATE_ID -> dedupe(record);
            case ParkedReceiptSnapshotDecoder.TEMPLATE_ID -> parked(record);
            case LimitSnapshotDecoder.TEMPLATE_ID -> limits.recover(record);
            default -> {
                // Not the engine's: names, cursors, configs, starts and stops.
            }
        }
    }

    private void begin(final RecordView record) {
        begin.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        state.ids.seen(begin.lastUnitId());
        state.units.expect((int) begin.openUnits());
    }

    private void unit(final RecordView record) {
        snapshot.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final CarrierState carrier = state.carriers.get(snapshot.carrier());
        final TenantState tenant = state.tenants.get((int) snapshot.tenant());
        if (state.units.get(record.unitId()) != null || carrier == null || tenant == null) {
            return;
        }
        final Unit unit = state.units.open(record.unitId());
        unit.tenant = tenant;
        unit.carrier = carrier;
        unit.referenceHi = snapshot.referenceHi();
        unit.referenceLo = snapshot.referenceLo();
        unit.acceptedSequence = snapshot.acceptedSequence();
        unit.acceptedAtMs = snapshot.acceptedAtMs();
        unit.scheduledAtMs = snapshot.scheduledAtMs();
        unit.expiresAtMs = snapshot.expiresAtMs();
        unit.destination = snapshot.destination();
        unit.senderHi = snapshot.senderHi();
        unit.senderLo = snapshot.senderLo();
        unit.tableVersion = (int) snapshot.tableVersion();
        unit.rawCode = (int) snapshot.rawCode();
        unit.errorCode = snapshot.errorCode();
        unit.messageClass = (byte) snapshot.messageClass();
        unit.receiptWish = (byte) snapshot.receiptWish();
        unit.origin = (byte) snapshot.origin();
        unit.senderType = (byte) snapshot.senderType();
        unit.encoding = (byte) snapshot.encoding();
        unit.dataCoding = (byte) snapshot.dataCoding();
        unit.segments = (byte) snapshot.segments();
        unit.attempt = (byte) snapshot.attempt();
        unit.flags = (byte) snapshot.flags();
        unit.rewrite = state.treatment(snapshot.rewrite(), UnitSnapshotDecoder.rewriteNullValue());
        unit.treatment = state.treatment(snapshot.treatment(), UnitSnapshotDecoder.treatmentNullValue());
        unit.possibleDuplicate = snapshot.possibleDuplicate() != 0;
        unit.bodyKey = Sealing.key(snapshot.bodyKey());
        tenant.opened();
        parts(unit, snapshot.parts());
        unit.state = UnitState.of(snapshot.state());
        if (unit.state == UnitState.SENT) {
            carrier.awaitingReceipt++;
        }
    }

    private void parts(final Unit unit, final UnitSnapshotDecoder.PartsDecoder parts) {
        unit.pdus = (byte) parts.count();
        for (int i = 0; parts.hasNext(); i++) {
            parts.next();
            final int progress = parts.progress();
            final long bit = 1L << i;
            unit.writtenMask |= (progress & Checkpoint.WRITTEN) != 0 ? bit : 0;
            unit.acceptedMask |= (progress & Checkpoint.ACCEPTED) != 0 ? bit : 0;
            unit.inDoubtMask |= (progress & Checkpoint.IN_DOUBT) != 0 ? bit : 0;
            unit.receiptedMask |= (progress & Checkpoint.RECEIPTED) != 0 ? bit : 0;
            unit.deliveredMask |= (progress & Checkpoint.DELIVERED) != 0 ? bit : 0;
            if ((progress & Checkpoint.ACCEPTED) != 0) {
                unit.messageKey(i, parts.messageKeyHi(), parts.messageKeyLo());
                if (unit.wantsReceipt() && (progress & Checkpoint.RECEIPTED) == 0) {
                    expected.add(unit, i);
                }
            }
        }
    }

    private void dedupe(final RecordView record) {
        dedupe.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        for (final DedupeSnapshotDecoder.EntriesDecoder entry : dedupe.entries()) {
            // The misses of the cache of a whole record overlap.
            state.dedupe.touch((int) entry.tenant(), entry.referenceHi(), entry.referenceLo());
        }
        dedupe.sbeRewind();
        for (final DedupeSnapshotDecoder.EntriesDecoder entry : dedupe.entries()) {
            final int tenant = (int) entry.tenant();
            final long hi = entry.referenceHi();
            final long lo = entry.referenceLo();
            if (state.dedupe.ring().find(tenant, hi, lo) >= 0) {
                continue;
            }
            final long position = state.dedupe.put(
                    tenant,
                    hi,
                    lo,
                    entry.contentHash(),
                    entry.unit(),
                    entry.acceptedAtMs(),
                    entry.segments(),
                    entry.encoding());
            final UnitState last = UnitState.of(entry.state());
            state.dedupe.state(position, last);
            // Most have ended long ago: each search would be a miss of the cache.
            final Unit open = last.terminal() ? null : state.units.get(entry.unit());
            if (open != null) {
                open.dedupeSequence = position;
            }
        }
    }

    private void parked(final RecordView record) {
        parked.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final CarrierState carrier = state.carriers.get(parked.carrier());
        if (carrier != null) {
            carrier.early.park(
                    parked.messageKeyHi(),
                    parked.messageKeyLo(),
                    parked.messageState(),
                    parked.errorCode(),
                    (int) parked.networkErrorCode(),
                    (int) parked.rawCode(),
                    parked.receivedAtMs());
        }
    }
}
