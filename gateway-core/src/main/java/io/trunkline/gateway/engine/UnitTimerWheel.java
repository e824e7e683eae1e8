package io.trunkline.gateway.engine;

/**
 * A hashed timing wheel whose timers are the units themselves, linked into their spoke: scheduling, rescheduling and
 * cancelling are a few stores, with no lookup from a timer id back to a unit and no memory beside the unit's own. Each
 * unit has at most one timer. Single-threaded.
 *
 * <p>Deadlines further away than one turn stay in their spoke and are passed over until their turn comes: with 16,384
 * spokes of 8 ms a turn takes 131 s, so a million receipt timers cost some 60 looks per tick.
 */
final class UnitTimerWheel {
    private static final int TICK_SHIFT = 3;
    private static final int SPOKES = 1 << 14;

    /** Takes the units whose time has come; their timer is no longer set. */
    interface ExpiryHandler {
        void onTimer(Unit unit, Unit.TimerPurpose purpose);
    }

    private final Unit[] spokes = new Unit[SPOKES];
    private long currentTick;
    private int scheduled;

    UnitTimerWheel(final long nowMs) {
        currentTick = nowMs >> TICK_SHIFT;
    }

    int scheduled() {
        return scheduled;
    }

    /** Sets the unit's timer, in place of the one it had. A deadline in the past fires at the next poll. */
    void schedule(final Unit unit, final Unit.TimerPurpose purpose, final long deadlineMs) {
        cancel(unit);
        unit.timerPurpose = purpose;
        unit.timerDeadlineMs = Math.max(deadlineMs, currentTick << TICK_SHIFT);
        final int spoke = spokeOf(unit);
        unit.timerPrevious = null;
        unit.timerNext = spokes[spoke];
        if (unit.timerNext != null) {
            unit.timerNext.timerPrevious = unit;
        }
        spokes[spoke] = unit;
        scheduled++;
    }

    void cancel(final Unit unit) {
        if (!scheduled(unit)) {
            return;
        }
        if (unit.timerPrevious == null) {
            spokes[spokeOf(unit)] = unit.timerNext;
        } else {
            unit.timerPrevious.timerNext = unit.timerNext;
        }
        if (unit.timerNext != null) {
            unit.timerNext.timerPrevious = unit.timerPrevious;
        }
        unit.timerPrevious = null;
        unit.timerNext = null;
        unit.timerPurpose = Unit.TimerPurpose.NONE;
        scheduled--;
    }

    /**
     * Fires what is due, at most {@code limit} units, so that a crowd of timers does not stall the shard.
     *
     * @return number of units fired
     */
    int poll(final long nowMs, final ExpiryHandler handler, final int limit) {
        final long nowTick = nowMs >> TICK_SHIFT;
        int fired = 0;
        // A pause longer than a turn needs one look at each spoke, not one per tick missed.
        if (nowTick - currentTick > SPOKES) {
            currentTick = nowTick - SPOKES;
        }
        while (currentTick <= nowTick) {
            final int spoke = (int) currentTick & (SPOKES - 1);
            Unit unit = spokes[spoke];
            while (unit != null) {
                final Unit next = unit.timerNext;
                if (unit.timerDeadlineMs <= nowMs) {
                    if (fired == limit) {
                        return fired;
                    }
                    final Unit.TimerPurpose purpose = unit.timerPurpose;
                    cancel(unit);
                    handler.onTimer(unit, purpose);
                    fired++;
                    // The handler may have unlinked `next` by closing it: start over from the head, fired ones are
                    // gone.
                    unit = next != null && scheduled(next) && spokeOf(next) == spoke ? next : spokes[spoke];
                } else {
                    unit = next;
                }
            }
            if (currentTick == nowTick) {
                break;
            }
            currentTick++;
        }
        return fired;
    }

    private static boolean scheduled(final Unit unit) {
        return unit.timerPurpose != Unit.TimerPurpose.NONE;
    }

    /** A deadline is never before the tick at which it was set, so it tells the spoke. */
    private static int spokeOf(final Unit unit) {
        return (int) (unit.timerDeadlineMs >> TICK_SHIFT) & (SPOKES - 1);
    }
}
