package io.trunkline.perf.sim;

import io.trunkline.perf.sim.SimCounters.Counter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private SimulatorOptions options;

    @Option(names = "--port", description = "Port to listen on; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int port = 2775;

    @Option(names = "--name", description = "Name in reports. Default: ${DEFAULT-VALUE}.")
    private String name = "sim";

    @Option(
            names = "--account",
            paramLabel = "SYSTEM_ID:PASSWORD",
            description = "An account that may bind; none given: everyone may.")
    private List<String> accounts = List.of();

    @Option(names = "--log", paramLabel = "FILE", description = "Keeps the carrier's log there (binary).")
    private Path log;

    @Override
    public Integer call() throws InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        if (!options.listed(SimSetting.values(), out)) {
            final McSimulator simulator = start();
            options.run(name, simulator.port(), new Carrier(simulator), out);
        }
        return 0;
    }

    private McSimulator start() {
        try {
            return McSimulator.start(new McConfig(
                    name,
                    options.address(),
                    port,
                    accounts(),
                    Optional.ofNullable(log),
                    options.seed(),
                    McConfig.DEFAULT_PENDING_LIMIT,
                    faults()));
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (final RuntimeException e) {
            // Netty throws the bind's own exception unchecked.
            throw new ParameterException(
                    spec.commandLine(),
                    "cannot listen on " + options.address() + ":" + port + ": " + e.getMessage(),
                    e);
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
        Faults faults = Faults.none();
        for (final Map.Entry<String, String> entry : options.given().entrySet()) {
            faults = faults.with(entry.getKey(), entry.getValue());
        }
        return faults;
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
}
