package io.trunkline.gateway.replay;

import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.config.Traffic;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.TrafficPolicy;
import io.trunkline.gateway.engine.limits.LimitedUnit;
import io.trunkline.gateway.engine.limits.TrafficLimits;
import io.trunkline.smpp.session.TokenBucket;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What of the recorded traffic a candidate lets pass, in the order in which the daemon asks: destinations and block lists before
 * a unit is routed, the tenant's rate and all limits after. Their clock is the time at which units were accepted; nothing had
 * been used before the first one. One thread.
 */
public final class CandidateTraffic {
    private static final int NANOS_PER_MS = 1_000_000;
    private static final double MILLIS = 1000.0;

    private final TrafficPolicy policy;
    private final Traffic traffic;
    private final List<Tenant> tenants;
    private final LimitedUnit limited = new LimitedUnit();
    private TrafficLimits limits;
    /** By a tenant's number less 1. */
    private TokenBucket[] rates;

    private long nowNs;
    private int network;
    private String heldBy = "";

    /**
     * What a candidate lets pass.
     *
     * @param policy knows tenants by their place in the configuration, from 1
     */
    public CandidateTraffic(final GatewayConfig config, final TrafficPolicy policy) {
        this.policy = policy;
        traffic = config.traffic();
        tenants = new ArrayList<>();
        for (final String name : config.routing().names().tenants()) {
            tenants.add(config.tenant(name).orElseThrow());
        }
        begin();
    }

    /** Forgets what has been used. */
    void begin() {
        nowNs = 0;
        limits = new TrafficLimits(0, 0);
        limits.configure(traffic);
        rates = new TokenBucket[tenants.size()];
        for (int i = 0; i < rates.length; i++) {
            final Tenant tenant = tenants.get(i);
            limits.tenant(i + 1, tenant.name());
            rates[i] = new TokenBucket(
                    Math.round(tenant.tps() * MILLIS), Math.min(tenant.burst(), TokenBucket.MAX_BURST), 0);
        }
    }

    /** {@link Verdict#ROUTED} where nothing bars the unit, whatever there is room for. */
    Verdict bars(final RecordedUnit unit) {
        final DirectBuffer from = unit.from();
        final int sign = from.capacity() > 0 && from.getByte(0) == '+' ? 1 : 0;
        network = policy.network(unit.to(), 0, unit.to().capacity());
        final ErrorCode barred = policy.check(
                unit.tenant(),
                unit.wallTimeNs() / NANOS_PER_MS,
                from,
                sign,
                from.capacity() - sign,
                unit.to(),
                0,
                unit.to().capacity());
        return switch (barred) {
            case NONE -> Verdict.ROUTED;
            case DESTINATION_NOT_PERMITTED -> Verdict.NOT_PERMITTED;
            default -> Verdict.BLOCKED;
        };
    }

    /** Charges the unit to its tenant's rate and to all limits: {@link Verdict#ROUTED}, or to none of them. */
    Verdict charge(final RecordedUnit unit) {
        // Journals of several shards are read one after the other.
        nowNs = Math.max(nowNs, unit.wallTimeNs());
        final TokenBucket rate = rates[unit.tenant() - 1];
        if (!rate.ready(nowNs)) {
            heldBy = "rate of " + tenants.get(unit.tenant() - 1).name();
            return Verdict.OVER_RATE;
        }
        if (!limits.none()) {
            limited.begin(unit.tenant(), network, unit.segments())
                    .from(unit.from(), 0, unit.from().capacity())
                    .to(unit.to(), 0, unit.to().capacity())
                    .campaign(
                            limits.campaigns(),
                            unit.campaign(),
                            0,
                            unit.campaign().capacity());
            if (limits.acquire(limited, nowNs, nowNs / NANOS_PER_MS) != ErrorCode.NONE) {
                heldBy = limits.refusedBy();
                return Verdict.OVER_LIMIT;
            }
        }
        rate.take(unit.segments(), nowNs);
        return Verdict.ROUTED;
    }

    /** What held the last unit back that was charged in vain. */
    String heldBy() {
        return heldBy;
    }
}
