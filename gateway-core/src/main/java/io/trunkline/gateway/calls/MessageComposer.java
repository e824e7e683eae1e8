package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.SipIdentity.Asserted;
import io.trunkline.gateway.engine.Treatment;
import io.trunkline.gateway.engine.Unit;
import io.trunkline.sip.trunk.OutboundMessage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes MESSAGE requests of units for one trunk: for whom, from whom, and what its identity policy wants. Numbers are as the peer
 * writes them, hosts are ours.
 */
final class MessageComposer {
    private static final int ALPHANUMERIC_SENDER = 2;
    private static final int ADDRESS_ROOM = 64;
    private static final long SECOND_MS = 1_000;

    /** RFC 3261 §20.17. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final Peer.Identity peer;
    private final UnsafeBuffer address = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer rewritten = new UnsafeBuffer(new byte[ADDRESS_ROOM]);
    private final UnsafeBuffer treated = new UnsafeBuffer(new byte[ADDRESS_ROOM]);
    private final StringBuilder text = new StringBuilder(256);
    private boolean alphanumeric;
    private long datedSecond = -1;
    private String date = "";

    MessageComposer(final Peer.Identity peer) {
        this.peer = peer;
    }

    /**
     * The request of a unit whose body is there and is text.
     *
     * @param host ours, as the peer knows it
     * @param nowMs wall time
     */
    OutboundMessage compose(final Unit unit, final String host, final long nowMs) {
        final String uri = requestUri(unit);
        final String from = from(unit, host);
        final UnsafeBuffer body = new UnsafeBuffer(0, 0);
        unit.body(body);
        final byte[] octets = new byte[body.capacity()];
        body.getBytes(0, octets);
        return new OutboundMessage(
                uri,
                from,
                HexFormat.of().toHexDigits(unit.id()),
                "<" + uri + ">",
                Long.toUnsignedString(unit.id()) + "@" + host,
                headers(from, unit.expiresAtMs(), nowMs),
                new UnsafeBuffer(octets));
    }

    private String requestUri(final Unit unit) {
        unit.to(address);
        change(unit.rewrite(), rewritten);
        change(unit.treatment(), treated);
        text.setLength(0);
        peer.numbering().write(address, address.capacity(), text.append("sip:"));
        return text.append('@').append(peer.host()).toString();
    }

    private void change(final Treatment treatment, final UnsafeBuffer into) {
        if (treatment != null) {
            address.wrap(into, 0, treatment.destination(address, 0, address.capacity(), into, 0));
        }
    }

    /** {@code name-addr}: a number as the peer writes it, a short code or a name as it is. */
    private String from(final Unit unit, final String host) {
        unit.from(address);
        alphanumeric = unit.senderType() == ALPHANUMERIC_SENDER;
        replace(unit.rewrite());
        replace(unit.treatment());
        text.setLength(0);
        peer.numbering().writeSender(address, alphanumeric, text.append("<sip:"));
        return text.append('@').append(host).append('>').toString();
    }

    private void replace(final Treatment treatment) {
        if (treatment != null && treatment.replacesSender(alphanumeric)) {
            address.wrap(treatment.sender());
            alphanumeric = treatment.senderIsAlphanumeric();
        }
    }

    /** Until when it is of use (RFC 3428 §4), and who sends it, by the peer's identity policy. */
    private String headers(final String from, final long expiresAtMs, final long nowMs) {
        text.setLength(0);
        text.append("Date: ").append(date(nowMs / SECOND_MS)).append("\r\nExpires: ");
        text.append(Math.max(1, (expiresAtMs - nowMs) / SECOND_MS)).append("\r\n");
        if (peer.shown().asserted() == Asserted.CALLER) {
            text.append("P-Asserted-Identity: ").append(from).append("\r\n");
        }
        if (peer.shown().remoteParty() == Asserted.CALLER) {
            text.append("Remote-Party-ID: ").append(from).append(";party=calling;screen=yes;privacy=off\r\n");
        }
        return text.toString();
    }

    private String date(final long second) {
        if (second != datedSecond) {
            datedSecond = second;
            date = DATE.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
        }
        return date;
    }
}
