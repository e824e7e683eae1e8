package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.SipAccess;
import io.trunkline.gateway.engine.RouteDecision;
import io.trunkline.gateway.engine.RouteQuestion;
import io.trunkline.gateway.engine.Router;
import io.trunkline.routing.UnitKind;
import java.util.Arrays;
import java.util.Optional;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * What each tenant's calls to the network have cost in the last hour, so that stolen credentials do not cost more than a limit: by the
 * costs of rates.csv where they say it, else by what the tenant's configuration assumes. A call counts for a minute as soon as it is
 * answered, and for what it lasts beyond that while it lasts. It begins at nothing with the daemon, and goes by the calls' clock.
 * What is billed comes from the journal, and not from here.
 */
final class SpendGuard {
    private static final int MINUTES = 60;
    private static final long MINUTE_MS = 60_000;
    private static final long MILLIONTHS = 1_000_000;
    /** Calls have no network here, as in their records. */
    private static final int NO_NETWORK = 0;

    /** Amounts of the last sixty minutes, each in its place. */
    static final class Hour {
        private final long[] amounts = new long[MINUTES];
        private long minute;
        long sum;

        void pass(final long nowMs) {
            final long now = nowMs / MINUTE_MS;
            if (now - minute >= MINUTES) {
                Arrays.fill(amounts, 0);
                sum = 0;
                minute = now;
            }
            while (minute < now) {
                minute++;
                final int oldest = (int) (minute % MINUTES);
                sum -= amounts[oldest];
                amounts[oldest] = 0;
            }
        }

        void add(final long amount, final long nowMs) {
            pass(nowMs);
            amounts[(int) (minute % MINUTES)] += amount;
            sum += amount;
        }
    }

    private final Router router;
    private final Int2ObjectHashMap<Hour> hours = new Int2ObjectHashMap<>();
    private final RouteQuestion question = new RouteQuestion();
    private final RouteDecision rates = new RouteDecision();

    SpendGuard(final Router router) {
        this.router = router;
    }

    /** What the calls of a tenant have cost in the last hour, in millionths. */
    long spent(final int tenant, final long nowMs) {
        final Hour hour = hours.get(tenant);
        if (hour == null) {
            return 0;
        }
        hour.pass(nowMs);
        return hour.sum;
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
        hours.computeIfAbsent(call.tenant, tenant -> new Hour()).add(cost - call.costCounted, nowMs);
        call.costCounted = cost;
    }
}
