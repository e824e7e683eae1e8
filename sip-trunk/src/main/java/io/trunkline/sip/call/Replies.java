package io.trunkline.sip.call;

import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ClientTransaction;

/** What a leg answers to requests within its dialog: it goes back to the other leg, which asked. */
final class Replies {
    private final CallDesk desk;
    private final Workbench bench;

    Replies(final CallDesk desk) {
        this.desk = desk;
        bench = desk.bench;
    }

    void onResponse(final Exchange exchange, final ClientTransaction transaction, final SipMessage response) {
        final int status = response.status();
        if (status < 200) {
            if (exchange.method == SipMethod.INVITE && status > 100 && !exchange.answered && !exchange.isOurs()) {
                back(exchange, response, status);
            }
            return;
        }
        final boolean accepted = exchange.method == SipMethod.INVITE && status < 300;
        if (exchange.answered || transaction != exchange.client) {
            if (accepted) {
                acceptedAgain(exchange, transaction, response);
            }
            return;
        }
        if (challengeAnswered(exchange, response)) {
            return;
        }
        if (!desk.anchoring.holds(exchange, transaction, response)) {
            proceed(exchange, response);
        }
    }

    /** A 2xx whose description cannot go on: the two no longer agree on their media. */
    void notAnchored(final Exchange exchange, final SipMessage response) {
        final Leg to = exchange.to;
        desk.conversation.finish(exchange);
        if (exchange.method == SipMethod.INVITE) {
            to.acceptedCseq = response.cseq();
            to.acknowledged = true;
            bench.acknowledge(to, response.cseq(), null);
        }
        if (exchange.server != null) {
            bench.answer(exchange.server, bench.restore(exchange.request), 503, 0);
        }
        desk.release.broken(exchange.call, EndReason.LOCAL_FAILURE, ReleaseCause.TEMPORARY_FAILURE, null);
    }

    /** A final response whose description, if it has one, may go on. */
    void proceed(final Exchange exchange, final SipMessage response) {
        final boolean accepted = exchange.method == SipMethod.INVITE && response.status() < 300;
        desk.conversation.finish(exchange);
        if (exchange.isOurs()) {
            desk.sessions.onRefreshed(exchange, response);
        } else if (accepted) {
            accepted(exchange, response);
        } else {
            answered(exchange, response);
        }
        desk.arm(exchange.call);
    }

    private boolean challengeAnswered(final Exchange exchange, final SipMessage response) {
        final int status = response.status();
        if ((status != 401 && status != 407) || exchange.isOurs() || exchange.retries > 0 || exchange.to.closed) {
            return false;
        }
        final Attempt attempt = exchange.to.attempt;
        final Credentials credentials = attempt == null ? null : attempt.target.credentials();
        if (credentials == null || !credentials.challenged(response)) {
            return false;
        }
        exchange.retries++;
        return desk.conversation.transmit(exchange, bench.restore(exchange.request));
    }

    /** A 2xx to an INVITE within the dialog goes back, and is acknowledged: at once, or, with a late offer, by the other's ACK. */
    private void accepted(final Exchange exchange, final SipMessage response) {
        final Leg from = exchange.from;
        final Leg to = exchange.to;
        final SipMessage request = bench.restore(exchange.request);
        final boolean late = !Workbench.hasBody(request);
        to.acceptedCseq = response.cseq();
        to.acknowledged = !late;
        to.lateAck.clear();
        bench.dialogs.refreshTarget(response, to.dialog);
        bench.dialogs.refreshTarget(request, from.dialog);
        if (exchange.server != null) {
            bench.startResponse(request, response.status(), 0, exchange.server);
            bench.contact(from.dialog.end());
            bench.allow(from.policy);
            desk.sessions.grant(from, request);
            bench.copyPassing(response, from.policy.headers());
            bench.copyBody(response);
            bench.describe(from, response);
            desk.answers.send(from, exchange.server, request.cseq(), response.status());
        }
        if (!late || exchange.server == null) {
            to.acknowledged = true;
            bench.acknowledge(to, response.cseq(), null);
        }
        desk.sessions.granted(to, response, false);
    }

    /** A copy of a 2xx, or one that comes after the end. */
    private void acceptedAgain(
            final Exchange exchange, final ClientTransaction transaction, final SipMessage response) {
        final Leg to = exchange.to;
        if (to.closed) {
            bench.orphan(response, transaction.hop(), false);
        } else if (to.acceptedCseq == response.cseq()) {
            if (to.acknowledged) {
                bench.acknowledgeAgain(to, response.cseq());
            }
        } else {
            bench.acknowledge(to, response.cseq(), null);
        }
    }

    private void answered(final Exchange exchange, final SipMessage response) {
        final int status = response.status();
        if (exchange.method == SipMethod.UPDATE && status < 300) {
            bench.dialogs.refreshTarget(response, exchange.to.dialog);
            bench.dialogs.refreshTarget(bench.restore(exchange.request), exchange.from.dialog);
            if (exchange.to.confirmed) {
                desk.sessions.granted(exchange.to, response, false);
            }
        }
        back(exchange, response, status < 300 ? status : ReleaseCause.towardCaller(status));
        if ((status == 481 || status == 408) && exchange.to.confirmed) {
            desk.release.broken(exchange.call, EndReason.DIALOG_LOST, ReleaseCause.TEMPORARY_FAILURE, null);
        }
    }

    /** Passes a response back to whoever asked. */
    private void back(final Exchange exchange, final SipMessage response, final int status) {
        if (exchange.server == null) {
            return;
        }
        final Leg from = exchange.from;
        final boolean negotiates = exchange.method == SipMethod.INVITE || exchange.method == SipMethod.UPDATE;
        final SipMessage request = bench.restore(exchange.request);
        if (from.closed && negotiates) {
            // An early dialog that went with its target, or with its fork, while the answer was under way.
            bench.answer(exchange.server, request, 481, 0);
            return;
        }
        bench.startResponse(request, status, 0, exchange.server);
        if (status < 300 && negotiates) {
            bench.contact(from.dialog.end());
            if (status >= 200 && from.confirmed) {
                desk.sessions.grant(from, request);
            }
            bench.describe(from, response);
        }
        bench.copyPassing(response, from.policy.headers());
        bench.copyBody(response);
        bench.respond(exchange.server, status);
    }
}
