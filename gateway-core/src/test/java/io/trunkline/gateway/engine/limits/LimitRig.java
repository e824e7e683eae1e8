package io.trunkline.gateway.engine.limits;

import io.trunkline.gateway.config.Traffic;
import io.trunkline.gateway.config.TrafficLimit;
import io.trunkline.gateway.config.TrafficLimit.Dimension;
import io.trunkline.gateway.config.TrafficLimit.Every;
import io.trunkline.gateway.config.TrafficLimit.WhenFull;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.routing.networks.MccMnc;
import io.trunkline.routing.networks.NumberRanges;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/** Limits with a clock of their own, and units to try them with. */
final class LimitRig {
    static final int ACME = 7;
    static final int GLOBEX = 8;
    static final String ATT = "310-410";
    static final String TMOBILE = "310-260";
    private static final long START_MS = 1_795_000_000_000L;

    private final LimitedUnit unit = new LimitedUnit();
    TrafficLimits limits;
    long nowMs = START_MS;
    /** Monotonic time has nothing to do with the wall's. */
    long nowNs = 5_000_000_000L;

    LimitRig(final TrafficLimit... configured) {
        limits = new TrafficLimits(nowNs, nowMs);
        limits.tenant(ACME, "acme");
        limits.tenant(GLOBEX, "globex");
        configure(configured);
    }

    void configure(final TrafficLimit... configured) {
        limits.configure(traffic(List.of(configured), List.of()));
    }

    static Traffic traffic(final List<TrafficLimit> limits, final List<Traffic.Amount> amounts) {
        return new Traffic(
                limits,
                amounts,
                Optional.of(List.of(
                        new Traffic.Campaign("spring", "acme", 2),
                        new Traffic.Campaign("autumn", "acme", 3),
                        new Traffic.Campaign("winter", "globex", 4))),
                NumberRanges.EMPTY,
                List.of());
    }

    static TrafficLimit limit(final String name, final int segments, final Every every, final Dimension... per) {
        return new TrafficLimit(
                name,
                List.of(per),
                segments,
                every,
                ZoneId.of("UTC"),
                every == Every.DAY ? 0 : 1,
                List.of(),
                List.of(),
                1_000,
                WhenFull.REFUSE);
    }

    static TrafficLimit in(final ZoneId zone, final TrafficLimit limit) {
        return new TrafficLimit(
                limit.name(),
                limit.per(),
                limit.segments(),
                limit.every(),
                zone,
                limit.burst(),
                limit.networks(),
                limit.tenants(),
                limit.maxKeys(),
                limit.whenFull());
    }

    static TrafficLimit forSome(final TrafficLimit limit, final List<String> networks, final List<String> tenants) {
        return new TrafficLimit(
                limit.name(),
                limit.per(),
                limit.segments(),
                limit.every(),
                limit.zone(),
                limit.burst(),
                networks,
                tenants,
                limit.maxKeys(),
                limit.whenFull());
    }

    static TrafficLimit bounded(final TrafficLimit limit, final int burst, final int maxKeys, final WhenFull full) {
        return new TrafficLimit(
                limit.name(),
                limit.per(),
                limit.segments(),
                limit.every(),
                limit.zone(),
                burst,
                limit.networks(),
                limit.tenants(),
                maxKeys,
                full);
    }

    LimitedUnit unit(
            final int tenant, final String network, final String sender, final String campaign, final int segments) {
        final UnsafeBuffer from = new UnsafeBuffer(sender.getBytes(StandardCharsets.US_ASCII));
        final UnsafeBuffer to = new UnsafeBuffer("12025550199".getBytes(StandardCharsets.US_ASCII));
        final UnsafeBuffer itsCampaign = new UnsafeBuffer(campaign.getBytes(StandardCharsets.US_ASCII));
        return unit.begin(tenant, MccMnc.of(network), segments)
                .from(from, 0, from.capacity())
                .to(to, 0, to.capacity())
                .campaign(limits.campaigns(), itsCampaign, 0, itsCampaign.capacity());
    }

    ErrorCode acquire(final LimitedUnit asking) {
        return limits.acquire(asking, nowNs, nowMs);
    }

    ErrorCode from(final String sender) {
        return acquire(unit(ACME, ATT, sender, "spring", 1));
    }

    void advance(final long ms) {
        nowMs += ms;
        nowNs += ms * 1_000_000;
    }

    /** Asks once a millisecond; how many segments passed. */
    int press(final long ms, final LimitedUnit asking) {
        int passed = 0;
        for (long i = 0; i < ms; i++) {
            advance(1);
            passed += acquire(asking) == ErrorCode.NONE ? asking.segments : 0;
        }
        return passed;
    }
}
