package io.trunkline.gateway.engine;

import io.trunkline.gateway.config.Tenant;
import io.trunkline.smpp.session.TokenBucket;

/** One tenant as the engine runs it. */
final class TenantState {
    private static final double MILLIS = 1000.0;

    private final int number;
    private Tenant config;
    private TokenBucket rate;
    private int open;

    long accepted;
    long duplicates;
    long refused;
    long delivered;
    long ended;

    /** Refusals not journaled since the last one that was. */
    int refusalsSuppressed;

    long refusalJournaledAtMs;

    TenantState(final int number, final Tenant config, final long nowNs) {
        this.number = number;
        configure(config, nowNs);
    }

    /** Takes over a new config; what the rate has used so far is forgiven only where the rate itself changed. */
    void configure(final Tenant newConfig, final long nowNs) {
        final boolean sameRate =
                config != null && config.tps() == newConfig.tps() && config.burst() == newConfig.burst();
        config = newConfig;
        if (!sameRate) {
            rate = new TokenBucket(
                    Math.round(newConfig.tps() * MILLIS), Math.min(newConfig.burst(), TokenBucket.MAX_BURST), nowNs);
        }
    }

    int number() {
        return number;
    }

    Tenant config() {
        return config;
    }

    int weight() {
        return config.weight();
    }

    int open() {
        return open;
    }

    boolean full() {
        return open >= config.maxOpen();
    }

    void opened() {
        open++;
    }

    void closed() {
        open--;
    }

    /** Spends the rate for some segments, where {@link #rateWaitMs} has found room for them. */
    void takeRate(final int segments, final long nowNs) {
        rate.take(segments, nowNs);
    }

    /** Milliseconds until the rate lets the next segment through, at most a minute; 0: at once. */
    int rateWaitMs(final long nowNs) {
        if (rate.ready(nowNs)) {
            return 0;
        }
        return (int) Math.min(60_000, 1 + (rate.readyAtNs(nowNs) - nowNs) / 1_000_000);
    }
}
