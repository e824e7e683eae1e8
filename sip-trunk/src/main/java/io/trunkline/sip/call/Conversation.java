package io.trunkline.sip.call;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.RackField;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.ServerTransaction;
import io.trunkline.sip.transaction.TransactionEnd;

/** Requests within a call's dialogs: they go on to the other leg; what is answered there is for {@link Replies}. */
final class Conversation {
    private static final int DEFAULT_HOPS = 70;
    private static final int PENDING = 491;
    private static final int MAX_RETRY_AFTER_SEC = 11;

    private final CallDesk desk;
    private final Workbench bench;
    private final RackField rack = new RackField();

    Conversation(final CallDesk desk) {
        this.desk = desk;
        bench = desk.bench;
    }

    /** A request, in order, in a dialog that is known, of a call that has not ended. */
    void onRequest(final Leg leg, final ServerTransaction transaction, final SipMessage request) {
        if (leg.peer == null && request.method() != SipMethod.BYE && request.method() != SipMethod.OPTIONS) {
            // The first party of a placed call, before anybody else is there.
            glare(transaction, request);
            return;
        }
        switch (request.method()) {
            case BYE -> bye(leg, transaction, request);
            case INVITE -> reinvite(leg, transaction, request);
            case UPDATE -> update(leg, transaction, request);
            case PRACK -> prack(leg, transaction, request);
            case INFO, MESSAGE -> forward(leg, transaction, request);
            case REFER -> pass(leg, transaction, request, 603);
            case NOTIFY -> pass(leg, transaction, request, 489);
            case OPTIONS -> bench.answerAllowing(transaction, request, 200);
            case OTHER -> bench.answerAllowing(transaction, request, 501);
            default -> bench.answerAllowing(transaction, request, 405);
        }
    }

    private void bye(final Leg leg, final ServerTransaction transaction, final SipMessage request) {
        if (!leg.confirmed && !leg.isCaller()) {
            // Only the caller may end an early dialog by BYE (RFC 3261 §15).
            bench.answer(transaction, request, 481, 0);
            return;
        }
        bench.answer(transaction, request, 200, 0);
        if (leg.confirmed) {
            if (leg.isCaller()) {
                desk.release.callerGone(leg, request);
            } else {
                desk.release.hungUp(leg, request);
            }
        } else {
            desk.release.cancelled(leg.call, request);
        }
    }

    private void reinvite(final Leg leg, final ServerTransaction transaction, final SipMessage request) {
        if (leg.inviteIn != null) {
            // The one before has no final response (RFC 3261 §14.2).
            retryLater(transaction, request);
        } else if (!leg.confirmed || leg.awaitsAck() || offerUnderWay(leg)) {
            glare(transaction, request);
        } else if (!desk.sessions.tooShort(leg, transaction, request)) {
            forward(leg, transaction, request);
        }
    }

    private void update(final Leg leg, final ServerTransaction transaction, final SipMessage request) {
        final boolean offers = Workbench.hasBody(request);
        if (offers && leg.updateIn != null) {
            retryLater(transaction, request);
        } else if (offers && (leg.inviteIn != null || offerUnderWay(leg))) {
            // An offer of one side's meets one of the other's (RFC 3311 §5.2).
            glare(transaction, request);
        } else if (desk.sessions.tooShort(leg, transaction, request)) {
            return;
        } else if (offers) {
            forward(leg, transaction, request);
        } else {
            // A refresh or a new Contact: nothing in it is the other side's business.
            bench.dialogs.refreshTarget(request, leg.dialog);
            bench.startResponse(request, 200, 0, transaction);
            bench.contact(leg.dialog.end());
            bench.allow(leg.policy);
            if (leg.confirmed) {
                desk.sessions.grant(leg, request);
            }
            bench.writer.end();
            bench.respond(transaction, 200);
            desk.arm(leg.call);
        }
    }

    /** Whether we asked this peer, or the other one asks, and there is no answer yet. */
    private static boolean offerUnderWay(final Leg leg) {
        return leg.offerOut != null
                || leg.peer.offerOut != null
                || leg.peer.inviteIn != null
                || leg.peer.updateIn != null
                || !leg.settled()
                || !leg.peer.settled();
    }

    private void glare(final ServerTransaction transaction, final SipMessage request) {
        bench.counters.glares++;
        bench.answer(transaction, request, PENDING, 0);
    }

    private void retryLater(final ServerTransaction transaction, final SipMessage request) {
        bench.answer(transaction, request, 500, HeaderName.RETRY_AFTER, bench.between(0, MAX_RETRY_AFTER_SEC));
    }

    private void prack(final Leg leg, final ServerTransaction transaction, final SipMessage request) {
        if (!rack.parse(request)) {
            bench.answer(transaction, request, 400, 0);
        } else if (!leg.isCaller() || rack.cseq() != leg.call.inviteCseq) {
            bench.answer(transaction, request, 481, 0);
        } else {
            forward(leg, transaction, request);
        }
    }

    private void pass(final Leg leg, final ServerTransaction transaction, final SipMessage request, final int refusal) {
        if (leg.peer.policy.passRefer()) {
            forward(leg, transaction, request);
        } else {
            bench.answer(transaction, request, refusal, 0);
        }
    }

