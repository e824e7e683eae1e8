package io.trunkline.sip.call;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.ServerTransaction;

/** The end of a call, from whichever side it comes: once, with one reason, and nothing left behind. */
final class Release {
    private static final int MAX_FORWARDS = 70;
    private static final int TERMINATED = 487;

    private final CallDesk desk;
    private final Workbench bench;

    Release(final CallDesk desk) {
        this.desk = desk;
        bench = desk.bench;
    }

    /** Before an answer: the caller gets a final response, with what passes of the target's. */
    void failed(final Call call, final EndReason reason, final int status, final int cause, final SipMessage response) {
        final ServerTransaction transaction = call.inviteTransaction;
        if (transaction != null) {
            bench.startResponse(bench.restore(call.invite), status, call.tag, transaction);
            if (response == null || response.first(HeaderName.REASON) < 0) {
                bench.reason(cause);
            }
            if (response == null) {
                bench.writer.end();
            } else {
                bench.copyPassing(response, bench.context.callers().headers());
                bench.copyBody(response);
            }
            if (!bench.respond(transaction, status) && bench.out.overflowed()) {
                bench.answer(transaction, bench.restore(call.invite), status, call.tag);
            }
        }
        end(call, reason, status, cause);
    }

    /** The caller's CANCEL, or its BYE before an answer (RFC 3261 §9.2, §15): why, goes on to the target (RFC 3326). */
    void cancelled(final Call call, final SipMessage request) {
        final int cause = ReleaseCause.of(request);
        call.cancelReason = call.attempt == null
                ? Workbench.NO_REASON
                : Workbench.reasonOf(request, call.attempt.target.leg().headers());
        failed(call, EndReason.CALLER_CANCELLED, TERMINATED, cause, null);
    }

    /** The caller hung up; of a placed call the first party did, perhaps before anybody else answered. */
    void callerGone(final Leg leg, final SipMessage bye) {
        if (leg.call.state == CallState.ANSWERED) {
            hungUp(leg, bye);
        } else {
            desk.close(leg);
            cancelled(leg.call, bye);
        }
    }

    void byOwner(final Call call, final int cause) {
        if (call.state == CallState.ANSWERED) {
            broken(call, EndReason.OWNER_ENDED, cause, null);
        } else if (call.state != CallState.ENDED) {
            failed(call, EndReason.OWNER_ENDED, ReleaseCause.toStatus(cause), cause, null);
        }
    }

    /** A peer hung up; it has its 200. */
    void hungUp(final Leg leg, final SipMessage bye) {
        broken(
                leg.call,
                leg.isCaller() ? EndReason.CALLER_HUNG_UP : EndReason.CALLEE_HUNG_UP,
                ReleaseCause.of(bye),
                leg);
    }

    /** After an answer: BYE to both, or to the one that did not send one. */
    void broken(final Call call, final EndReason reason, final int cause, final Leg alreadyGone) {
        if (call.state != CallState.ANSWERED) {
            return;
        }
        mark(call, reason, 200, cause);
        terminateExchanges(call);
        if (alreadyGone != null) {
            desk.close(alreadyGone);
        }
        bye(call.caller);
        bye(call.callee);
        tell(call);
    }

    /** Ends a call whose caller has a final response. */
    void end(final Call call, final EndReason reason, final int status, final int cause) {
        if (call.state == CallState.ENDED) {
            return;
        }
        mark(call, reason, status, cause);
        final Attempt attempt = call.attempt;
        if (attempt != null && attempt.transaction != null) {
            attempt.transaction.cancel(
                    reason == EndReason.CALLER_CANCELLED ? call.cancelReason : Workbench.reasonOf(cause));
        }
        terminateExchanges(call);
        for (int i = 0; i < call.attempts.size(); i++) {
            dropEarly(call.attempts.get(i), call.caller);
        }
        if (call.caller != null) {
            // The first party of a placed call, who has answered already.
            bye(call.caller);
        }
        call.invite.clear();
        tell(call);
    }

    private void mark(final Call call, final EndReason reason, final int status, final int cause) {
        call.state = CallState.ENDED;
        call.endedAtMs = bench.nowMs();
        call.endReason = reason;
        call.endStatus = status;
        call.endCause = cause;
        call.setupEndsAtMs = Call.NEVER;
        call.durationEndsAtMs = Call.NEVER;
    }

    private void tell(final Call call) {
        desk.countEnd();
        desk.anchoring.ended(call);
        desk.arm(call);
        bench.context.listener().onEnded(call);
    }

    /** Who waits for an answer gets 487 (RFC 3261 §15.1.2). */
    private void terminateExchanges(final Call call) {
        for (int i = 0; i < call.exchanges.size(); i++) {
            final Exchange exchange = call.exchanges.get(i);
            if (!exchange.answered) {
                desk.conversation.finish(exchange);
                // Or an INVITE that nobody answers would keep the call here until Timer C.
                desk.conversation.cancel(exchange, Workbench.NO_REASON);
                if (exchange.server != null) {
                    bench.answer(exchange.server, bench.restore(exchange.request), TERMINATED, 0);
                }
            }
        }
    }

    /** Forgets an attempt's dialogs, but for one; its INVITE is left to end by itself. */
    void dropEarly(final Attempt attempt, final Leg except) {
        boolean kept = false;
        for (int i = 0; i < attempt.legs.size(); i++) {
            final Leg leg = attempt.legs.get(i);
            if (leg == except) {
                kept = true;
            } else {
                desk.closeWithPeer(leg);
            }
        }
        if (!kept) {
            desk.attemptsByTag.remove(attempt.tag);
        }
    }

    /**
     * Hangs up on one side. Not before our 2xx is acknowledged, or nobody acknowledges it any more (RFC 3261 §15); a 2xx of the
     * peer's is acknowledged first.
     */
    void bye(final Leg leg) {
        if (leg.closed || leg.bye != null) {
            return;
        }
        if (leg.awaitsAck()) {
            leg.byeWanted = true;
            return;
        }
        leg.byeWanted = false;
        if (leg.acceptedCseq != Leg.NONE && !leg.acknowledged) {
            leg.acknowledged = true;
            bench.acknowledge(leg, leg.acceptedCseq, null);
        }
        sendBye(leg);
    }

    private void sendBye(final Leg leg) {
        final ClientTransaction transaction = bench.startRequest(leg, SipMethod.BYE, MAX_FORWARDS);
        if (transaction == null) {
            desk.close(leg);
            return;
        }
        leg.bye = transaction;
        leg.refreshAtMs = Leg.NEVER;
        leg.expiresAtMs = Leg.NEVER;
        transaction.attach(leg);
        leg.call.transactions++;
        bench.reason(leg.call.endCause);
        bench.writer.end();
        bench.send(transaction);
    }

    /** A response to our BYE: whatever it is, the dialog is over, unless it was a challenge that we can answer. */
    void onByeResponse(final Leg leg, final ClientTransaction transaction, final SipMessage response) {
        final int status = response.status();
        if (transaction != leg.bye || leg.closed || leg.byeRetries > 0 || (status != 401 && status != 407)) {
            return;
        }
        final Credentials credentials = leg.attempt == null ? null : leg.attempt.target.credentials();
        if (credentials != null && credentials.challenged(response)) {
            leg.byeRetries++;
            sendBye(leg);
        }
    }

    void onByeEnded(final Leg leg, final ClientTransaction transaction) {
        if (transaction == leg.bye) {
            leg.bye = null;
            desk.close(leg);
        }
    }
}
