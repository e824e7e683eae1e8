package io.trunkline.sip.call;

import io.trunkline.sip.message.DeltaSeconds;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.TokenList;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.ServerTransaction;

/**
 * Session timers (RFC 4028). Each leg has its own: what a peer agrees to with us is not what the other one agreed to. A leg that
 * is not refreshed in time ends the call.
 */
final class Sessions {
    /** Longest interval that is agreed to, s. */
    static final int MAX_SEC = 86_400;

    private static final byte[] REFRESHER = Octets.ascii("refresher");
    private static final byte[] UAC = Octets.ascii("uac");
    private static final byte[] UAS = Octets.ascii("uas");
    private static final int MAX_RETRIES = 3;
    private static final int GRACE_SEC = 32;
    private static final int MAX_FORWARDS = 70;

    private final CallDesk desk;
    private final Workbench bench;

    Sessions(final CallDesk desk) {
        this.desk = desk;
        bench = desk.bench;
    }

    private static boolean supports(final SipMessage message) {
        return TokenList.contains(message, HeaderName.SUPPORTED, Workbench.TIMER)
                || TokenList.contains(message, HeaderName.REQUIRE, Workbench.TIMER);
    }

    /** Answers 422 where a peer that knows session timers asks for less than its leg grants (§9); false where it does not. */
    boolean tooShort(final Leg leg, final ServerTransaction transaction, final SipMessage request) {
        final boolean tooShort = isTooShort(leg.policy, request);
        if (tooShort) {
            bench.answer(transaction, request, 422, HeaderName.MIN_SE, leg.policy.minSeSec());
        }
        return tooShort;
    }

    static boolean isTooShort(final LegPolicy policy, final SipMessage request) {
        final int asked = DeltaSeconds.of(request, HeaderName.SESSION_EXPIRES);
        return asked != DeltaSeconds.ABSENT && asked < policy.minSeSec() && supports(request);
    }

    /**
     * Agrees on a session timer with whoever asked, and appends it to the 2xx that is being written (§9). The peer refreshes if
     * it can and does not say otherwise.
     */
    void grant(final Leg leg, final SipMessage request) {
        final boolean supports = supports(request);
        final int asked = DeltaSeconds.of(request, HeaderName.SESSION_EXPIRES);
        final int ours = leg.policy.sessionExpiresSec();
        int sec;
        if (asked == DeltaSeconds.ABSENT) {
            sec = supports ? ours : 0;
        } else {
            sec = ours > 0 ? Math.min(asked, ours) : asked;
            sec = Math.max(sec, DeltaSeconds.of(request, HeaderName.MIN_SE));
        }
        if (sec == 0) {
            start(leg, 0, false);
            return;
        }
        sec = Math.min(Math.max(sec, leg.policy.minSeSec()), MAX_SEC);
        final boolean they = supports && !DeltaSeconds.has(request, HeaderName.SESSION_EXPIRES, REFRESHER, UAS);
        bench.writer.start(HeaderName.SESSION_EXPIRES).number(sec).ascii(they ? ";refresher=uac" : ";refresher=uas");
        bench.writer.endLine();
        if (they) {
            bench.writer.header(HeaderName.REQUIRE, "timer");
        }
        start(leg, sec, !they);
    }

    /** Appends what we ask for to a request that is being written. */
    void ask(final Leg leg) {
        final MessageWriter writer = bench.writer.header(HeaderName.SUPPORTED, "timer");
        if (leg.sessionSec > 0) {
            writer.start(HeaderName.SESSION_EXPIRES)
                    .number(leg.sessionSec)
                    .ascii(leg.weRefresh ? ";refresher=uac" : ";refresher=uas");
            writer.endLine().header(HeaderName.MIN_SE, leg.policy.minSeSec());
        }
    }

    /** What the peer agreed to in its 2xx (§7.2); nothing if it says nothing. */
    void granted(final Leg leg, final SipMessage response, final boolean initial) {
        final int sec = DeltaSeconds.of(response, HeaderName.SESSION_EXPIRES);
        if (sec <= 0) {
            start(leg, 0, false);
            return;
        }
        final boolean they = DeltaSeconds.has(response, HeaderName.SESSION_EXPIRES, REFRESHER, UAS);
        if (initial || DeltaSeconds.has(response, HeaderName.SESSION_EXPIRES, REFRESHER, UAC) || they) {
            leg.weRefresh = !they;
        }
        start(leg, Math.min(sec, MAX_SEC), leg.weRefresh);
    }

