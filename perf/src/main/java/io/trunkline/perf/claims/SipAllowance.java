package io.trunkline.perf.claims;

import io.trunkline.perf.wire.RawSip;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a peer over UDP may be answered with, whatever it tries.
 *
 * @param words for people
 * @param most answers in all
 * @param statuses that answers may have
 * @param factor octets of all answers by the octets that were sent, at most
 */
record SipAllowance(String words, long most, Set<Integer> statuses, double factor) {
    /** Nothing at all. */
    static final SipAllowance SILENCE = new SipAllowance("silence", 0, Set.of(), 0);

    /** A 401 has to repeat the request's names and bring a nonce: it may be longer than a short request, never twice as long. */
    private static final double CHALLENGE_FACTOR = 2;

    /** At most so many answers, and in all no more octets than were sent. */
    static SipAllowance answers(final long most, final Integer... statuses) {
        return new SipAllowance(words(most, statuses), most, Set.of(statuses), 1);
    }

    /** At most so many messages, as long as a call of which its caller acknowledges nothing makes them. */
    static SipAllowance calls(final long most, final Integer... statuses) {
        return new SipAllowance(words(most, statuses), most, Set.of(statuses), Double.POSITIVE_INFINITY);
    }

    private static String words(final long most, final Integer... statuses) {
        return "at most " + most + " of "
                + Arrays.stream(statuses).map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** A challenge for each request at most. */
    static SipAllowance challenges(final long most) {
        return new SipAllowance("at most " + most + " challenges", most, Set.of(401), CHALLENGE_FACTOR);
    }

    /** Null where what it has got so far is allowed, else what is not. */
    String complaint(final RawSip peer) {
        final Map<Integer, Long> heard = peer.heardByStatus();
        if (!statuses.containsAll(heard.keySet()) || peer.heard() > most) {
            return "allowed is " + words + ", and came " + told(heard);
        }
        if (peer.heardOctets() > factor * peer.sentOctets()) {
            return "allowed are " + factor + " octets for each, and " + peer.sentOctets() + " were answered with "
                    + peer.heardOctets();
        }
        return null;
    }

    private static String told(final Map<Integer, Long> heard) {
        return new TreeSet<>(heard.keySet())
                .stream()
                        .map(status -> heard.get(status) + " times " + (status == 0 ? "a request" : status))
                        .collect(Collectors.joining(", "));
    }
}
