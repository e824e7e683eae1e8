package io.trunkline.gateway.engine;

import io.trunkline.gateway.engine.limits.LimitSnapshots;
import io.trunkline.gateway.journal.codec.CheckpointBeginEncoder;
import io.trunkline.gateway.journal.codec.CheckpointEndEncoder;
import io.trunkline.gateway.journal.codec.DedupeSnapshotEncoder;
import io.trunkline.gateway.journal.codec.ParkedReceiptSnapshotEncoder;
import io.trunkline.gateway.journal.codec.UnitSnapshotEncoder;
import java.util.function.Consumer;

/**
 * Writes the engine's state into the journal between ordinary records, a slice per duty cycle, so that traffic does not
 * wait for it. Each snapshot says what is true at its place in the journal; a reader that begins at
 * {@code CheckpointBegin} ignores records of units that it has not met yet, for their snapshot is still to come.
 */
final class Checkpoint {
    private static final int UNITS_PER_SLICE = 256;
    private static final int DEDUPE_PER_RECORD = 256;
    private static final int MAX_RECORD = 32 * 1024;
    private static final int PARTS_LENGTH = 17;

    /** Bits of a part's progress. */
    static final int WRITTEN = 1;

    static final int ACCEPTED = 2;
    static final int IN_DOUBT = 4;
    static final int RECEIPTED = 8;
    static final int DELIVERED = 16;

    private enum Phase {
        IDLE,
        NAMES,
        UNITS,
        DEDUPE,
        RECEIPTS,
        LIMITS,
        PARTS,
        CURSORS,
        END
    }

    private final EngineState state;
    private final Inbound inbound;
    private final UnitSnapshotEncoder unitEncoder = new UnitSnapshotEncoder();
    private final DedupeSnapshotEncoder dedupeEncoder = new DedupeSnapshotEncoder();
    private final ParkedReceiptSnapshotEncoder receiptEncoder = new ParkedReceiptSnapshotEncoder();
    private final LimitSnapshots limits;

    private Phase phase = Phase.IDLE;
    private CheckpointSource others;
    private Consumer<Long> done;
    private long beginSequence;
    private int nextSlot;
    private int nextCarrier;
    private boolean firstCursors;
    private long nextDedupe;
    private long endDedupe;
    private long oldestOpen;
    private long oldestNeeded;
    private long oldestAcceptedMs;
    private long oldestOpenMs;

    Checkpoint(final EngineState state, final Inbound inbound) {
        this.state = state;
        this.inbound = inbound;
        limits = new LimitSnapshots(state.trafficLimits);
    }

    void begin(final int configVersion, final CheckpointSource source, final Consumer<Long> whenDone) {
        if (phase != Phase.IDLE) {
            return;
        }
        others = source;
        done = whenDone;
        final int offset = state.journal.begin(CheckpointBeginEncoder.TEMPLATE_ID, 0, MAX_RECORD);
        new CheckpointBeginEncoder()
                .wrap(state.journal.buffer(), offset)
                .lastUnitId(state.ids.last())
                .openUnits(state.units.open())
                .configVersion(configVersion);
        beginSequence = state.journal.commit(CheckpointBeginEncoder.BLOCK_LENGTH);
        nextSlot = 0;
        nextCarrier = 0;
        nextDedupe = state.dedupe.ring().first();
        endDedupe = state.dedupe.ring().end();
        oldestOpen = Long.MAX_VALUE;
        // What is accepted from here on has the key of now.
        oldestAcceptedMs = state.nowMs;
        phase = Phase.NAMES;
    }

    /** As of the last checkpoint that was finished. */
    long oldestNeeded() {
        return oldestNeeded;
    }

    /** As of that, too. */
    long oldestOpenMs() {
        return oldestOpenMs;
    }

