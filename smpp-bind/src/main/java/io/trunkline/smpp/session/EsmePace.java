package io.trunkline.smpp.session;

import io.trunkline.smpp.codec.CommandStatus;

/** How fast an {@link EsmeBind} may send: its rate by contract, and less where the MC says that it is too much. */
final class EsmePace {
    private final TokenBucket bucket;
    private final SlowDown slowDown;
    private final SessionCounters counters;

    EsmePace(final EsmeSettings settings, final SessionCounters counters, final long nowNs) {
        this.counters = counters;
        bucket = new TokenBucket(settings.rateMillis(), settings.burst(), nowNs);
        slowDown = new SlowDown(settings.slowDown(), settings.rateMillis(), nowNs);
    }

    /** Whether a segment may leave now. */
    boolean ready(final long nowNs) {
        return !slowDown.holding(nowNs) && bucket.ready(nowNs);
    }

    /** When {@link #ready} will be true; {@code nowNs} where it is. */
    long readyAtNs(final long nowNs) {
        return slowDown.holding(nowNs)
                ? Math.max(slowDown.holdUntilNs(), bucket.readyAtNs(nowNs))
                : bucket.readyAtNs(nowNs);
    }

    /** The rate in force, milli-segments per second. */
    long limitMillis() {
        return slowDown.limitMillis();
    }

    void sent(final int segments, final long nowNs) {
        bucket.take(segments, nowNs);
        slowDown.sent(segments, nowNs);
    }

    /** Time passes: a bind that was slowed down recovers. */
    void onTick(final long nowNs) {
        if (slowDown.onTick(nowNs)) {
            bucket.rate(slowDown.limitMillis(), nowNs);
        }
    }

    /** The MC said how it feels: 0x58, 0x14, or a congestion_state. */
    void onPressure(final int status, final int congestionState, final long nowNs) {
        final boolean throttled = status == CommandStatus.ESME_RTHROTTLED || status == CommandStatus.ESME_RMSGQFUL;
        if (throttled) {
            counters.answersThrottled++;
        }
        final boolean slower = throttled ? slowDown.onThrottled(nowNs) : slowDown.onCongestion(congestionState, nowNs);
        if (slower) {
            counters.slowDowns++;
            bucket.rate(slowDown.limitMillis(), nowNs);
        }
    }
}
