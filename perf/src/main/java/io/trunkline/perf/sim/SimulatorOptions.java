package io.trunkline.perf.sim;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What every simulator takes on the command line. */
final class SimulatorOptions {
    @Option(names = "--address", description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String address = "127.0.0.1";

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Settings from a file, a line each: setting = value.")
    private Path profile;

    @Option(names = "--set", paramLabel = "SETTING=VALUE", description = "One setting; stronger than the profile.")
    private List<String> settings = List.of();

    @Option(names = "--settings", description = "Lists all settings and ends.")
    private boolean listSettings;

    @Option(names = "--seed", description = "Seed of all that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--json", description = "Prints lines of JSON, and the counters at the end.")
    private boolean json;

    @Option(names = "--for", paramLabel = "SECONDS", description = "Ends by itself. Default: runs until stopped.")
    private long seconds = Long.MAX_VALUE;

    String address() {
        return address;
    }

    long seed() {
        return seed;
    }

    /** Runs it until its end; {@code name} is for reports. */
    void run(final String name, final int port, final ForegroundRun.Simulated simulated, final PrintWriter out)
            throws InterruptedException {
        new ForegroundRun(name, simulated, out, json).run(address, port, seconds);
    }

    /** Prints the settings where that is all that was asked for. */
    boolean listed(final Setting[] all, final PrintWriter out) {
        if (listSettings) {
            for (final Setting setting : all) {
                out.printf(
                        "%-20s %s%n%-20s default: %s%n",
                        setting.key(), setting.help(), "", setting.initial().isEmpty() ? "(none)" : setting.initial());
            }
            out.flush();
        }
        return listSettings;
    }

    /**
     * Settings of the profile and of the command line, by their names; those of the command line hold.
     *
     * @throws IllegalArgumentException where they cannot be read
     */
    Map<String, String> given() {
        final Map<String, String> given = new LinkedHashMap<>();
        if (profile != null) {
            try {
                for (final String line : Files.readAllLines(profile, StandardCharsets.UTF_8)) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        put(given, line);
                    }
                }
            } catch (final IOException e) {
                throw new IllegalArgumentException("cannot read the profile " + profile + ": " + e.getMessage(), e);
            }
        }
        settings.forEach(setting -> put(given, setting));
        return given;
    }

    private static void put(final Map<String, String> into, final String line) {
        final int equals = line.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("'" + line + "' is not setting=value");
        }
        into.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
}
