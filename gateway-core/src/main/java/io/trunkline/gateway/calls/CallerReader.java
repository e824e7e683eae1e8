package io.trunkline.gateway.calls;

import io.trunkline.sip.message.AddressField;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.message.TokenList;
import org.agrona.DirectBuffer;

/** Reads who calls whom from an INVITE: by the peer's way of writing numbers, into E.164 digits. Allocates nothing. */
final class CallerReader {
    private static final byte[] ID = Octets.ascii("id");
    private static final byte[] USER = Octets.ascii("user");
    private static final byte[] HEADER = Octets.ascii("header");

    private final AddressField address = new AddressField();

    /**
     * Reads into a call.
     *
     * @return false where the Request-URI names no number
     */
    boolean read(final SipMessage invite, final LiveCall call, final Peer peer) {
        final Numbering numbering = peer.identity().numbering();
        final long called = number(invite.requestUri());
        if (called == Range.NONE) {
            return false;
        }
        call.toLength = numbering.read(invite.buffer(), Range.offset(called), Range.length(called), call.to);
        if (call.toLength == Numbering.NO_NUMBER) {
            return false;
        }
        call.inviteLength = invite.length();
        final int idLength = Math.min(Range.length(invite.callId()), LiveCall.MAX_CALL_ID);
        call.callId.putBytes(0, invite.buffer(), Range.offset(invite.callId()), idLength);
        call.callIdLength = idLength;
        call.isPrivate = TokenList.contains(invite, HeaderName.PRIVACY, ID)
                || TokenList.contains(invite, HeaderName.PRIVACY, USER)
                || TokenList.contains(invite, HeaderName.PRIVACY, HEADER);
        from(invite, HeaderName.FROM, call, numbering);
        name(call, invite.buffer());
        // Whom the peer asserts goes before whom the caller says he is (RFC 3325 §9).
        from(invite, HeaderName.P_ASSERTED_IDENTITY, call, numbering);
        return true;
    }

    /** The number that a header names, if it names one; else what was known before stays. */
    private void from(
            final SipMessage invite, final HeaderName header, final LiveCall call, final Numbering numbering) {
        final int line = invite.first(header);
        if (line < 0) {
            return;
        }
        final long value = invite.value(line);
        if (!address.parse(invite.buffer(), Range.offset(value), Range.end(value))) {
            return;
        }
        final long number = number(address.uri());
        if (number != Range.NONE) {
            final int length = numbering.read(invite.buffer(), Range.offset(number), Range.length(number), call.from);
            call.fromLength = length == Numbering.NO_NUMBER ? call.fromLength : length;
        }
    }

    private void name(final LiveCall call, final DirectBuffer octets) {
        final long name = address.displayName();
        if (name == Range.NONE || Range.length(name) > LiveCall.MAX_NAME) {
            return;
        }
        for (int at = Range.offset(name); at < Range.end(name); at++) {
            final byte octet = octets.getByte(at);
            if (octet == '\r' || octet == '\n') {
                return;
            }
        }
        call.nameLength = Range.length(name);
        call.name.putBytes(0, octets, Range.offset(name), call.nameLength);
    }

    private static long number(final SipUri uri) {
        return uri.scheme() == SipUri.Scheme.OTHER ? Range.NONE : uri.user();
    }
}
