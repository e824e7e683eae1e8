package io.trunkline.perf.sim;

import io.trunkline.perf.sim.SimCounters.Counter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trunkline sim}: a simulated carrier in the foreground. */
@Command(
        name = "sim",
        description = "Simulates a carrier's message centre, with the faults that real ones have.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  trunkline sim --port 2775",
            "  trunkline sim --port 2775 --account acme:secret --set receipt-delay=lognormal:800ms:0.6",
            "  trunkline sim --port 2775 --set answer-errors=0x58=5 --set receipt-states=UNDELIV=3,EXPIRED=1",
            "  trunkline sim --port 2775 --profile slow-carrier.properties --log carrier.log",
            "",
            "While it runs, commands are read from standard input: " + SimControl.HELP,
            "Settings: trunkline sim --settings",
            "A SIP trunk in place of a message centre: trunkline sim trunk --help"
        })
public final class SimCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--port", description = "Port to listen on; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int port = 2775;

    @Option(names = "--address", description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String address = "127.0.0.1";

    @Option(names = "--name", description = "Name in reports. Default: ${DEFAULT-VALUE}.")
    private String name = "sim";

    @Option(
            names = "--account",
            paramLabel = "SYSTEM_ID:PASSWORD",
            description = "An account that may bind; none given: everyone may.")
    private List<String> accounts = List.of();

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Settings from a file, a line each: setting = value.")
    private Path profile;

    @Option(names = "--set", paramLabel = "SETTING=VALUE", description = "One setting; stronger than the profile.")
    private List<String> settings = List.of();

    @Option(names = "--settings", description = "Lists all settings and ends.")
    private boolean listSettings;

    @Option(names = "--log", paramLabel = "FILE", description = "Keeps the carrier's log there (binary).")
    private Path log;

    @Option(names = "--seed", description = "Seed of all that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--json", description = "Prints lines of JSON, and the counters at the end.")
    private boolean json;

    @Option(names = "--for", paramLabel = "SECONDS", description = "Ends by itself. Default: runs until stopped.")
    private long seconds = Long.MAX_VALUE;

    @Override
    public Integer call() throws InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        if (listSettings) {
            printSettings(SimSetting.values(), out);
            return 0;
        }
        final McSimulator simulator = start();
        new ForegroundRun(name, new Carrier(simulator), out, json).run(address, simulator.port(), seconds);
        return 0;
    }

    private McSimulator start() {
        try {
            return McSimulator.start(new McConfig(
                    name,
                    address,
                    port,
                    accounts(),
                    Optional.ofNullable(log),
                    seed,
                    McConfig.DEFAULT_PENDING_LIMIT,
                    faults()));
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (final RuntimeException e) {
            // Netty throws the bind's own exception unchecked.
            throw new ParameterException(
                    spec.commandLine(), "cannot listen on " + address + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private Map<String, String> accounts() {
        final Map<String, String> passwords = new HashMap<>();
        for (final String account : accounts) {
            final int colon = account.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("--account wants SYSTEM_ID:PASSWORD");
            }
            passwords.put(account.substring(0, colon), account.substring(colon + 1));
        }
        return passwords;
    }

    private Faults faults() {
        final Map<String, String> given = given(profile, settings);
        Faults faults = Faults.none();
        for (final Map.Entry<String, String> entry : given.entrySet()) {
            faults = faults.with(entry.getKey(), entry.getValue());
        }
        return faults;
    }

    /** Settings of a profile and of the command line, by their names; those of the command line hold. */
    static Map<String, String> given(final Path profile, final List<String> settings) {
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

    /** The simulator as what runs in the foreground. */
    private record Carrier(McSimulator simulator, SimControl control) implements ForegroundRun.Simulated {
        Carrier(final McSimulator simulator) {
            this(simulator, new SimControl(simulator));
        }

        @Override
        public long units() {
            return simulator.counters().get(Counter.SUBMITS);
        }

        @Override
        public String statistics(final boolean json) {
            return json
                    ? SimControl.statisticsAsJson(simulator.counters())
                    : SimControl.statistics(simulator.counters());
        }

        @Override
        public String command(final String line) {
            return control.run(line);
        }

        @Override
        public boolean isOpen() {
            return simulator.isOpen();
        }

        @Override
        public void close() {
            simulator.close();
        }
    }

    static void printSettings(final Setting[] settings, final PrintWriter out) {
        for (final Setting setting : settings) {
            out.printf(
                    "%-20s %s%n%-20s default: %s%n",
                    setting.key(), setting.help(), "", setting.initial().isEmpty() ? "(none)" : setting.initial());
        }
        out.flush();
    }
}
