package io.trunkline.gateway.calls;

import io.trunkline.sip.message.AddressField;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.message.TokenList;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads who calls whom from an INVITE, and who diverted the call: by the peer's way of writing numbers, into E.164 digits, and as far
 * as the peer is believed. Allocates nothing.
 */
final class CallerReader {
    private static final int MAX_ENTRIES = 16;
    private static final byte[] ID = Octets.ascii("id");
    private static final byte[] USER = Octets.ascii("user");
    private static final byte[] HEADER = Octets.ascii("header");
    private static final byte[] PRIVACY = Octets.ascii("privacy");
    private static final byte[] FULL = Octets.ascii("full");
    private static final byte[] URI = Octets.ascii("uri");
    private static final byte[] PARTY = Octets.ascii("party");
    private static final byte[] CALLING = Octets.ascii("calling");
    private static final byte[] REASON = Octets.ascii("reason");
    private static final byte[] ANONYMOUS = Octets.ascii("anonymous");
    private static final byte[] ANONYMOUS_HOST = Octets.ascii("anonymous.invalid");
    /** Those of RFC 5806 §4; another one is not told on. */
    private static final String[] REASONS = {
        "unknown",
        "user-busy",
        "no-answer",
        "unavailable",
        "unconditional",
        "time-of-day",
        "do-not-disturb",
        "deflection",
        "follow-me",
        "out-of-service",
        "away"
    };

    private static final byte[][] REASON_OCTETS = new byte[REASONS.length][];

    static {
        for (int i = 0; i < REASONS.length; i++) {
            REASON_OCTETS[i] = Octets.ascii(REASONS[i]);
        }
    }

    private final AddressField address = new AddressField();
    private final UnsafeBuffer before = new UnsafeBuffer(new byte[Numbering.MAX_DIGITS + 1]);

    /**
     * Reads into a call.
     *
     * @return false where the Request-URI names no number
     */
    boolean read(final SipMessage invite, final LiveCall call, final Peer peer) {
        final Numbering numbering = peer.identity().numbering();
        call.toLength = number(invite.requestUri(), invite.buffer(), numbering, call.to);
        if (call.toLength == Numbering.NO_NUMBER) {
            return false;
        }
        call.inviteLength = invite.length();
        final int idLength = Math.min(Range.length(invite.callId()), LiveCall.MAX_CALL_ID);
        call.callId.putBytes(0, invite.buffer(), Range.offset(invite.callId()), idLength);
        call.callIdLength = idLength;
        call.privacyGiven = TokenList.contains(invite, HeaderName.PRIVACY, ID)
                || TokenList.contains(invite, HeaderName.PRIVACY, USER)
                || TokenList.contains(invite, HeaderName.PRIVACY, HEADER);
        call.isPrivate = call.privacyGiven;
        from(invite, call, numbering);
        remoteParty(invite, call, peer);
        if (peer.identity().shown().believed()) {
            asserted(invite, call, numbering);
            diverter(invite, call, numbering);
        }
        return true;
    }

    /** Number and name of From; one that says that it is anonymous is a wish for privacy (RFC 3323 §4.1.1.3). */
    private void from(final SipMessage invite, final LiveCall call, final Numbering numbering) {
        final int line = invite.first(HeaderName.FROM);
        if (line < 0 || !parse(invite, line, Range.offset(invite.value(line)))) {
            return;
        }
        final SipUri uri = address.uri();
        call.fromLength = Math.max(0, number(uri, invite.buffer(), numbering, call.from));
        name(call, invite.buffer());
        call.isPrivate |= (uri.user() != Range.NONE && Octets.equalIgnoringCase(invite.buffer(), uri.user(), ANONYMOUS))
                || (uri.host() != Range.NONE && Octets.equalIgnoringCase(invite.buffer(), uri.host(), ANONYMOUS_HOST));
    }

