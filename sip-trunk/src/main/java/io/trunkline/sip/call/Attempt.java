package io.trunkline.sip.call;

import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.transaction.ClientTransaction;
import java.util.ArrayList;
import java.util.List;

/** An INVITE to one target, with the dialogs that its responses make. Sent again in answer to a challenge or a 422. */
final class Attempt {
    static final long NEVER = Long.MAX_VALUE;

    Call call;
    Target target;
    /** Our tag towards the target, the same in all its dialogs. */
    long tag;

    long callIdHigh;
    long callIdLow;
    long cseq;
    /** Of the INVITE that counts; earlier ones were refused. */
    ClientTransaction transaction;

    /** Whether it is the first party's of a placed call. */
    boolean first;

    int retries;
    int sessionSec;
    int minSeSec;
    boolean provisional;
    long responseAtMs = NEVER;
    long ringAtMs = NEVER;
    /** Dialogs with the target: early ones, or the one that was confirmed. */
    final List<Leg> legs = new ArrayList<>(2);
    /** Hash of the tag in the 2xx that counted, so that its copies are known when the dialog is gone. */
    long answerTagHash;
    /** How many 2xx came that no call wants. */
    int unwanted;
    /** What the relay has made of the caller's offer; null where that goes on as it is, or is not there yet. */
    String offer;
    /** Hash of the tag in the 2xx whose description the relay has; 0 for none. */
    long heldAnswer;

    void begin(final Call of, final Target to, final long ourTag, final long high, final long low) {
        call = of;
        target = to;
        tag = ourTag;
        callIdHigh = high;
        callIdLow = low;
        cseq = 1;
        transaction = null;
        first = false;
        retries = 0;
        sessionSec = to.leg().sessionExpiresSec();
        minSeSec = to.leg().minSeSec();
        provisional = false;
        responseAtMs = NEVER;
        ringAtMs = NEVER;
        answerTagHash = 0;
        unwanted = 0;
        offer = null;
        heldAnswer = 0;
    }

    void clear() {
        tag = 0;
        call = null;
        target = null;
        transaction = null;
        legs.clear();
    }

    /** The dialog of a request from the target, or null. */
    Leg legOf(final SipMessage request) {
        for (int i = 0; i < legs.size(); i++) {
            if (legs.get(i).dialog.matches(request)) {
                return legs.get(i);
            }
        }
        return null;
    }

    /** The dialog of a response to the INVITE, or null. */
    Leg legFrom(final SipMessage response) {
        for (int i = 0; i < legs.size(); i++) {
            if (legs.get(i).dialog.isFrom(response)) {
                return legs.get(i);
            }
        }
        return null;
    }
}
