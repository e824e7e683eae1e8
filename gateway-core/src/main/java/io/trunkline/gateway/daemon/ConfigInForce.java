package io.trunkline.gateway.daemon;

import io.trunkline.gateway.carrier.CarrierBinds;
import io.trunkline.gateway.carrier.CarrierMessageIds;
import io.trunkline.gateway.carrier.TextProfiles;
import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.engine.Engine;
import io.trunkline.gateway.journal.JournalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The configuration as the shard has it: which number stands for whom, what is in force, how the next one takes over. */
final class ConfigInForce {
    private static final long LONGEST_SWAP_NS = 60_000_000_000L;

    private final JournalStore journal;
    private final DaemonRecords records;
    private final Names names;
    private final Engine engine;
    private final RoutingTables routing;
    private final TrafficTables traffic;
    private final Blocks blocks;
    private final CarrierBinds binds;
    private final SipCalls sip;
    private final Histogram swaps = new Histogram(LONGEST_SWAP_NS, 2);
    private GatewayConfig config;

    /** Whom a configuration concerns. */
    record Context(
            JournalStore journal,
            DaemonRecords records,
            Names names,
            Engine engine,
            RoutingTables routing,
            TrafficTables traffic,
            Blocks blocks,
            CarrierBinds binds,
            SipCalls sip) {}

    /** @param config what the daemon is started with */
    ConfigInForce(final GatewayConfig config, final Context context) {
        this.config = config;
        journal = context.journal();
        records = context.records();
        names = context.names();
        engine = context.engine();
        routing = context.routing();
        traffic = context.traffic();
        blocks = context.blocks();
        binds = context.binds();
        sip = context.sip();
    }

    GatewayConfig config() {
        return config;
    }

    /** A name from an earlier run: whoever it is must be known before records speak of it. */
    void known(final Names.Kind kind, final String name) {
        if (kind == Names.Kind.TENANT) {
            final Tenant tenant = config.tenant(name).orElseGet(() -> RetiredConfig.tenant(name));
            engine.tenant(names.known(kind, name), tenant);
        } else if (kind == Names.Kind.CARRIER) {
            final Carrier carrier = config.carrier(name).orElseGet(() -> RetiredConfig.carrier(name));
            carrier(names.known(kind, name), carrier);
        } else if (kind == Names.Kind.TREATMENT) {
            routing.treatment(names.known(kind, name), name);
        }
    }

    private void carrier(final int number, final Carrier carrier) {
        engine.carrier(number, carrier, TextProfiles.of(carrier), new CarrierMessageIds(carrier.receipts()));
    }

    /** Puts the configuration of the start in force, after the records of earlier runs; the binds come later. */
    void begin(final int version) {
        config = config.applied(version);
        applyNames(config.tenants(), config.carriers());
        records.configApplied(config, "start", "");
        final KnownNumbers numbers = new KnownNumbers();
        numbers.add(number(numbers.missing(config)));
        routing.publish(RoutingTables.prepare(config, numbers));
        publishTraffic(numbers);
    }

    /** Begins to connect, once the open units are known. */
    void addBinds() {
        config.carriers().forEach(this::addBinds);
    }

    private void publishTraffic(final KnownNumbers numbers) {
        final Map<String, Integer> tenants = config.tenants().stream()
                .collect(Collectors.toMap(Tenant::name, tenant -> numbers.number(Names.Kind.TENANT, tenant.name())));
        try {
            traffic.publish(traffic.prepare(config, tenants));
        } catch (IOException e) {
            throw new UncheckedIOException("a number file cannot be used: " + e.getMessage(), e);
        }
        final Map<String, Integer> everKnown = new HashMap<>(tenants);
        names.all(Names.Kind.TENANT).forEach((number, name) -> everKnown.put(name, number));
        blocks.recover(everKnown);
        blocks.configure(Blocks.lines(config.traffic().blocks()), tenants);
    }

    /** The numbers of names, given out now to those that are new. */
    Map<Names.Kind, Map<String, Integer>> number(final Map<Names.Kind, Set<String>> wanted) {
        final Map<Names.Kind, Map<String, Integer>> numbers = names.numbers(wanted, journal);
        numbers.getOrDefault(Names.Kind.TREATMENT, Map.of()).forEach((text, number) -> routing.treatment(number, text));
        return numbers;
    }

    private void applyNames(final List<Tenant> tenants, final List<Carrier> carriers) {
        engine.numbers(config.routing().numbers());
        for (final Tenant tenant : tenants) {
            engine.tenant(names.number(Names.Kind.TENANT, tenant.name(), journal), tenant);
        }
        for (final Carrier carrier : carriers) {
            carrier(names.number(Names.Kind.CARRIER, carrier.name(), journal), carrier);
        }
    }

    private void addBinds(final Carrier carrier) {
        binds.add(
                carrier,
                names.known(Names.Kind.CARRIER, carrier.name()),
                bind -> names.number(Names.Kind.LINK, carrier.name() + "/" + bind.name(), journal));
    }

    /** By its name, which must be known. */
    int tenantNumber(final String name) {
        return names.known(Names.Kind.TENANT, name);
    }

    /**
     * Takes over a config, on the shard's thread: nothing is read, compared or compiled here any more.
     *
     * @return how long that took
     */
    Duration apply(final Takeover next, final UpstreamServers upstream) {
        final long startNs = System.nanoTime();
        final Changeover changes = next.changes();
        config = changes.config();
        applyNames(changes.tenants(), changes.carriers());
        records.configApplied(config, next.who(), next.comment());
        routing.publish(next.routing());
        traffic.publish(next.traffic());
        if (changes.limits()) {
            engine.limits(config.traffic());
        }
        if (changes.accounts()) {
            upstream.accounts(next.accounts());
        }
        for (final Carrier carrier : changes.carriers()) {
            binds.remove(names.known(Names.Kind.CARRIER, carrier.name()));
            addBinds(carrier);
        }
        for (final Carrier gone : changes.gone()) {
            final int number = names.known(Names.Kind.CARRIER, gone.name());
            binds.remove(number);
            carrier(number, RetiredConfig.carrier(gone.name()));
        }
        sip.configure(config, changes.peers());
        final long tookNs = System.nanoTime() - startNs;
        swaps.recordValue(Math.min(LONGEST_SWAP_NS, tookNs));
        return Duration.ofNanos(tookNs);
    }

    /** For how long the shard did nothing but take over a config, nanoseconds, all since the start: a copy. */
    Histogram swaps() {
        return swaps.copy();
    }
}
