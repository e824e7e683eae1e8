package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Sip;
import io.trunkline.gateway.config.SipAccess;
import io.trunkline.gateway.config.SipTrunk;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.sip.call.FailoverPolicy;
import io.trunkline.sip.trunk.Admission;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntHashSet;

/**
 * All peers of calls, as the configuration in force names them: carriers' trunks and tenants' platforms. What a reload does not
 * change stays as it is, calls and counts included. What it takes away takes no new calls, and goes once its last call has ended and its
 * last message is answered.
 */
final class TrunkBook {
    /** A peer, and what it was made of: equal configurations are the same peer. */
    private record Entry(Peer peer, Object config) {}

    /** What a configuration wants under a name; made only where it is not there yet. */
    private record Wanted(
            Object config, boolean enabled, Supplier<TrunkSettings> settings, Supplier<Peer.Identity> identity) {}

    /** What a name keeps when its configuration changes: what was counted, and the places that calls have. */
    private record Kept(TrunkMeter meter, Admission admission) {}

    private final Trunks trunks;
    private final CallServer.Numbers numbers;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Kept> kept = new HashMap<>();
    private final Map<Trunk, Peer> byTrunk = new HashMap<>();
    private final Int2ObjectHashMap<List<Peer>> byCarrier = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<Peer> platforms = new Int2ObjectHashMap<>();
    private final IntHashSet closedCarriers = new IntHashSet();
    private final List<Peer> leaving = new ArrayList<>();

    TrunkBook(final Trunks trunks, final CallServer.Numbers numbers) {
        this.trunks = trunks;
        this.numbers = numbers;
    }

    /** Takes over a configuration whose tenants and carriers all have numbers; one that has no SIP any more has no peers either. */
    void configure(final GatewayConfig config) {
        final Map<String, Wanted> wanted = new LinkedHashMap<>();
        config.gateway().sip().ifPresent(sip -> want(config, sip, wanted));
        final Set<Trunk> gone = retire(wanted);
        wanted.keySet().removeAll(entries.keySet());
        if (!wanted.isEmpty()) {
            // Those that left before may stand in the way of what comes now.
            leaving.forEach(peer -> gone.add(peer.trunk()));
            leaving.clear();
        }
        exchange(gone, wanted);
        index(config);
    }

    private void want(final GatewayConfig config, final Sip sip, final Map<String, Wanted> wanted) {
        for (final Carrier carrier : config.carriers()) {
            carrier.trunks().forEach(trunk -> wanted.put(name(carrier, trunk), wanted(carrier, trunk, sip)));
        }
        for (final Tenant tenant : config.tenants()) {
            tenant.sip().ifPresent(access -> wanted.put("tenant " + tenant.name(), wanted(tenant, access, sip)));
        }
    }

    private static String name(final Carrier carrier, final SipTrunk trunk) {
        return carrier.name() + "/" + trunk.name();
    }

    /** What is gone or differs takes no calls any more; returns what must not be known by its addresses any more. */
    private Set<Trunk> retire(final Map<String, Wanted> wanted) {
        final Set<Trunk> gone = new HashSet<>();
        entries.entrySet().removeIf(one -> {
            final Wanted now = wanted.get(one.getKey());
            final Peer peer = one.getValue().peer();
            if (now != null && one.getValue().config().equals(now.config())) {
                return false;
            }
            peer.trunk().enable(false);
            if (now == null && peer.isBusy()) {
                leaving.add(peer);
            } else {
                // What takes its place is known by the same addresses, as a rule.
                gone.add(peer.trunk());
            }
            return true;
        });
        return gone;
    }

