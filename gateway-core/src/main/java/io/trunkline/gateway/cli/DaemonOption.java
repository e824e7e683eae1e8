package io.trunkline.gateway.cli;

import io.trunkline.gateway.admin.AdminClient;
import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.config.load.ConfigLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Which daemon is meant, and how it is asked. */
public final class DaemonOption {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            description = "Configuration of the daemon, for its data directory (default: ${DEFAULT-VALUE}).",
            defaultValue = "${env:TRUNKLINE_CONF:-conf}")
    private Path conf;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of the daemon, instead of --conf.",
            defaultValue = "${env:TRUNKLINE_DATA}")
    private Path data;

    /**
     * Options of a command for which {@code --conf} means something else.
     *
     * @param data directory of the daemon; null: that of the usual configuration
     */
    static DaemonOption of(final Path data) {
        final DaemonOption option = new DaemonOption();
        option.data = data;
        option.conf =
                Path.of(Optional.ofNullable(System.getenv("TRUNKLINE_CONF")).orElse("conf"));
        return option;
    }

    /** Asks the daemon; a refusal and a daemon that does not answer end the command. */
    public JsonNode ask(final String command, final JsonNode arguments) {
        final Path directory = dataDirectory();
        try (AdminClient client = new AdminClient(directory, TIMEOUT)) {
            return client.ask(command, arguments);
        } catch (AdminRefusal e) {
            throw new CommandFailure(
                    e.code().equals("invalid") ? ExitCode.CONFIG : ExitCode.REFUSED, e.getMessage(), e.remedy());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "no daemon answers in " + directory + " (" + e.getMessage() + ")",
                    "is it running, and as this user? Start it with: trunkline run --conf " + conf);
        }
    }

    /** Where the daemon's configuration is. */
    public Path conf() {
        return conf;
    }

    /** Where the daemon keeps its journal and its socket. */
    public Path dataDirectory() {
        if (data != null) {
            return data;
        }
        final Optional<Path> configured = ConfigLoader.dataDirectory(conf);
        return configured.orElseThrow(() -> new CommandFailure(
                ExitCode.UNREACHABLE,
                "which daemon? " + conf.resolve("gateway.yaml") + " names no data directory",
                "give --conf DIR with the daemon's configuration, or --data DIR"));
    }
}
