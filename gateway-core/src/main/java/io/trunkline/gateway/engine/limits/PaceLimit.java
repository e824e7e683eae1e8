package io.trunkline.gateway.engine.limits;

import io.trunkline.gateway.config.TrafficLimit;

/**
 * So many segments a second, minute or hour. Each key has a credit that grows with time and is spent by segments: over any
 * span of time a key sends at most what the pace says of it, and the burst. A message of several segments may pass where
 * there is credit for one; the next waits until the debt is paid.
 *
 * <p>Integers only, so that nothing is lost to rounding: the credit of a segment is the period in microseconds, and it
 * grows by the amount each microsecond.
 */
final class PaceLimit extends Limit {
    private static final int SHARE_AT_ONCE = 100;
    /** With room for two, whoever asks as often as the pace allows loses nothing by asking at the wrong moment. */
    private static final int LEAST_AT_ONCE = 2;

    /** By so much a key that waits may be late without losing credit: sleepers wake late, and so do networks. */
    private static final long LATE_US = 10_000;

    private final long periodUs;
    private final long burst;
    private long nowUs;

    PaceLimit(final TrafficLimit config) {
        super(config);
        periodUs = switch (config.every()) {
            case SECOND -> 1_000_000L;
            case MINUTE -> 60_000_000L;
            case HOUR -> 3_600_000_000L;
            case DAY -> throw new IllegalArgumentException("a day of the calendar has no pace");
        };
        burst = config.burst();
    }

    @Override
    void time(final long timeUs, final long timeMs) {
        nowUs = timeUs;
    }

    @Override
    void fresh(final int newPlace) {
        keys.level[newPlace] = most(amount);
        keys.at[newPlace] = nowUs;
    }

    /** Most credit that a key may gather. */
    private long most(final int itsAmount) {
        final long atOnce = burst > 0 ? burst : Math.max(LEAST_AT_ONCE, itsAmount / SHARE_AT_ONCE);
        return Math.max(atOnce * periodUs, periodUs + LATE_US * itsAmount);
    }

    private long credit(final int itsPlace, final int itsAmount) {
        final long most = most(itsAmount);
        final long level = Math.min(keys.level[itsPlace], most);
        final long elapsed = nowUs - keys.at[itsPlace];
        if (elapsed <= 0) {
            return level;
        }
        // Compared before it is multiplied: a key that was left alone for years must not overflow.
        return elapsed > (most - level) / itsAmount ? most : level + elapsed * itsAmount;
    }

    @Override
    long waitMs(final int segments, final long timeUs, final long timeMs) {
        final long credit = credit(place, amount);
        if (credit >= periodUs) {
            return 0;
        }
        final long waitUs = (periodUs - credit + amount - 1) / amount;
        return (waitUs + 999) / 1_000;
    }

    @Override
    void charge(final int segments, final long timeUs, final long timeMs) {
        keys.level[place] = credit(place, amount) - segments * periodUs;
        keys.at[place] = Math.max(keys.at[place], nowUs);
    }

    /** A key with an amount of its own counts by the usual one here: it gives way a little sooner or later. */
    @Override
    public boolean idle(final int itsPlace) {
        return credit(itsPlace, config().segments()) >= most(config().segments());
    }

    @Override
    void notLaterThan(final long latestUs) {
        for (int i = 0; i < keys.size(); i++) {
            keys.at[i] = Math.min(keys.at[i], latestUs);
        }
    }
}
