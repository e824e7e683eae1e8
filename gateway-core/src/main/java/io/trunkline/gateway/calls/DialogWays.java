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
 * Ways to the peers of dialogs, and our names on them. Requests in a dialog go where the dialog was made, whatever Contact
 * names: a peer's addresses are those that it is known by, and what comes from any other would not be heard.
 */
final class DialogWays implements DialogHops {
    private record Name(LocalEnd end, String host) {}

    private final Map<TransportProtocol, Map<String, Name>> names = new EnumMap<>(TransportProtocol.class);

    @Override
    public Hop next(final Hop established, final SipUri next) {
        return established;
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