    int doWork() {
        if (!state.journal.accepting()) {
            // It can wait, and the reserve is not for it.
            return 0;
        }
        switch (phase) {
            case IDLE -> {
                return 0;
            }
            case NAMES -> {
                // Before all snapshots: readers of names alone look no further (CheckpointNames).
                others.writeNames();
                phase = Phase.UNITS;
            }
            case UNITS -> units();
            case DEDUPE -> dedupe();
            case RECEIPTS -> parkedReceipts();
            case LIMITS ->
                phase = limits.writeNext(state.journal, state.nowNs, state.nowMs) ? Phase.PARTS : Phase.LIMITS;
            case PARTS -> {
                inbound.writePending();
                phase = Phase.CURSORS;
                firstCursors = true;
            }
            case CURSORS -> {
                phase = others.writeCallsAndCursors(firstCursors) ? Phase.END : Phase.CURSORS;
                firstCursors = false;
            }
            case END -> finish();
        }
        return 1;
    }

    private void units() {
        final int end = Math.min(nextSlot + UNITS_PER_SLICE, state.units.slotCount());
        for (; nextSlot < end; nextSlot++) {
            final Unit unit = state.units.atSlot(nextSlot);
            if (unit != null) {
                unit(unit);
                oldestOpen = Math.min(oldestOpen, unit.acceptedSequence);
                oldestAcceptedMs = Math.min(oldestAcceptedMs, unit.acceptedAtMs);
            }
        }
        if (nextSlot >= state.units.slotCount()) {
            phase = Phase.DEDUPE;
        }
    }

    private void unit(final Unit unit) {
        final int maxLength = UnitSnapshotEncoder.BLOCK_LENGTH + 8 + unit.pdus * PARTS_LENGTH;
        final int offset = state.journal.begin(UnitSnapshotEncoder.TEMPLATE_ID, unit.id, maxLength);
        final long dueAtMs = unit.timerPurpose == Unit.TimerPurpose.NONE
                ? 0
                : state.nowMs + unit.timerDeadlineMs - state.monotonicMs();
        unitEncoder
                .wrap(state.journal.buffer(), offset)
                .referenceHi(unit.referenceHi)
                .referenceLo(unit.referenceLo)
                .acceptedSequence(unit.acceptedSequence)
                .acceptedAtMs(unit.acceptedAtMs)
                .scheduledAtMs(unit.scheduledAtMs)
                .expiresAtMs(unit.expiresAtMs)
                .destination(unit.destination)
                .dueAtMs(dueAtMs)
                .tenant(unit.tenant.number())
                .tableVersion(unit.tableVersion)
                .rawCode(Integer.toUnsignedLong(unit.rawCode))
                .carrier(unit.carrier.number())
                .errorCode(unit.errorCode)
                .state((short) unit.state.number())
                .messageClass(unit.messageClass)
                .receiptWish(unit.receiptWish)
                .origin(unit.origin)
                .senderType(unit.senderType)
                .encoding(unit.encoding)
                .dataCoding((short) unit.dataCoding())
                .segments(unit.segments)
                .attempt((short) (unit.attempt & 0xFF))
                .flags(unit.flags)
                .possibleDuplicate((short) (unit.possibleDuplicate ? 1 : 0))
                .senderHi(unit.senderHi)
                .senderLo(unit.senderLo)
                .rewrite(unit.rewrite == null ? Treatment.NONE : unit.rewrite.number())
                .treatment(unit.treatment == null ? Treatment.NONE : unit.treatment.number())
                .bodyKey(Integer.toUnsignedLong(unit.bodyKey));
        final UnitSnapshotEncoder.PartsEncoder parts = unitEncoder.partsCount(unit.pdus);
        for (int i = 0; i < unit.pdus; i++) {
            final boolean keyed = (unit.acceptedMask >>> i & 1) != 0;
            parts.next()
                    .progress((short) progress(unit, i))
                    .messageKeyHi(keyed ? unit.messageKeyHi(i) : 0)
                    .messageKeyLo(keyed ? unit.messageKeyLo(i) : 0);
        }
        state.journal.commit(unitEncoder.encodedLength());
    }

