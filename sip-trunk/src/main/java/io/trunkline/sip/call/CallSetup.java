package io.trunkline.sip.call;

import io.trunkline.sip.message.DeltaSeconds;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.ReasonField;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.TokenList;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.ServerTransaction;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** From the plan to the answer: one target after the other is invited, and what they say goes on to the caller. */
final class CallSetup {
    private static final int MAX_RETRIES = 2;
    private static final int RINGING_FROM = 101;

    private final CallDesk desk;
    private final Workbench bench;
    private final InviteWriter invites;

    CallSetup(final CallDesk desk) {
        this.desk = desk;
        bench = desk.bench;
        invites = new InviteWriter(bench);
    }

    boolean route(final Call call, final CallPlan plan) {
        if (call.state != CallState.OFFERED) {
            return false;
        }
        call.plan = plan;
        call.state = CallState.TRYING;
        call.setupEndsAtMs = bench.nowMs() + plan.maxSetupMs();
        tryNext(call);
        return true;
    }

    boolean refuse(final Call call, final int status, final String headers) {
        if (call.state != CallState.OFFERED) {
            return false;
        }
        final ServerTransaction transaction = call.inviteTransaction;
        final SipMessage invite = bench.restore(call.invite);
        bench.startResponse(invite, status, call.tag, transaction);
        bench.out.ascii(headers);
        bench.writer.end();
        bench.respond(transaction, status);
        desk.release.end(call, EndReason.ROUTER_REFUSED, status, ReleaseCause.ofStatus(status));
        return true;
    }

    void tryNext(final Call call) {
        final Target target = call.plan.targets().get(call.nextTarget);
        call.nextTarget++;
        invite(call, target, false);
    }

    /** Invites a target, or the first party of a placed call. */
    void invite(final Call call, final Target target, final boolean first) {
        final Attempt attempt = desk.newAttempt();
        attempt.begin(call, target, bench.fresh(), bench.fresh(), bench.fresh());
        attempt.first = first;
        call.lateOffer = !first && !Workbench.hasBody(bench.restore(call.invite));
        call.attempts.add(attempt);
        call.attempt = attempt;
        desk.attemptsByTag.put(attempt.tag, attempt);
        attempt.responseAtMs = bench.nowMs() + target.failover().responseMs();
        bench.context.listener().onAttempt(call, target);
        if (call.isInviting()) {
            send(attempt);
        }
    }

    void send(final Attempt attempt) {
        final Call call = attempt.call;
        if (desk.anchoring.holds(attempt)) {
            desk.arm(call);
            return;
        }
        final ClientTransaction transaction = bench.layer.newClient(SipMethod.INVITE, attempt.target.hop());
        if (transaction == null) {
            bench.counters.notSent++;
            failed(attempt, 503, null);
            return;
        }
        attempt.transaction = transaction;
        transaction.attach(attempt);
        call.transactions++;
        invites.write(attempt, attempt.first ? null : bench.restore(call.invite), transaction);
        if (!bench.send(transaction)) {
            failed(attempt, 513, null);
            return;
        }
        desk.arm(call);
    }

    void onResponse(final Attempt attempt, final ClientTransaction transaction, final SipMessage response) {
        final int status = response.status();
        if (transaction == attempt.transaction && attempt.call.state != CallState.ENDED) {
            bench.context.listener().onResponse(attempt.call, attempt.target, response);
        }
        if (status < RINGING_FROM || !desk.anchoring.holds(attempt, transaction, response)) {
            proceed(attempt, transaction, response);
        }
    }

    /** A response whose description, if it has one, may go on to the caller. */
    void proceed(final Attempt attempt, final ClientTransaction transaction, final SipMessage response) {
        final int status = response.status();
        if (status >= 200 && status < 300) {
            if (attempt.first) {
                desk.placed.accepted(attempt, transaction, response);
            } else {
                accepted(attempt, transaction, response);
            }
        } else if (counts(attempt, transaction)) {
            if (status >= 300) {
                refused(attempt, response);
            } else if (status >= RINGING_FROM) {
                provisional(attempt, response);
            }
        }
    }

