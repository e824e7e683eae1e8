package io.trunkline.sip.call;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.HexTag;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TokenList;
import io.trunkline.sip.transaction.ServerTransaction;

/** INVITEs that are to make calls: what cannot is answered here, the rest is offered to the router. */
final class Offers {
    private static final byte[][] EXTENSIONS = {Workbench.TIMER, Workbench.RELIABLE};
    private static final int DEFAULT_HOPS = 70;

    private final CallDesk desk;
    private final Workbench bench;
    private final CallLimits limits;

    Offers(final CallDesk desk) {
        this.desk = desk;
        bench = desk.bench;
        limits = bench.context.limits();
    }

    void onInvite(final ServerTransaction transaction, final SipMessage invite) {
        final long mergeKey = bench.mergeKey(invite);
        if (isRefused(transaction, invite, mergeKey)) {
            return;
        }
        final Call call = desk.newCall();
        if (!call.invite.keep(invite.buffer(), 0, invite.length())) {
            desk.free(call);
            atLimit(transaction, invite);
            return;
        }
        call.begin(bench.fresh(), bench.nowMs());
        call.tag = bench.fresh();
        call.mergeKey = mergeKey;
        call.inviteTransaction = transaction;
        call.inviteCseq = invite.cseq();
        call.hopsLeft = invite.maxForwards() < 0 ? DEFAULT_HOPS : invite.maxForwards();
        call.callerNeeds100rel = TokenList.contains(invite, HeaderName.REQUIRE, Workbench.RELIABLE);
        call.callerDoes100rel =
                call.callerNeeds100rel || TokenList.contains(invite, HeaderName.SUPPORTED, Workbench.RELIABLE);
        call.setupEndsAtMs = bench.nowMs() + limits.offerMs();
        call.transactions = 1;
        transaction.attach(call);
        desk.offered(call);
        bench.context.router().onOffer(call, invite);
    }

    private boolean isRefused(final ServerTransaction transaction, final SipMessage invite, final long mergeKey) {
        if (invite.maxForwards() == 0) {
            bench.counters.loops++;
            bench.answer(transaction, invite, 483, bench.fresh());
        } else if (desk.merges.containsKey(mergeKey)
                || desk.attemptsByTag.containsKey(HexTag.read(invite.buffer(), invite.fromTag()))) {
            // The same INVITE by another way (RFC 3261 §8.2.2.2), or one of ours that came back.
            bench.counters.loops++;
            bench.answer(transaction, invite, 482, bench.fresh());
        } else if (invite.first(HeaderName.CONTACT) < 0) {
            bench.answer(transaction, invite, 400, bench.fresh());
        } else if (!extensionsKnown(transaction, invite)) {
            return true;
        } else if (invite.length() > limits.maxInvite()) {
            bench.answer(transaction, invite, 513, bench.fresh());
        } else if (desk.isDraining()) {
            bench.counters.refusedDraining++;
            bench.answer(transaction, invite, 503, HeaderName.RETRY_AFTER, limits.retryAfterSec());
        } else if (desk.calls() >= limits.maxCalls()) {
            atLimit(transaction, invite);
        } else {
            return desk.sessions.tooShort(bench.context.callers(), transaction, invite);
        }
        return true;
    }

    private void atLimit(final ServerTransaction transaction, final SipMessage invite) {
        bench.counters.refusedAtLimit++;
        bench.answer(transaction, invite, 503, HeaderName.RETRY_AFTER, limits.retryAfterSec());
    }

    /** Answers 420 where an extension is required that is not ours (RFC 3261 §8.2.2.3). */
    boolean extensionsKnown(final ServerTransaction transaction, final SipMessage request) {
        final long unknown = TokenList.firstOther(request, HeaderName.REQUIRE, EXTENSIONS);
        if (unknown == Range.NONE) {
            return true;
        }
        bench.startResponse(request, 420, bench.fresh(), transaction);
        bench.writer.start(HeaderName.UNSUPPORTED).copy(request.buffer(), unknown);
        bench.writer.endLine().end();
        bench.respond(transaction, 420);
        return false;
    }
}
