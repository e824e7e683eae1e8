package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.Router;
import io.trunkline.sip.call.Credentials;
import io.trunkline.sip.call.Target;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import io.trunkline.sip.trunk.Flows;
import io.trunkline.sip.trunk.Permit;
import io.trunkline.sip.trunk.Refusal;
import io.trunkline.sip.trunk.TrunkDigest;
import org.agrona.concurrent.EpochClock;

/**
 * Finds where a call goes next: where its trunk has redirected it, the further addresses of the trunk that it is on, then the further
 * trunks of the carrier, then the carriers that its route names, in order. A trunk's place is taken when its turn comes and given back when the call moves on.
 */
final class TargetFinder {
    /** What an INVITE of ours has more than the caller's, at most; decides what is too large for UDP. */
    private static final int OUR_HEADERS = 256;

    private final TrunkBook book;
    private final CallerWriter callers;
    private final Redirects redirects;
    private final Flows flows;
    private final DialogWays ways;
    private final EpochClock clock;

    TargetFinder(
            final TrunkBook book,
            final Router router,
            final Flows flows,
            final DialogWays ways,
            final EpochClock clock) {
        this.book = book;
        callers = new CallerWriter(router);
        redirects = new Redirects(callers);
        this.flows = flows;
        this.ways = ways;
        this.clock = clock;
    }

    /** The next target, for which the call then holds a place on its trunk; null where there is none. */
    Target next(final LiveCall call) {
        while (true) {
            while (call.nextCandidate < call.candidates.size()) {
                final Destination destination = call.candidates.get(call.nextCandidate++);
                final int length = call.inviteLength + call.signature.length() + OUR_HEADERS;
                final Flow way =
                        flows.to(call.overUdp ? destination : call.trunk.trunk().forLength(destination, length));
                call.overUdp = false;
                if (way != null) {
                    return target(call, way, destination);
                }
            }
            if (!nextRedirect(call) && !nextTrunk(call)) {
                return null;
            }
        }
    }

    /** A redirection: its Contacts go before what else there is, other addresses of the trunk included. */
    void redirected(final LiveCall call, final SipMessage response) {
        final Peer.Identity from = call.trunk.identity();
        if (from.redirects() > 0 && redirects.read(response, call, book.open(from.carrier()))) {
            call.nextCandidate = call.candidates.size();
        }
    }

    /**
     * Whether an address that takes no connection gets the large INVITE over UDP after all, next (RFC 3261 §18.1.1). It has not failed then.
     */
    boolean againOverUdp(final LiveCall call, final Target target) {
        call.overUdp = !call.heard
                && !call.isFirst(target)
                && call.destination.protocol() == TransportProtocol.UDP
                && target.hop().isReliable();
        call.nextCandidate -= call.overUdp ? 1 : 0;
        return call.overUdp;
    }

    private void leave(final LiveCall call) {
        call.leaveTrunk();
        call.candidates.clear();
        call.nextCandidate = 0;
        call.redirectUri = null;
    }

    private boolean nextRedirect(final LiveCall call) {
        while (call.nextRedirect < call.redirects.size()) {
            final Redirects.Way way = call.redirects.get(call.nextRedirect++);
            leave(call);
            if (enter(call, way.trunk())) {
                call.redirectUri = way.uri();
                call.candidates.retainAll(way.addresses());
                return true;
            }
        }
        return false;
    }

    private boolean nextTrunk(final LiveCall call) {
        leave(call);
        while (true) {
            while (call.nextTrunk < call.trunks.size()) {
                final Peer next = call.trunks.get(call.nextTrunk++);
                if (!isTriedByRedirection(call, next) && enter(call, next)) {
                    return true;
                }
            }
            if (call.nextCarrier >= call.route.count) {
                return false;
            }
            call.treatment = call.route.treatments[call.nextCarrier];
            call.trunks = book.open(call.route.carriers[call.nextCarrier++]);
            call.nextTrunk = 0;
        }
    }

    private static boolean isTriedByRedirection(final LiveCall call, final Peer peer) {
        for (int i = 0; i < call.nextRedirect; i++) {
            if (call.redirects.get(i).trunk() == peer) {
                return true;
            }
        }
        return false;
    }

    private boolean enter(final LiveCall call, final Peer peer) {
        final Permit permit = peer.trunk().acquire(clock.time(), false, call.candidates);
        if (permit == null) {
            final Refusal why = peer.trunk().refusal();
            if (why == Refusal.RATE || why == Refusal.CONCURRENCY) {
                peer.meter().limited++;
            }
            return false;
        }
        call.trunk = peer;
        call.permit = permit;
        peer.joined();
        return true;
    }

    private Target target(final LiveCall call, final Flow way, final Destination destination) {
        final Peer.Identity peer = call.trunk.identity();
        return new Target(
                way,
                callers.requestUri(call, peer),
                callers.from(call, peer, ways.host(way)),
                null,
                callers.headers(call, peer, ways.host(way)) + signature(call),
                call.caller.identity().shown().believed() ? peer.leg() : peer.guardedLeg(),
                peer.failover(),
                credentials(call.trunk.trunk().digest(), way),
                destination,
                peer.anchored() || call.caller.identity().anchored());
    }

    /** A target that was made before its call was signed, with the signature. */
    Target signed(final LiveCall call, final Target target) {
        return target.with(target.headers() + signature(call));
    }

    private static String signature(final LiveCall call) {
        return CallTrust.mayShow(call, call.trunk, call.treatment) ? call.signature : "";
    }

    /** A trunk's digest for one call that goes this way. */
    static Credentials credentials(final TrunkDigest digest, final Hop way) {
        if (digest == null) {
            return null;
        }
        final TrunkDigest.Proof proof = digest.proof();
        return new Credentials() {
            @Override
            public boolean challenged(final SipMessage response) {
                return proof.challenged(response, way);
            }

            @Override
            public void authorize(final SipMethod method, final String requestUri, final MessageWriter out) {
                proof.write(method, requestUri, out);
            }
        };
    }
}
