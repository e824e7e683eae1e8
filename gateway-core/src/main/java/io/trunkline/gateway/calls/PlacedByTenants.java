package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.journal.Journal;
import io.trunkline.sip.call.CallDesk;
import io.trunkline.sip.call.CallPlan;
import io.trunkline.sip.call.PlaceOrder;
import io.trunkline.sip.call.Target;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import io.trunkline.sip.trunk.Flows;
import io.trunkline.sip.trunk.Permit;
import io.trunkline.sip.trunk.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * Calls that API tiers place (RFC 3725 §4.1, flow I): first the tenant's platform is called, then the number with what the platform
 * offers. They count as calls of the tenant's and are held against the same guards.
 */
final class PlacedByTenants {
    private static final int RETRY_MS = 1_000;

    private final CallDesk desk;
    private final TrunkBook book;
    private final CallDispatcher dispatcher;
    private final CallFlow flow;
    private final Flows flows;
    private final Journal journal;
    private final EpochClock clock;
    private final LongSupplier random;
    private final List<Destination> candidates = new ArrayList<>();
    private final SipUri uri = new SipUri();
    private final Numbering plain = Numbering.international();

    PlacedByTenants(
            final CallDesk desk,
            final TrunkBook book,
            final CallDispatcher dispatcher,
            final CallFlow flow,
            final Flows flows,
            final Journal journal,
            final EpochClock clock,
            final LongSupplier random) {
        this.desk = desk;
        this.book = book;
        this.dispatcher = dispatcher;
        this.flow = flow;
        this.flows = flows;
        this.journal = journal;
        this.clock = clock;
        this.random = random;
    }

    ErrorCode place(final CallRequest request, final CallAnswer answer) {
        answer.unitId = 0;
        answer.retryAfterMs = 0;
        final Peer platform = book.platform(request.tenant);
        if (platform == null || platform.trunk().settings().target() == null) {
            return ErrorCode.NOT_SUPPORTED;
        }
        if (desk.isDraining()) {
            answer.retryAfterMs = RETRY_MS;
            return ErrorCode.DRAINING;
        }
        if (journal.exhausted()) {
            answer.retryAfterMs = RETRY_MS;
            return ErrorCode.STORAGE_LOW;
        }
        platform.trunk().addresses().candidates(clock.time(), candidates);
        final Flow way = candidates.isEmpty() ? null : flows.to(candidates.get(0));
        if (way == null) {
            answer.retryAfterMs = RETRY_MS;
            return ErrorCode.NO_CARRIER;
        }
        final Permit permit = platform.trunk().acquireInbound(clock.time());
        if (permit == null) {
            answer.retryAfterMs = RETRY_MS;
            platform.meter().limited++;
            return platform.trunk().refusal() == Refusal.CONCURRENCY
                    ? ErrorCode.TENANT_QUEUE_FULL
                    : ErrorCode.OVER_RATE;
        }
        if (!desk.admitsPlaced()) {
            permit.release();
            answer.retryAfterMs = RETRY_MS;
            return ErrorCode.OVERLOADED;
        }
        final LiveCall live = flow.fresh(null, platform);
        live.hold(permit);
        // Carriers that share by weight are chosen by it; it has its own only when it is certain that there is a call.
        live.unitId = random.getAsLong();
        final ErrorCode error = read(request, live);
        if (error != ErrorCode.NONE) {
            flow.drop(live);
            return error;
        }
        return go(request, live, way, answer);
    }

    private ErrorCode read(final CallRequest request, final LiveCall live) {
        live.tenant = request.tenant;
        live.toLength = plain.read(request.buffer, request.toOffset, request.toLength, live.to);
        if (live.toLength == Numbering.NO_NUMBER) {
            return ErrorCode.INVALID_DESTINATION;
        }
        live.fromLength = plain.read(request.buffer, request.fromOffset, request.fromLength, live.from);
        if (live.fromLength == Numbering.NO_NUMBER) {
            return ErrorCode.INVALID_SENDER;
        }
        final boolean named = request.firstLength > 0;
        if (named
                && !(uri.parse(request.buffer, Range.of(request.firstOffset, request.firstLength))
                        && uri.scheme() == SipUri.Scheme.SIP)) {
            return ErrorCode.INVALID_FIELD;
        }
        return dispatcher.route(live, live.caller);
    }

    private ErrorCode go(final CallRequest request, final LiveCall live, final Flow way, final CallAnswer answer) {
        final Peer platform = live.caller;
        final Duration longest = platform.identity().maxDuration();
        final Duration wanted = Duration.ofSeconds(request.maxDurationSec);
        CallPlan plan = dispatcher.plan(live, wanted.isZero() || wanted.compareTo(longest) > 0 ? longest : wanted);
        if (plan == null) {
            flow.drop(live);
            answer.retryAfterMs = RETRY_MS;
            return ErrorCode.NO_CARRIER;
        }
        if (request.setupTimeoutMs > 0) {
            plan = plan.within(Math.min(plan.maxSetupMs(), request.setupTimeoutMs), plan.maxDurationMs());
        }
        final String callerId = "<sip:" + LiveCall.text(live.from, live.fromLength) + "@" + way.sentBy() + ">";
        final String called = "<sip:" + LiveCall.text(live.to, live.toLength) + "@" + way.sentBy() + ">";
        final Target media = new Target(
                way,
                firstUri(request, platform, live),
                called,
                null,
                "",
                platform.identity().leg(),
                platform.identity().failover(),
                null,
                candidates.get(0));
        live.first = media;
        dispatcher.begin(live, request);
        answer.unitId = live.unitId;
        flow.placing(live);
        try {
            if (desk.place(new PlaceOrder(media, callerId, plan)) == null) {
                flow.neverBegan(live);
            }
        } finally {
            flow.placing(null);
        }
        dispatcher.signPlaced(live, answer.unitId);
        return ErrorCode.NONE;
    }

    private static String firstUri(final CallRequest request, final Peer platform, final LiveCall live) {
        if (request.firstLength > 0) {
            return request.buffer.getStringWithoutLengthAscii(request.firstOffset, request.firstLength);
        }
        final StringBuilder uri = new StringBuilder("sip:");
        platform.identity().numbering().write(live.from, live.fromLength, uri);
        return uri.append('@').append(platform.identity().host()).toString();
    }
}
