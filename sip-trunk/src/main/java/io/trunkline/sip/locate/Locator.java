package io.trunkline.sip.locate;

import io.trunkline.sip.locate.DnsAnswer.Outcome;
import io.trunkline.sip.locate.Located.Choice;
import io.trunkline.sip.locate.Located.Rank;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Finds where a target is, by RFC 3263 §4. */
public final class Locator {
    private final DnsLookup dns;
    private final LocateLimits limits;
    private final Set<TransportProtocol> transports;
    private final List<RecordType> addressTypes;

    /**
     * A locator.
     *
     * @param transports those that we can send over
     * @param addressTypes A, AAAA or both: what our sockets reach, the preferred one first
     */
    public Locator(
            final DnsLookup dns,
            final LocateLimits limits,
            final Set<TransportProtocol> transports,
            final List<RecordType> addressTypes) {
        this.dns = dns;
        this.limits = limits;
        this.transports = Set.copyOf(transports);
        this.addressTypes = List.copyOf(addressTypes);
    }

    LocateLimits limits() {
        return limits;
    }

    boolean supports(final TransportProtocol protocol) {
        return transports.contains(protocol);
    }

    List<RecordType> addressTypes() {
        return addressTypes;
    }

    void query(final String name, final RecordType type, final Consumer<DnsAnswer> then) {
        dns.query(name, type, then);
    }

    /**
     * Locates a target.
     *
     * @param then told once, perhaps before this returns
     */
    public void locate(final Target target, final Consumer<Located> then) {
        final InetAddress literal = target.literal();
        if (target.transport() != null && !supports(target.transport())) {
            then.accept(new Located(Outcome.NONE, List.of(), limits.maxTtlMs()));
        } else if (literal != null) {
            then.accept(literal(target, literal));
        } else if (target.port() != 0) {
            new Location(this, target, then).addressesOfHost();
        } else if (target.transport() != null) {
            new Location(this, target, then).services(List.of(Location.service(target.transport(), target.host())));
        } else {
            new Location(this, target, then).pointers();
        }
    }

    private Located literal(final Target target, final InetAddress address) {
        final TransportProtocol protocol = target.defaultTransport();
        if (!supports(protocol)) {
            return new Located(Outcome.NONE, List.of(), limits.maxTtlMs());
        }
        final Destination destination =
                new Destination(protocol, new InetSocketAddress(address, target.portOr(protocol)), target.host());
        final Rank rank = new Rank(List.of(new Choice(0, List.of(destination))));
        return new Located(Outcome.FOUND, List.of(rank), limits.maxTtlMs());
    }
}
