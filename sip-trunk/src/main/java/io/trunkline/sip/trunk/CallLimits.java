package io.trunkline.sip.trunk;

/**
 * What a trunk may carry. 0 is no limit.
 *
 * @param maxCalls calls at a time, both ways together
 * @param outMillis calls out per second, in thousandths
 * @param inMillis calls in per second, in thousandths
 */
public record CallLimits(int maxCalls, long outMillis, long inMillis) {
    public static final CallLimits NONE = new CallLimits(0, 0, 0);

    private static final long MAX_MILLIS = 1_000_000_000L;
    private static final int CHANCE = 5;

    public CallLimits {
        if (maxCalls < 0 || outMillis < 0 || inMillis < 0 || outMillis > MAX_MILLIS || inMillis > MAX_MILLIS) {
            throw new IllegalArgumentException("limits must be 0.." + MAX_MILLIS);
        }
    }

    /** A tenth of a second's calls at once: what comes in bunches within a second passes, no second has a tenth too much. */
    static int burst(final long millis) {
        return (int) Math.max(1, millis / 10_000);
    }

    /**
     * The same for calls in, but five at once, or a second's, in any case: whoever calls comes by chance, and cannot be asked to wait
     * as calls out can.
     */
    static int burstIn(final long millis) {
        return (int) Math.max(burst(millis), Math.min(CHANCE, (millis + 999) / 1_000));
    }
}
