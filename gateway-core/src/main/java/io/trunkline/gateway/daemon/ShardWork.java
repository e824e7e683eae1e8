package io.trunkline.gateway.daemon;

import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.trunkline.gateway.admin.Rows.EventRow;
import io.trunkline.gateway.admin.ShardView;
import io.trunkline.gateway.calls.CallAcceptance;
import io.trunkline.gateway.calls.CallLedger;
import io.trunkline.gateway.calls.CallRecovery;
import io.trunkline.gateway.calls.CallServer;
import io.trunkline.gateway.carrier.CarrierBinds;
import io.trunkline.gateway.carrier.CarrierMessageIds;
import io.trunkline.gateway.carrier.TextProfiles;
import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Limits;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.engine.Engine;
import io.trunkline.gateway.engine.EngineContext;
import io.trunkline.gateway.engine.EngineLimits;
import io.trunkline.gateway.engine.EngineRecovery;
import io.trunkline.gateway.events.EventReplays;
import io.trunkline.gateway.events.EventStreamLimits;
import io.trunkline.gateway.events.ReplayLimits;
import io.trunkline.gateway.events.TenantStreams;
import io.trunkline.gateway.journal.BackgroundReader;
import io.trunkline.gateway.journal.InterleavedSource;
import io.trunkline.gateway.journal.JournalStatus;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.RecordFetcher;
import io.trunkline.gateway.journal.RecordFilter;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordSource;
import io.trunkline.gateway.journal.seal.PeriodKeys;
import io.trunkline.gateway.shard.Shard;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.routing.Measurements;
import io.trunkline.smpp.session.EsmeContext;
import io.trunkline.smpp.session.PlatformResolver;
import io.trunkline.smpp.session.TokenBucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that one shard does, put together: engine, event streams, binds, upstream servers, checkpoints. */
final class ShardWork implements Shard.Work, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardWork.class);
    /** A quarter of the heap for bodies that wait. */
    private static final int PAYLOAD_HEAP_SHARE = 4;

    private static final int FETCH_LIMIT = 256;
    private static final int FETCH_REQUESTS = 512;
    /** New connections to carriers in a second, all binds together. */
    private static final long CONNECTS_PER_SECOND_MILLIS = 50_000;

    private static final int CONNECT_BURST = 20;
    private static final long LONGEST_SWAP_NS = 60_000_000_000L;

    private final Consumer<String> onFailure;
    private final JournalStore journal;
    private final Shard shard;
    private final Names names = new Names();
    private final DaemonRecords records;
    private final Engine engine;
    private final EngineRecovery recovery;
    private final TenantStreams streams;
    private final EventReplays replays;
    private final CallLedger calls;
    private final CallRecovery callRecovery;
    private final SipCalls sip;
    private final RoutingTables routing;
    private final Blocks blocks;
    private final TrafficTables traffic;
    private final JournalFold fold;
    private final RecordFetcher bodies;
    private final BodyReading bodyReading;
    private final BodySealing sealing;
    private final CarrierBinds binds;
    private final CheckpointPacer checkpoints;
    private final Runnable beginCheckpoint = this::checkpoint;
    private final UpstreamCounters upstreamCounters = new UpstreamCounters();
    private final PlatformResolver resolver = new PlatformResolver();
    private final Histogram swaps = new Histogram(LONGEST_SWAP_NS, 2);
    private GatewayConfig config;
    private UpstreamServers upstream;
    private EngineRecovery.Outcome outcome;

    ShardWork(
            final GatewayConfig config,
            final JournalStore journal,
            final Shard shard,
            final PeriodKeys periods,
            final Consumer<String> onFailure) {
        this.config = config;
        this.onFailure = onFailure;
        this.journal = journal;
        this.shard = shard;
        records = new DaemonRecords(journal);
        blocks = new Blocks(config.gateway().data(), Clock.systemUTC());
        traffic = new TrafficTables(blocks);
        routing = new RoutingTables(traffic);
        streams = new TenantStreams(
                journal,
                fetcher("trunkline-events", new LateSource(journal::newSource), shard),
                EventStreamLimits.of(
                        config.gateway().limits().subscriptionsPerTenant(),
                        config.gateway().journal().retention().unacknowledged().toMillis()));
        replays = new EventReplays(new EventReplays.Context(
                fetcher("trunkline-replays", new LateSource(journal::newSource), shard),
                streams,
                new LateSource(journal::newSource)::oldest,
                journal::committed,
                replayLimits(config.gateway().limits().replays()),
                shard.nanoTime()));
        bodies = fetcher("trunkline-bodies", new InterleavedSource(journal::newSource), shard);
        engine = new Engine(new EngineContext(
                0,
                EngineLimits.of(config.gateway(), Runtime.getRuntime().maxMemory() / PAYLOAD_HEAP_SHARE),
                journal,
                streams,
                routing,
                (unitId, sequence) -> bodies.request(unitId, sequence, sequence, 1, RecordFilter.ALL),
                shard.nanoTime(),
                shard.nowMs()));
        engine.sealing(periods.cipher());
        streams.bodies(periods.cipher());
        bodyReading = new BodyReading(engine);
        sealing = BodySealing.of(config.gateway(), engine, onFailure);
        engine.policy(traffic);
        engine.limits(config.traffic());
        recovery = engine.recovery();
        calls = new CallLedger(
                new CallLedger.Context(journal, streams, engine.references(), engine::newUnitId, shard::nowMs));
        callRecovery = calls.recovery();
        sip = new SipCalls(
                config,
                new CallServer.Context(
                        shard,
                        routing,
                        traffic,
                        calls,
                        journal,
                        SipCalls.numbers(names, journal),
                        engine,
                        engine,
                        onFailure));
        fold = new JournalFold(names, recovery, callRecovery, streams, this::known);
        binds = new CarrierBinds(
                new EsmeContext(
                        shard.loop(),
                        EpollSocketChannel::new,
                        shard,
                        RandomGenerator.of("L64X128MixRandom"),
                        shard.gate().toCarriers(),
                        resolver,
                        new TokenBucket(CONNECTS_PER_SECOND_MILLIS, CONNECT_BURST, shard.nanoTime())),
                EpollServerSocketChannel::new,
                engine,
                shard::nowMs);
        checkpoints = new CheckpointPacer(config.gateway().journal().checkpoint(), journal);
    }

    private static ReplayLimits replayLimits(final Limits.Replays replays) {
        return ReplayLimits.of(replays.atOnce(), replays.perTenant(), replays.eventsPerSecond());
    }

    private static RecordFetcher fetcher(final String name, final RecordSource source, final Shard shard) {
        return new BackgroundReader(new BackgroundReader.Context(
                name,
                source,
                BackgroundReader.MIN_RING_BYTES,
                FETCH_REQUESTS,
                shard::wakeUp,
                problem -> LOG.error("the journal could not be read back", problem)));
    }

    /** Takes the records of earlier runs, before the journal is started. */
    RecordHandler fold() {
        return fold;
    }

    /** A name from an earlier run: whoever it is must be known before records speak of it. */
    private void known(final Names.Kind kind, final String name) {
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
        engine.carrier(number, carrier, TextProfiles.of(carrier.messages()), new CarrierMessageIds(carrier.receipts()));
    }

    /** First task on the shard's thread: names, config, open units, binds, listeners. */
    EngineRecovery.Outcome resume() {
        records.started(config.gateway().journal().durability());
        config = config.applied(fold.configVersion() + 1);
        applyNames(config.tenants(), config.carriers());
        records.configApplied(config, "start", "");
        final KnownNumbers numbers = new KnownNumbers();
        numbers.add(number(numbers.missing(config)));
        routing.publish(RoutingTables.prepare(config, numbers));
        publishTraffic(numbers);
        outcome = recovery.resume();
        LOG.info("open units: {}", outcome);
        final int lost = callRecovery.resume();
        if (lost > 0) {
            LOG.warn("{} calls were open when the daemon ended; their records say that their end is not known", lost);
        }
        for (final Carrier carrier : config.carriers()) {
            addBinds(carrier);
        }
        final CallAcceptance placing = new CallAcceptance(sip::control, engine.references(), journal);
        upstream = new UpstreamServers(
                shard, engine, placing, streams, replays, upstreamCounters, this::tenantNumber, onFailure);
        upstream.listen(config);
        sip.start(config);
        return outcome;
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

    private int tenantNumber(final String name) {
        return names.known(Names.Kind.TENANT, name);
    }

    @Override
    public void time(final long nowNs, final long nowMs) {
        engine.time(nowNs, nowMs);
        routing.time(nowMs);
    }

    @Override
    public int doWork(final long nowNs) {
        final int fetched = bodies.poll(bodyReading, FETCH_LIMIT);
        checkpoints.poll(nowNs, beginCheckpoint);
        return fetched
                + sip.doWork()
                + calls.doWork()
                + streams.doWork(nowNs)
                + replays.doWork(nowNs)
                + binds.tick(nowNs)
                + engine.doWork();
    }

    private void checkpoint() {
        engine.checkpoint(config.version(), new DaemonSnapshots(names, calls, streams, journal), begin -> {
            journal.checkpointCompleted(begin);
            checkpoints.completed();
        });
    }

    @Override
    public boolean busy() {
        return engine.hasWaiting();
    }

    @Override
    public void sealed(final long position) {
        engine.stages().seal(position);
        sip.seal(position);
    }

    @Override
    public void writtenToCarriers(final long durable) {
        sip.release(durable);
        if (engine.stages().ends(durable)) {
            engine.stages().writtenToCarriers(System.nanoTime());
        }
    }

    @Override
    public void released(final long durable) {
        if (engine.stages().ends(durable)) {
            engine.stages().release(durable, System.nanoTime());
        }
    }

    @Override
    public long wakeAtNs() {
        return engine.paceReadyAtNs();
    }

    /**
     * Takes over a config, on the shard's thread: nothing is read, compared or compiled here any more.
     *
     * @return how long that took
     */
    Duration apply(final Takeover next) {
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

    /** Takes nothing new. */
    Boolean beginDrain() {
        engine.drain();
        upstream.drain();
        sip.drain();
        return true;
    }

    /** Whether no call is under way. */
    Boolean callsOver() {
        return sip.open() == 0;
    }

    /** Ends the calls that are under way. */
    Boolean endCalls() {
        sip.endAll();
        return true;
    }

    /** Whether all calls have ended, and their peers have confirmed it. */
    Boolean callsGone() {
        return sip.open() + sip.lingering() == 0;
    }

    Boolean windowsEmpty() {
        return engine.outstanding() == 0;
    }

    Boolean unbind() {
        binds.drain();
        return true;
    }

    Boolean unbound() {
        return binds.stopped();
    }

    /** Last record of a run in good order. */
    Boolean stopped() {
        upstream.close();
        sip.close();
        records.stopped(engine.openUnits());
        return true;
    }

    Engine engine() {
        return engine;
    }

    Blocks blocks() {
        return blocks;
    }

    TrafficTables traffic() {
        return traffic;
    }

    Names names() {
        return names;
    }

    CarrierBinds binds() {
        return binds;
    }

    CallLedger calls() {
        return calls;
    }

    /** The calls' signalling. */
    SipCalls sip() {
        return sip;
    }

    EventReplays replays() {
        return replays;
    }

    TenantStreams streams() {
        return streams;
    }

    GatewayConfig config() {
        return config;
    }

    UpstreamCounters upstreamCounters() {
        return upstreamCounters;
    }

    JournalStatus journalStatus() {
        return journal.status();
    }

    /** Connections of a tenant over the binary protocol. */
    int sessions(final String tenant) {
        return upstream.sessionsOf(tenant);
    }

    /** The routing in force. */
    RoutingInForce routing() {
        return routing.inForce();
    }

    /** How its carriers do: a copy. */
    Measurements grades(final RoutingInForce version) {
        return routing.grades(version);
    }

    /** What an operator asks for a carrier, or one bind of it. */
    ShardView.Control control(final ShardView.CarrierAction action, final String carrier, final Optional<String> bind) {
        if (config.carrier(carrier).isEmpty()) {
            return ShardView.Control.NO_SUCH_CARRIER;
        }
        final int number = names.known(Names.Kind.CARRIER, carrier);
        final CarrierBinds.Use use = switch (action) {
            case ENABLE -> CarrierBinds.Use.ENABLED;
            case DRAIN -> CarrierBinds.Use.DRAINED;
            case DISABLE -> CarrierBinds.Use.DISABLED;
        };
        if (bind.isEmpty()) {
            engine.drainCarrier(number, action != ShardView.CarrierAction.ENABLE);
            sip.use(number, action == ShardView.CarrierAction.ENABLE);
        }
        final boolean wholeCarrierDrains = bind.isEmpty() && use == CarrierBinds.Use.DRAINED;
        // A drained carrier's waiting units may have nowhere else to go: its binds go on sending those.
        final int concerned = wholeCarrierDrains ? 1 : binds.use(number, bind.orElse(null), use);
        return concerned == 0 ? ShardView.Control.NO_SUCH_BIND : ShardView.Control.DONE;
    }

    /** Events that the tenant's slowest subscription has not acknowledged. */
    long unacknowledgedEvents(final int tenant) {
        return streams.view().stream()
                .filter(row -> row.tenant() == tenant)
                .mapToLong(row -> row.last() - row.acknowledged())
                .max()
                .orElse(0);
    }

    List<EventRow> eventRows() {
        return streams.view().stream()
                .map(row -> new EventRow(
                        names.name(Names.Kind.TENANT, row.tenant()),
                        row.name(),
                        row.attached(),
                        row.last(),
                        row.acknowledged(),
                        row.last() - row.acknowledged()))
                .toList();
    }

    @Override
    public void close() {
        bodies.close();
        sip.stopThreads();
        sealing.close();
        streams.close();
        replays.close();
        resolver.close();
    }
}
