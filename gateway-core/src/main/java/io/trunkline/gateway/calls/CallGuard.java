package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.Routing.NumberRules;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.TrafficPolicy;
import java.util.List;

/** Whether a tenant may make a call: from this number, to this one. What there is room for is asked elsewhere. */
final class CallGuard {
    private final TrafficPolicy policy;
    private PrefixSet highRisk = new PrefixSet(List.of());
    private NumberRules rules;

    CallGuard(final TrafficPolicy policy) {
        this.policy = policy;
    }

    void configure(final List<String> highRiskPrefixes, final NumberRules numberRules) {
        highRisk = new PrefixSet(highRiskPrefixes);
        rules = numberRules;
    }

    /** Why it may not, or {@link ErrorCode#NONE}. */
    ErrorCode check(final LiveCall call, final Peer tenant, final long wallMs) {
        if (call.toLength < rules.minDigits() || call.toLength > rules.maxDigits()) {
            return ErrorCode.INVALID_DESTINATION;
        }
        if (!tenant.identity().senders().allow(call.from, call.fromLength)) {
            return ErrorCode.SENDER_NOT_ALLOWED;
        }
        if (highRisk.hasPrefixOf(call.to, 0, call.toLength)
                && !tenant.identity().highRisk().hasPrefixOf(call.to, 0, call.toLength)) {
            return ErrorCode.DESTINATION_NOT_PERMITTED;
        }
        return policy.check(call.tenant, wallMs, call.from, 0, call.fromLength, call.to, 0, call.toLength);
    }
}
