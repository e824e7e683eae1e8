package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.SipIdentity;
import io.trunkline.gateway.engine.Router;
import io.trunkline.gateway.engine.Treatment;
import io.trunkline.sip.call.Credentials;
import io.trunkline.sip.call.Target;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.stir.Verdict;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import io.trunkline.sip.trunk.Flows;
import io.trunkline.sip.trunk.Permit;
import io.trunkline.sip.trunk.Refusal;
import io.trunkline.sip.trunk.TrunkDigest;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds where a call goes next: the further addresses of the trunk that it is on, then the further trunks of the carrier, then the
 * carriers that its route names, in order. A trunk's place is taken when its turn comes and given back when the call moves on.
 */
final class TargetFinder {
    private static final String ANONYMOUS = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";
    /** What an INVITE of ours has more than the caller's, at most; decides what is too large for UDP. */
    private static final int OUR_HEADERS = 256;

    private final TrunkBook book;
    private final Router router;
    private final Flows flows;
    private final DialogWays ways;
    private final EpochClock clock;
    private final UnsafeBuffer digits = new UnsafeBuffer(new byte[64]);
    private final UnsafeBuffer treated = new UnsafeBuffer(new byte[64]);
    private final StringBuilder text = new StringBuilder(128);

    TargetFinder(
            final TrunkBook book,
            final Router router,
            final Flows flows,
            final DialogWays ways,
            final EpochClock clock) {
        this.book = book;
        this.router = router;
        this.flows = flows;
        this.ways = ways;
        this.clock = clock;
    }

    /** The next target, for which the call then holds a place on its trunk; null where there is none. */
    Target next(final LiveCall call) {
        while (true) {
            while (call.nextCandidate < call.candidates.size()) {
                final Destination destination = call.candidates.get(call.nextCandidate++);
                final Flow way = flows.to(call.trunk
                        .trunk()
                        .forLength(destination, call.inviteLength + call.signature.length() + OUR_HEADERS));
                if (way != null) {
                    return target(call, way, destination);
                }
            }
            if (!nextTrunk(call)) {
                return null;
            }
        }
    }

    private boolean nextTrunk(final LiveCall call) {
        call.leaveTrunk();
        call.candidates.clear();
        call.nextCandidate = 0;
        while (true) {
            while (call.nextTrunk < call.trunks.size()) {
                if (enter(call, call.trunks.get(call.nextTrunk++))) {
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

    private boolean enter(final LiveCall call, final Peer peer) {
        final Permit permit = peer.trunk().acquire(clock.time(), false, call.candidates);
        if (permit == null) {
            final Refusal why = peer.trunk().refusal();
            if (why == Refusal.RATE || why == Refusal.CONCURRENCY) {
                peer.meter().limited++;
                call.limited = true;
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
                requestUri(call, peer),
                from(call, peer, way),
                null,
                headers(call, peer, way),
                peer.leg(),
                peer.failover(),
                credentials(call.trunk.trunk().digest(), way),
                destination);
    }

    /** A target that was made before its call was signed, with the signature. */
    Target signed(final LiveCall call, final Target target) {
        return CallTrust.mayShow(call, call.trunk, call.treatment)
                ? new Target(
                        target.hop(),
                        target.requestUri(),
                        target.from(),
                        target.to(),
                        target.headers() + call.signature,
                        target.leg(),
                        target.failover(),
                        target.credentials(),
                        target.attachment())
                : target;
    }

    private String requestUri(final LiveCall call, final Peer.Identity peer) {
        digits.putBytes(0, call.to, 0, call.toLength);
        int length = treat(call.route.rewrite, call.toLength);
        length = treat(call.treatment, length);
        text.setLength(0);
        text.append("sip:").append(peer.numbering().prefix());
        append(digits, length);
        return text.append('@').append(peer.host()).toString();
    }

    private int treat(final int number, final int length) {
        final Treatment treatment = number == Treatment.NONE ? null : router.treatment(number);
        if (treatment == null) {
            return length;
        }
        final int changed = treatment.destination(digits, 0, length, treated, 0);
        digits.putBytes(0, treated, 0, changed);
        return changed;
    }

    /** The caller's number as the peer writes numbers, at our host: where it came from stays hidden. */
    private String from(final LiveCall call, final Peer.Identity peer, final Flow way) {
        if (call.isPrivate || call.fromLength == 0) {
            return ANONYMOUS;
        }
        text.setLength(0);
        if (peer.shown().displayName() && call.nameLength > 0) {
            append(call.name, call.nameLength);
            text.append(' ');
        }
        text.append('<');
        number(call, peer, way, null);
        return text.append('>').toString();
    }

    /** The caller's number, with what its signature is worth. */
    private void number(final LiveCall call, final Peer.Identity peer, final Flow way, final Verdict verdict) {
        text.append("sip:");
        final Treatment treatment = call.treatment == Treatment.NONE ? null : router.treatment(call.treatment);
        if (treatment != null && treatment.replacesSender(false)) {
            append(treatment.sender(), treatment.sender().capacity());
        } else {
            text.append(peer.numbering().prefix());
            append(call.from, call.fromLength);
        }
        if (verdict != null) {
            text.append(";verstat=").append(verdict.outcome().verstat().text());
        }
        text.append('@').append(ways.host(way));
    }

    private String headers(final LiveCall call, final Peer.Identity peer, final Flow way) {
        final String signature = CallTrust.mayShow(call, call.trunk, call.treatment) ? call.signature : "";
        if (peer.shown().asserted() != SipIdentity.Asserted.CALLER || call.fromLength == 0) {
            return signature;
        }
        text.setLength(0);
        text.append("P-Asserted-Identity: <");
        number(call, peer, way, call.verdict);
        text.append(">\r\n");
        if (call.verdict != null && call.verdict.isVerified()) {
            // What the caller's carrier vouches for (ATIS-1000074, 3GPP TS 24.229).
            text.append("P-Attestation-Indicator: ")
                    .append(call.verdict.attestation().letter())
                    .append("\r\n");
        }
        return text.append(signature).toString();
    }

    private void append(final DirectBuffer octets, final int length) {
        for (int i = 0; i < length; i++) {
            text.append((char) (octets.getByte(i) & 0xff));
        }
    }

    /** A trunk's digest for what goes this way. */
    static Credentials credentials(final TrunkDigest digest, final Hop way) {
        return digest == null
                ? null
                : new Credentials() {
                    @Override
                    public boolean challenged(final SipMessage response) {
                        return digest.challenged(response, way);
                    }

                    @Override
                    public void authorize(final SipMethod method, final String requestUri, final MessageWriter out) {
                        if (digest.isReady()) {
                            digest.write(method, requestUri, out);
                        }
                    }
                };
    }
}
