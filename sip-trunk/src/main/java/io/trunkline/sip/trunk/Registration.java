package io.trunkline.sip.trunk;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.stack.HeaderGrammar;
import io.trunkline.sip.stack.HeaderReading.Element;
import io.trunkline.sip.stack.HeaderReading.Read;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.TransactionEnd;
import io.trunkline.sip.transport.Destination;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a trunk registered (RFC 3261 §10.2): one round asks its addresses in order until one takes the REGISTER; rounds follow
 * each other before the registration ends, or after a failure at growing distances. The binding stays valid while a later round
 * is under way or fails, until its time is up.
 */
public final class Registration {
    private static final int FIRST_FINAL = 200;
    private static final int FIRST_REFUSAL = 300;
    private static final int FIRST_SERVER_FAILURE = 500;
    private static final int FIRST_GLOBAL_FAILURE = 600;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int INTERVAL_TOO_BRIEF = 423;
    private static final int MAX_CHALLENGES = 2;
    private static final int MAX_BRIEF = 2;
    /** A registrar that wants more than a week will not see us come back. */
    private static final long LONGEST_SEC = 7 * 86_400;

    private static final long MILLIS = 1000;

    /** One REGISTER; only the newest one counts. */
    private final class Attempt implements OwnRequest {
        private final Destination destination;
        private final long sentMs;

        Attempt(final Destination destination, final long sentMs) {
            this.destination = destination;
            this.sentMs = sentMs;
        }

        @Override
        public void onResponse(final ClientTransaction transaction, final SipMessage response) {
            if (response.status() >= FIRST_FINAL && current == this) {
                current = null;
                trunk.noteLoad(destination, response, trunk.nowMs());
                judge(destination, transaction, response);
            }
        }

        @Override
        public void onEnded(final TransactionEnd end) {
            if (current == this) {
                current = null;
                unanswered(destination);
            }
        }
    }

    private final Trunk trunk;
    private final Registering registering;
    private final OwnRequests requests;
    private final String uri;
    private final String addressOfRecord;
    private final String fromTag;
    private final String callId;
    /** Null where the trunk has no credentials. */
    private final TrunkDigest.Proof proof;

    private final List<Destination> candidates = new ArrayList<>();
    private Attempt current;
    private int next;
    private long cseq;
    private int challenges;
    private int brief;
    private long askForSec;
    private long nextRoundMs = Long.MIN_VALUE;
    private long retryMs;
    private long validUntilMs = Long.MIN_VALUE;
    private Destination boundAt;
    private boolean ending;
    private int lastStatus;

    Registration(final Trunk trunk, final Registering registering, final OwnRequests requests) {
        this.trunk = trunk;
        this.registering = registering;
        this.requests = requests;
        uri = "sip:" + registering.domain();
        addressOfRecord = "<sip:" + registering.user() + "@" + registering.domain() + ">";
        fromTag = requests.token();
        callId = requests.token();
        proof = trunk.digest() == null ? null : trunk.digest().proof();
        askForSec = registering.expiresSec();
    }

    /** Whether the registrar has our address now. */
    public boolean isRegistered(final long nowMs) {
        return nowMs < validUntilMs;
    }

    /** The address that took the registration, which calls should use first; null before there was one. */
    public Destination boundAt() {
        return boundAt;
    }

    /** When it ends unless it is refreshed, ms; {@code Long.MIN_VALUE} before there was one. */
    public long validUntilMs() {
        return validUntilMs;
    }

    /** Status of the last final response, 0 for none. */
    public int lastStatus() {
        return lastStatus;
    }

    /**
     * Goes on with the binding that another has made, and which that one lets be from now on.
     *
     * @param alike whether it would have been made in the same way now; else it is made again at once
     */
    void goOn(final Registration before, final boolean alike) {
        validUntilMs = before.validUntilMs;
        boundAt = before.boundAt;
        if (alike) {
            nextRoundMs = before.current == null ? before.nextRoundMs : Long.MIN_VALUE;
            retryMs = before.retryMs;
        }
        before.ending = true;
    }

    void poll(final long nowMs) {
        if (current != null) {
            if (nowMs - current.sentMs >= registering.timeoutMs()) {
                final Destination destination = current.destination;
                current = null;
                unanswered(destination);
            }
        } else if (!ending && nowMs >= nextRoundMs && !trunk.addresses().all().isEmpty()) {
            begin(nowMs);
        }
    }

    private void begin(final long nowMs) {
        trunk.addresses().candidates(nowMs, candidates);
        next = 0;
        challenges = 0;
        brief = 0;
        tryNext();
    }

