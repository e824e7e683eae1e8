package io.trunkline.sip.locate;

import io.trunkline.sip.locate.DnsAnswer.Outcome;
import io.trunkline.sip.locate.DnsRecord.Address;
import io.trunkline.sip.locate.DnsRecord.Pointer;
import io.trunkline.sip.locate.DnsRecord.Service;
import io.trunkline.sip.locate.Located.Choice;
import io.trunkline.sip.locate.Located.Rank;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** One run of {@link Locator}: NAPTR, then SRV, then addresses, each step when all answers of the one before are there. */
final class Location {
    /** An SRV name and the transport that it stands for. */
    record ServiceName(TransportProtocol protocol, String name) {}

    /** What addresses are looked up for: a place in the order. */
    private record Place(int rank, int weight, TransportProtocol protocol, int port, String host) {}

    private final Locator locator;
    private final LocateLimits limits;
    private final Target target;
    private final Consumer<Located> then;
    private final Map<String, Map<RecordType, List<InetAddress>>> addresses = new LinkedHashMap<>();
    private long ttlMs;
    private boolean failed;
    private int pending;

    Location(final Locator locator, final Target target, final Consumer<Located> then) {
        this.locator = locator;
        this.limits = locator.limits();
        this.target = target;
        this.then = then;
        ttlMs = limits.maxTtlMs();
    }

    static ServiceName service(final TransportProtocol protocol, final String host) {
        final String prefix = switch (protocol) {
            case UDP -> "_sip._udp.";
            case TLS -> "_sips._tcp.";
            default -> "_sip._tcp.";
        };
        return new ServiceName(protocol, prefix + host);
    }

    /** Neither port nor transport is given: the domain says what it prefers (RFC 3263 §4.1). */
    void pointers() {
        locator.query(target.host(), RecordType.NAPTR, answer -> {
            // Some name servers fail at NAPTR and at nothing else, so a failure is not the end.
            note(answer);
            final List<ServiceName> names = names(answer);
            services(names.isEmpty() ? ownPreference() : names);
        });
    }

    private void note(final DnsAnswer answer) {
        failed |= answer.outcome() == Outcome.FAILED;
        if (answer.outcome() == Outcome.FOUND) {
            ttlMs = Math.min(ttlMs, Math.max(limits.minTtlMs(), answer.ttlSec() * 1000));
        }
    }

    private List<ServiceName> names(final DnsAnswer answer) {
        final List<Pointer> pointers = new ArrayList<>();
        for (final DnsRecord one : answer.records()) {
            if (one instanceof Pointer pointer && protocolOf(pointer) != null) {
                pointers.add(pointer);
            }
        }
        pointers.sort(Comparator.comparingInt(Pointer::order).thenComparingInt(Pointer::preference));
        final List<ServiceName> names = new ArrayList<>();
        for (final Pointer pointer : pointers.subList(0, Math.min(pointers.size(), limits.maxPointers()))) {
            names.add(new ServiceName(protocolOf(pointer), pointer.replacement()));
        }
        return names;
    }

    private TransportProtocol protocolOf(final Pointer pointer) {
        if (!"s".equalsIgnoreCase(pointer.flags()) || pointer.replacement().isEmpty()) {
            return null;
        }
        final TransportProtocol protocol = switch (pointer.services().toUpperCase(Locale.ROOT)) {
            case "SIPS+D2T" -> TransportProtocol.TLS;
            case "SIP+D2T" -> TransportProtocol.TCP;
            case "SIP+D2U" -> TransportProtocol.UDP;
            default -> null;
        };
        final boolean allowed = !target.secure() || protocol == TransportProtocol.TLS;
        return protocol != null && allowed && locator.supports(protocol) ? protocol : null;
    }

    private List<ServiceName> ownPreference() {
        final List<ServiceName> names = new ArrayList<>();
        for (final TransportProtocol protocol : target.secure()
                ? List.of(TransportProtocol.TLS)
                : List.of(TransportProtocol.UDP, TransportProtocol.TCP)) {
            if (locator.supports(protocol)) {
                names.add(service(protocol, target.host()));
            }
        }
        return names;
    }

