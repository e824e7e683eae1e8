package io.trunkline.sip.transport;

import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.ViaField;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Which flow leads to a destination over TCP or TLS: one of ours, or one that the peer has opened and offered for it (RFC 5923). */
final class StreamFlows {
    private static final int DEFAULT_TLS_PORT = 5061;

    private final Map<Destination, StreamFlow> flows = new HashMap<>();
    /** Connections that peers have opened and offered for requests to them, by where those peers listen. */
    private final Map<InetSocketAddress, StreamFlow> aliases = new HashMap<>();

    /** The flow to a destination; of those that were offered only one whose certificate has the destination's name. */
    StreamFlow to(final Destination destination, final String sentBy) {
        final StreamFlow alias = aliases.get(destination.address());
        if (alias != null && alias.peerNames().contains(destination.host())) {
            return alias;
        }
        return flows.computeIfAbsent(destination, to -> new StreamFlow(to.protocol(), to, to.address(), sentBy));
    }

    /** The flow to where this one leads: whoever still holds one whose connection has gone shares the one that was made since. */
    StreamFlow current(final StreamFlow flow) {
        final StreamFlow since = flows.putIfAbsent(flow.destination(), flow);
        return since == null ? flow : since;
    }

    /** Takes a peer's offer, if it has proved who it is; the address is its own, whatever host stands in sent-by (RFC 5923 §8.2). */
    void offered(final StreamFlow source, final SipMessage message) {
        final boolean may = source.destination() == null
                && source.alias() == null
                && !source.peerNames().isEmpty();
        if (may
                && message.isRequest()
                && message.hasTopVia()
                && message.topVia().aliasGiven()) {
            final int port = message.topVia().port();
            final InetSocketAddress listening = new InetSocketAddress(
                    source.remote().getAddress(), port == ViaField.ABSENT ? DEFAULT_TLS_PORT : port);
            source.alias(listening);
            aliases.put(listening, source);
        }
    }

    /** A flow's connection has gone, or cannot be made. */
    void gone(final StreamFlow flow) {
        if (flow.alias() != null) {
            aliases.remove(flow.alias(), flow);
        }
        if (flow.destination() != null) {
            flows.remove(flow.destination(), flow);
        }
    }
}