    /** Takes the address out of the registrar's hands; once, and without waiting whether it worked. */
    void end() {
        if (!ending && isRegistered(trunk.nowMs()) && boundAt != null) {
            ending = true;
            askForSec = 0;
            challenges = 0;
            send(boundAt);
            validUntilMs = Long.MIN_VALUE;
        }
        ending = true;
    }

    /** Whether it is not known yet what became of {@link #end}. */
    boolean isLeaving() {
        return ending && current != null;
    }

    private void tryNext() {
        while (next < candidates.size()) {
            final Destination destination = candidates.get(next);
            next++;
            if (send(destination)) {
                return;
            }
            trunk.failed(destination);
        }
        trunk.addresses().refresh();
        failedRound();
    }

    private boolean send(final Destination destination) {
        cseq++;
        final Attempt attempt = new Attempt(destination, trunk.nowMs());
        current = attempt;
        final OwnRequests.Parts parts = new OwnRequests.Parts(
                SipMethod.REGISTER,
                uri,
                addressOfRecord,
                fromTag,
                addressOfRecord,
                callId,
                cseq,
                registering.user(),
                (int) askForSec,
                proof,
                "",
                null);
        if (!requests.send(attempt, parts, destination)) {
            current = null;
            return false;
        }
        return true;
    }

    private void unanswered(final Destination destination) {
        lastStatus = 0;
        trunk.failed(destination);
        if (!ending) {
            tryNext();
        }
    }

    private void judge(final Destination destination, final ClientTransaction sent, final SipMessage response) {
        final int status = response.status();
        lastStatus = status;
        if (status < FIRST_REFUSAL) {
            trunk.answered(destination);
            if (!ending) {
                registered(destination, response);
            }
        } else if (TrunkDigest.isChallenge(status)) {
            trunk.answered(destination);
            challenges++;
            if (challenges > MAX_CHALLENGES
                    || proof == null
                    || !proof.challenged(response, sent.hop())
                    || !send(destination)) {
                refused();
            }
        } else if (status == INTERVAL_TOO_BRIEF) {
            tooBrief(destination, response);
        } else if (status == REQUEST_TIMEOUT || (status >= FIRST_SERVER_FAILURE && status < FIRST_GLOBAL_FAILURE)) {
            if (!ending) {
                tryNext();
            }
        } else {
            // Among them 3xx: to where it points our credentials do not go.
            refused();
        }
    }

    private void tooBrief(final Destination destination, final SipMessage response) {
        trunk.answered(destination);
        brief++;
        final int line = response.first(HeaderName.MIN_EXPIRES);
        final long least = line < 0 ? -1 : Octets.number(response.buffer(), response.value(line));
        if (brief > MAX_BRIEF || ending || least <= askForSec || least > LONGEST_SEC) {
            refused();
            return;
        }
        askForSec = least;
        if (!send(destination)) {
            failedRound();
        }
    }

    private void registered(final Destination destination, final SipMessage response) {
        final long nowMs = trunk.nowMs();
        final long granted = granted(response);
        trunk.counters().registrations++;
        retryMs = 0;
        boundAt = destination;
        validUntilMs = nowMs + granted * MILLIS;
        // Early enough for a few tries, and not all trunks at once.
        final long early = granted * MILLIS / 8;
        nextRoundMs = validUntilMs - 2 * early + trunk.chance(early);
    }

    /** Expires of our own Contact, else the Expires header, else what we asked for (RFC 3261 §10.2.4). */
    private long granted(final SipMessage response) {
        final String expected = registering.user() + "@";
        for (int line = response.first(HeaderName.CONTACT); line >= 0; line = response.next(line)) {
            if (HeaderGrammar.read(response, line) instanceof Read read) {
                for (final Element element : read.elements()) {
                    final String expires = element.parameters().get("expires");
                    if (element.value().contains(expected) && expires != null && expires.matches("\\d{1,9}")) {
                        return bounded(Long.parseLong(expires));
                    }
                }
            }
        }
        final int line = response.first(HeaderName.EXPIRES);
        final long header = line < 0 ? -1 : Octets.number(response.buffer(), response.value(line));
        return bounded(header < 0 ? askForSec : header);
    }

    /** Never so short that we would do nothing but register. */
    private static long bounded(final long seconds) {
        return Math.max(10, Math.min(seconds, LONGEST_SEC));
    }

    private void failedRound() {
        trunk.counters().registrationFailures++;
        retryMs = retryMs == 0 ? registering.firstRetryMs() : Math.min(retryMs * 2, registering.maxRetryMs());
        nextRoundMs = trunk.nowMs() + retryMs + trunk.chance(retryMs / 4);
    }

    private void refused() {
        trunk.counters().registrationFailures++;
        nextRoundMs = trunk.nowMs() + registering.forbiddenRetryMs() + trunk.chance(registering.forbiddenRetryMs() / 4);
    }
}
