package io.trunkline.sip.call;

import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.transaction.ServerTransaction;
import io.trunkline.sip.transaction.TimerValues;

/** 2xx to INVITEs, which the transaction layer does not repeat: sent again until the ACK comes (RFC 3261 §13.3.1.4). */
final class Answers {
    private final CallDesk desk;
    private final Workbench bench;
    private final TimerValues timers;

    Answers(final CallDesk desk) {
        this.desk = desk;
        bench = desk.bench;
        timers = bench.context.timers();
    }

    /** Sends the 2xx that was written, and keeps it. */
    void send(final Leg leg, final ServerTransaction transaction, final long cseq, final int status) {
        leg.answered();
        leg.answerCseq = cseq;
        leg.answerTransaction = transaction;
        leg.answerIntervalMs = timers.t1();
        leg.answerAgainAtMs = bench.nowMs() + timers.t1();
        leg.answerGiveUpAtMs = bench.nowMs() + timers.t1Times64();
        if (!bench.keep(leg.answer)) {
            leg.answerAgainAtMs = Leg.NEVER;
        }
        bench.respond(transaction, status);
    }

    void onTimer(final Leg leg, final long nowMs) {
        if (leg.answerGiveUpAtMs <= nowMs) {
            leg.answered();
            if (leg.byeWanted) {
                desk.release.bye(leg);
            } else {
                desk.release.broken(leg.call, EndReason.NO_ACK, ReleaseCause.TIMER_EXPIRY, null);
            }
        } else if (leg.answerAgainAtMs <= nowMs) {
            if (leg.answerTransaction != null) {
                bench.counters.answersRepeated++;
                leg.answerTransaction.respond(200, leg.answer.buffer(), 0, leg.answer.length());
            }
            leg.answerIntervalMs = Math.min(leg.answerIntervalMs * 2, timers.t2());
            leg.answerAgainAtMs = nowMs + leg.answerIntervalMs;
        }
    }

    /** The transaction of a 2xx is over; no copy can be sent any more. */
    void onEnded(final Leg leg, final ServerTransaction transaction) {
        if (leg != null && leg.answerTransaction == transaction) {
            leg.answerTransaction = null;
        }
    }

    /** An ACK in a leg's dialog. It goes on only where the other leg's INVITE waits for it, as it carries the answer. */
    void onAck(final Leg leg, final SipMessage ack) {
        if (leg.answerCseq != ack.cseq()) {
            return;
        }
        leg.answered();
        final Leg peer = leg.peer;
        if (!peer.closed
                && peer.acceptedCseq != Leg.NONE
                && !peer.acknowledged
                && !desk.anchoring.holds(leg, peer, ack)) {
            acknowledge(peer, ack);
        }
        if (leg.byeWanted) {
            desk.release.bye(leg);
        }
        desk.arm(leg.call);
    }

    /** Acknowledges a peer's 2xx with what the other side's ACK says. */
    void acknowledge(final Leg peer, final SipMessage ack) {
        peer.acknowledged = true;
        bench.describe(peer, ack);
        bench.acknowledge(peer, peer.acceptedCseq, ack);
    }
}
