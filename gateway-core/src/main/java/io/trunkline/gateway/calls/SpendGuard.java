package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.SipAccess;
import io.trunkline.gateway.engine.RouteDecision;
import io.trunkline.gateway.engine.RouteQuestion;
import io.trunkline.gateway.engine.Router;
import io.trunkline.routing.UnitKind;
import java.util.Optional;

/**
 * What each tenant's calls to the network have cost in the last hour, so that stolen credentials do not cost more than a limit: by the
 * costs of rates.csv where they say it, else by what the tenant's configuration assumes. A call counts for a minute as soon as it is
 * answered, and for what it lasts beyond that while it lasts. It goes by the calls' clock, and on after a restart ({@link CallCosts}).
 * What is billed comes from the journal, and not from here.
 */
final class SpendGuard {
    private static final long MINUTE_MS = 60_000;
    private static final long MILLIONTHS = 1_000_000;
    /** Calls have no network here, as in their records. */
    private static final int NO_NETWORK = 0;

    private final Router router;
    private final CallCosts costs;
    private final RouteQuestion question = new RouteQuestion();
    private final RouteDecision rates = new RouteDecision();

    SpendGuard(final Router router, final CallCosts costs) {
        this.router = router;
        this.costs = costs;
    }

    /** What the calls of a tenant have cost in the last hour, in millionths. */
    long spent(final int tenant, final long nowMs) {
        return costs.ofLastHour(tenant, nowMs);
    }

    /** Whether a tenant may make no new call for now. */
    boolean isUsedUp(final Peer tenant, final long nowMs) {
        final Optional<SipAccess.Spend> spend = tenant.identity().spend();
        return spend.isPresent()
                && spent(tenant.identity().tenant(), nowMs) >= spend.get().perHour() * MILLIONTHS;
    }

    /** A call is answered: its first minute counts. */
    void answered(final LiveCall call, final long wallMs, final long nowMs) {
        if (call.inbound || call.caller.identity().spend().isEmpty()) {
            return;
        }
        question.kind = UnitKind.CALL;
        question.tenant = call.tenant;
        question.nowMs = wallMs;
        question.from = call.from;
        question.fromLength = call.fromLength;
        question.to = call.to;
        question.toLength = call.toLength;
        rates.clear();
        router.price(question, NO_NETWORK, call.at.identity().carrier(), rates);
        final long cost = rates.buyRateMicros == RouteDecision.UNKNOWN
                ? call.caller.identity().spend().get().unratedMinute().millionths()
                : rates.buyRateMicros;
        call.costPerMinute = cost + (rates.feeMicros == RouteDecision.UNKNOWN ? 0 : rates.feeMicros);
        count(call, nowMs);
    }

    /** What an answered call has cost since it was looked at last. */
    void count(final LiveCall call, final long nowMs) {
        if (call.costPerMinute == 0) {
            return;
        }
        final long talkedMs = Math.max(MINUTE_MS, nowMs - call.call.answeredAtMs());
        final long cost = call.costPerMinute * talkedMs / MINUTE_MS;
        if (cost > call.costCounted) {
            costs.add(call.tenant, cost - call.costCounted, nowMs);
        }
        call.costCounted = cost;
    }
}
