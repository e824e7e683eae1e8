package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.Router;
import io.trunkline.routing.CarrierQuality;
import io.trunkline.sip.call.Call;
import io.trunkline.sip.call.CallListener;
import io.trunkline.sip.call.CallOutcome;
import io.trunkline.sip.call.CallState;
import io.trunkline.sip.call.EndReason;
import io.trunkline.sip.call.FailoverPolicy;
import io.trunkline.sip.call.ReleaseCause;
import io.trunkline.sip.call.Target;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.stir.Verdict;
import java.util.ArrayDeque;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.EpochClock;

/**
 * What becomes of calls: written to the journal, counted, and all that a call held given back exactly once. A target that failed
 * is followed by the next one here, as its trunk's place is taken only now.
 */
final class CallFlow implements CallListener {
    private static final long MILLIS = 1_000;
    private static final int NO_RESPONSE = 408;
    private static final int NO_CONNECTION = 503;
    private static final int REDIRECTIONS_FROM = 300;
    private static final int REDIRECTIONS_TO = 400;

    private final CallJournal journal;
    private final TargetFinder finder;
    private final Router router;
    private final EpochClock clock;
    private final Long2ObjectHashMap<LiveCall> open = new Long2ObjectHashMap<>();
    private final ArrayDeque<LiveCall> free = new ArrayDeque<>();
    private final SpendGuard spend;
    private final EpochClock wall;
    /** Null where no messages are kept. */
    private final CapturedCalls captured;
    /** The call that is being placed: its first events come before anybody has the call itself. */
    private LiveCall placing;

    CallFlow(
            final CallJournal journal,
            final TargetFinder finder,
            final Router router,
            final EpochClock clock,
            final EpochClock wall,
            final SpendGuard spend,
            final CapturedCalls captured) {
        this.journal = journal;
        this.finder = finder;
        this.router = router;
        this.clock = clock;
        this.wall = wall;
        this.spend = spend;
        this.captured = captured;
    }

    /** An object for a call that begins. */
    LiveCall fresh(final Call call, final Peer caller) {
        final LiveCall known = free.pollLast();
        final LiveCall live = known == null ? new LiveCall() : known;
        live.begin(call, caller);
        return live;
    }

    /** Gives back an object whose call never began, and what it held. */
    void drop(final LiveCall live) {
        live.clear();
        free.addLast(live);
    }

    /** What a call's own signature is worth is known. */
    void verified(final LiveCall live, final Verdict verdict) {
        live.verdict = verdict;
        journal.verified(live.unitId, verdict);
    }

    /** The call exists, and will end in {@link #onEnded}. */
    void began(final LiveCall live, final CallStart start) {
        live.unitId = journal.started(start, clock.time());
        open.put(live.unitId, live);
        if (captured != null) {
            captured.leg(live.unitId, start.callId);
        }
    }

    /** Until null is given: what the desk tells of a call that nobody knows is of this one. */
    void placing(final LiveCall live) {
        placing = live;
    }

    /** There was no room for a call that was written down already: that is its end. */
    void neverBegan(final LiveCall live) {
        open.remove(live.unitId);
        journal.ended(
                live.unitId,
                new CallEnd(
                        EndReason.LOCAL_FAILURE,
                        CallOutcome.FAILED,
                        CallRefusal.BUSY_HERE,
                        ReleaseCause.TEMPORARY_FAILURE,
                        clock.time()));
        drop(live);
    }

    LiveCall find(final long unitId) {
        return open.get(unitId);
    }

    Iterable<LiveCall> open() {
        return open.values();
    }

    int size() {
        return open.size();
    }

    private LiveCall of(final Call call) {
        if (call.attachment() == null && placing != null) {
            placing.call = call;
            call.attach(placing);
        }
        return (LiveCall) call.attachment();
    }