    /** Remote-Party-ID of the calling party; the wish for privacy counts whoever says it. */
    private void remoteParty(final SipMessage invite, final LiveCall call, final Peer peer) {
        for (int line = invite.first(HeaderName.REMOTE_PARTY_ID); line >= 0; line = invite.next(line)) {
            int at = Range.offset(invite.value(line));
            for (int entry = 0; at >= 0 && entry < MAX_ENTRIES && parse(invite, line, at); entry++) {
                final long party = address.parameter(PARTY);
                if (party == Range.NONE || Octets.equalIgnoringCase(invite.buffer(), party, CALLING)) {
                    final long privacy = address.parameter(PRIVACY);
                    call.isPrivate |= privacy != Range.NONE
                            && (Octets.equalIgnoringCase(invite.buffer(), privacy, FULL)
                                    || Octets.equalIgnoringCase(invite.buffer(), privacy, URI));
                    if (peer.identity().shown().believed() && !call.asserted) {
                        believe(call, invite.buffer(), peer.identity().numbering());
                    }
                }
                at = address.hasNext() ? address.next() : -1;
            }
        }
    }

    /** Whom the peer asserts goes before whom the caller says he is (RFC 3325 §9): the first of the entries that is a number. */
    private void asserted(final SipMessage invite, final LiveCall call, final Numbering numbering) {
        for (int line = invite.first(HeaderName.P_ASSERTED_IDENTITY); line >= 0; line = invite.next(line)) {
            int at = Range.offset(invite.value(line));
            for (int entry = 0; at >= 0 && entry < MAX_ENTRIES && parse(invite, line, at); entry++) {
                if (believe(call, invite.buffer(), numbering)) {
                    return;
                }
                at = address.hasNext() ? address.next() : -1;
            }
        }
    }

    /** Takes the number at hand for the caller's, if it is one; else what was known before stays. */
    private boolean believe(final LiveCall call, final DirectBuffer octets, final Numbering numbering) {
        final int length = number(address.uri(), octets, numbering, before);
        if (length == Numbering.NO_NUMBER) {
            return false;
        }
        call.from.putBytes(0, before, 0, length);
        call.fromLength = length;
        call.asserted = true;
        return true;
    }

    /** Diversion's topmost entry is the latest (RFC 5806 §5.1); of History-Info it is the last but one (RFC 7044 §5). */
    private void diverter(final SipMessage invite, final LiveCall call, final Numbering numbering) {
        final int diversion = invite.first(HeaderName.DIVERSION);
        if (diversion >= 0) {
            if (parse(invite, diversion, Range.offset(invite.value(diversion)))) {
                call.diverterLength = Math.max(0, number(address.uri(), invite.buffer(), numbering, call.diverter));
                call.diversionReason = reason(invite.buffer(), address.parameter(REASON));
            }
            return;
        }
        int length = 0;
        int entries = 0;
        for (int line = invite.first(HeaderName.HISTORY_INFO); line >= 0; line = invite.next(line)) {
            int at = Range.offset(invite.value(line));
            while (at >= 0 && entries < MAX_ENTRIES && parse(invite, line, at)) {
                entries++;
                call.diverterLength = length;
                call.diverter.putBytes(0, before, 0, length);
                length = Math.max(0, number(address.uri(), invite.buffer(), numbering, before));
                at = address.hasNext() ? address.next() : -1;
            }
        }
        if (length == call.diverterLength && begins(before, call.diverter, length)) {
            call.diverterLength = 0;
        }
        call.diversionReason = REASONS[0];
    }

    private static boolean begins(final DirectBuffer one, final DirectBuffer other, final int length) {
        for (int i = 0; i < length; i++) {
            if (one.getByte(i) != other.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    private static String reason(final DirectBuffer octets, final long given) {
        for (int i = 0; given != Range.NONE && i < REASONS.length; i++) {
            if (Octets.equalIgnoringCase(octets, given, REASON_OCTETS[i])) {
                return REASONS[i];
            }
        }
        return REASONS[0];
    }

    private boolean parse(final SipMessage invite, final int line, final int from) {
        return address.parse(invite.buffer(), from, Range.end(invite.value(line))) && !address.isStar();
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

    private static int number(
            final SipUri uri, final DirectBuffer octets, final Numbering numbering, final MutableDirectBuffer into) {
        final long user = uri.scheme() == SipUri.Scheme.OTHER ? Range.NONE : uri.user();
        return user == Range.NONE
                ? Numbering.NO_NUMBER
                : numbering.read(octets, Range.offset(user), Range.length(user), into);
    }
}
