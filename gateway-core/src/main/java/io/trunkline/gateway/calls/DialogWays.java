package io.trunkline.gateway.calls;

import io.trunkline.sip.dialog.DialogHops;
import io.trunkline.sip.dialog.LocalEnd;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transport.Flow;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Ways to the peers of dialogs, and our names on them. Requests in a dialog go to the address where the dialog was made, at the
 * port that Contact names there: some peers send from one port and listen at another. Another address in Contact is not gone to. It is
 * one behind a NAT, or one from which nothing would be heard, as it is not the peer's.
 */
final class DialogWays implements DialogHops {
    private static final int DEFAULT_PORT = 5060;

    private record Name(LocalEnd end, String host) {}

    private final Map<TransportProtocol, Map<String, Name>> names = new EnumMap<>(TransportProtocol.class);

    @Override
    public Hop next(final Hop established, final SipUri next) {
        if (established.isReliable() || !next.isAt(established.peer())) {
            return established;
        }
        final int port = next.port() == SipUri.ABSENT ? DEFAULT_PORT : next.port();
        return port == established.peer().port() ? established : established.withPort(port);
    }

    @Override
    public LocalEnd localEnd(final Hop hop) {
        return name((Flow) hop).end;
    }

    /** Our host as peers over this way know it, without port. */
    String host(final Flow flow) {
        return name(flow).host;
    }

    private Name name(final Flow flow) {
        final Map<String, Name> of = names.get(flow.protocol());
        final Name known = of == null ? null : of.get(flow.sentBy());
        return known == null ? add(flow.protocol(), flow.sentBy()) : known;
    }

    private Name add(final TransportProtocol protocol, final String sentBy) {
        final int colon = sentBy.lastIndexOf(':');
        final String host = colon > sentBy.lastIndexOf(']') ? sentBy.substring(0, colon) : sentBy;
        final String parameter = protocol == TransportProtocol.UDP
                ? ""
                : ";transport=" + (protocol == TransportProtocol.TCP ? "tcp" : "tls");
        final Name name = new Name(
                new LocalEnd(
                        // RFC 3581, and that we obey a peer's load shedding (RFC 7339 §5.1).
                        protocol.name() + " " + sentBy + ";rport;oc;oc-algo=\"loss\"",
                        "sip:" + sentBy + parameter,
                        host),
                host);
        names.computeIfAbsent(protocol, key -> new HashMap<>()).put(sentBy, name);
        return name;
    }
}