    /** Asks for the SRV records of all names; those of the first come first in the order. */
    void services(final List<ServiceName> names) {
        final List<List<Service>> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            found.add(new ArrayList<>());
        }
        pending = names.size() + 1;
        for (int i = 0; i < names.size(); i++) {
            final List<Service> mine = found.get(i);
            locator.query(names.get(i).name(), RecordType.SRV, answer -> {
                note(answer);
                for (final DnsRecord one : answer.records()) {
                    if (one instanceof Service service) {
                        mine.add(service);
                    }
                }
                answered(() -> places(names, found));
            });
        }
        answered(() -> places(names, found));
    }

    private void answered(final Runnable next) {
        pending--;
        if (pending == 0) {
            next.run();
        }
    }

    private void places(final List<ServiceName> names, final List<List<Service>> found) {
        final List<Place> places = new ArrayList<>();
        boolean any = false;
        int rank = -1;
        for (int i = 0; i < names.size(); i++) {
            final List<Service> services = found.get(i);
            services.sort(Comparator.comparingInt(Service::priority));
            int priority = -1;
            for (final Service service : services) {
                any = true;
                if (!service.target().isEmpty() && service.port() > 0 && places.size() < limits.maxServices()) {
                    rank += service.priority() == priority ? 0 : 1;
                    priority = service.priority();
                    places.add(new Place(
                            rank, service.weight(), names.get(i).protocol(), service.port(), service.target()));
                }
            }
        }
        if (any) {
            addresses(places);
        } else {
            addressesOfHost();
        }
    }

    /** A port is given, or there are no SRV records: the host itself (RFC 3263 §4.2). */
    void addressesOfHost() {
        final TransportProtocol protocol = target.defaultTransport();
        addresses(
                locator.supports(protocol)
                        ? List.of(new Place(0, 0, protocol, target.portOr(protocol), target.host()))
                        : List.of());
    }

    private void addresses(final List<Place> places) {
        for (final Place place : places) {
            addresses.computeIfAbsent(place.host(), host -> new LinkedHashMap<>());
        }
        pending = addresses.size() * locator.addressTypes().size() + 1;
        for (final Map.Entry<String, Map<RecordType, List<InetAddress>>> entry : addresses.entrySet()) {
            for (final RecordType type : locator.addressTypes()) {
                final List<InetAddress> mine = new ArrayList<>();
                entry.getValue().put(type, mine);
                locator.query(entry.getKey(), type, answer -> {
                    note(answer);
                    for (final DnsRecord one : answer.records()) {
                        if (one instanceof Address address) {
                            mine.add(address.address());
                        }
                    }
                    answered(() -> finish(places));
                });
            }
        }
        answered(() -> finish(places));
    }

    private void finish(final List<Place> places) {
        final List<Rank> ranks = new ArrayList<>();
        List<Choice> choices = new ArrayList<>();
        int rank = 0;
        int used = 0;
        for (final Place place : places) {
            if (place.rank() != rank && !choices.isEmpty()) {
                ranks.add(new Rank(choices));
                choices = new ArrayList<>();
            }
            rank = place.rank();
            final List<Destination> destinations = new ArrayList<>();
            for (final List<InetAddress> ofType : addresses.get(place.host()).values()) {
                for (final InetAddress address : ofType) {
                    if (used < limits.maxAddresses()) {
                        used++;
                        destinations.add(new Destination(
                                place.protocol(), new InetSocketAddress(address, place.port()), target.host()));
                    }
                }
            }
            if (!destinations.isEmpty()) {
                choices.add(new Choice(place.weight(), destinations));
            }
        }
        if (!choices.isEmpty()) {
            ranks.add(new Rank(choices));
        }
        if (!ranks.isEmpty()) {
            then.accept(new Located(Outcome.FOUND, ranks, failed ? Math.min(ttlMs, limits.retryMs()) : ttlMs));
        } else {
            then.accept(new Located(failed ? Outcome.FAILED : Outcome.NONE, List.of(), limits.retryMs()));
        }
    }
}
