package io.trunkline.sip.trunk;

import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.time.CallRate;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.TransactionEnd;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Messages out over one trunk, each one MESSAGE request outside of any dialog (RFC 3428). A message goes to the trunk's addresses in
 * their order: to the next one where an address says so, or cannot be reached before anything has left; a challenge is answered. A
 * request that left, and that no final response came to in time, is lost: the peer may have it, so it is sent to nobody else.
 */
public final class MessageSender {
    /** What a message over UDP may take (RFC 3428 §8); over TCP and TLS what {@link MessageSettings#maxOctets} says. */
    private static final int LARGE = 1_300;
    /** Start line, Via, Max-Forwards, CSeq, User-Agent, Content-Type and -Length, and the names of the others, at most. */
    private static final int FIXED_OCTETS = 340;
    /** Credentials without user and realm, at most. */
    private static final int CREDENTIALS_OCTETS = 320;

    private static final int FIRST_FINAL = 200;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int MAX_CHALLENGES = 2;
    /** CSeqs of one attempt, which begin with this many times its number. */
    private static final int CSEQS = 32;
    /** Requests that were given up and may still be answered, for each one of the window. */
    private static final int LATE = 8;

    /** Told what became of messages, each once; never from within {@link #send}. */
    public interface Listener {
        /**
         * A final response, which is no 408; 503 also where no address could be reached.
         *
         * @param late whether the message was given up for lost before
         */
        void onAnswered(long ticket, int status, boolean late);

        /** A 408, or no answer: the peer may have it. */
        void onLost(long ticket);
    }

    /** One message under way. */
    private static final class Sending {
        final OutboundMessage message;
        final long ticket;
        final long deadlineMs;
        /** Null where the trunk has no credentials. */
        final TrunkDigest.Proof proof;

        final List<Destination> candidates = new ArrayList<>(2);
        int next;
        long cseq;
        int challenges;
        Attempt current;
        boolean lost;
        Sending previous;
        Sending following;

        Sending(
                final OutboundMessage message,
                final long ticket,
                final long deadlineMs,
                final TrunkDigest.Proof proof) {
            this.message = message;
            this.ticket = ticket;
            this.deadlineMs = deadlineMs;
            this.proof = proof;
        }
    }

    /** One request; only the newest one of a message counts. */
    private final class Attempt implements OwnRequest {
        private final Sending sending;
        private final Destination destination;
        private final Flow way;

        Attempt(final Sending sending, final Destination destination, final Flow way) {
            this.sending = sending;
            this.destination = destination;
            this.way = way;
        }

        @Override
        public void onResponse(final ClientTransaction transaction, final SipMessage response) {
            trunk.heard(destination, response, trunk.nowMs());
            if (response.status() >= FIRST_FINAL && sending.current == this) {
                sending.current = null;
                judge(this, transaction, response);
            }
        }

        @Override
        public void onEnded(final TransactionEnd end) {
            if (sending.current == this) {
                sending.current = null;
                unanswered(this);
            }
        }
    }

    private final Trunk trunk;
    private final MessageSettings settings;
    private final OwnRequests requests;
    private final Flows flows;
    private final Listener listener;
    private final CallRate rate;
    private final int mostOctets;
    /** Those that wait for an answer, in the order in which they are given up for lost: the first and the last. */
    private Sending first;

    private Sending last;
    /** Those that no address could be found for. */
    private final Deque<Sending> stranded = new ArrayDeque<>();

    private int underWay;
    private int late;

    MessageSender(
            final Trunk trunk,
            final MessageSettings settings,
            final OwnRequests requests,
            final Flows flows,
            final Listener listener) {
        this.trunk = trunk;
        this.settings = settings;
        this.requests = requests;
        this.flows = flows;
        this.listener = listener;
        rate = new CallRate(settings.rateMillis(), CallLimits.burst(settings.rateMillis()), trunk.nowMs());
        final TransportProtocol protocol = trunk.settings().target().transport();
        final boolean congestionSafe = protocol == TransportProtocol.TCP || protocol == TransportProtocol.TLS;
        mostOctets = congestionSafe || trunk.settings().largeOverTcp()
                ? settings.maxOctets()
                : Math.min(LARGE, settings.maxOctets());
    }

    /** Whether the trunk can be used at all now. */
    public boolean isUp(final long nowMs) {
        return trunk.state(nowMs) == Refusal.NONE;
    }

    /** Whether a message may be sent now. */
    public boolean isReady(final long nowMs) {
        return underWay < settings.window()
                && late < LATE * settings.window()
                && rate.isReady(nowMs)
                && requests.hasRoom()
                && isUp(nowMs);
    }

    /** How long the rate holds the next message back, ms; 0: it does not. */
    public long paceMs(final long nowMs) {
        return rate.waitMs(nowMs);
    }

    /** Whether a message is short enough; what its headers may take at most is counted. */
    public boolean fits(final OutboundMessage message) {
        return longest(message) <= mostOctets;
    }

