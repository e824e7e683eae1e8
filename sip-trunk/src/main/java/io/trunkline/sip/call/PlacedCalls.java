package io.trunkline.sip.call;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ClientTransaction;

/**
 * Calls that the owner places (RFC 3725 §4.1, flow I). Once the first party has answered it stands where a caller stands: its
 * offer becomes the INVITE that the targets get, and its ACK brings their answer.
 */
final class PlacedCalls {
    /** The first party repeats its 2xx for 64*T1 and then gives up. */
    private static final long LONGEST_WAIT_MS = 30_000;

    private static final int HOPS = 70;

    private final CallDesk desk;
    private final Workbench bench;

    PlacedCalls(final CallDesk desk) {
        this.desk = desk;
        bench = desk.bench;
    }

    /** Invites the first party. */
    void place(final Call call, final PlaceOrder order) {
        call.order = order;
        call.plan = order.plan();
        call.state = CallState.PLACING;
        call.hopsLeft = HOPS;
        call.setupEndsAtMs = bench.nowMs() + order.plan().maxSetupMs();
        desk.setup.invite(call, order.first(), true);
    }

    /** A 2xx of the first party's, or a copy. */
    void accepted(final Attempt attempt, final ClientTransaction transaction, final SipMessage response) {
        final Call call = attempt.call;
        if (call.state == CallState.PLACING && transaction == attempt.transaction) {
            answered(attempt, transaction, response);
            return;
        }
        final Leg leg = call.caller;
        final boolean known = leg != null && attempt.answerTagHash == bench.hashOf(response, response.toTag());
        if (!known) {
            desk.setup.unwanted(attempt, transaction, response);
        } else if (leg.closed) {
            bench.orphan(response, transaction.hop(), false);
        } else if (leg.acknowledged && leg.acceptedCseq == response.cseq()) {
            bench.acknowledgeAgain(leg, response.cseq());
        }
        // Else its ACK waits for a target's answer.
    }

    private void answered(final Attempt attempt, final ClientTransaction transaction, final SipMessage response) {
        final Call call = attempt.call;
        final Leg leg = desk.newLeg();
        leg.begin(call, attempt.target.leg(), attempt, attempt.tag);
        leg.caller = true;
        attempt.responseAtMs = Call.NEVER;
        attempt.ringAtMs = Call.NEVER;
        if (!bench.dialogs.ofResponse(response, attempt.target.hop(), leg.dialog)) {
            desk.free(leg);
            desk.setup.unwanted(attempt, transaction, response);
            desk.release.failed(call, EndReason.LOCAL_FAILURE, 500, ReleaseCause.TEMPORARY_FAILURE, null);
            return;
        }
        attempt.legs.add(leg);
        attempt.answerTagHash = bench.hashOf(response, response.toTag());
        call.caller = leg;
        leg.confirmed = true;
        leg.acceptedCseq = response.cseq();
        leg.allowsUpdate = Workbench.allowsUpdate(response);
        desk.sessions.granted(leg, response, true);
        writeInvite(call, response);
        if (!Workbench.hasBody(response) || !bench.keep(call.invite)) {
            desk.release.failed(call, EndReason.LOCAL_FAILURE, 500, ReleaseCause.TEMPORARY_FAILURE, null);
            return;
        }
        call.state = CallState.TRYING;
        call.setupEndsAtMs = Math.min(call.setupEndsAtMs, bench.nowMs() + LONGEST_WAIT_MS);
        desk.setup.tryNext(call);
    }

    /** What the first party would have sent had it called: read again for each target, and never sent itself. */
    private void writeInvite(final Call call, final SipMessage response) {
        final MessageWriter writer = bench.begin();
        writer.requestLine(SipMethod.INVITE, call.plan.targets().get(0).requestUri())
                .header(HeaderName.VIA, "SIP/2.0/UDP placed.invalid;branch=z9hG4bK")
                .header(HeaderName.FROM, call.order.callerId())
                .header(HeaderName.TO, call.order.callerId())
                .header(HeaderName.CALL_ID, "placed")
                .cseq(1, SipMethod.INVITE)
                .copyAll(response, HeaderName.ALLOW);
        bench.copyPassing(response, call.order.first().leg().headers());
        bench.copyBody(response);
    }

    /** A target has answered: its answer goes into the first party's ACK. */
    void join(final Call call, final SipMessage response) {
        final Leg leg = call.caller;
        leg.acknowledged = true;
        bench.describe(leg, response);
        bench.acknowledge(leg, leg.acceptedCseq, response);
    }
}
