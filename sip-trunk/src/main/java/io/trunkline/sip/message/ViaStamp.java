package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/**
 * Copies the line of the topmost Via with {@code received} and {@code rport} set to where the request came from (RFC 3261
 * §18.2.1, RFC 3581 §4). What the peer itself wrote there is not believed.
 */
final class ViaStamp {
    private ViaStamp() {}

    static void write(final SipMessage request, final PeerAddress peer, final OctetWriter out) {
        final DirectBuffer octets = request.buffer();
        final ViaField via = request.topVia();
        final long line = request.line(request.first(HeaderName.VIA));
        final long rport = via.rportParameter();
        final long received = via.received();
        final boolean rportFirst = rport != Range.NONE && (received == Range.NONE || rport < received);
        int at = Range.offset(line);
        if (rportFirst) {
            at = rport(octets, at, rport, peer, out);
        }
        if (received != Range.NONE) {
            out.copy(octets, at, Range.offset(received) - at).octets(peer.host());
            at = Range.end(received);
        }
        if (rport != Range.NONE && !rportFirst) {
            at = rport(octets, at, rport, peer, out);
        }
        if (received == Range.NONE && (rport != Range.NONE || !Octets.equal(octets, via.host(), peer.host()))) {
            final int elementEnd = Range.end(via.element());
            out.copy(octets, at, elementEnd - at).ascii(";received=").octets(peer.host());
            at = elementEnd;
        }
        out.copy(octets, at, Range.end(line) - at);
    }

    private static int rport(
            final DirectBuffer octets, final int at, final long rport, final PeerAddress peer, final OctetWriter out) {
        out.copy(octets, at, Range.offset(rport) - at).ascii("rport=").number(peer.port());
        return Range.end(rport);
    }
}
