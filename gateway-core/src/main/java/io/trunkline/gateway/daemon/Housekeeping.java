package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.AdminCommand;
import io.trunkline.gateway.admin.AdminHttp;
import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.AdminServer;
import io.trunkline.gateway.admin.BlockCommands;
import io.trunkline.gateway.admin.CallCapture;
import io.trunkline.gateway.admin.ConfigCommands;
import io.trunkline.gateway.admin.ConfigDesk;
import io.trunkline.gateway.admin.ControlCommands;
import io.trunkline.gateway.admin.GatewayMetrics;
import io.trunkline.gateway.admin.Health;
import io.trunkline.gateway.admin.JournalTrace;
import io.trunkline.gateway.admin.RouteExplanations;
import io.trunkline.gateway.admin.ShardTasks;
import io.trunkline.gateway.admin.ShardView;
import io.trunkline.gateway.admin.ShowCommands;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.seal.PeriodKeys;
import io.trunkline.gateway.shard.Shard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is not the shard's business and may take its time: admin socket, metrics, throughput samples, retention. */
final class Housekeeping implements AutoCloseable, ShardTasks {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long RETAIN_EVERY_S = 30;
    private static final long KEYS_EVERY_S = 2;
    private static final long CALL_TIMEOUT_MS = 5_000;

    private final JournalStore journal;
    private final PeriodKeys periods;
    private final Shard shard;
    private final ShardWork work;
    private final ConfigDesk configDesk;
    private final ThroughputMeter throughput = new ThroughputMeter();
    private final JournalRetention retention;
    private final DaemonView view;
    private final AdminServer admin;
    private final GatewayMetrics metrics;
    private final AdminHttp http;
    private final ScheduledExecutorService thread;
    private final List<ScheduledFuture<?>> chores;
    private volatile String bodiesTrouble = "";

    Housekeeping(
            final GatewayConfig config,
            final JournalStore journal,
            final PeriodKeys periods,
            final Shard shard,
            final ShardWork work,
            final ConfigDesk configDesk,
            final Exporting exports,
            final PrepaidTenants prepaid,
            final Health health) {
        this.journal = journal;
        this.periods = periods;
        this.shard = shard;
        this.work = work;
        this.configDesk = configDesk;
        retention = new JournalRetention(
                journal,
                work.streams(),
                () -> Math.min(work.engine().oldestNeeded(), Math.min(exports.oldestNeeded(), prepaid.oldestNeeded())),
                config.gateway().journal().retention().keep());
        view = new DaemonView(
                work,
                throughput,
                new ShardMeter(shard),
                () -> Alarms.of(work, exports.alarms(), prepaid.alarms(), bodiesTrouble));
        metrics = new GatewayMetrics(this, journal::status, exports::rows, health);
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread newThread = new Thread(task, "trunkline-housekeeping");
            newThread.setDaemon(true);
            return newThread;
        });
        try {
            admin = new AdminServer(config.gateway().data(), commands(exports, prepaid));
            http = config.gateway().admin().http().isPresent()
                    ? http(config.gateway().admin().http().get(), health)
                    : null;
        } catch (IOException e) {
            throw new UncheckedIOException("the admin interface cannot be opened", e);
        }
        chores = List.of(
                thread.scheduleWithFixedDelay(this::sample, 1, 1, TimeUnit.SECONDS),
                thread.scheduleWithFixedDelay(this::keepBodies, KEYS_EVERY_S, KEYS_EVERY_S, TimeUnit.SECONDS),
                thread.scheduleWithFixedDelay(this::retain, RETAIN_EVERY_S, RETAIN_EVERY_S, TimeUnit.SECONDS));
    }

    private AdminHttp http(final Gateway.AdminHttp settings, final Health health) throws IOException {
        return new AdminHttp(settings, metrics, health);
    }

    private List<AdminCommand> commands(final Exporting exports, final PrepaidTenants prepaid) {
        final List<AdminCommand> commands =
                new ArrayList<>(ShowCommands.of(this, journal::status, prepaid::usage, exports::rows));
        commands.addAll(ControlCommands.of(this));
        commands.addAll(ConfigCommands.of(configDesk));
        commands.addAll(BlockCommands.of(work.blocks(), Clock.systemUTC()));
        commands.add(new RouteExplanations(this, Clock.systemUTC(), work.traffic()::explain));
        commands.add(new CallCapture(this));
        commands.add(new JournalTrace(this, journal::newSource, periods::cipher, Clock.systemUTC()));
        return commands;
    }

    @Override
    public <T> T call(final Function<ShardView, T> task) throws AdminRefusal {
        try {
            return shard.call(() -> task.apply(view), CALL_TIMEOUT_MS);
        } catch (TimeoutException e) {
            throw new AdminRefusal("busy", "the shard did not answer in time", "try again");
        }
    }

    /** Reads the counters that rates are made of, on the shard. */
    private void sample() {
        try {
            shard.call(
                    () -> {
                        throughput.next();
                        work.binds()
                                .status()
                                .forEach(bind -> throughput.sample(
                                        "bind", bind.bind().name(), bind.bind().counters().requestsSent));
                        work.engine()
                                .view()
                                .tenants()
                                .forEach(tenant -> throughput.sample("tenant", tenant.name(), tenant.accepted()));
                        return true;
                    },
                    CALL_TIMEOUT_MS);
        } catch (TimeoutException | RuntimeException e) {
            LOG.debug("no throughput sample: {}", e.toString());
        }
    }

    /** Bodies whose time is over become unreadable; those of messages that are still open wait. */
    private void keepBodies() {
        if (!periods.enciphers()) {
            return;
        }
        try {
            final long neededMs = shard.call(() -> work.engine().oldestOpenMs(), CALL_TIMEOUT_MS);
            final int given = periods.keep(System.currentTimeMillis(), neededMs);
            if (given > 0) {
                LOG.info("bodies of {} periods can be read no longer", given);
            }
            bodiesTrouble = "";
        } catch (TimeoutException e) {
            LOG.debug("keys of bodies were not looked at: {}", e.toString());
        } catch (IOException | RuntimeException e) {
            if (!e.toString().equals(bodiesTrouble)) {
                LOG.error("keys of bodies could not be written: {}; tried again every {} s", e, KEYS_EVERY_S);
            }
            bodiesTrouble = e.toString();
        }
    }

    private void retain() {
        try {
            shard.call(
                    () -> {
                        retention.run();
                        return true;
                    },
                    CALL_TIMEOUT_MS);
        } catch (TimeoutException | RuntimeException e) {
            LOG.warn("journal files could not be looked through for removal: {}", e.toString());
        }
    }

    @Override
    public void close() {
        chores.forEach(chore -> chore.cancel(true));
        thread.shutdownNow();
        if (http != null) {
            http.close();
        }
        try {
            admin.close();
        } catch (IOException e) {
            LOG.debug("admin socket: {}", e.toString());
        }
        metrics.close();
        retention.close();
    }
}
