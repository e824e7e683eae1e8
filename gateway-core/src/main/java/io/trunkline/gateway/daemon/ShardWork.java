package io.trunkline.gateway.daemon;

import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.trunkline.gateway.admin.Rows.EventRow;
import io.trunkline.gateway.admin.ShardView;
import io.trunkline.gateway.calls.CallAcceptance;
import io.trunkline.gateway.calls.CallCosts;
import io.trunkline.gateway.calls.CallLedger;
import io.trunkline.gateway.calls.CallRecovery;
import io.trunkline.gateway.calls.CallServer;
import io.trunkline.gateway.carrier.CarrierBinds;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Limits;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that one shard does, put together: engine, event streams, binds, upstream servers, checkpoints. */
final class ShardWork implements Shard.Work, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardWork.class);
    /** A quarter of the heap for bodies that wait. */
    private static final int PAYLOAD_HEAP_SHARE = 4;

    private static final int FETCH_REQUESTS = 512;
    /** New connections to carriers in a second, all binds together. */
    private static final long CONNECTS_PER_SECOND_MILLIS = 50_000;

    private static final int CONNECT_BURST = 20;

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
    private final CallCosts costs;
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
    private final ConfigInForce inForce;
    private UpstreamServers upstream;
    private EngineRecovery.Outcome outcome;
    private boolean readMore;

    ShardWork(
            final GatewayConfig config,
            final JournalStore journal,
            final Shard shard,
            final PeriodKeys periods,
            final Consumer<String> onFailure) {
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
        costs = new CallCosts(journal);
        sip = new SipCalls(
                config,
                new CallServer.Context(
                        shard,
                        routing,
                        traffic,
                        calls,
                        costs,
                        journal,
                        SipCalls.numbers(names, journal),
                        engine,
                        engine,
                        onFailure));
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
        inForce = new ConfigInForce(
                config,
                new ConfigInForce.Context(journal, records, names, engine, routing, traffic, blocks, binds, sip));
        fold = new JournalFold(names, recovery, callRecovery, costs, streams, inForce::known);
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

    /** First task on the shard's thread: names, config, open units, binds, listeners. */
    EngineRecovery.Outcome resume() {
        records.started(config().gateway().journal().durability());
        inForce.begin(fold.configVersion() + 1);
        outcome = recovery.resume();
        LOG.info("open units: {}", outcome);
        final int lost = callRecovery.resume();
        if (lost > 0) {
            LOG.warn("{} calls were open when the daemon ended; their records say that their end is not known", lost);
        }
        inForce.addBinds();
        final CallAcceptance placing = new CallAcceptance(sip::control, engine.references(), journal);
        upstream = new UpstreamServers(
                shard, engine, placing, streams, replays, upstreamCounters, inForce::tenantNumber, onFailure);
        upstream.listen(config());
        sip.start(config());
        return outcome;
    }

    @Override
    public void time(final long nowNs, final long nowMs) {
        engine.time(nowNs, nowMs);
        routing.time(nowMs);
    }

    @Override
    public int doWork(final long nowNs) {
        final int fetched = bodies.poll(bodyReading, RecordFetcher.POLL_LIMIT);
        checkpoints.poll(nowNs, beginCheckpoint);
        final int signalled = sip.doWork() + calls.doWork();
        final int told = streams.doWork(nowNs);
        final int toldAgain = replays.doWork(nowNs);
        // Its reader has said once that there is something, and does not say it again of what is left.
        readMore = Math.max(fetched, Math.max(told, toldAgain)) >= RecordFetcher.POLL_LIMIT;
        return fetched + signalled + told + toldAgain + binds.tick(nowNs) + engine.doWork();
    }

    private void checkpoint() {
        engine.checkpoint(config().version(), new DaemonSnapshots(names, calls, costs, streams, journal), begin -> {
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
        return readMore ? shard.nanoTime() : Math.min(engine.paceReadyAtNs(), replays.wakeAtNs());
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
        sip.drainMessages();
        sip.leave();
        return true;
    }

    /** Whether no registrar has still to answer that it has let us go. */
    Boolean hasLeft() {
        return sip.hasLeft();
    }

    Boolean unbound() {
        return binds.stopped();
    }

    /** Last record of a run in good order. */
    Boolean stopped() {
        upstream.close();
        sip.close();
        costs.write();
        records.stopped(engine.openUnits());
        return true;
    }

    /** Takes over a config, on the shard's thread; for how long the shard did nothing else. */
    Duration apply(final Takeover next) {
        return inForce.apply(next, upstream);
    }

    /** The configuration, and whom its numbers stand for. */
    ConfigInForce inForce() {
        return inForce;
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
        return inForce.config();
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
        if (config().carrier(carrier).isEmpty()) {
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
        // A drained carrier's waiting units may have nowhere else to go: its links go on sending those.
        final int concerned = wholeCarrierDrains
                ? 1
                : binds.use(number, bind.orElse(null), use) + sip.useForMessages(number, bind.orElse(null), use);
        return bind.isPresent() && concerned == 0 ? ShardView.Control.NO_SUCH_BIND : ShardView.Control.DONE;
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
