package io.trunkline.routing.rates;

/**
 * How the seconds of a call are counted: 60/60 by the minute, 30/6 at least half a minute and then by six seconds, 1/1 by the
 * second. A rate is for sixty seconds.
 *
 * @param connectMicros owed once for every call that is charged at all
 * @param freeSeconds at the beginning; a call that is not longer is charged nothing, the connect fee included
 * @param initialSeconds least that is counted behind the free seconds, 1..3600
 * @param incrementSeconds what follows is counted in whole ones of these, 1..3600
 */
public record CallTerms(long connectMicros, int freeSeconds, int initialSeconds, int incrementSeconds) {
    /** By the second, without anything else. */
    public static final CallTerms PER_SECOND = new CallTerms(0, 0, 1, 1);

    /** Longest that initial and increment may be. */
    public static final int MAX_SECONDS = 3600;

    private static final long MS = 1000;
    private static final long MINUTE = 60;

    public CallTerms {
        if (connectMicros < 0
                || freeSeconds < 0
                || freeSeconds > MAX_SECONDS
                || initialSeconds < 1
                || initialSeconds > MAX_SECONDS
                || incrementSeconds < 1
                || incrementSeconds > MAX_SECONDS) {
            throw new IllegalArgumentException(
                    connectMicros + " " + freeSeconds + " " + initialSeconds + "/" + incrementSeconds);
        }
    }

    /**
     * The seconds that are charged.
     *
     * @param durationMs from answer to end; below zero for a call that was not answered. A part of a second counts as a whole
     *     one, and so does an answered call of no length
     */
    public long billedSeconds(final long durationMs) {
        if (durationMs < 0) {
            return 0;
        }
        final long seconds = Math.max(1, (durationMs + MS - 1) / MS) - freeSeconds;
        if (seconds <= 0) {
            return 0;
        }
        final long beyond = Math.max(0, seconds - initialSeconds);
        return initialSeconds + (beyond + incrementSeconds - 1) / incrementSeconds * incrementSeconds;
    }

    /**
     * What a call comes to, in {@link Micros}.
     *
     * @param rateMicros for sixty seconds
     * @param durationMs as for {@link #billedSeconds}
     */
    public long charge(final long rateMicros, final long durationMs, final Rounding rounding) {
        final long seconds = billedSeconds(durationMs);
        if (seconds == 0) {
            return 0;
        }
        return Math.addExact(connectMicros, rounding.divide(Math.multiplyExact(rateMicros, seconds), MINUTE));
    }
}
