package io.trunkline.sip.call;

import io.trunkline.sip.message.HexTag;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.ServerTransaction;
import io.trunkline.sip.transaction.TransactionEnd;
import io.trunkline.sip.transaction.TransactionLayer;
import io.trunkline.sip.transaction.TransactionUser;
import java.util.ArrayDeque;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * All calls of one thread. Give it to a {@link TransactionLayer} as its user, tell it the layer with {@link #serve}, and call
 * {@link #poll} whenever the layer is polled. Objects are used again, so that calls allocate nothing once as many have been
 * there at a time before.
 */
public final class CallDesk implements TransactionUser {
    final Workbench bench;
    final OverloadGate gate;
    final Release release;
    final Answers answers;
    final Sessions sessions;
    final Conversation conversation;
    final Replies replies;
    final CallSetup setup;
    final PlacedCalls placed;
    final Anchoring anchoring;
    /** Callers' legs, early and confirmed, by our tag in them. */
    final Long2ObjectHashMap<Leg> callersByTag = new Long2ObjectHashMap<>();
    /** Attempts, by our tag in all dialogs that they make. */
    final Long2ObjectHashMap<Attempt> attemptsByTag = new Long2ObjectHashMap<>();
    /** Calls whose INVITE has a transaction, by what its copies share. */
    final Long2ObjectHashMap<Call> merges = new Long2ObjectHashMap<>();

    private final Offers offers;
    private final ArrayDeque<Call> freeCalls = new ArrayDeque<>();
    private final ArrayDeque<Attempt> freeAttempts = new ArrayDeque<>();
    private final ArrayDeque<Leg> freeLegs = new ArrayDeque<>();
    private final ArrayDeque<Exchange> freeExchanges = new ArrayDeque<>();
    private int open;
    private int lingering;
    private boolean draining;

    /** A desk without calls. */
    public CallDesk(final CallContext context) {
        bench = new Workbench(context);
        gate = new OverloadGate(context.limits().behindMs(), bench.nowMs());
        bench.writer.report(gate.report());
        release = new Release(this);
        answers = new Answers(this);
        sessions = new Sessions(this);
        conversation = new Conversation(this);
        replies = new Replies(this);
        setup = new CallSetup(this);
        placed = new PlacedCalls(this);
        anchoring = new Anchoring(this);
        offers = new Offers(this);
    }

    /** The layer whose user this is; once, before the first message. */
    public void serve(final TransactionLayer layer) {
        bench.layer = layer;
        layer.report(gate.report());
    }

    /**
     * Does what is due, for at most {@code limit} calls.
     *
     * @return number of calls that had something due
     */
    public int poll(final int limit) {
        return bench.wheel.poll(bench.nowMs(), limit);
    }

    /**
     * Places a call between two others.
     *
     * @return the call, which may have ended already, as its listener has heard then; null at the limit, or while draining
     */
    public Call place(final PlaceOrder order) {
        if (draining || open >= bench.context.limits().maxCalls()) {
            return null;
        }
        final Call call = newCall();
        call.begin(bench.fresh(), bench.nowMs());
        call.tag = bench.fresh();
        began(call);
        placed.place(call, order);
        return call;
    }

    /** Whether there is time for one more call that is to be placed; asked once for each, as those that call are. */
    public boolean admitsPlaced() {
        final boolean admitted = gate.admits(bench.nowMs());
        bench.counters.refusedOverloaded += admitted ? 0 : 1;
        return admitted;
    }

    /** Refuses new calls where too many arrive; its owner tells it how much waits. */
    public OverloadGate gate() {
        return gate;
    }

    /** Takes no new calls, 503 with Retry-After; those that are there end by themselves. Or takes calls again. */
    public void drain(final boolean drain) {
        draining = drain;
    }

    public boolean isDraining() {
        return draining;
    }

    /** Calls that have not ended. */
    public int calls() {
        return open;
    }

    public CallCounters counters() {
        return bench.counters;
    }

    /** What is held now; for tests and for whoever watches for leaks. */
    public DeskAudit audit() {
        return new DeskAudit(
                open,
                lingering,
                callersByTag.size() + attemptsByTag.size(),
                merges.size(),
                bench.wheel.scheduled(),
                bench.store.used());
    }

    @Override
    public boolean admits(final SipMessage request, final Hop source) {
        return request.method() != SipMethod.INVITE || request.toTag() != Range.NONE || offers.admits(request, source);
    }

    @Override
    public boolean isInDialog(final SipMessage request) {
        final Leg leg = legOf(request);
        return leg != null && !(leg.isCaller() && leg.call.callerProves);
    }

    @Override
    public void onRequest(final ServerTransaction transaction, final SipMessage request) {
        if (request.toTag() != Range.NONE) {
            inDialog(transaction, request);
        } else if (request.method() == SipMethod.INVITE) {
            offers.onInvite(transaction, request);
        } else if (!bench.context.others().onRequest(transaction, request)) {
            switch (request.method()) {
                case OPTIONS -> bench.answerAllowing(transaction, request, 200);
                case BYE, PRACK, UPDATE, INFO, NOTIFY -> unknownDialog(transaction, request);
                case OTHER -> bench.answerAllowing(transaction, request, 501);
                default -> bench.answerAllowing(transaction, request, 405);
            }
        }
    }

    private void unknownDialog(final ServerTransaction transaction, final SipMessage request) {
        bench.counters.unknownDialogs++;
        bench.answer(transaction, request, 481, bench.fresh());
    }

    private void inDialog(final ServerTransaction transaction, final SipMessage request) {
        final Leg leg = legOf(request);
        if (leg == null) {
            unknownDialog(transaction, request);
            return;
        }
        final Call call = leg.call;
        if (!leg.dialog.inOrder(request)) {
            bench.counters.outOfOrder++;
            bench.answer(transaction, request, 500, 0);
        } else if (call.state == CallState.ENDED) {
            // Both hang up at the same time, or one has not heard of it yet.
            bench.answer(transaction, request, request.method() == SipMethod.BYE ? 200 : 481, 0);
            if (request.method() == SipMethod.BYE && leg.bye == null) {
                close(leg);
            }
        } else if (offers.extensionsKnown(transaction, request)) {
            conversation.onRequest(leg, transaction, request);
        }
        settle(call);
    }

    /** The leg in whose dialog a request is, or null. */
    private Leg legOf(final SipMessage request) {
        final long tag = HexTag.read(request.buffer(), request.toTag());
        final Leg caller = callersByTag.get(tag);
        if (caller != null) {
            return caller.dialog.matches(request) ? caller : null;
        }
        final Attempt attempt = attemptsByTag.get(tag);
        return attempt == null ? null : attempt.legOf(request);
    }

    @Override
    public void onCancel(final ServerTransaction cancel, final ServerTransaction invite, final SipMessage request) {
        final Object attachment = invite == null ? null : invite.attachment();
        if (attachment instanceof Call call) {
            bench.answer(cancel, request, 200, call.tag);
            if (call.state == CallState.OFFERED || call.state == CallState.TRYING) {
                release.cancelled(call, request);
            }
        } else if (attachment instanceof Exchange exchange) {
            bench.answer(cancel, request, 200, 0);
            conversation.onCancel(exchange, request);
        } else {
            bench.answer(cancel, request, invite == null ? 481 : 200, bench.fresh());
        }
    }

    @Override
    public void onAck(final ServerTransaction invite, final SipMessage ack, final Hop source) {
        final Leg leg = ack.toTag() == Range.NONE ? null : legOf(ack);
        if (leg != null) {
            final Call call = leg.call;
            answers.onAck(leg, ack);
            settle(call);
        }
    }

    @Override
    public void onResponse(final ClientTransaction transaction, final SipMessage response) {
        final Object attachment = transaction.attachment();
        if (transaction.method() == SipMethod.CANCEL || attachment == bench) {
            // A CANCEL's own fate changes nothing, nor does that of a BYE to a dialog that no call wanted.
            return;
        }
        if (attachment instanceof Attempt attempt) {
            setup.onResponse(attempt, transaction, response);
        } else if (attachment instanceof Exchange exchange) {
            replies.onResponse(exchange, transaction, response);
        } else if (attachment instanceof Leg leg) {
            release.onByeResponse(leg, transaction, response);
        } else {
            bench.context.others().onResponse(transaction, response);
        }
    }

    @Override
    public void onStrayResponse(final SipMessage response, final Hop source) {
        bench.context.others().onStrayResponse(response, source);
    }

    @Override
    public void onEnded(final ClientTransaction transaction, final TransactionEnd end) {
        final Object attachment = transaction.attachment();
        if (transaction.method() == SipMethod.CANCEL || attachment == bench) {
            return;
        }
        if (attachment instanceof Attempt attempt) {
            final Call call = attempt.call;
            call.transactions--;
            setup.onEnded(attempt, transaction, end == TransactionEnd.TRANSPORT_ERROR);
            attempt.transaction = attempt.transaction == transaction ? null : attempt.transaction;
            settle(call);
        } else if (attachment instanceof Exchange exchange) {
            final Call call = exchange.call;
            call.transactions--;
            conversation.onEnded(exchange, transaction, end);
            settle(call);
        } else if (attachment instanceof Leg leg) {
            final Call call = leg.call;
            call.transactions--;
            release.onByeEnded(leg, transaction);
            settle(call);
        } else {
            bench.context.others().onEnded(transaction, end);
        }
    }

    @Override
    public void onEnded(final ServerTransaction transaction, final TransactionEnd end) {
        final Object attachment = transaction.attachment();
        if (attachment instanceof Call call) {
            call.transactions--;
            call.inviteTransaction = null;
            merges.remove(call.mergeKey);
            answers.onEnded(call.caller, transaction);
            if (call.answeredAtMs == Call.NEVER) {
                // No response of ours reaches the caller any more; without effect if the call has ended.
                release.end(call, EndReason.LOCAL_FAILURE, 503, ReleaseCause.TEMPORARY_FAILURE);
            }
            settle(call);
        } else if (attachment instanceof Exchange exchange) {
            final Call call = exchange.call;
            call.transactions--;
            conversation.onEnded(exchange, transaction);
            settle(call);
        } else if (attachment != null) {
            bench.context.others().onEnded(transaction, end);
        }
    }

    void onTimer(final Call call, final long nowMs) {
        if (call.setupEndsAtMs <= nowMs) {
            final boolean offered = call.state == CallState.OFFERED;
            release.failed(
                    call,
                    offered ? EndReason.OFFER_TIMEOUT : EndReason.RING_TIMEOUT,
                    offered ? 503 : 480,
                    offered ? ReleaseCause.TEMPORARY_FAILURE : ReleaseCause.NO_ANSWER,
                    null);
        } else if (call.isInviting()) {
            final Attempt attempt = call.attempt;
            if (Math.min(attempt.responseAtMs, attempt.ringAtMs) <= nowMs) {
                setup.giveUp(attempt);
            }
        } else if (call.durationEndsAtMs <= nowMs) {
            release.broken(call, EndReason.MAX_DURATION, ReleaseCause.NORMAL, null);
        }
        onTimer(call.caller, nowMs);
        onTimer(call.callee, nowMs);
        if (!settle(call)) {
            arm(call);
        }
    }

    private void onTimer(final Leg leg, final long nowMs) {
        if (leg == null || leg.closed) {
            return;
        }
        answers.onTimer(leg, nowMs);
        if (!leg.closed && leg.call.state == CallState.ANSWERED) {
            sessions.onTimer(leg, nowMs);
        }
    }

    /** Puts the nearest of a call's deadlines into the wheel. */
    void arm(final Call call) {
        final long deadline = call.deadline();
        if (deadline == Call.NEVER) {
            bench.wheel.cancel(call);
        } else {
            bench.wheel.schedule(call, deadline);
        }
    }

    void offered(final Call call) {
        merges.put(call.mergeKey, call);
        began(call);
    }

    private void began(final Call call) {
        bench.counters.offered++;
        open++;
        arm(call);
    }

    void countEnd() {
        bench.counters.ended++;
        open--;
        lingering++;
    }

    /** Ends a leg's dialog: nothing finds it any more. */
    void close(final Leg leg) {
        if (leg.closed) {
            return;
        }
        leg.close();
        if (leg.attempt == null) {
            callersByTag.remove(leg.tag);
        } else if (leg.confirmed) {
            attemptsByTag.remove(leg.tag);
        }
    }

    /** Ends an early dialog, and the one of the caller's that was made for it. */
    void closeWithPeer(final Leg leg) {
        if (leg.peer != null && leg.peer.attempt == null) {
            close(leg.peer);
        }
        close(leg);
    }

    /** Lets a call go that has ended and that no transaction and no dialog knows any more; true where it did. */
    private boolean settle(final Call call) {
        if (!call.isGone()) {
            return false;
        }
        lingering--;
        bench.wheel.cancel(call);
        for (int i = 0; i < call.attempts.size(); i++) {
            final Attempt attempt = call.attempts.get(i);
            for (int j = 0; j < attempt.legs.size(); j++) {
                free(attempt.legs.get(j));
            }
            attempt.clear();
            freeAttempts.addLast(attempt);
        }
        free(call);
        return true;
    }

    Call newCall() {
        final Call free = freeCalls.pollLast();
        return free == null ? new Call(this) : free;
    }

    void free(final Call call) {
        call.clear();
        freeCalls.addLast(call);
    }

    Attempt newAttempt() {
        final Attempt free = freeAttempts.pollLast();
        return free == null ? new Attempt() : free;
    }

    Leg newLeg() {
        final Leg free = freeLegs.pollLast();
        return free == null ? new Leg(bench.store) : free;
    }

    /** Gives a leg back, and the caller's that was made for it. */
    void free(final Leg leg) {
        final Leg peer = leg.peer;
        leg.close();
        freeLegs.addLast(leg);
        if (leg.attempt != null && peer != null && peer.attempt == null) {
            peer.close();
            freeLegs.addLast(peer);
        }
    }

    Exchange newExchange() {
        final Exchange free = freeExchanges.pollLast();
        return free == null ? new Exchange(bench.store) : free;
    }

    void free(final Exchange exchange) {
        exchange.clear();
        freeExchanges.addLast(exchange);
    }
}