    /** Its offer cannot be anchored: that is as if nobody were there. */
    void notAnchored(final Attempt attempt) {
        failed(attempt, 503, null);
    }

    /** Its answer cannot be anchored: nobody could hear the other. */
    void notAnchored(final Attempt attempt, final ClientTransaction transaction, final SipMessage response) {
        final Call call = attempt.call;
        unwanted(attempt, transaction, response);
        if (counts(attempt, transaction)) {
            desk.release.failed(call, EndReason.LOCAL_FAILURE, 503, ReleaseCause.TEMPORARY_FAILURE, null);
        }
    }

    /** Whether an INVITE is the one that the call waits for. */
    private static boolean counts(final Attempt attempt, final ClientTransaction transaction) {
        return attempt == attempt.call.attempt && transaction == attempt.transaction && attempt.call.isInviting();
    }

    private void provisional(final Attempt attempt, final SipMessage response) {
        final Call call = attempt.call;
        final int status = response.status();
        if (!attempt.provisional) {
            attempt.provisional = true;
            attempt.responseAtMs = Call.NEVER;
            attempt.ringAtMs = bench.nowMs() + attempt.target.failover().ringMs();
            desk.arm(call);
        }
        if (attempt.first) {
            return;
        }
        if (call.ringingAtMs == Call.NEVER) {
            call.ringingAtMs = bench.nowMs();
        }
        final Leg leg = earlyLeg(attempt, response);
        if (call.inviteTransaction != null) {
            passProvisional(call, leg, response);
        }
        bench.context.listener().onProgress(call, status);
    }

    private void passProvisional(final Call call, final Leg leg, final SipMessage response) {
        final int status = response.status();
        final SipMessage invite = bench.restore(call.invite);
        bench.startResponse(invite, status, leg == null ? call.tag : leg.peer.tag, call.inviteTransaction);
        if (leg != null) {
            bench.contact(leg.peer.dialog.end());
            if (TokenList.contains(response, HeaderName.REQUIRE, Workbench.RELIABLE)) {
                // The numbers are the target's, as each of its early dialogs is one of the caller's, and so are the
                // copies: the
                // caller's PRACK goes on to the target, and until it comes the target repeats (RFC 3262 §3).
                bench.writer.header(HeaderName.REQUIRE, "100rel").copyAll(response, HeaderName.RSEQ);
            }
            bench.describe(leg.peer, response);
        }
        bench.copyPassing(response, bench.context.callers().headers());
        bench.copyBody(response);
        bench.respond(call.inviteTransaction, status);
    }

    /** The pair of early dialogs of a response, made where it is the first of its fork; null where none can be. */
    private Leg earlyLeg(final Attempt attempt, final SipMessage response) {
        if (response.toTag() == Range.NONE) {
            return null;
        }
        final Leg known = attempt.legFrom(response);
        return known != null || attempt.legs.size() >= bench.context.limits().maxForks()
                ? known
                : newPair(attempt, response);
    }

    private Leg newPair(final Attempt attempt, final SipMessage response) {
        final Call call = attempt.call;
        final Leg callee = desk.newLeg();
        callee.begin(call, attempt.target.leg(), attempt, attempt.tag);
        callee.mediaTag = bench.hashOf(response, response.toTag());
        callee.peer = call.order == null ? newCaller(call, callee) : call.caller;
        if (callee.peer == null || !bench.dialogs.ofResponse(response, attempt.target.hop(), callee.dialog)) {
            desk.free(callee);
            return null;
        }
        attempt.legs.add(callee);
        if (call.order == null) {
            desk.callersByTag.put(callee.peer.tag, callee.peer);
        }
        return callee;
    }