    /** Half of the interval to refresh; a third of it, at most 32 s, before its end the call is given up (§10). */
    private void start(final Leg leg, final int sec, final boolean weRefresh) {
        leg.sessionSec = sec;
        leg.weRefresh = weRefresh;
        if (sec == 0) {
            leg.refreshAtMs = Leg.NEVER;
            leg.expiresAtMs = Leg.NEVER;
            return;
        }
        final long now = bench.nowMs();
        leg.refreshAtMs = weRefresh ? now + sec * 500L : Leg.NEVER;
        leg.expiresAtMs = now + (sec - Math.min(GRACE_SEC, sec / 3)) * 1_000L;
    }

    void onTimer(final Leg leg, final long nowMs) {
        if (leg.expiresAtMs <= nowMs) {
            leg.expiresAtMs = Leg.NEVER;
            leg.refreshAtMs = Leg.NEVER;
            desk.release.broken(leg.call, EndReason.SESSION_EXPIRED, ReleaseCause.TIMER_EXPIRY, null);
        } else if (leg.refreshAtMs <= nowMs) {
            refresh(leg);
        }
    }

    /** UPDATE where the peer takes it, else the last session description once more (§7.4). */
    private void refresh(final Leg leg) {
        leg.refreshAtMs = Leg.NEVER;
        if (leg.offerOut != null || leg.inviteIn != null || leg.updateIn != null || leg.awaitsAck() || !leg.settled()) {
            leg.refreshAtMs = bench.nowMs() + backOffMs(leg);
            return;
        }
        final boolean update = leg.allowsUpdate || leg.description.isEmpty();
        final SipMethod method = update ? SipMethod.UPDATE : SipMethod.INVITE;
        final ClientTransaction transaction = bench.startRequest(leg, method, MAX_FORWARDS);
        if (transaction == null) {
            leg.refreshAtMs = bench.nowMs() + backOffMs(leg);
            return;
        }
        final Exchange exchange = desk.newExchange();
        exchange.begin(leg.call, null, leg, method);
        desk.conversation.begin(exchange);
        desk.conversation.sent(exchange, transaction);
        bench.contact(leg.dialog.end());
        bench.allow(leg.policy);
        ask(leg);
        if (update) {
            bench.writer.end();
        } else {
            leg.offerOut = exchange;
            bench.description(leg.description);
        }
        bench.send(transaction);
    }

    /** After a 491 (RFC 3261 §14.1): the owner of the Call-ID, which on a target's leg we are, waits longer. In steps of 10 ms. */
    private long backOffMs(final Leg leg) {
        return 10 * (leg.isCaller() ? bench.between(0, 201) : bench.between(210, 401));
    }

    void onRefreshed(final Exchange exchange, final SipMessage response) {
        final Leg leg = exchange.to;
        if (leg.closed || leg.call.state != CallState.ANSWERED) {
            if (exchange.method == SipMethod.INVITE && response.status() < 300 && !leg.closed) {
                bench.acknowledge(leg, response.cseq(), null);
            }
            return;
        }
        final int status = response.status();
        if (status < 300) {
            leg.refreshRetries = 0;
            if (exchange.method == SipMethod.INVITE) {
                leg.acceptedCseq = response.cseq();
                leg.acknowledged = true;
                leg.lateAck.clear();
                bench.acknowledge(leg, response.cseq(), null);
            }
            bench.dialogs.refreshTarget(response, leg.dialog);
            granted(leg, response, false);
        } else if (status == 481 || status == 408) {
            desk.release.broken(leg.call, EndReason.DIALOG_LOST, ReleaseCause.TEMPORARY_FAILURE, null);
        } else if (status == 491) {
            bench.counters.glares++;
            leg.refreshAtMs = bench.nowMs() + backOffMs(leg);
        } else if (leg.refreshRetries < MAX_RETRIES && canTryAgain(leg, exchange, response)) {
            leg.refreshRetries++;
            leg.refreshAtMs = bench.nowMs();
        }
        // Else the interval runs out, unless the peer refreshes.
    }

    private static boolean canTryAgain(final Leg leg, final Exchange exchange, final SipMessage response) {
        final int status = response.status();
        if (status == 422) {
            final int minSe = DeltaSeconds.of(response, HeaderName.MIN_SE);
            final boolean more = minSe > leg.sessionSec && minSe <= MAX_SEC;
            leg.sessionSec = more ? minSe : leg.sessionSec;
            return more;
        }
        if (status == 401 || status == 407) {
            final Credentials credentials = leg.attempt == null ? null : leg.attempt.target.credentials();
            return credentials != null && credentials.challenged(response);
        }
        if (exchange.method == SipMethod.UPDATE && (status == 405 || status == 501)) {
            leg.allowsUpdate = false;
            return !leg.description.isEmpty();
        }
        return false;
    }
}