    /** All in one step: whose a message is, is found out by one table for all of them. */
    private void exchange(final Set<Trunk> gone, final Map<String, Wanted> coming) {
        if (gone.isEmpty() && coming.isEmpty()) {
            return;
        }
        final List<Trunks.Coming> all = new ArrayList<>(coming.size());
        coming.forEach((name, wanted) -> {
            final Kept before = kept.get(name);
            all.add(new Trunks.Coming(wanted.settings().get(), before == null ? null : before.admission()));
        });
        final Iterator<Trunk> added = trunks.exchange(gone, all).iterator();
        byTrunk.keySet().removeAll(gone);
        coming.forEach((name, wanted) -> {
            final Trunk trunk = added.next();
            trunk.enable(wanted.enabled());
            final Kept now = kept.computeIfAbsent(name, key -> new Kept(new TrunkMeter(), trunk.admission()));
            final Peer peer = new Peer(wanted.identity().get(), trunk, now.meter());
            entries.put(name, new Entry(peer, wanted.config()));
            byTrunk.put(trunk, peer);
        });
    }

    private Wanted wanted(final Carrier carrier, final SipTrunk trunk, final Sip sip) {
        final String name = name(carrier, trunk);
        return new Wanted(
                List.of(carrier.enabled(), trunk, sip.times()),
                carrier.enabled() && trunk.enabled(),
                () -> PeerSettings.of(name, trunk),
                () -> new Peer.Identity(
                        0,
                        numbers.carrier(carrier.name()),
                        numbers.link(name),
                        carrier.name(),
                        trunk.name(),
                        PeerSettings.host(trunk.host(), trunk.port()),
                        new Numbering(trunk.numbers()),
                        trunk.identity(),
                        trunk.verify(),
                        PeerSettings.leg(trunk.identity(), true, trunk.sessionTimer(), sip.times()),
                        PeerSettings.leg(trunk.identity(), false, trunk.sessionTimer(), sip.times()),
                        PeerSettings.failover(trunk.failover()),
                        trunk.redirects().follow() ? trunk.redirects().most() : 0,
                        Duration.ofDays(1),
                        new Senders(List.of("*")),
                        Optional.empty(),
                        new PrefixSet(List.of()),
                        trunk.media() == SipTrunk.Media.ANCHOR,
                        trunk.messages(),
                        PeerSettings.messagesOut(trunk),
                        null));
    }

    private Wanted wanted(final Tenant tenant, final SipAccess access, final Sip sip) {
        return new Wanted(
                List.of(tenant.enabled(), access, tenant.senders(), tenant.defaults(), sip.times()),
                tenant.enabled(),
                () -> PeerSettings.of("tenant " + tenant.name(), access),
                () -> new Peer.Identity(
                        numbers.tenant(tenant.name()),
                        0,
                        0,
                        tenant.name(),
                        "sip",
                        access.to()
                                .map(to -> PeerSettings.host(to.host(), to.port()))
                                .orElse(""),
                        new Numbering(access.numbers()),
                        access.identity(),
                        SipTrunk.Verify.OFF,
                        PeerSettings.leg(access.identity(), true, sip.times().sessionTimer(), sip.times()),
                        PeerSettings.leg(access.identity(), false, sip.times().sessionTimer(), sip.times()),
                        FailoverPolicy.DEFAULT,
                        0,
                        access.maxDuration(),
                        new Senders(tenant.senders()),
                        access.spend(),
                        new PrefixSet(access.highRisk()),
                        false,
                        access.messages(),
                        null,
                        tenant.defaults()));
    }

    private void index(final GatewayConfig config) {
        byCarrier.clear();
        platforms.clear();
        for (final Carrier carrier : config.carriers()) {
            final List<Peer> its = carrier.trunks().stream()
                    .map(trunk -> entries.get(name(carrier, trunk)).peer())
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
            final boolean over = !peer.isBusy();
            if (over) {
                trunks.remove(peer.trunk());
                byTrunk.remove(peer.trunk());
            }
            return over;
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

    /** Whether the configuration in force has this very peer. */
    boolean isCurrent(final Peer peer) {
        return byTrunk.get(peer.trunk()) == peer && !leaving.contains(peer);
    }

    /** All peers, also those that are about to leave. */
    Collection<Peer> all() {
        return byTrunk.values();
    }
}
