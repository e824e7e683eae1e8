package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.SipIdentity;
import io.trunkline.gateway.config.SipIdentity.Asserted;
import io.trunkline.gateway.config.SipIdentity.Diverted;
import io.trunkline.gateway.engine.Router;
import io.trunkline.gateway.engine.Treatment;
import io.trunkline.sip.stir.Verdict;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes who calls whom for a peer: its Request-URI, From, and the headers that its identity policy wants. Numbers are as the peer
 * writes them, hosts are ours: where the caller came from stays hidden.
 */
final class CallerWriter {
    private static final String ANONYMOUS = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";

    private final Router router;
    private final UnsafeBuffer digits = new UnsafeBuffer(new byte[64]);
    private final UnsafeBuffer treated = new UnsafeBuffer(new byte[64]);
    private final StringBuilder text = new StringBuilder(512);

    CallerWriter(final Router router) {
        this.router = router;
    }

    String requestUri(final LiveCall call, final Peer.Identity peer) {
        if (call.redirectUri != null) {
            return call.redirectUri;
        }
        text.setLength(0);
        called(call, peer);
        return text.append('@').append(peer.host()).toString();
    }

    private void called(final LiveCall call, final Peer.Identity peer) {
        final int length = treated(call);
        peer.numbering().write(digits, length, text.append("sip:"));
    }

    /** Puts the called number, as rules and carrier want it, into {@link #digits}. */
    private int treated(final LiveCall call) {
        digits.putBytes(0, call.to, 0, call.toLength);
        return treat(call.treatment, treat(call.route.rewrite, call.toLength));
    }

    /** Whether these digits are the called number, as it was dialled or as the carrier sees it. */
    boolean isCalled(final LiveCall call, final DirectBuffer number, final int length) {
        return areEqual(number, length, call.to, call.toLength) || areEqual(number, length, digits, treated(call));
    }

    private static boolean areEqual(
            final DirectBuffer one, final int length, final DirectBuffer other, final int otherLength) {
        boolean equal = length == otherLength;
        for (int i = 0; equal && i < length; i++) {
            equal = one.getByte(i) == other.getByte(i);
        }
        return equal;
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

    /** {@code name-addr} for From. Of a caller that asked for privacy it says nothing, to anyone (RFC 3323 §4.1.1.3). */
    String from(final LiveCall call, final Peer.Identity peer, final String host) {
        if (call.isPrivate || call.fromLength == 0) {
            return ANONYMOUS;
        }
        text.setLength(0);
        if (peer.shown().displayName() && call.nameLength > 0) {
            append(call.name, call.nameLength);
            text.append(' ');
        }
        caller(call, peer, host, null);
        return text.toString();
    }

    /** The caller's number, or what rules and carrier put in its place, with what its signature is worth. */
    private void caller(final LiveCall call, final Peer.Identity peer, final String host, final Verdict verdict) {
        text.append("<sip:");
        final Treatment byRule = replacing(call.route.rewrite, false);
        final Treatment byWay = replacing(call.treatment, byRule != null && byRule.senderIsAlphanumeric());
        final Treatment last = byWay == null ? byRule : byWay;
        if (last == null) {
            peer.numbering().write(call.from, call.fromLength, text);
        } else {
            peer.numbering().writeSender(last.sender(), last.senderIsAlphanumeric(), text);
        }
        if (verdict != null) {
            text.append(";verstat=").append(verdict.outcome().verstat().text());
        }
        text.append('@').append(host).append('>');
    }

    /** The treatment with this number, where it puts another sender in place of such a one; else null. */
    private Treatment replacing(final int number, final boolean alphanumeric) {
        final Treatment treatment = number == Treatment.NONE ? null : router.treatment(number);
        return treatment != null && treatment.replacesSender(alphanumeric) ? treatment : null;
    }

    /** Header lines of the peer's identity policy, each with CRLF. */
    String headers(final LiveCall call, final Peer.Identity peer, final String host) {
        final SipIdentity shown = peer.shown();
        text.setLength(0);
        if (call.fromLength > 0) {
            if (call.isPrivate && !call.privacyGiven && shown.learnsHidden()) {
                text.append("Privacy: id\r\n");
            }
            if (shown.asserted() == Asserted.CALLER) {
                asserted(call, peer, host);
            }
            if (shown.remoteParty() == Asserted.CALLER) {
                remoteParty(call, peer, host);
            }
        }
        if (call.diverterLength > 0) {
            diverted(call, peer, host);
        }
        return text.toString();
    }

    private void asserted(final LiveCall call, final Peer.Identity peer, final String host) {
        text.append("P-Asserted-Identity: ");
        caller(call, peer, host, call.verdict);
        text.append("\r\n");
        if (call.verdict != null && call.verdict.isVerified()) {
            // What the caller's carrier vouches for (ATIS-1000074, 3GPP TS 24.229).
            text.append("P-Attestation-Indicator: ")
                    .append(call.verdict.attestation().letter())
                    .append("\r\n");
        }
    }

    /** Screened is a number that a tenant may use, or that a peer who is believed asserts. */
    private void remoteParty(final LiveCall call, final Peer.Identity peer, final String host) {
        text.append("Remote-Party-ID: ");
        caller(call, peer, host, null);
        text.append(";party=calling;screen=")
                .append(call.inbound && !call.asserted ? "no" : "yes")
                .append(";privacy=")
                .append(call.isPrivate ? "full" : "off")
                .append("\r\n");
    }

    private void diverted(final LiveCall call, final Peer.Identity peer, final String host) {
        final Diverted how = peer.shown().diverted();
        if (how == Diverted.DIVERSION || how == Diverted.BOTH) {
            text.append("Diversion: <");
            diverter(call, peer, host);
            text.append(">;reason=").append(call.diversionReason).append(";counter=1\r\n");
        }
        if (how == Diverted.HISTORY_INFO || how == Diverted.BOTH) {
            text.append("History-Info: <");
            diverter(call, peer, host);
            text.append(">;index=1, <");
            called(call, peer);
            text.append('@').append(host).append(">;index=1.1;mp=1\r\n");
        }
    }

    private void diverter(final LiveCall call, final Peer.Identity peer, final String host) {
        peer.numbering().write(call.diverter, call.diverterLength, text.append("sip:"));
        text.append('@').append(host);
    }

    private void append(final DirectBuffer octets, final int length) {
        for (int i = 0; i < length; i++) {
            text.append((char) (octets.getByte(i) & 0xff));
        }
    }
}
