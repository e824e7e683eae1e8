package io.trunkline.smpp.session;

/**
 * Slows a whole bind down when its peer says that it has too much: THROTTLED (0x58), MSGQFUL (0x14) or a
 * congestion_state of 80 and more (SMPP 5.0 §4.8.4.18). The rate falls by a factor, at most once per interval, since one
 * overload throttles a window full of answers; it recovers by steps after a quiet interval. It never falls below a floor,
 * and once back at the rate of the contract, or well above what was sent before where there is no such rate, the limit
 * is lifted.
 *
 * <p>What was refused is the caller's to send again; since the bind as a whole waits, nothing overtakes it here.
 */
public final class SlowDown {
    /** From this congestion_state on a bind slows down. */
    public static final int CONGESTED = 80;

    private static final int SEVERE = 90;

    private final Settings settings;
    private final long contractMillis;
    private long limitMillis;
    private long ceilingMillis;
    private long holdUntilNs;
    private long nextDecreaseNs;
    private long nextIncreaseNs;
    private long windowStartNs;
    private long windowSent;
    private long recentMillis;
    private long decreases;

    /**
     * How to slow down.
     *
     * @param intervalNs the shortest time between two decreases and the time between two steps of recovery; above 0
     * @param holdNs nothing at all is sent for so long after a refusal; 0..{@code intervalNs}
     * @param throttledPercent what is left of the rate after a refusal, 1..99
     * @param congestedPercent what is left of the rate after an answer with congestion_state 80..89, 1..99; from 90 on
     *     the same is taken twice
     * @param recoverPercent the step of recovery, in percent of the full rate, 1..100
     * @param floorMillis the lowest rate, in milli-segments per second; above 0
     */
    public record Settings(
            long intervalNs,
            long holdNs,
            int throttledPercent,
            int congestedPercent,
            int recoverPercent,
            long floorMillis) {
        /** Halve on refusal after 250 ms of silence, an eighth off when congested, back by a tenth a second, never below 1/s. */
        public static final Settings DEFAULT = new Settings(1_000_000_000L, 250_000_000L, 50, 88, 10, 1_000L);

        /** Checks the ranges. */
        public Settings {
            if (intervalNs <= 0
                    || holdNs < 0
                    || holdNs > intervalNs
                    || throttledPercent < 1
                    || throttledPercent > 99
                    || congestedPercent < 1
                    || congestedPercent > 99
                    || recoverPercent < 1
                    || recoverPercent > 100
                    || floorMillis < 1) {
                throw new IllegalArgumentException("slow-down settings out of range");
            }
        }
    }

    /**
     * A bind at full speed.
     *
     * @param contractMillis the configured rate in milli-segments per second, or {@link TokenBucket#UNLIMITED}
     */
    public SlowDown(final Settings settings, final long contractMillis, final long nowNs) {
        this.settings = settings;
        this.contractMillis = contractMillis;
        this.windowStartNs = nowNs;
        this.limitMillis = contractMillis;
        this.nextDecreaseNs = nowNs;
        this.holdUntilNs = nowNs;
    }

    /** Notes segments sent: where the contract has no rate this is what a decrease starts from. */
    public void sent(final int segments, final long nowNs) {
        measure(nowNs);
        windowSent += segments;
    }

    /** The peer refused a request for now. True if the limit changed. */
    public boolean onThrottled(final long nowNs) {
        holdUntilNs = nowNs + settings.holdNs;
        return decrease(settings.throttledPercent, nowNs);
    }

    /** An answer carried a congestion_state, 0..100; 0 and -1 (none) say nothing. True if the limit changed. */
    public boolean onCongestion(final int state, final long nowNs) {
        if (state < CONGESTED) {
            return false;
        }
        final int percent = settings.congestedPercent;
        return decrease(state >= SEVERE ? Math.max(1, percent * percent / 100) : percent, nowNs);
    }

    /** Recovers by a step when the interval was quiet. True if the limit changed. */
    public boolean onTick(final long nowNs) {
        measure(nowNs);
        if (!slowed() || nowNs - nextIncreaseNs < 0) {
            return false;
        }
        nextIncreaseNs = nowNs + settings.intervalNs;
        limitMillis += Math.max(1, ceilingMillis * settings.recoverPercent / 100);
        if (limitMillis >= ceilingMillis) {
            limitMillis = contractMillis;
        }
        return true;
    }

    /** Whether the bind goes slower than its contract. */
    public boolean slowed() {
        return limitMillis != contractMillis;
    }

    /** Whether nothing may be sent at all. */
    public boolean holding(final long nowNs) {
        return nowNs - holdUntilNs < 0;
    }

    /** End of the hold, for those who sleep until then. */
    public long holdUntilNs() {
        return holdUntilNs;
    }

    /** The rate in force, milli-segments per second, or {@link TokenBucket#UNLIMITED}. */
    public long limitMillis() {
        return limitMillis;
    }

    /** How often the rate fell. */
    public long decreases() {
        return decreases;
    }

    private boolean decrease(final int percent, final long nowNs) {
        nextIncreaseNs = nowNs + settings.intervalNs;
        if (nowNs - nextDecreaseNs < 0) {
            return false;
        }
        measure(nowNs);
        if (!slowed()) {
            ceilingMillis = contractMillis == TokenBucket.UNLIMITED ? unlimitedCeiling() : contractMillis;
        }
        // The contract's rate may be far above what is sent: to cut what is not used would slow nothing down.
        final long used = Math.max(recentMillis, windowSent * 1000);
        final long base = slowed() || contractMillis != TokenBucket.UNLIMITED ? limitMillis : used;
        final long from = used > 0 ? Math.min(base, Math.max(used, settings.floorMillis)) : base;
        final long floor = Math.min(settings.floorMillis, ceilingMillis);
        final long before = limitMillis;
        limitMillis = Math.max(floor, from * percent / 100);
        nextDecreaseNs = nowNs + settings.intervalNs;
        if (limitMillis == before) {
            return false;
        }
        decreases++;
        return true;
    }

    private long unlimitedCeiling() {
        final long used = Math.max(recentMillis, windowSent * 1000);
        return Math.min(TokenBucket.MAX_RATE_MILLIS, Math.max(settings.floorMillis * 2, used * 4));
    }

    /** Counts what is sent in windows of a second. */
    private void measure(final long nowNs) {
        final long elapsed = nowNs - windowStartNs;
        if (elapsed < 1_000_000_000L) {
            return;
        }
        recentMillis = elapsed < 2_000_000_000L ? windowSent * 1000 : 0;
        windowSent = 0;
        windowStartNs = nowNs;
    }
}