    private static int progress(final Unit unit, final int part) {
        return (int) (unit.writtenMask >>> part & 1) * WRITTEN
                | (int) (unit.acceptedMask >>> part & 1) * ACCEPTED
                | (int) (unit.inDoubtMask >>> part & 1) * IN_DOUBT
                | (int) (unit.receiptedMask >>> part & 1) * RECEIPTED
                | (int) (unit.deliveredMask >>> part & 1) * DELIVERED;
    }

    private void dedupe() {
        final KeyedRing ring = state.dedupe.ring();
        nextDedupe = Math.max(nextDedupe, ring.first());
        final int count = (int) Math.min(DEDUPE_PER_RECORD, endDedupe - nextDedupe);
        if (count <= 0) {
            phase = Phase.RECEIPTS;
            return;
        }
        final int offset = state.journal.begin(DedupeSnapshotEncoder.TEMPLATE_ID, 0, MAX_RECORD);
        dedupeEncoder.wrap(state.journal.buffer(), offset);
        final DedupeSnapshotEncoder.EntriesEncoder entries = dedupeEncoder.entriesCount(count);
        for (int i = 0; i < count; i++) {
            final int slot = ring.slot(nextDedupe + i);
            entries.next()
                    .referenceHi(ring.keyHi(slot))
                    .referenceLo(ring.keyLo(slot))
                    .contentHash(state.dedupe.contentHash(slot))
                    .unit(state.dedupe.unit(slot))
                    .acceptedAtMs(state.dedupe.acceptedAtMs(slot))
                    .tenant(ring.owner(slot))
                    .state((short) state.dedupe.state(slot).number())
                    .segments((short) state.dedupe.segments(slot))
                    .encoding((short) state.dedupe.encoding(slot));
        }
        state.journal.commit(dedupeEncoder.encodedLength());
        nextDedupe += count;
    }

    private void parkedReceipts() {
        if (nextCarrier == state.carrierList.size()) {
            limits.begin();
            phase = Phase.LIMITS;
            return;
        }
        final CarrierState carrier = state.carrierList.get(nextCarrier++);
        final EarlyReceipts early = carrier.early;
        for (long position = early.ring().first(); position < early.ring().end(); position++) {
            final int slot = early.ring().slot(position);
            if (early.ring().live(slot)) {
                final int offset = state.journal.begin(
                        ParkedReceiptSnapshotEncoder.TEMPLATE_ID, 0, ParkedReceiptSnapshotEncoder.BLOCK_LENGTH);
                receiptEncoder
                        .wrap(state.journal.buffer(), offset)
                        .messageKeyHi(early.ring().keyHi(slot))
                        .messageKeyLo(early.ring().keyLo(slot))
                        .receivedAtMs(early.receivedAtMs(slot))
                        .networkErrorCode(Integer.toUnsignedLong(early.networkErrorCode(slot)))
                        .rawCode(Integer.toUnsignedLong(early.rawCode(slot)))
                        .carrier(carrier.number())
                        .errorCode(early.errorCode(slot).number())
                        .messageState((short) early.messageState(slot));
                state.journal.commit(ParkedReceiptSnapshotEncoder.BLOCK_LENGTH);
            }
        }
    }

    private void finish() {
        final int offset = state.journal.begin(CheckpointEndEncoder.TEMPLATE_ID, 0, CheckpointEndEncoder.BLOCK_LENGTH);
        new CheckpointEndEncoder().wrap(state.journal.buffer(), offset).beginSequence(beginSequence);
        state.journal.commit(CheckpointEndEncoder.BLOCK_LENGTH);
        oldestNeeded = oldestOpen;
        oldestOpenMs = oldestAcceptedMs;
        phase = Phase.IDLE;
        done.accept(beginSequence);
    }
}
