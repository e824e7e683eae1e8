package io.trunkline.sip.call;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.HexTag;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TokenList;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.ServerTransaction;

/** INVITEs that are to make calls: what cannot is answered here, the rest is offered to the router. */
final class Offers {
    private static final byte[][] EXTENSIONS = {Workbench.TIMER, Workbench.RELIABLE};
    private static final int DEFAULT_HOPS = 70;
    private static final Rejection NO_CONTACT = Rejection.of(400);
    private static final Rejection LOOP = Rejection.of(482);
    private static final Rejection TOO_MANY_HOPS = Rejection.of(483);
    private static final Rejection TOO_LONG = Rejection.of(513);
    private static final Rejection OVERLOADED = Rejection.busy(1);
    /** To who is told in the Via how much less to send, and need not stop. */
    private static final Rejection OVERLOADED_AND_TOLD = Rejection.of(503);

    private final CallDesk desk;
    private final Workbench bench;
    private final CallLimits limits;
    private final Rejection noRoom;
    private final Rejection sessionTooShort;

    Offers(final CallDesk desk) {
        this.desk = desk;
        bench = desk.bench;
        limits = bench.context.limits();
        noRoom = Rejection.busy(limits.retryAfterSec());
        final int leastSec = bench.context.callers().minSeSec();
        sessionTooShort = new Rejection(422, HeaderName.MIN_SE, Integer.toString(leastSec));
    }

    /** Whether an INVITE gets a transaction; where not, it has been refused without one. */
    boolean admits(final SipMessage invite, final Hop source) {
        final Rejection rejection = rejection(invite);
        if (rejection == null) {
            return true;
        }
        final int status = rejection.status();
        bench.layer.refuse(invite, source, status, StatusPhrase.of(status), rejection.header(), rejection.value());
        return false;
    }

    private Rejection rejection(final SipMessage invite) {
        if (invite.maxForwards() == 0) {
            bench.counters.loops++;
            return TOO_MANY_HOPS;
        }
        if (desk.merges.containsKey(bench.mergeKey(invite))
                || desk.attemptsByTag.containsKey(HexTag.read(invite.buffer(), invite.fromTag()))) {
            // The same INVITE by another way (RFC 3261 §8.2.2.2), or one of ours that came back.
            bench.counters.loops++;
            return LOOP;
        }
        if (invite.first(HeaderName.CONTACT) < 0) {
            return NO_CONTACT;
        }
        final long unknown = unknownExtension(invite);
        if (unknown != Range.NONE) {
            final String name =
                    invite.buffer().getStringWithoutLengthAscii(Range.offset(unknown), Range.length(unknown));
            return new Rejection(420, HeaderName.UNSUPPORTED, name);
        }
        if (invite.length() > limits.maxInvite()) {
            return TOO_LONG;
        }
        if (desk.isDraining()) {
            bench.counters.refusedDraining++;
            return noRoom;
        }
        if (desk.calls() >= limits.maxCalls()) {
            bench.counters.refusedAtLimit++;
            return noRoom;
        }
        if (Sessions.isTooShort(bench.context.callers(), invite)) {
            return sessionTooShort;
        }
        // Last of all: what the router would not have had takes nobody's place.
        final Rejection rejection = bench.context.router().rejects(invite);
        if (rejection != null || desk.gate.admits(bench.nowMs())) {
            return rejection;
        }
        bench.counters.refusedOverloaded++;
        return desk.gate.report().isFor(invite) ? OVERLOADED_AND_TOLD : OVERLOADED;
    }

    /** Makes a call of an INVITE that was admitted just now. */
    void onInvite(final ServerTransaction transaction, final SipMessage invite) {
        final Call call = desk.newCall();
        if (!call.invite.keep(invite.buffer(), 0, invite.length())) {
            desk.free(call);
            bench.counters.refusedAtLimit++;
            bench.answer(transaction, invite, 503, HeaderName.RETRY_AFTER, limits.retryAfterSec());
            return;
        }
        call.begin(bench.fresh(), bench.nowMs());
        call.tag = bench.fresh();
        call.mergeKey = bench.mergeKey(invite);
        call.inviteTransaction = transaction;
        call.inviteCseq = invite.cseq();
        call.hopsLeft = invite.maxForwards() < 0 ? DEFAULT_HOPS : invite.maxForwards();
        call.callerNeeds100rel = TokenList.contains(invite, HeaderName.REQUIRE, Workbench.RELIABLE);
        call.callerDoes100rel =
                call.callerNeeds100rel || TokenList.contains(invite, HeaderName.SUPPORTED, Workbench.RELIABLE);
        call.callerProves = invite.first(HeaderName.AUTHORIZATION) >= 0;
        call.setupEndsAtMs = bench.nowMs() + limits.offerMs();
        call.transactions = 1;
        transaction.attach(call);
        desk.offered(call);
        bench.context.router().onOffer(call, invite);
    }

    /** What a request requires that is not ours (RFC 3261 §8.2.2.3), or {@link Range#NONE}. */
    private static long unknownExtension(final SipMessage request) {
        return TokenList.firstOther(request, HeaderName.REQUIRE, EXTENSIONS);
    }

    /** Answers a request in a dialog with 420 where it requires an extension that is not ours. */
    boolean extensionsKnown(final ServerTransaction transaction, final SipMessage request) {
        final long unknown = unknownExtension(request);
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