    private void forward(final Leg from, final ServerTransaction transaction, final SipMessage request) {
        final Call call = from.call;
        final Leg to = from.peer;
        if (request.maxForwards() == 0) {
            bench.answer(transaction, request, 483, 0);
            return;
        }
        if (call.pending >= bench.context.limits().maxPending()) {
            retryLater(transaction, request);
            return;
        }
        final Exchange exchange = desk.newExchange();
        exchange.begin(call, from, to, request.method());
        if (!exchange.request.keep(request.buffer(), 0, request.length())) {
            desk.free(exchange);
            bench.answer(
                    transaction,
                    request,
                    503,
                    HeaderName.RETRY_AFTER,
                    bench.context.limits().retryAfterSec());
            return;
        }
        begin(exchange);
        exchange.server = transaction;
        exchange.transactions++;
        call.transactions++;
        transaction.attach(exchange);
        if (request.method() == SipMethod.INVITE) {
            from.inviteIn = exchange;
            to.offerOut = exchange;
        } else if (request.method() == SipMethod.UPDATE) {
            from.updateIn = exchange;
            to.offerOut = exchange;
        }
        if (!desk.anchoring.holds(exchange, request)) {
            goOn(exchange);
        }
    }

    /** A request that is kept goes on to the other side. */
    void goOn(final Exchange exchange) {
        // While the relay had it, an early dialog may have gone with its target.
        if (exchange.to.closed || !transmit(exchange, bench.restore(exchange.request))) {
            refuse(exchange);
        }
    }

    /** A request that cannot go on. */
    void refuse(final Exchange exchange) {
        finish(exchange);
        if (exchange.server != null) {
            bench.answer(exchange.server, bench.restore(exchange.request), exchange.to.closed ? 481 : 503, 0);
        }
        release(exchange);
    }

    /** Counts an exchange among those that are under way. */
    void begin(final Exchange exchange) {
        exchange.call.exchanges.add(exchange);
        exchange.call.pending++;
    }

    boolean transmit(final Exchange exchange, final SipMessage request) {
        final Leg to = exchange.to;
        final int hops = request.maxForwards() < 0 ? DEFAULT_HOPS : request.maxForwards() - 1;
        final ClientTransaction transaction = bench.startRequest(to, exchange.method, hops);
        if (transaction == null) {
            return false;
        }
        sent(exchange, transaction);
        final MessageWriter writer = bench.writer;
        switch (exchange.method) {
            case INVITE -> {
                bench.contact(to.dialog.end());
                bench.allow(to.policy);
                desk.sessions.ask(to);
            }
            case UPDATE -> {
                bench.contact(to.dialog.end());
                desk.sessions.ask(to);
            }
            case PRACK -> {
                rack.parse(request);
                writer.start(HeaderName.RACK)
                        .number(rack.responseNumber())
                        .octet(' ')
                        .number(to.attempt.cseq)
                        .ascii(" INVITE");
                writer.endLine();
            }
            case REFER -> {
                bench.contact(to.dialog.end());
                writer.copyAll(request, HeaderName.REFER_TO).copyAll(request, HeaderName.REFERRED_BY);
            }
            case NOTIFY -> {
                bench.contact(to.dialog.end());
                writer.copyAll(request, HeaderName.EVENT).copyAll(request, HeaderName.SUBSCRIPTION_STATE);
            }
            default -> {}
        }
        bench.copyPassing(request, to.policy.headers());
        bench.copyBody(request);
        if (exchange.method == SipMethod.INVITE || exchange.method == SipMethod.UPDATE) {
            bench.describe(to, request);
        }
        return bench.send(transaction);
    }

    /** Ties a request of an exchange to it. */
    void sent(final Exchange exchange, final ClientTransaction transaction) {
        exchange.client = transaction;
        exchange.transactions++;
        exchange.call.transactions++;
        transaction.attach(exchange);
    }

    /** The caller of a request in a dialog cancels it; what comes of it comes back as its response. */
    void onCancel(final Exchange exchange, final SipMessage request) {
        if (!exchange.answered) {
            cancel(exchange, Workbench.reasonOf(request, exchange.to.policy.headers()));
        }
    }

    void cancel(final Exchange exchange, final byte[] reason) {
        if (exchange.client != null) {
            exchange.client.cancel(reason);
        }
    }

    /** It has its final response, or will get none: others may begin. */
    void finish(final Exchange exchange) {
        exchange.answered = true;
        exchange.call.pending--;
        if (exchange.from != null) {
            exchange.from.inviteIn = exchange.from.inviteIn == exchange ? null : exchange.from.inviteIn;
            exchange.from.updateIn = exchange.from.updateIn == exchange ? null : exchange.from.updateIn;
        }
        exchange.to.offerOut = exchange.to.offerOut == exchange ? null : exchange.to.offerOut;
    }

    /** The request's transaction ended; without a final response the peer counts as gone (RFC 3261 §12.2.1.2). */
    void onEnded(final Exchange exchange, final ClientTransaction transaction, final TransactionEnd end) {
        if (!exchange.answered && transaction == exchange.client && !exchange.held) {
            finish(exchange);
            final boolean lost = end == TransactionEnd.TIMEOUT;
            if (exchange.server != null) {
                bench.answer(exchange.server, bench.restore(exchange.request), lost ? 408 : 503, 0);
            }
            if (lost && exchange.to.confirmed) {
                desk.release.broken(exchange.call, EndReason.DIALOG_LOST, ReleaseCause.TIMER_EXPIRY, null);
            }
        }
        exchange.client = exchange.client == transaction ? null : exchange.client;
        ended(exchange);
    }

    void onEnded(final Exchange exchange, final ServerTransaction transaction) {
        desk.answers.onEnded(exchange.from, transaction);
        exchange.server = null;
        ended(exchange);
    }

    private void ended(final Exchange exchange) {
        exchange.transactions--;
        release(exchange);
    }

    /** Lets an exchange go whose last transaction has ended. */
    void release(final Exchange exchange) {
        if (exchange.transactions == 0 && exchange.answered) {
            exchange.call.exchanges.remove(exchange);
            desk.free(exchange);
        }
    }
}
