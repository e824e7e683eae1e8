package io.trunkline.gateway.engine;

import io.trunkline.gateway.engine.limits.LimitedUnit;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.routing.networks.MccMnc;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Holds a submit against what may pass: before it is routed, whether its destination and sender are barred; once its
 * segments are known, whether its tenant's rate and all limits have room for them. It is charged to all or to none.
 */
final class Gatekeeper {
    private final EngineState state;
    private final LimitedUnit unit = new LimitedUnit();
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private int network;

    Gatekeeper(final EngineState state) {
        this.state = state;
    }

    /** The network of the destination that was asked for last: {@link MccMnc}. */
    int network() {
        return network;
    }

    /** Whether the submit is barred whatever there is room for; finds out the destination's network. */
    ErrorCode bars(final SubmitRequest request, final DirectBuffer digits, final int length) {
        final int sign = request.fromLength > 0 && request.buffer.getByte(request.fromOffset) == '+' ? 1 : 0;
        network = state.policy.network(digits, 0, length);
        final ErrorCode barred = state.policy.check(
                request.tenant,
                state.nowMs,
                request.buffer,
                request.fromOffset + sign,
                request.fromLength - sign,
                digits,
                0,
                length);
        state.counters.barred += barred == ErrorCode.NONE ? 0 : 1;
        return barred;
    }

    /** Charges the tenant's rate and all limits with the segments of a submit; or says in the answer when to try again. */
    ErrorCode charge(
            final TenantState tenant,
            final SubmitRequest request,
            final DirectBuffer digits,
            final int length,
            final int segments,
            final SubmitAnswer answer) {
        answer.retryAfterMs = tenant.rateWaitMs(state.nowNs);
        if (answer.retryAfterMs > 0) {
            return ErrorCode.OVER_RATE;
        }
        if (!state.trafficLimits.none()) {
            unit.begin(tenant.number(), network, segments)
                    .from(request.buffer, request.fromOffset, request.fromLength)
                    .to(digits, 0, length)
                    .campaign(
                            state.trafficLimits.campaigns(),
                            request.buffer,
                            request.campaignOffset,
                            request.campaignLength);
            final ErrorCode over = state.trafficLimits.acquire(unit, state.nowNs, state.nowMs);
            if (over != ErrorCode.NONE) {
                answer.retryAfterMs = state.trafficLimits.retryAfterMs();
                return over;
            }
        }
        tenant.takeRate(segments, state.nowNs);
        return ErrorCode.NONE;
    }

    /** Charges the limits with a unit that was accepted before the start. */
    void recovered(final UnitAcceptedDecoder accepted, final long wallTimeNs) {
        if (state.trafficLimits.none()) {
            return;
        }
        final long itsNetwork = accepted.network();
        final boolean known = itsNetwork != UnitAcceptedDecoder.networkNullValue();
        unit.begin((int) accepted.tenant(), known ? (int) itsNetwork : MccMnc.UNKNOWN, accepted.segments());
        accepted.wrapFrom(text);
        unit.from(text, 0, text.capacity());
        accepted.wrapTo(text);
        unit.to(text, 0, text.capacity());
        accepted.skipBody();
        accepted.wrapCampaign(text);
        unit.campaign(state.trafficLimits.campaigns(), text, 0, text.capacity());
        state.trafficLimits.recovered(unit, wallTimeNs);
    }
}
