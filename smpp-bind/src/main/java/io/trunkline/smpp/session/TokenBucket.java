package io.trunkline.smpp.session;

/**
 * Paces what a bind sends, in segments per second. Credit grows with time and is spent by segments; over any span of
 * {@code t} seconds at most {@code rate * t + burst} segments pass. Integer arithmetic only: credit is held in
 * nanoseconds times milli-segments per second, so that nothing is lost to rounding however often it is asked.
 *
 * <p>Whoever was told to wait may come late without losing credit, however small the burst, by {@value #LATE_MS} ms or by
 * almost the time of one segment, whichever is more: sleepers wake late, and the full rate is reached all the same. A bucket
 * that nobody waits for fills to the burst and no further.
 */
public final class TokenBucket {
    /** No limit at all. */
    public static final long UNLIMITED = 0;
    /** Ten million segments a second, in milli-segments. */
    public static final long MAX_RATE_MILLIS = 10_000_000_000L;
    /** Most segments that may pass at once: as many as the credit's 64 bits hold. */
    public static final int MAX_BURST = 4_000_000;

    /** By so much a caller that waits may be late, ms: a hundredth of a second's segments, then, are caught up with. */
    private static final long LATE_MS = 10;

    private static final long LATE_NS = LATE_MS * 1_000_000;

    /** Credit of one segment: a second at one milli-segment per second is 1e9. */
    private static final long SEGMENT = 1_000_000_000_000L;

    private final int burst;
    private long rateMillis;
    private long credit;
    private long updatedNs;
    /** Who asked last was told to wait. */
    private boolean awaited;

    /**
     * A full bucket.
     *
     * @param rateMillis milli-segments per second, 1..{@link #MAX_RATE_MILLIS}, or {@link #UNLIMITED}
     * @param burst segments that may pass at once, 1..{@link #MAX_BURST}; 0 chooses a hundredth of the rate
     */
    public TokenBucket(final long rateMillis, final int burst, final long nowNs) {
        if (burst < 0 || burst > MAX_BURST) {
            throw new IllegalArgumentException("burst must be 0.." + MAX_BURST + ": " + burst);
        }
        checkRate(rateMillis);
        this.burst = burst == 0 ? defaultBurst(rateMillis) : burst;
        this.rateMillis = rateMillis;
        this.credit = this.burst * SEGMENT;
        this.updatedNs = nowNs;
    }

    /** A hundredth of the rate and at least one segment: what keeps every second within one percent. */
    public static int defaultBurst(final long rateMillis) {
        return (int) Math.max(1, rateMillis / 100_000L);
    }

    /** Whether a segment may pass now. */
    public boolean ready(final long nowNs) {
        if (rateMillis == UNLIMITED) {
            return true;
        }
        grow(nowNs);
        awaited = credit < SEGMENT;
        return !awaited;
    }

    /**
     * Spends the credit of some segments. More than there is may be spent, say by one PDU that carries a long message:
     * the debt is paid off before the next one may pass.
     */
    public void take(final int segments, final long nowNs) {
        if (rateMillis == UNLIMITED) {
            return;
        }
        grow(nowNs);
        credit -= segments * SEGMENT;
    }

    /** When {@link #ready} will be true: {@code nowNs} if it already is. */
    public long readyAtNs(final long nowNs) {
        if (ready(nowNs)) {
            return nowNs;
        }
        final long missing = SEGMENT - credit;
        return nowNs + (missing + rateMillis - 1) / rateMillis;
    }

    /** Changes the rate from now on; credit and debt stay. */
    public void rate(final long newRateMillis, final long nowNs) {
        checkRate(newRateMillis);
        if (rateMillis != UNLIMITED) {
            grow(nowNs);
        }
        updatedNs = nowNs;
        rateMillis = newRateMillis;
    }

    /** Milli-segments per second, or {@link #UNLIMITED}. */
    public long rateMillis() {
        return rateMillis;
    }

    public int burst() {
        return burst;
    }

    private long limit() {
        return awaited ? Math.max(burst * SEGMENT, SEGMENT + lateness()) : burst * SEGMENT;
    }

    /** Less than a segment adds none to those of a whole second; ten milliseconds at a high rate are one percent of it. */
    private long lateness() {
        return Math.max(SEGMENT - 1, LATE_NS * rateMillis);
    }

    private void grow(final long nowNs) {
        final long elapsed = nowNs - updatedNs;
        if (elapsed <= 0) {
            return;
        }
        updatedNs = nowNs;
        final long room = limit() - credit;
        // Compared before it is multiplied: a bucket left alone for years must not overflow.
        if (elapsed >= room / rateMillis + 1) {
            credit += room;
        } else {
            credit += elapsed * rateMillis;
        }
    }

    private static void checkRate(final long rateMillis) {
        if (rateMillis < 0 || rateMillis > MAX_RATE_MILLIS) {
            throw new IllegalArgumentException("rate must be 0.." + MAX_RATE_MILLIS + " milli/s: " + rateMillis);
        }
    }
}
