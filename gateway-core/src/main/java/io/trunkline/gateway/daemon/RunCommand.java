package io.trunkline.gateway.daemon;

import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.admin.ConfigDesk;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.config.history.ConfigHistory;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.LoadResult;
import io.trunkline.gateway.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trunkline run}: the daemon, in the foreground. */
@Command(
        name = "run",
        description = {
            "Runs the daemon in the foreground.",
            "SIGTERM stops it in order: what is under way is finished, binds are unbound, exit code 0.",
            "SIGHUP checks the configuration and applies it, wholly or not at all."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  trunkline run --conf /etc/trunkline", "  kill -HUP $(pidof -s java)   # apply what was edited"})
public final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Option(
            names = "--conf",
            required = true,
            paramLabel = "DIR",
            description = "directory with gateway.yaml, tenants.yaml, carriers.yaml, routing.yaml")
    private Path conf;

    @Override
    public Integer call() {
        if (!settled()) {
            return ExitCode.CONFIG;
        }
        final LoadResult loaded = ConfigLoader.ofSystem().load(conf);
        if (loaded.config().isEmpty()) {
            System.err.println(loaded.report());
            return ExitCode.CONFIG;
        }
        final GatewayDaemon daemon;
        try {
            daemon = GatewayDaemon.start(conf, loaded.config().get());
        } catch (JournalException e) {
            System.err.println("trunkline: " + e.getMessage());
            return ExitCode.REFUSED;
        }
        stopOnTerm(daemon);
        if (!Signals.on("HUP", () -> reload(daemon))) {
            LOG.warn("SIGHUP is ignored, as after nohup: what is edited takes effect by `trunkline apply`");
        }
        LOG.info("ready: {}", daemon.data());
        return untilFailure(daemon);
    }

    /** A shutdown hook is what SIGTERM and SIGINT start; only from within it can the exit code be 0. */
    private static void stopOnTerm(final GatewayDaemon daemon) {
        final AtomicBoolean stopping = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (stopping.compareAndSet(false, true) && !daemon.failed()) {
                                LOG.info("stopping");
                                final boolean drained = daemon.drain();
                                LOG.info(drained ? "stopped" : "stopped; not everything that was under way has ended");
                                Runtime.getRuntime().halt(ExitCode.OK);
                            }
                        },
                        "trunkline-stop"));
    }

    /** Whether the directory holds what is to run: what was applied or taken back just before a crash is put there. */
    private boolean settled() {
        final Optional<Path> data = ConfigLoader.dataDirectory(conf);
        try {
            if (data.isPresent()) {
                ConfigChanges.settle(conf, new ConfigHistory(data.get()), Clock.systemUTC());
            }
            return true;
        } catch (IOException e) {
            System.err.println("trunkline: the applied configuration cannot be put into " + conf + ": " + e);
            return false;
        }
    }

    private static void reload(final GatewayDaemon daemon) {
        try {
            final ConfigDesk.Outcome outcome =
                    daemon.changes().apply(Optional.empty(), new ConfigDesk.Wishes("SIGHUP", "", Duration.ZERO, false));
            if (!outcome.changed()) {
                LOG.info("configuration {} is in force already", outcome.version());
            }
        } catch (AdminRefusal e) {
            LOG.error("configuration not applied, the running one stays: {}; {}", e.getMessage(), e.remedy());
        }
    }

    private static int untilFailure(final GatewayDaemon daemon) {
        try {
            LOG.error("ending: {}", daemon.awaitFailure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // What was acknowledged is in the journal; a restart goes on from there. No drain: the journal takes no more.
        Runtime.getRuntime().halt(ExitCode.USAGE);
        return ExitCode.USAGE;
    }
}
