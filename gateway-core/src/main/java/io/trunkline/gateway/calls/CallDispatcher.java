package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.SipTrunk;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.RouteQuestion;
import io.trunkline.gateway.engine.Router;
import io.trunkline.gateway.journal.Journal;
import io.trunkline.routing.UnitKind;
import io.trunkline.sip.call.Call;
import io.trunkline.sip.call.CallPlan;
import io.trunkline.sip.call.CallRouter;
import io.trunkline.sip.call.Rejection;
import io.trunkline.sip.call.ReleaseCause;
import io.trunkline.sip.call.Target;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.stir.Verdict;
import io.trunkline.sip.trunk.InboundDoor;
import io.trunkline.sip.trunk.Refusal;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * Decides about calls that come in: whose each is, whether it may be made and whether there is room for it, and where it goes. A
 * tenant's call goes by the routing table to carriers, a carrier's to the tenant that owns the number.
 */
final class CallDispatcher implements CallRouter {
    /** The class that routes and policies see: calls have none of their own. */
    private static final int TRANSACTIONAL = 2;

    private final TrunkBook book;
    private final InboundDoor door;
    private final Router router;
    private final CallGuard guard;
    private final TargetFinder finder;
    private final CallFlow flow;
    private final CallTrust trust;
    private final SpendGuard spend;
    private final Journal journal;
    private final EpochClock clock;
    private final LongSupplier wallMs;
    private final CallerReader reader = new CallerReader();
    private final CallStart start = new CallStart();
    private final RouteQuestion question = new RouteQuestion();
    private final DispatchCounters counters = new DispatchCounters();
    private int configVersion;
    private long setupMs;

    /**
     * What a dispatcher works with.
     *
     * @param wallMs wall time of this duty cycle
     */
    record Context(
            TrunkBook book,
            InboundDoor door,
            Router router,
            CallGuard guard,
            TargetFinder finder,
            CallFlow flow,
            CallTrust trust,
            SpendGuard spend,
            Journal journal,
            EpochClock clock,
            LongSupplier wallMs) {}

    CallDispatcher(final Context context) {
        book = context.book();
        door = context.door();
        router = context.router();
        guard = context.guard();
        finder = context.finder();
        flow = context.flow();
        trust = context.trust();
        spend = context.spend();
        journal = context.journal();
        clock = context.clock();
        wallMs = context.wallMs();
    }

    void configure(final int version, final Duration setup) {
        configVersion = version;
        setupMs = setup.toMillis();
    }

    DispatchCounters counters() {
        return counters;
    }

    /** A flood costs its sender's peer nothing but answers: no transaction, and no record, of what there is no room for. */
    @Override
    public Rejection rejects(final SipMessage invite) {
        final Peer peer = book.of(door.current());
        final Refusal why = peer == null ? Refusal.DISABLED : peer.trunk().stateInbound(clock.time());
        final boolean stored = journal.accepting();
        if (why == Refusal.NONE && stored) {
            return null;
        }
        counters.refused++;
        if (peer != null) {
            peer.meter().received++;
        }
        if (why == Refusal.DISABLED) {
            return CallRefusal.NOT_ALLOWED;
        }
        if (!stored) {
            counters.withoutStorage++;
            return CallRefusal.NO_STORAGE;
        }
        peer.meter().limited++;
        return CallRefusal.NO_ROOM;
    }

    @Override
    public void onOffer(final Call call, final SipMessage invite) {
        final Peer peer = book.of(door.current());
        peer.meter().received++;
        final LiveCall live = flow.fresh(call, peer);
        live.hold(peer.trunk().acquireInbound(clock.time()));
        if (!reader.read(invite, live, peer)) {
            counters.withoutNumber++;
            flow.drop(live);
            refuse(call, CallRefusal.INCOMPLETE, CallRefusal.NOTHING);
            return;
        }
        call.attach(live);
        if (peer.isPlatform()) {
            outbound(live, peer);
        } else {
            inbound(live, invite);
        }
    }

    private void refuse(final Call call, final int status, final String headers) {
        counters.refused++;
        call.refuse(status, headers);
    }

    private void outbound(final LiveCall live, final Peer tenant) {
        live.tenant = tenant.identity().tenant();
        start.clear();
        begin(live, CallDirection.OUT);
        final ErrorCode error = route(live, tenant);
        if (error != ErrorCode.NONE) {
            final int status = CallRefusal.status(error);
            refuse(live.call, status, CallRefusal.headers(status));
            return;
        }
        final Duration maxDuration = tenant.identity().maxDuration();
        if (!trust.signs(live)) {
            go(live, maxDuration);
            return;
        }
        final long unitId = live.unitId;
        trust.sign(live, signature -> {
            if (flow.find(unitId) == live) {
                signed(live, signature, maxDuration);
            }
        });
    }

    private void signed(final LiveCall live, final String signature, final Duration maxDuration) {
        if (signature.isEmpty() && trust.refusesUnsigned()) {
            refuse(live.call, CallRefusal.BUSY_HERE, CallRefusal.SOON);
        } else {
            live.signature = signature;
            go(live, maxDuration);
        }
    }

