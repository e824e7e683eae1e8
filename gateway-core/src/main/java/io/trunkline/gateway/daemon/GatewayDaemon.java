package io.trunkline.gateway.daemon;

import io.netty.channel.epoll.EpollIoHandler;
import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.ConfigDesk;
import io.trunkline.gateway.admin.Health;
import io.trunkline.gateway.admin.ShardTasks;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.config.history.ConfigHistory;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.JournalStatus;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.RecoveryReport;
import io.trunkline.gateway.journal.chronicle.ChronicleJournal;
import io.trunkline.gateway.journal.seal.PeriodKeys;
import io.trunkline.gateway.shard.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running gateway. The order of a start: journal locked and read, shard with its engine built from it, appends go to
 * a fresh run, the shard's thread starts, open units are set going, binds and listeners come up. A stop goes the other
 * way. Recovery is the normal start: there is no other.
 */
public final class GatewayDaemon implements AutoCloseable, Health {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayDaemon.class);
    private static final String SHARD_0 = "journal/shard-0";
    private static final long CALL_TIMEOUT_MS = 30_000;
    private static final long DRAIN_POLL_MS = 20;
    /** How long peers may take to confirm that their calls have ended, or their registrations. */
    private static final long CALLS_GONE_NS = 2_000_000_000L;

    private final GatewayConfig config;
    private final JournalStore journal;
    private final Shard shard;
    private final PeriodKeys periods;
    private final ShardWork work;
    private final ConfigChanges changes;
    private final Exporting exports;
    private final PrepaidTenants prepaid;
    private final Housekeeping housekeeping;
    private final RecoveryReport recovery;
    private final CountDownLatch failed = new CountDownLatch(1);
    private final AtomicReference<String> failure = new AtomicReference<>();
    /** For the thread that changes what is in force. */
    private final KnownNumbers numbers = new KnownNumbers();

    private GatewayConfig inForce;

    private GatewayDaemon(final Path home, final GatewayConfig startConfig) throws TimeoutException {
        config = startConfig;
        shard = new Shard(
                "trunkline-shard-0",
                EpollIoHandler.newFactory(),
                config.gateway().idle(),
                new SystemEpochNanoClock(),
                config.gateway().limits().output().intBytes());
        journal = ChronicleJournal.open(
                config.gateway().data().resolve(SHARD_0),
                0,
                config.gateway().journal(),
                shard::wakeUp,
                this::journalFailed,
                GatewayDaemon::damaged);
        periods = periods();
        work = new ShardWork(config, journal, shard, periods, this::fail);
        recovery = journal.recover(true, work.fold());
        report(recovery);
        journal.start();
        shard.onFailure(problem -> fail("the shard has failed: " + problem));
        // Before the first message can come: who was stopped stays so.
        prepaid = new PrepaidTenants(config, journal, work.traffic()::stopped);
        shard.start(journal, work);
        shard.call(work::resume, CALL_TIMEOUT_MS);
        inForce = work.config();
        learnNumbers(inForce);
        changes = new ConfigChanges(
                home,
                new ConfigHistory(config.gateway().data()),
                ConfigLoader.ofSystem(),
                Clock.systemUTC(),
                work.config(),
                this::apply);
        exports = new Exporting(config, journal, periods::cipher);
        housekeeping = new Housekeeping(config, journal, periods, shard, work, changes, exports, prepaid, this);
    }

    private PeriodKeys periods() {
        try {
            return BodyPeriods.open(config.gateway(), System.currentTimeMillis());
        } catch (JournalException e) {
            journal.close();
            throw e;
        }
    }

    /**
     * Starts a gateway and returns when it takes messages.
     *
     * @param home the directory that the configuration is from
     * @throws JournalException where the journal is in use or cannot be read
     */
    public static GatewayDaemon start(final Path home, final GatewayConfig config) {
        try {
            return new GatewayDaemon(home, config);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the shard did not start: " + e.getMessage(), e);
        }
    }

    public RecoveryReport recovery() {
        return recovery;
    }

    public JournalStatus journalStatus() {
        return journal.status();
    }

    /** Where the daemon keeps its data. */
    public Path data() {
        return config.gateway().data();
    }

    /** Waits until something has failed for good; what it was. */
    public String awaitFailure() throws InterruptedException {
        failed.await();
        return failure.get();
    }

    /** Whether something has failed for good, so that there is nothing to be drained. */
    public boolean failed() {
        return failure.get() != null;
    }

    /** What the shard shows of itself. */
    public ShardTasks shardView() {
        return housekeeping;
    }

    /** How the configuration is changed while the daemon runs. */
    public ConfigDesk changes() {
        return changes;
    }

    /** One change at a time; what can be made beside the shard is made here, and then it only takes over. */
    private Duration apply(final GatewayConfig newConfig, final String who, final String comment)
            throws TimeoutException, AdminRefusal {
        final Changeover changes = Changeover.between(inForce, newConfig);
        learnNumbers(newConfig);
        final Map<String, Integer> tenants = newConfig.tenants().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Tenant::name, tenant -> numbers.number(Names.Kind.TENANT, tenant.name())));
        final TrafficTables.Prepared tables;
        try {
            tables = work.traffic().prepare(newConfig, tenants);
        } catch (IOException e) {
            throw new AdminRefusal(
                    "invalid",
                    "a number file cannot be used; nothing was applied: " + e.getMessage(),
                    "build it again");
        }
        final Takeover takeover = new Takeover(
                changes,
                RoutingTables.prepare(newConfig, numbers),
                tables,
                TenantAccounts.of(newConfig, tenants::get),
                who,
                comment);
        final Duration pause = shard.call(() -> work.apply(takeover), CALL_TIMEOUT_MS);
        if (changes.blocks() || changes.accounts()) {
            // A hundred thousand lines take their time, which the shard does not have.
            work.blocks().configure(Blocks.lines(newConfig.traffic().blocks()), tenants);
        }
        inForce = newConfig;
        exports.apply(newConfig);
        prepaid.apply(newConfig);
        return pause;
    }

    /** Asks the shard for the numbers of what is new in a configuration. */
    private void learnNumbers(final GatewayConfig newConfig) throws TimeoutException {
        final Map<Names.Kind, Set<String>> missing = numbers.missing(newConfig);
        if (!missing.isEmpty()) {
            numbers.add(shard.call(() -> work.inForce().number(missing), CALL_TIMEOUT_MS));
        }
    }

    /**
     * Stops in order: takes nothing new, lets windows empty within the configured limit, unbinds, finishes the journal.
     *
     * @return whether everything that was under way came to an end
     */
    public boolean drain() {
        final long start = System.nanoTime();
        final long until = start + config.gateway().drain().limit().toNanos();
        boolean drained = false;
        try {
            shard.call(work::beginDrain, CALL_TIMEOUT_MS);
            drained = await(() -> shard.call(work::windowsEmpty, CALL_TIMEOUT_MS), until);
            drained &= drainCalls(start + config.gateway().drain().calls().toNanos());
            shard.call(work::unbind, CALL_TIMEOUT_MS);
            await(() -> shard.call(work::unbound, CALL_TIMEOUT_MS), until);
            await(() -> shard.call(work::hasLeft, CALL_TIMEOUT_MS), System.nanoTime() + CALLS_GONE_NS);
            shard.call(work::stopped, CALL_TIMEOUT_MS);
        } catch (TimeoutException e) {
            LOG.warn("the shard does not answer while stopping: {}", e.getMessage());
        }
        close();
        return drained;
    }

    /** Calls go on until they end by themselves, or are ended; the BYEs of the last ones are waited for a little. */
    private boolean drainCalls(final long untilNs) throws TimeoutException {
        final boolean over = await(() -> shard.call(work::callsOver, CALL_TIMEOUT_MS), untilNs);
        if (!over) {
            shard.call(work::endCalls, CALL_TIMEOUT_MS);
            await(() -> shard.call(work::callsGone, CALL_TIMEOUT_MS), System.nanoTime() + CALLS_GONE_NS);
        }
        return over;
    }

    private interface Condition {
        boolean holds() throws TimeoutException;
    }

    private static boolean await(final Condition condition, final long untilNs) throws TimeoutException {
        while (!condition.holds()) {
            if (System.nanoTime() - untilNs > 0) {
                return false;
            }
            LockSupport.parkNanos(DRAIN_POLL_MS * 1_000_000);
        }
        return true;
    }

    @Override
    public void close() {
        changes.close();
        housekeeping.close();
        exports.close();
        prepaid.close();
        shard.close();
        work.close();
        journal.close();
        periods.close();
    }

    @Override
    public boolean live() {
        return shard.failure() == null && shard.thread().isAlive();
    }

    @Override
    public List<String> notReady() {
        final List<String> reasons = new ArrayList<>();
        final JournalStatus status = journal.status();
        if (status.condition() != JournalStatus.Condition.OK) {
            reasons.add("journal: " + status.reason());
        }
        if (failure.get() != null) {
            reasons.add(failure.get());
        }
        if (shard.failure() != null) {
            reasons.add("the shard has failed: " + shard.failure());
        }
        return reasons;
    }

    private void journalFailed(final JournalException e) {
        LOG.error("the journal has failed; nothing more is acknowledged, the daemon ends", e);
        fail("journal: " + e.getMessage());
    }

    private void fail(final String reason) {
        failure.compareAndSet(null, reason);
        failed.countDown();
    }

    private static void damaged(final Damage damage) {
        LOG.error("journal damaged: {}", damage);
    }

    private static void report(final RecoveryReport report) {
        LOG.info("journal read: {}", report);
        if (!report.clean()) {
            LOG.error("{} records of the journal cannot be read; see `trunkline journal verify`", report.recordsLost());
        }
    }
}