    @Override
    public void onAttempt(final Call call, final Target target) {
        final LiveCall live = of(call);
        live.attempt(target, clock.time());
        final Peer peer = live.at;
        peer.meter().attempts++;
        if (captured != null) {
            captured.leg(live.unitId, call.targetCallId());
        }
        journal.attempted(
                live.unitId,
                new CallTry(
                        peer.identity().carrier(),
                        peer.identity().link(),
                        Math.max(0, live.route.row),
                        live.route.rule,
                        target.requestUri(),
                        live.signedFor(target)),
                live.attemptedAtMs);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Which attempt it is: two of them may look alike.
    public void onResponse(final Call call, final Target target, final SipMessage response) {
        final LiveCall live = of(call);
        if (!target.equals(live.target)) {
            // Of an attempt that was given up: it says nothing of the one that is under way.
            return;
        }
        live.heard = true;
        live.at.trunk().heard(live.destination, response, clock.time());
        final int status = response.status();
        if (status >= REDIRECTIONS_FROM && status < REDIRECTIONS_TO && !live.isFirst(target)) {
            finder.redirected(live, response);
        }
    }

    @Override
    public void onProgress(final Call call, final int status) {
        final LiveCall live = of(call);
        final long nowMs = clock.time();
        if (!live.ringing) {
            live.ringing = true;
            live.setUp(nowMs);
        }
        journal.progressed(live.unitId, status, nowMs);
    }

    @Override
    public void onAttemptFailed(final Call call, final Target target, final int status, final int cause) {
        final LiveCall live = of(call);
        final boolean again = status == NO_CONNECTION && finder.againOverUdp(live, target);
        if (!live.heard && !again && call.isSent()) {
            live.at.trunk().failed(live.destination);
        }
        journal.gaveUp(live.unitId, status, cause, clock.time());
        failed(live, status, !call.isSent());
        final FailoverPolicy policy = target.failover();
        if (call.state() == CallState.TRYING
                && !live.isFirst(target)
                && policy.statuses().contains(status)
                && (policy.afterProvisional() || !live.ringing)) {
            final Target next = finder.next(live);
            if (next != null) {
                live.targets.add(next);
            }
        }
    }

    /** Ours are failures for which neither the peer nor its network can do anything. */
    private void failed(final LiveCall live, final int status, final boolean ours) {
        live.trying = false;
        live.at.meter().failedWith(status);
        final int carrier = live.at.identity().carrier();
        if (carrier != 0 && !ours) {
            final boolean usersDoing = switch (status) {
                // No answer, busy, declined, given up; and numbers that nobody has, for which no carrier can do
                // anything.
                case 404, 410, 480, 484, 486, 487, 600, 603, 604 -> true;
                case NO_RESPONSE -> live.ringing;
                default -> false;
            };
            router.callEnded(
                    carrier,
                    usersDoing ? CarrierQuality.CallEnd.USER : CarrierQuality.CallEnd.NETWORK,
                    live.setupMs,
                    0,
                    clock.time());
        }
    }

    @Override
    public void onAnswered(final Call call) {
        final LiveCall live = of(call);
        live.trying = false;
        live.setUp(call.answeredAtMs());
        live.at.meter().answered(live.setupMs);
        journal.answered(live.unitId, call.answeredAtMs());
        spend.answered(live, wall.time(), clock.time());
    }

    @Override
    public void onEnded(final Call call) {
        final LiveCall live = of(call);
        if (live == null) {
            // Refused before it was anything.
            return;
        }
        if (live.trying) {
            failed(live, call.endStatus(), !call.isSent() || call.endReason() == EndReason.LOCAL_FAILURE);
        } else if (call.answeredAtMs() != Call.NEVER) {
            final long talkedSec = call.durationMs() / MILLIS;
            live.at.meter().talkedSec += talkedSec;
            final int carrier = live.at.identity().carrier();
            if (carrier != 0) {
                router.callEnded(carrier, CarrierQuality.CallEnd.ANSWERED, live.setupMs, talkedSec, clock.time());
            }
        }
        spend.count(live, clock.time());
        open.remove(live.unitId);
        journal.ended(live.unitId, CallEnd.of(call));
        drop(live);
    }
}
