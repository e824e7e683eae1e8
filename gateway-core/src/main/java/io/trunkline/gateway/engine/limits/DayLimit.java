package io.trunkline.gateway.engine.limits;

import io.trunkline.gateway.config.TrafficLimit;

/**
 * So many segments a day, from midnight to midnight in a zone. Exact: a message that does not fit whole must wait for the
 * next day. A clock that is set back over midnight does not give back what was used.
 */
final class DayLimit extends Limit {
    private final LocalDays days;
    private long today;

    DayLimit(final TrafficLimit config) {
        super(config);
        days = new LocalDays(config.zone());
    }

    @Override
    void time(final long nowUs, final long nowMs) {
        today = days.day(nowMs);
    }

    @Override
    void fresh(final int newPlace) {
        keys.level[newPlace] = 0;
        keys.at[newPlace] = today;
    }

    private long used() {
        return keys.at[place] < today ? 0 : keys.level[place];
    }

    @Override
    long waitMs(final int segments, final long nowUs, final long nowMs) {
        return used() + segments <= amount ? 0 : days.leftMs(nowMs);
    }

    @Override
    void charge(final int segments, final long nowUs, final long nowMs) {
        keys.level[place] = used() + segments;
        keys.at[place] = Math.max(keys.at[place], today);
    }

    @Override
    public boolean idle(final int itsPlace) {
        return keys.at[itsPlace] < today || keys.level[itsPlace] == 0;
    }

    @Override
    void notLaterThan(final long latestUs) {
        // A day that is still to come by the clock was today when it was counted.
    }
}