    private int longest(final OutboundMessage message) {
        final Credentials credentials = trunk.settings().credentials();
        return FIXED_OCTETS
                + message.requestUri().length()
                + message.from().length()
                + message.fromTag().length()
                + message.to().length()
                + message.callId().length()
                + message.headers().length()
                + message.text().capacity()
                + (credentials == null
                        ? 0
                        : CREDENTIALS_OCTETS
                                + credentials.user().length()
                                + credentials.realm().length()
                                + message.requestUri().length());
    }

    /**
     * Sends a message that {@link #fits}, when it {@link #isReady}.
     *
     * @param attempt how often it was sent over this trunk before
     * @return the CSeq of the first request
     */
    public int send(final long ticket, final OutboundMessage message, final int attempt, final long nowMs) {
        final TrunkDigest digest = trunk.digest();
        final Sending sending =
                new Sending(message, ticket, nowMs + settings.timeoutMs(), digest == null ? null : digest.proof());
        rate.take();
        underWay++;
        link(sending);
        final int cseq = attempt * CSEQS + 1;
        sending.cseq = cseq;
        if (!trunk.route(nowMs, false, sending.candidates) || !next(sending)) {
            stranded.addLast(sending);
        }
        return cseq;
    }

    private void link(final Sending sending) {
        sending.previous = last;
        if (last == null) {
            first = sending;
        } else {
            last.following = sending;
        }
        last = sending;
    }

    private void unlink(final Sending sending) {
        if (sending.previous == null) {
            first = sending.following;
        } else {
            sending.previous.following = sending.following;
        }
        if (sending.following == null) {
            last = sending.previous;
        } else {
            sending.following.previous = sending.previous;
        }
    }

    /** To the next address that can be sent to; false where there is none. */
    private boolean next(final Sending sending) {
        while (sending.next < sending.candidates.size()) {
            final Destination destination = sending.candidates.get(sending.next);
            sending.next++;
            if (request(sending, destination)) {
                return true;
            }
            trunk.failed(destination);
        }
        return false;
    }

    private boolean request(final Sending sending, final Destination destination) {
        final OutboundMessage message = sending.message;
        final Flow way = flows.to(trunk.forLength(destination, longest(message)));
        final Attempt attempt = new Attempt(sending, destination, way);
        sending.current = attempt;
        final OwnRequests.Parts parts = new OwnRequests.Parts(
                SipMethod.MESSAGE,
                message.requestUri(),
                message.from(),
                message.fromTag(),
                message.to(),
                message.callId(),
                sending.cseq++,
                null,
                OwnRequests.NO_EXPIRES,
                sending.proof,
                message.headers(),
                message.text());
        if (!requests.send(attempt, parts, way)) {
            sending.current = null;
            return false;
        }
        return true;
    }

    private void judge(final Attempt attempt, final ClientTransaction sent, final SipMessage response) {
        final Sending sending = attempt.sending;
        final int status = response.status();
        if (status == REQUEST_TIMEOUT) {
            lose(sending);
            end(sending);
            return;
        }
        if (!sending.lost) {
            if (TrunkDigest.isChallenge(status) && sending.challenges < MAX_CHALLENGES) {
                sending.challenges++;
                if (sending.proof != null
                        && sending.proof.challenged(response, sent.hop())
                        && request(sending, attempt.destination)) {
                    return;
                }
            } else if (settings.elsewhere().contains(status) && next(sending)) {
                return;
            }
        }
        answered(sending, status);
    }

    /** A request is over without a final response. */
    private void unanswered(final Attempt attempt) {
        final Sending sending = attempt.sending;
        trunk.failed(attempt.destination);
        if (attempt.way.mayHaveSent()) {
            lose(sending);
            end(sending);
        } else if (sending.lost || !next(sending)) {
            answered(sending, SERVICE_UNAVAILABLE);
        }
    }

    private void answered(final Sending sending, final int status) {
        final boolean wasLost = sending.lost;
        end(sending);
        listener.onAnswered(sending.ticket, status, wasLost);
    }

    private void lose(final Sending sending) {
        if (!sending.lost) {
            sending.lost = true;
            unlink(sending);
            underWay--;
            late++;
            listener.onLost(sending.ticket);
        }
    }

    private void end(final Sending sending) {
        if (sending.lost) {
            late--;
        } else {
            unlink(sending);
            underWay--;
        }
    }

    /** Gives up what has waited too long; to be called in every duty cycle. */
    public void poll(final long nowMs) {
        for (Sending sending = stranded.poll(); sending != null; sending = stranded.poll()) {
            answered(sending, SERVICE_UNAVAILABLE);
        }
        while (first != null && nowMs >= first.deadlineMs) {
            if (first.current != null) {
                trunk.failed(first.current.destination);
            }
            lose(first);
        }
    }

    /** Messages that wait for a final response. */
    public int underWay() {
        return underWay;
    }
}
