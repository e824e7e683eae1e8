package io.trunkline.sip.call;

import io.trunkline.sip.dialog.Dialog;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.KeptOctets;
import io.trunkline.sip.transaction.OctetStore;
import io.trunkline.sip.transaction.ServerTransaction;

/**
 * One side of a call: a dialog, and what is under way in it. Legs come in pairs; a target's fork makes a pair of its own, so
 * that the caller sees the same early dialogs as we do.
 */
final class Leg {
    static final long NEVER = Long.MAX_VALUE;
    static final long NONE = -1;

    final Dialog dialog;
    Call call;
    Leg peer;
    LegPolicy policy;
    /** Whose INVITE made it; null where the caller's own did. */
    Attempt attempt;
    /** Our tag in the dialog. */
    long tag;

    /** What tells the target's forks apart to the relay. */
    long mediaTag;

    /** Whether it is the caller's side, or the first party's of a placed call. */
    boolean caller;

    boolean confirmed;
    boolean closed;

    /** The INVITE of the peer's that goes on to the other leg, until it has a final response. */
    Exchange inviteIn;
    /** The INVITE or UPDATE with an offer that we sent to the peer, until it has a final response. */
    Exchange offerOut;
    /** The UPDATE with an offer of the peer's, until it has a final response. */
    Exchange updateIn;

    /** Our 2xx to the peer's INVITE, sent again until its ACK comes. */
    final KeptOctets answer;

    ServerTransaction answerTransaction;
    long answerCseq = NONE;
    long answerAgainAtMs = NEVER;
    long answerIntervalMs;
    long answerGiveUpAtMs = NEVER;

    /** CSeq of our INVITE that the peer answered with 2xx. */
    long acceptedCseq = NONE;

    boolean acknowledged;
    /** The ACK where it carries the answer to a late offer: its copies must carry it too. */
    final KeptOctets lateAck;

    boolean byeWanted;
    ClientTransaction bye;
    int byeRetries;

    /** Session timer (RFC 4028): s, 0 for none. */
    int sessionSec;

    boolean weRefresh;
    int refreshRetries;
    boolean allowsUpdate;
    long refreshAtMs = NEVER;
    long expiresAtMs = NEVER;
    /** The last session description that the peer got from us, for a refresh by re-INVITE. */
    final KeptOctets description;

    Leg(final OctetStore store) {
        dialog = new Dialog(store);
        answer = new KeptOctets(store);
        lateAck = new KeptOctets(store);
        description = new KeptOctets(store);
    }

    void begin(final Call of, final LegPolicy spokenTo, final Attempt toTarget, final long ourTag) {
        call = of;
        policy = spokenTo;
        attempt = toTarget;
        caller = toTarget == null;
        tag = ourTag;
        mediaTag = 0;
        peer = null;
        confirmed = false;
        closed = false;
        inviteIn = null;
        offerOut = null;
        updateIn = null;
        answerTransaction = null;
        acceptedCseq = NONE;
        acknowledged = false;
        byeWanted = false;
        bye = null;
        byeRetries = 0;
        sessionSec = 0;
        weRefresh = false;
        refreshRetries = 0;
        allowsUpdate = false;
        refreshAtMs = NEVER;
        expiresAtMs = NEVER;
        answered();
    }

    /** No 2xx waits for its ACK any more. */
    void answered() {
        answer.clear();
        answerCseq = NONE;
        answerTransaction = null;
        answerAgainAtMs = NEVER;
        answerGiveUpAtMs = NEVER;
    }

    boolean awaitsAck() {
        return answerCseq != NONE;
    }

    /** Whether no 2xx of the peer's waits for our ACK. */
    boolean settled() {
        return acceptedCseq == NONE || acknowledged;
    }

    boolean isCaller() {
        return caller;
    }

    /** Lets go of all that is kept; the dialog is over. */
    void close() {
        closed = true;
        answered();
        dialog.clear();
        lateAck.clear();
        description.clear();
        refreshAtMs = NEVER;
        expiresAtMs = NEVER;
        byeWanted = false;
    }

    /** The nearest of its deadlines. */
    long deadline() {
        return Math.min(Math.min(answerAgainAtMs, answerGiveUpAtMs), Math.min(refreshAtMs, expiresAtMs));
    }
}