    /** Signs a placed call while its first party rings: the target that stands ready gets the signature before its turn comes. */
    void signPlaced(final LiveCall live, final long unitId) {
        if (flow.find(unitId) != live || !trust.signs(live)) {
            return;
        }
        trust.sign(live, signature -> {
            if (flow.find(unitId) != live) {
                return;
            }
            if (signature.isEmpty() && trust.refusesUnsigned()) {
                live.call.end(ReleaseCause.TEMPORARY_FAILURE);
                return;
            }
            live.signature = signature;
            if (live.call.targetsTried() == 0 && !live.targets.isEmpty()) {
                live.targets.set(0, finder.signed(live, live.targets.get(0)));
            }
        });
    }

    private void inbound(final LiveCall live, final SipMessage invite) {
        live.inbound = true;
        live.tenant = router.owner(live.to, 0, live.toLength);
        final Peer platform = live.tenant == 0 ? null : book.platform(live.tenant);
        if (live.tenant == 0) {
            counters.unowned++;
            live.call.attach(null);
            final Call call = live.call;
            flow.drop(live);
            refuse(call, CallRefusal.NOT_FOUND, CallRefusal.NOTHING);
            return;
        }
        start.clear();
        begin(live, CallDirection.IN);
        if (platform == null) {
            refuse(live.call, CallRefusal.UNAVAILABLE, CallRefusal.NOTHING);
            return;
        }
        live.trunks = platform.alone();
        final SipTrunk.Verify mode = live.caller.identity().verify();
        if (mode == SipTrunk.Verify.OFF) {
            go(live, platform.identity().maxDuration());
            return;
        }
        final long unitId = live.unitId;
        trust.verify(live, invite, verdict -> {
            if (flow.find(unitId) == live) {
                verified(live, mode, verdict, platform.identity().maxDuration());
            }
        });
    }

    private void verified(
            final LiveCall live, final SipTrunk.Verify mode, final Verdict verdict, final Duration maxDuration) {
        flow.verified(live, verdict);
        if (CallTrust.refuses(mode, verdict)) {
            refuse(live.call, verdict.outcome().status(), verdict.reasonLine());
        } else {
            go(live, maxDuration);
        }
    }

    /** The record of the beginning of a call that a tenant placed. */
    void begin(final LiveCall live, final CallRequest request) {
        start.clear();
        start.origin = CallStart.ORIGIN_BINARY;
        start.referenceHi = request.referenceHi;
        start.referenceLo = request.referenceLo;
        start.contentHash = request.contentHash;
        begin(live, CallDirection.OUT);
    }

    /** The record of a call's beginning; from here on it has exactly one end. */
    private void begin(final LiveCall live, final CallDirection direction) {
        start.tenant = live.tenant;
        start.direction = direction;
        start.tableVersion = configVersion;
        start.carrier = live.caller.identity().carrier();
        start.trunk = live.caller.identity().link();
        start.from = LiveCall.text(live.from, live.fromLength);
        start.asserted = live.asserted ? start.from : "";
        start.to = LiveCall.text(live.to, live.toLength);
        start.callId = LiveCall.text(live.callId, live.callIdLength);
        flow.began(live, start);
    }

    /** Whether the tenant may call there, and by whom it goes. */
    ErrorCode route(final LiveCall live, final Peer tenant) {
        final ErrorCode barred = guard.check(live, tenant, wallMs.getAsLong());
        if (barred != ErrorCode.NONE) {
            counters.barred++;
            return barred;
        }
        if (spend.isUsedUp(tenant, clock.time())) {
            counters.overCost++;
            return ErrorCode.OVER_COST_LIMIT;
        }
        question.kind = UnitKind.CALL;
        question.tenant = live.tenant;
        question.messageClass = TRANSACTIONAL;
        question.unitId = live.unitId;
        question.nowMs = wallMs.getAsLong();
        question.from = live.from;
        question.fromOffset = 0;
        question.fromLength = live.fromLength;
        question.to = live.to;
        question.toOffset = 0;
        question.toLength = live.toLength;
        router.route(question, live.route);
        counters.withoutRoute += live.route.refusal == ErrorCode.NONE ? 0 : 1;
        return live.route.refusal;
    }

    private void go(final LiveCall live, final Duration maxDuration) {
        final CallPlan plan = plan(live, maxDuration);
        if (plan == null) {
            counters.withoutTrunk++;
            // Without Retry-After: calls to elsewhere would be kept back with it (RFC 3261 §21.5.4).
            refuse(live.call, CallRefusal.BUSY_HERE, CallRefusal.NOTHING);
        } else {
            live.call.route(plan);
        }
    }

    /** The plan with the first target, to which others are added when their turn comes; null where no trunk takes the call. */
    CallPlan plan(final LiveCall live, final Duration maxDuration) {
        final Target first = finder.next(live);
        if (first == null) {
            return null;
        }
        live.targets.add(first);
        return new CallPlan(live.targets, setupMs, maxDuration.toMillis());
    }
}