    private Leg newCaller(final Call call, final Leg callee) {
        final Leg caller = desk.newLeg();
        caller.begin(call, bench.context.callers(), null, bench.fresh());
        caller.peer = callee;
        final boolean made = bench.dialogs.ofRequest(
                bench.restore(call.invite), bench.hexTag.of(caller.tag), call.inviteTransaction.hop(), caller.dialog);
        if (!made) {
            desk.free(caller);
        }
        return made ? caller : null;
    }

    private void accepted(final Attempt attempt, final ClientTransaction transaction, final SipMessage response) {
        final Call call = attempt.call;
        final boolean winner = call.answeredAtMs != Call.NEVER
                && attempt == call.attempt
                && attempt.answerTagHash == bench.hashOf(response, response.toTag());
        if (winner) {
            if (call.callee.closed) {
                bench.orphan(response, transaction.hop(), false);
            } else if (call.callee.acknowledged && call.callee.acceptedCseq == response.cseq()) {
                bench.acknowledgeAgain(call.callee, response.cseq());
            } else if (call.callee.acceptedCseq > response.cseq()) {
                // An INVITE of later: this one is long acknowledged, and its ACK carries nothing that matters any more.
                bench.acknowledge(call.callee, response.cseq(), null);
            }
            return;
        }
        final boolean wanted = call.state == CallState.TRYING && attempt == call.attempt;
        final Leg leg = wanted ? confirmedLeg(attempt, response) : null;
        if (leg == null) {
            // Cancelled too late, given up, a second one of a fork (RFC 3261 §13.2.2.4), or there is no room for it.
            unwanted(attempt, transaction, response);
            if (wanted) {
                desk.release.failed(call, EndReason.LOCAL_FAILURE, 500, ReleaseCause.TEMPORARY_FAILURE, null);
            }
            return;
        }
        answered(attempt, leg, response);
    }

    /**
     * Acknowledges a 2xx that no call wants and ends its dialog; not more often than a target may fork, or one that answers on and on
     * would use up the transactions of all.
     */
    void unwanted(final Attempt attempt, final ClientTransaction transaction, final SipMessage response) {
        final boolean few = attempt.unwanted < bench.context.limits().maxForks();
        attempt.unwanted++;
        bench.orphan(response, transaction.hop(), few);
    }

    private Leg confirmedLeg(final Attempt attempt, final SipMessage response) {
        final Leg early = attempt.legFrom(response);
        if (early == null) {
            return newPair(attempt, response);
        }
        return bench.dialogs.confirm(response, attempt.target.hop(), early.dialog) ? early : null;
    }

    private void answered(final Attempt attempt, final Leg callee, final SipMessage response) {
        final Call call = attempt.call;
        final Leg caller = callee.peer;
        attempt.answerTagHash = bench.hashOf(response, response.toTag());
        attempt.responseAtMs = Call.NEVER;
        attempt.ringAtMs = Call.NEVER;
        desk.release.dropEarly(attempt, callee);
        call.caller = caller;
        call.callee = callee;
        caller.peer = callee;
        call.state = CallState.ANSWERED;
        call.answeredAtMs = bench.nowMs();
        call.setupEndsAtMs = Call.NEVER;
        call.durationEndsAtMs = bench.nowMs() + call.plan.maxDurationMs();
        bench.counters.answered++;
        caller.confirmed = true;
        callee.confirmed = true;
        final SipMessage invite = bench.restore(call.invite);
        caller.allowsUpdate = Workbench.allowsUpdate(invite);
        callee.allowsUpdate = Workbench.allowsUpdate(response);
        if (attempt.offer == null) {
            bench.describe(callee, invite);
        } else {
            final byte[] offer = attempt.offer.getBytes(StandardCharsets.ISO_8859_1);
            callee.description.keep(new UnsafeBuffer(offer), 0, offer.length);
        }
        callee.acceptedCseq = response.cseq();
        if (call.order == null) {
            answerCaller(call, invite, response);
        } else {
            desk.placed.join(call, response);
        }
        if (!call.lateOffer) {
            callee.acknowledged = true;
            bench.acknowledge(callee, response.cseq(), null);
        }
        desk.sessions.granted(callee, response, true);
        call.invite.clear();
        desk.arm(call);
        bench.context.listener().onAnswered(call);
    }

