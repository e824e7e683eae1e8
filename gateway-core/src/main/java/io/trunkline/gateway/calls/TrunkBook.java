package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Sip;
import io.trunkline.gateway.config.SipAccess;
import io.trunkline.gateway.config.SipTrunk;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.sip.call.FailoverPolicy;
import io.trunkline.sip.trunk.Trunk;
import io.trunkline.sip.trunk.TrunkSettings;
import io.trunkline.sip.trunk.Trunks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * All peers of calls, as the configuration in force names them: carriers' trunks and tenants' platforms. What a reload does not
 * change stays as it is, calls and counts included. What it takes away takes no new calls, and goes once its last call has ended.
 */
final class TrunkBook {
    /** A peer, and what it was made of: equal configurations are the same peer. */
    private record Entry(Peer peer, Object config) {}

    private final Trunks trunks;
    private final CallServer.Numbers numbers;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, TrunkMeter> meters = new HashMap<>();
    private final Map<Trunk, Peer> byTrunk = new HashMap<>();
    private final Int2ObjectHashMap<List<Peer>> byCarrier = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<Peer> platforms = new Int2ObjectHashMap<>();
    private final Set<Integer> closedCarriers = new HashSet<>();
    private final List<Peer> leaving = new ArrayList<>();

    TrunkBook(final Trunks trunks, final CallServer.Numbers numbers) {
        this.trunks = trunks;
        this.numbers = numbers;
    }

    /** Takes over a configuration whose tenants and carriers all have numbers. */
    void configure(final GatewayConfig config, final Sip sip) {
        final Map<String, Object> wanted = new LinkedHashMap<>();
        for (final Carrier carrier : config.carriers()) {
            carrier.trunks()
                    .forEach(trunk -> wanted.put(
                            carrier.name() + "/" + trunk.name(), List.of(carrier.enabled(), trunk, sip.times())));
        }
        for (final Tenant tenant : config.tenants()) {
            tenant.sip()
                    .ifPresent(access -> wanted.put(
                            "tenant " + tenant.name(),
                            List.of(tenant.enabled(), access, tenant.senders(), sip.times())));
        }
        retire(wanted);
        for (final Carrier carrier : config.carriers()) {
            carrier.trunks().forEach(trunk -> carrierTrunk(carrier, trunk, sip, wanted));
        }
        for (final Tenant tenant : config.tenants()) {
            tenant.sip().ifPresent(access -> platform(tenant, access, sip, wanted));
        }
        index(config);
    }

    /** What is gone or differs leaves before anything new may claim its addresses. */
    private void retire(final Map<String, Object> wanted) {
        final Iterator<Map.Entry<String, Entry>> each = entries.entrySet().iterator();
        while (each.hasNext()) {
            final Map.Entry<String, Entry> one = each.next();
            final Object now = wanted.get(one.getKey());
            if (!one.getValue().config().equals(now)) {
                each.remove();
                final Peer peer = one.getValue().peer();
                peer.trunk().enable(false);
                if (now == null && peer.calls() > 0) {
                    leaving.add(peer);
                } else {
                    // What took its place is known by the same addresses, as a rule.
                    remove(peer);
                }
            }
        }
        // Those that left before may stand in the way of what comes now.
        leaving.removeIf(peer -> {
            final boolean inTheWay = wanted.keySet().stream().anyMatch(name -> !entries.containsKey(name));
            if (inTheWay) {
                remove(peer);
            }
            return inTheWay;
        });
    }

    private void remove(final Peer peer) {
        trunks.remove(peer.trunk());
        byTrunk.remove(peer.trunk());
    }

    private void carrierTrunk(
            final Carrier carrier, final SipTrunk trunk, final Sip sip, final Map<String, Object> wanted) {
        final String name = carrier.name() + "/" + trunk.name();
        final Peer.Identity identity = new Peer.Identity(
                0,
                numbers.carrier(carrier.name()),
                numbers.link(name),
                carrier.name(),
                trunk.name(),
                PeerSettings.host(trunk.host(), trunk.port()),
                new Numbering(trunk.numbers()),
                trunk.identity(),
                trunk.verify(),
                PeerSettings.leg(trunk.identity(), trunk.sessionTimer(), sip.times()),
                PeerSettings.failover(trunk.failover()),
                trunk.redirects().follow() ? trunk.redirects().most() : 0,
                Duration.ofDays(1),
                new Senders(List.of("*")),
                new PrefixSet(List.of()));
        add(name, PeerSettings.of(name, trunk), identity, wanted.get(name), carrier.enabled() && trunk.enabled());
    }

    private void platform(
            final Tenant tenant, final SipAccess access, final Sip sip, final Map<String, Object> wanted) {
        final String name = "tenant " + tenant.name();
        final Peer.Identity identity = new Peer.Identity(
                numbers.tenant(tenant.name()),
                0,
                0,
                tenant.name(),
                "sip",
                access.to().map(to -> PeerSettings.host(to.host(), to.port())).orElse(""),
                new Numbering(access.numbers()),
                access.identity(),
                SipTrunk.Verify.OFF,
                PeerSettings.leg(access.identity(), sip.times().sessionTimer(), sip.times()),
                FailoverPolicy.DEFAULT,
                0,
                access.maxDuration(),
                new Senders(tenant.senders()),
                new PrefixSet(access.highRisk()));
        add(name, PeerSettings.of(name, access), identity, wanted.get(name), tenant.enabled());
    }

    private void add(
            final String name,
            final TrunkSettings settings,
            final Peer.Identity identity,
            final Object config,
            final boolean enabled) {
        if (entries.containsKey(name)) {
            return;
        }
        final Trunk trunk = trunks.add(settings);
        trunk.enable(enabled);
        final Peer peer = new Peer(identity, trunk, meters.computeIfAbsent(name, key -> new TrunkMeter()));
        entries.put(name, new Entry(peer, config));
        byTrunk.put(trunk, peer);
    }

    private void index(final GatewayConfig config) {
        byCarrier.clear();
        platforms.clear();
        for (final Carrier carrier : config.carriers()) {
            final List<Peer> its = carrier.trunks().stream()
                    .map(trunk ->
                            entries.get(carrier.name() + "/" + trunk.name()).peer())
                    .toList();
            byCarrier.put(numbers.carrier(carrier.name()), its);
        }
        for (final Entry entry : entries.values()) {
            if (entry.peer().isPlatform()) {
                platforms.put(entry.peer().identity().tenant(), entry.peer());
            }
        }
    }

    /** Lets go what was taken away and has no calls any more; now and then. */
    void sweep() {
        leaving.removeIf(peer -> {
            if (peer.calls() == 0) {
                remove(peer);
                return true;
            }
            return false;
        });
    }

    /** Takes a carrier out of use for new calls, or back into it. */
    void use(final int carrier, final boolean open) {
        if (open) {
            closedCarriers.remove(carrier);
        } else {
            closedCarriers.add(carrier);
        }
    }

    /** A carrier's trunks, in the order in which they are tried; none where it is out of use. */
    List<Peer> open(final int carrier) {
        final List<Peer> its = closedCarriers.contains(carrier) ? null : byCarrier.get(carrier);
        return its == null ? List.of() : its;
    }

    /** A tenant's platform; null where it has none. */
    Peer platform(final int tenant) {
        return platforms.get(tenant);
    }

    /** Whose a trunk is; null for none. */
    Peer of(final Trunk trunk) {
        return trunk == null ? null : byTrunk.get(trunk);
    }

    /** All peers, also those that are about to leave. */
    Collection<Peer> all() {
        return byTrunk.values();
    }
}
