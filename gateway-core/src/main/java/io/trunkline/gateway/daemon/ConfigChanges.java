package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.ConfigDesk;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.history.ConfigDiff;
import io.trunkline.gateway.config.history.ConfigHistory;
import io.trunkline.gateway.config.history.ConfigHistory.Unconfirmed;
import io.trunkline.gateway.config.history.ConfigVersion;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.LoadResult;
import io.trunkline.gateway.shard.ThreadScheduling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the configuration of a running daemon changes: by SIGHUP after an edit by hand, by {@code apply}, by
 * {@code rollback}, or back by itself where a confirmation did not come. All ways are one: the candidate's files are
 * copied, checked, compared, applied, put into the configuration directory and kept in the history. One change at a time.
 */
final class ConfigChanges implements ConfigDesk, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigChanges.class);
    private static final String BY_ITSELF = "trunkline";

    /** Puts a checked configuration in force. */
    interface Applier {
        /**
         * Applies it wholly, or throws and has changed nothing.
         *
         * @param config with its version
         * @return for how long the shard did nothing else
         */
        Duration apply(GatewayConfig config, String who, String comment) throws TimeoutException, AdminRefusal;
    }

    private final Path home;
    private final ConfigHistory history;
    private final ConfigLoader loader;
    private final Clock clock;
    private final Applier applier;
    private final ReentrantLock lock = new ReentrantLock();
    /** Reads, checks, compares and compiles, behind whoever has traffic to move. */
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> daemon("trunkline-config", () -> {
        ThreadScheduling.background();
        task.run();
    }));

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> daemon("trunkline-confirmation", task));
    private GatewayConfig running;
    private ScheduledFuture<?> goingBack;

    /**
     * The changes of a daemon that runs.
     *
     * @param home its configuration directory
     * @param started what it was started with; kept as a version, unless the last one was the same
     */
    ConfigChanges(
            final Path home,
            final ConfigHistory history,
            final ConfigLoader loader,
            final Clock clock,
            final GatewayConfig started,
            final Applier applier) {
        this.home = home;
        this.history = history;
        this.loader = loader;
        this.clock = clock;
        this.applier = applier;
        running = started;
        try {
            if (!history.newest().map(ConfigVersion::hash).equals(Optional.of(started.hash()))) {
                history.stage(home);
                history.describe(new ConfigVersion(started.version(), started.hash(), "start", "", clock.millis()));
                history.keep(started.version());
            }
        } catch (IOException e) {
            LOG.warn("the configuration could not be added to the history: {}", e.toString());
        }
        history.unconfirmed().ifPresent(this::awaitConfirmation);
    }

    /**
     * Before a daemon reads its configuration: ends an installation that a crash cut short, and puts back what was not
     * confirmed in time.
     */
    static void settle(final Path home, final ConfigHistory history, final Clock clock) throws IOException {
        if (history.installing()) {
            ConfigHistory.install(history.staged(), home);
            history.endInstall();
            LOG.info("an applied configuration was put into {}: the daemon had ended before it could", home);
        } else {
            history.endInstall();
        }
        final Optional<Unconfirmed> waiting = history.unconfirmed();
        if (waiting.isPresent() && clock.millis() >= waiting.get().deadlineMs()) {
            ConfigHistory.install(history.files(waiting.get().restore()), home);
            history.confirmed();
            LOG.warn(
                    "configuration {} was not confirmed in time: back to {}",
                    waiting.get().version(),
                    waiting.get().restore());
        }
    }

    @Override
    public Outcome apply(final Optional<Path> candidate, final Wishes wishes) throws AdminRefusal {
        return alone(() -> change(candidate.orElse(home), wishes));
    }

    @Override
    public Outcome rollback(final Optional<Integer> version, final String who) throws AdminRefusal {
        return alone(() -> {
            final int to = version.isPresent() ? version.get() : previous();
            final Path files = history.files(to);
            if (!Files.isDirectory(files)) {
                throw new AdminRefusal(
                        "not-found", "there is no version " + to, "trunkline history lists those that are kept");
            }
            final Outcome outcome = change(files, new Wishes(who, "back to version " + to, Duration.ZERO, true));
            settled();
            return outcome;
        });
    }

    @Override
    public ConfigDiff diff(final Optional<Path> candidate) throws AdminRefusal {
        return aside(() -> {
            final LoadResult loaded = loader.reload(candidate.orElse(home), home, running());
            return ConfigDiff.between(
                    running(), loaded.config().orElseThrow(() -> invalid(candidate.orElse(home), loaded)));
        });
    }

    private synchronized GatewayConfig running() {
        return running;
    }

    private synchronized void running(final GatewayConfig config) {
        running = config;
    }

    @Override
    public ConfigVersion confirm(final String who) throws AdminRefusal {
        return alone(() -> {
            final Unconfirmed waiting = history.unconfirmed()
                    .orElseThrow(() -> new AdminRefusal(
                            "nothing-to-confirm", "no configuration waits for its confirmation", "trunkline history"));
            settled();
            LOG.info("configuration {} confirmed by {}", waiting.version(), who);
            return history.newest().orElseThrow();
        });
    }

    @Override
    public History history() throws AdminRefusal {
        try {
            return new History(history.versions(), history.unconfirmed());
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private static Thread daemon(final String name, final Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private interface Change<T> {
        T run() throws AdminRefusal, IOException, TimeoutException;
    }

    private <T> T alone(final Change<T> change) throws AdminRefusal {
        if (!lock.tryLock()) {
            throw new AdminRefusal("busy", "another change of the configuration is under way", "try again");
        }
        try {
            return aside(change);
        } finally {
            lock.unlock();
        }
    }

    /** Runs a task in the worker's thread and waits for what it gives. */
    private <T> T aside(final Change<T> change) throws AdminRefusal {
        try {
            return worker.submit(change::run).get();
        } catch (RejectedExecutionException e) {
            throw new AdminRefusal("busy", "the daemon is stopping", "try again when it has started");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the configuration was changed", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AdminRefusal refusal) {
                throw refusal;
            } else if (e.getCause() instanceof IOException io) {
                throw notKept(io);
            } else if (e.getCause() instanceof TimeoutException) {
                throw new AdminRefusal("busy", "the shard did not answer in time", "try again");
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static AdminRefusal notKept(final IOException e) {
        return new AdminRefusal(
                "storage",
                "the configuration's files cannot be copied: " + e,
                "look at the disk of the data directory");
    }

    private Outcome change(final Path candidate, final Wishes wishes)
            throws AdminRefusal, IOException, TimeoutException {
        final Optional<ConfigVersion> before = history.newest();
        final Path staged = history.stage(candidate);
        final LoadResult loaded = loader.reload(staged, home, running());
        if (loaded.config().isEmpty()) {
            throw invalid(candidate, loaded);
        }
        final GatewayConfig old = running();
        final GatewayConfig config = loaded.config().get().applied(old.version() + 1);
        final ConfigDiff diff = ConfigDiff.between(old, config);
        refuseShrinking(diff, wishes);
        if (diff.same() && config.hash().equals(old.hash())) {
            return new Outcome(old.version(), config.hash(), false, diff, Optional.empty(), Duration.ZERO);
        }
        final Optional<Unconfirmed> waiting = waiting(config.version(), before, wishes.confirm());
        final boolean elsewhere = !isHome(candidate);
        final Duration pause = putInForce(config, wishes, staged, elsewhere, waiting);
        running(config);
        putInPlace(config.version(), staged, elsewhere, waiting);
        LOG.info(
                "configuration {} applied by {}: {}, the shard stood still for {} us",
                config.version(),
                wishes.who(),
                config.hash(),
                pause.toNanos() / 1000);
        return new Outcome(
                config.version(),
                config.hash(),
                true,
                diff,
                waiting.map(wait -> Instant.ofEpochMilli(wait.deadlineMs())),
                pause);
    }

    private static void refuseShrinking(final ConfigDiff diff, final Wishes wishes) throws AdminRefusal {
        for (final ConfigDiff.Section section : diff.sections()) {
            if (section.shrinks() && !wishes.shrink()) {
                throw new AdminRefusal(
                        "shrinks",
                        section.removed() + " of " + section.before() + " " + section.name()
                                + " would vanish; nothing was applied",
                        "trunkline diff names some; if it is meant: trunkline apply --shrink");
            }
        }
    }

    /** Whatever takes room on a disk is written first: a full one refuses the change while nothing is changed yet. */
    private Duration putInForce(
            final GatewayConfig config,
            final Wishes wishes,
            final Path staged,
            final boolean elsewhere,
            final Optional<Unconfirmed> waiting)
            throws IOException, TimeoutException, AdminRefusal {
        try {
            history.describe(
                    new ConfigVersion(config.version(), config.hash(), wishes.who(), wishes.comment(), clock.millis()));
            if (waiting.isPresent()) {
                history.prepareUnconfirmed(waiting.get());
            }
            if (elsewhere) {
                ConfigHistory.prepareInstall(staged, home);
                history.beginInstall();
            }
            return applier.apply(config, wishes.who(), wishes.comment());
        } catch (IOException | TimeoutException | AdminRefusal | RuntimeException e) {
            if (elsewhere) {
                history.endInstall();
                ConfigHistory.forgetInstall(home);
            }
            history.forgetUnconfirmed();
            throw e;
        }
    }

    /** The configuration is in force; its files follow. Only names change, so this fails where the disk itself does. */
    private void putInPlace(
            final int version, final Path staged, final boolean elsewhere, final Optional<Unconfirmed> waiting)
            throws AdminRefusal {
        try {
            if (elsewhere) {
                ConfigHistory.commitInstall(staged, home);
            }
            history.keep(version);
            settled();
            if (waiting.isPresent()) {
                history.beginUnconfirmed();
                awaitConfirmation(waiting.get());
            }
        } catch (IOException e) {
            LOG.error("configuration {} is in force and its files are not all in their places", version, e);
            throw new AdminRefusal(
                    "storage",
                    "version " + version + " is in force, and its files are not all in their places: " + e,
                    "look at the disk; then apply it again, or restart");
        }
    }

    private static AdminRefusal invalid(final Path candidate, final LoadResult loaded) {
        return new AdminRefusal(
                "invalid",
                loaded.total() + (loaded.total() == 1 ? " mistake" : " mistakes") + "; nothing was applied\n"
                        + loaded.report().stripTrailing(),
                "trunkline check --conf " + candidate + " shows them again");
    }

    private boolean isHome(final Path candidate) throws IOException {
        return Files.isSameFile(candidate, home);
    }

    private Optional<Unconfirmed> waiting(
            final int version, final Optional<ConfigVersion> before, final Duration confirm) {
        return confirm.isZero()
                ? Optional.empty()
                : before.map(
                        restore -> new Unconfirmed(version, restore.version(), clock.millis() + confirm.toMillis()));
    }

    private void awaitConfirmation(final Unconfirmed waiting) {
        goingBack = timer.schedule(
                () -> goBack(waiting), Math.max(0, waiting.deadlineMs() - clock.millis()), TimeUnit.MILLISECONDS);
    }

    private void goBack(final Unconfirmed waiting) {
        try {
            LOG.warn("configuration {} was not confirmed in time", waiting.version());
            rollback(Optional.of(waiting.restore()), BY_ITSELF);
        } catch (AdminRefusal e) {
            LOG.error("back to configuration {}: {} {}", waiting.restore(), e.getMessage(), e.remedy());
            goingBack = timer.schedule(() -> goBack(waiting), 1, TimeUnit.SECONDS);
        }
    }

    /** Whatever waited for a confirmation waits no more. */
    private void settled() throws IOException {
        if (goingBack != null) {
            goingBack.cancel(false);
            goingBack = null;
        }
        history.confirmed();
    }

    private int previous() throws AdminRefusal, IOException {
        final List<ConfigVersion> versions = history.versions();
        if (versions.size() < 2) {
            throw new AdminRefusal("not-found", "there is no earlier version", "trunkline history lists them");
        }
        return versions.get(versions.size() - 2).version();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        worker.shutdown();
    }
}