    private void answerCaller(final Call call, final SipMessage invite, final SipMessage response) {
        final Leg caller = call.caller;
        final ServerTransaction transaction = call.inviteTransaction;
        bench.describe(caller, response);
        bench.startResponse(invite, response.status(), caller.tag, transaction);
        bench.contact(caller.dialog.end());
        bench.allow(caller.policy);
        desk.sessions.grant(caller, invite);
        bench.copyPassing(response, caller.policy.headers());
        bench.copyBody(response);
        desk.answers.send(caller, transaction, call.inviteCseq, response.status());
    }

    private void refused(final Attempt attempt, final SipMessage response) {
        final int status = response.status();
        if (attempt.retries < MAX_RETRIES) {
            final Credentials credentials = attempt.target.credentials();
            if ((status == 401 || status == 407) && credentials != null && credentials.challenged(response)) {
                again(attempt);
                return;
            }
            final int minSe = DeltaSeconds.of(response, HeaderName.MIN_SE);
            if (status == 422 && minSe > attempt.minSeSec && minSe <= Sessions.MAX_SEC) {
                attempt.minSeSec = minSe;
                attempt.sessionSec = Math.max(minSe, attempt.sessionSec);
                again(attempt);
                return;
            }
        }
        failed(attempt, status, response);
    }

    /** The same INVITE in the same dialog-to-be with the next CSeq (RFC 3261 §8.1.3.5, RFC 4028 §7.4). */
    private void again(final Attempt attempt) {
        attempt.retries++;
        attempt.cseq++;
        desk.release.dropEarly(attempt, null);
        desk.attemptsByTag.put(attempt.tag, attempt);
        send(attempt);
    }

    /** The INVITE's transaction ended; without a final response the target counts as not there (RFC 3261 §8.1.3.1). */
    void onEnded(final Attempt attempt, final ClientTransaction transaction, final boolean transportError) {
        if (counts(attempt, transaction)) {
            failed(attempt, transportError ? 503 : 408, null);
        }
    }

    /** Nothing was heard of the target for long enough, or nobody answers there. */
    void giveUp(final Attempt attempt) {
        if (attempt.transaction != null) {
            attempt.transaction.cancel(Workbench.reasonOf(ReleaseCause.NO_ANSWER));
        }
        failed(attempt, 408, null);
    }

    private void failed(final Attempt attempt, final int status, final SipMessage response) {
        final Call call = attempt.call;
        attempt.responseAtMs = Call.NEVER;
        attempt.ringAtMs = Call.NEVER;
        desk.release.dropEarly(attempt, null);
        final int theirs = response == null ? ReasonField.ABSENT : ReasonField.cause(response, ReasonField.Q850);
        final int cause = theirs == ReasonField.ABSENT ? ReleaseCause.ofStatus(status) : theirs;
        bench.context.listener().onAttemptFailed(call, attempt.target, status, cause);
        if (!call.isInviting() || attempt != call.attempt) {
            return;
        }
        final FailoverPolicy failover = attempt.target.failover();
        if (!attempt.first
                && call.nextTarget < call.plan.targets().size()
                && failover.statuses().contains(status)
                && (failover.afterProvisional() || !attempt.provisional)) {
            tryNext(call);
        } else if (status == 408 && attempt.provisional) {
            desk.release.failed(call, EndReason.RING_TIMEOUT, 480, ReleaseCause.NO_ANSWER, null);
        } else {
            desk.release.failed(call, EndReason.TARGET_REFUSED, ReleaseCause.towardCaller(status), cause, response);
        }
    }
}
