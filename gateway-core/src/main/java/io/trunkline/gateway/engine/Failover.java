package io.trunkline.gateway.engine;

/** Which of a unit's carriers it should wait for, and moving on to the next one. */
final class Failover {
    private static final int MOVES_PER_TURN = 256;

    private final EngineState state;

    Failover(final EngineState state) {
        this.state = state;
    }

    /**
     * The best of these carriers for a new unit: the first that is up and has room; if none is up, the first that has
     * room, since one may come back; -1 where no carrier takes units.
     */
    static int choose(final EngineState state, final RouteDecision decision) {
        int waiting = -1;
        for (int i = 0; i < decision.count; i++) {
            final CarrierState carrier = state.carriers.get(decision.carriers[i]);
            if (carrier != null && carrier.open() && !carrier.queueFull()) {
                if (carrier.up()) {
                    return i;
                }
                waiting = waiting < 0 ? i : waiting;
            }
        }
        return waiting;
    }

    /** Index of the unit's next candidate after its present one that is up and has room, or -1. */
    int next(final Unit unit) {
        for (int i = unit.candidateIndex + 1; i < unit.candidateCount; i++) {
            final CarrierState carrier = state.carriers.get(unit.candidate(i));
            if (carrier != null && carrier.open() && carrier.up() && !carrier.queueFull()) {
                return i;
            }
        }
        return -1;
    }

    /** Hands the unit, which stands in no queue, over to another of its carriers. */
    void move(final Unit unit, final int candidateIndex) {
        final CarrierState to = state.carriers.get(unit.candidate(candidateIndex));
        if (unit.payload != null) {
            if (to.mayHoldBody(unit)) {
                unit.carrier.bodiesHeld--;
                to.bodiesHeld++;
            } else {
                state.releasePayload(unit);
            }
        }
        unit.carrier = to;
        unit.candidateIndex = (byte) candidateIndex;
        unit.treatment = state.router.treatment(unit.candidateTreatment(candidateIndex));
        unit.messageKeys = null;
        unit.attempt = 0;
        state.counters.reroutes++;
    }

    /** Units that wait for a carrier without a bind go elsewhere where they can, some at a time. */
    int moveFromDeadCarriers() {
        int moved = 0;
        for (int i = 0; i < state.carrierList.size(); i++) {
            final CarrierState carrier = state.carrierList.get(i);
            final boolean dead = !carrier.up() && state.nowMs - carrier.downSinceMs >= state.limits.failoverAfterMs();
            if (dead || carrier.isDrained()) {
                moved += moveFrom(carrier);
            }
        }
        return moved;
    }

    private int moveFrom(final CarrierState carrier) {
        int moved = 0;
        final int limit = Math.min(MOVES_PER_TURN, carrier.queue.size());
        for (int i = 0; i < limit; i++) {
            final Unit unit = carrier.queue.poll();
            final int next = unit.acceptedMask == 0 ? next(unit) : -1;
            if (next < 0) {
                // Its turn comes again after the others': a unit without an alternative must not hide those that have
                // one.
                state.enqueue(unit, false);
            } else {
                move(unit, next);
                state.enqueue(unit, false);
                moved++;
            }
        }
        return moved;
    }
}
