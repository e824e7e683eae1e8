package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/**
 * Copies the line of the topmost Via with {@code received} and {@code rport} set to where the request came from (RFC 3261
 * §18.2.1, RFC 3581 §4). What the peer itself wrote there is not believed. Where there is something to tell it of our load, that
 * stands in the place of its offer to obey.
 */
final class ViaStamp {
    private ViaStamp() {}

    static void write(
            final SipMessage request, final PeerAddress peer, final OverloadReport report, final OctetWriter out) {
        final DirectBuffer octets = request.buffer();
        final boolean tells = report != null && report.isFor(request);
        final ViaField via = request.topVia();
        final long line = request.line(request.first(HeaderName.VIA));
        final long rport = via.rportParameter();
        final long received = via.received();
        final boolean rportFirst = rport != Range.NONE && (received == Range.NONE || rport < received);
        int at = Range.offset(line);
        if (rportFirst) {
            at = rport(octets, at, rport, peer, tells, out);
        }
        if (received != Range.NONE) {
            copy(octets, at, Range.offset(received), tells, out);
            out.octets(peer.host());
            at = Range.end(received);
        }
        if (rport != Range.NONE && !rportFirst) {
            at = rport(octets, at, rport, peer, tells, out);
        }
        final int elementEnd = Range.end(via.element());
        copy(octets, at, elementEnd, tells, out);
        if (received == Range.NONE && (rport != Range.NONE || !Octets.equal(octets, via.host(), peer.host()))) {
            out.ascii(";received=").octets(peer.host());
        }
        if (tells) {
            report.write(out);
        }
        out.copy(octets, elementEnd, Range.end(line) - elementEnd);
    }

    private static void copy(
            final DirectBuffer octets, final int from, final int until, final boolean tells, final OctetWriter out) {
        if (tells) {
            OverloadParameters.copyWithout(octets, from, until, out);
        } else {
            out.copy(octets, from, until - from);
        }
    }

    private static int rport(
            final DirectBuffer octets,
            final int at,
            final long rport,
            final PeerAddress peer,
            final boolean tells,
            final OctetWriter out) {
        copy(octets, at, Range.offset(rport), tells, out);
        out.ascii("rport=").number(peer.port());
        return Range.end(rport);
    }
}
