package io.trunkline.gateway.engine;

import io.trunkline.gateway.events.StatusEvent;

/** Steps that the tenant is told of: the one terminal state, and those before it. */
final class Closing {
    /** In place of a delay that is not known. */
    static final int NO_DELAY = -1;

    private static final int WISH_ALL = 3;
    private static final int ORIGIN_SMPP = 2;

    private final EngineState state;
    private final StatusEvent event = new StatusEvent();

    Closing(final EngineState state) {
        this.state = state;
    }

    /** Ends a unit: journals its terminal state, tells the tenant, and forgets all that was kept of it. */
    void close(final Unit unit, final UnitState terminal, final ErrorCode code) {
        final long sequence = state.events.nextSequence(unit.tenant.number());
        final long record = state.records.unitClosed(unit, sequence, terminal, code);
        fill(unit, sequence, terminal, code);
        state.events.status(unit.tenant.number(), event, record);
        state.dedupe.state(unit.dedupeSequence, terminal);
        count(unit, terminal);
        ended(unit, terminal, state.nowMs);
        state.sealing.ended(unit, record);
        forget(unit);
    }

    /** Keeps how it ended, for those that may ask. */
    void ended(final Unit unit, final UnitState terminal, final long endedAtMs) {
        if (unit.origin == ORIGIN_SMPP) {
            state.ended.add(unit.tenant.number(), unit.id, terminal, unit.rawCode, endedAtMs);
        }
    }

    private void count(final Unit unit, final UnitState terminal) {
        state.counters.closed[terminal.number()]++;
        unit.tenant.ended++;
        if (terminal == UnitState.DELIVERED) {
            unit.tenant.delivered++;
            unit.carrier.delivered++;
            measured(unit, true);
        } else if (terminal == UnitState.UNDELIVERED) {
            unit.carrier.undelivered++;
            measured(unit, false);
        }
    }

    private void measured(final Unit unit, final boolean delivered) {
        // One that was refused in part has been counted when it was; one doomed is not sent.
        if (!unit.doomed()) {
            final long delayMs =
                    unit.sentAfterMs == 0 ? NO_DELAY : Math.max(0, state.nowMs - unit.acceptedAtMs - unit.sentAfterMs);
            state.router.ended(unit.carrier.number(), delivered, delayMs, state.nowMs);
        }
    }

    /** Tells the tenant of a step that is not the last, if it wants to know. */
    void progressed(final Unit unit) {
        if (unit.receiptWish != WISH_ALL) {
            return;
        }
        final long sequence = state.events.nextSequence(unit.tenant.number());
        final long record = state.records.unitProgressed(unit, sequence);
        fill(unit, sequence, unit.state, ErrorCode.NONE);
        state.events.status(unit.tenant.number(), event, record);
    }

    /** Takes a unit out of every table that knows it, without a word to anyone. */
    void forget(final Unit unit) {
        state.timers.cancel(unit);
        state.dequeue(unit);
        state.releasePayload(unit);
        final CarrierState carrier = unit.carrier;
        carrier.loading -= unit.loading ? 1 : 0;
        carrier.inDoubt.remove(unit);
        if (unit.state == UnitState.SENT) {
            carrier.awaitingReceipt--;
        }
        for (int segment = 0; segment < unit.pdus; segment++) {
            if ((unit.acceptedMask >>> segment & 1) != 0 && (unit.receiptedMask >>> segment & 1) == 0) {
                carrier.correlator.remove(unit.messageKeyHi(segment), unit.messageKeyLo(segment), unit);
            }
        }
        for (int i = 0; i < carrier.links.size(); i++) {
            if (carrier.links.get(i).inProgress == unit) {
                carrier.links.get(i).inProgress = null;
            }
        }
        unit.tenant.closed();
        state.units.close(unit);
    }

    private void fill(final Unit unit, final long sequence, final UnitState newState, final ErrorCode code) {
        event.sequence = sequence;
        event.unitId = unit.id;
        event.referenceHi = unit.referenceHi;
        event.referenceLo = unit.referenceLo;
        event.timeMs = state.nowMs;
        event.state = newState.number();
        event.errorCode = code.number();
        event.rawCode = unit.rawCode;
        event.origin = unit.origin;
        event.receiptWish = unit.receiptWish;
        event.acceptedAtMs = unit.acceptedAtMs;
        event.destination = unit.destination;
        event.senderHi = unit.senderHi;
        event.senderLo = unit.senderLo;
        event.segments = unit.segments;
        event.segmentsDelivered = unit.segmentsDelivered();
        event.possibleDuplicate = unit.possibleDuplicate;
        event.replayed = false;
    }
}
