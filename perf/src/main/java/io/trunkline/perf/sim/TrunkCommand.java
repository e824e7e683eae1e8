package io.trunkline.perf.sim;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trunkline sim trunk}: a simulated carrier's SIP trunk in the foreground. */
@Command(
        name = "trunk",
        description =
                "Simulates a carrier's SIP trunk: takes calls over UDP and TCP, rings, answers, refuses, vanishes.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  trunkline sim trunk --port 5070",
            "  trunkline sim trunk --port 5070 --set ring-delay=100ms --set answer-delay=lognormal:4s:0.5",
            "  trunkline sim trunk --port 5070 --set answers=486=10,503=5,ring=5,silent=1 --set hang-up=exp:30s",
            "",
            "While it runs, commands are read from standard input: " + TrunkCommand.HELP,
            "Settings: trunkline sim trunk --settings"
        })
public final class TrunkCommand implements Callable<Integer> {
    static final String HELP = "set SETTING VALUE | stats | quit";

    @Spec
    private CommandSpec spec;

    @Mixin
    private SimulatorOptions options;

    @Option(names = "--port", description = "Port to listen on; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int port = 5070;

    @Option(names = "--name", description = "Name in reports. Default: ${DEFAULT-VALUE}.")
    private String name = "trunk";

    @Override
    public Integer call() throws InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        if (!options.listed(CallSetting.values(), out)) {
            final TrunkSimulator simulator = start();
            options.run(name, simulator.address().getPort(), new Trunk(simulator), out);
        }
        return 0;
    }

    private TrunkSimulator start() {
        try {
            CallBehaviour behaviour = CallBehaviour.answering();
            for (final Map.Entry<String, String> entry : options.given().entrySet()) {
                behaviour = behaviour.with(entry.getKey(), entry.getValue());
            }
            return TrunkSimulator.start(
                    name, new InetSocketAddress(options.address(), port), options.seed(), behaviour);
        } catch (final IllegalArgumentException | IllegalStateException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** The simulator as what runs in the foreground. */
    private static final class Trunk implements ForegroundRun.Simulated {
        private final TrunkSimulator simulator;
        private boolean open = true;

        Trunk(final TrunkSimulator simulator) {
            this.simulator = simulator;
        }

        @Override
        public long units() {
            return simulator.counters().get(CallCounters.Counter.INVITES);
        }

        @Override
        public String statistics(final boolean asJson) {
            return asJson ? simulator.counters().json() : simulator.counters().line();
        }

        @Override
        public String command(final String line) {
            final String[] words = line.strip().split("\\s+", 3);
            try {
                return switch (words[0]) {
                    case "", "stats" -> statistics(false);
                    case "help" -> HELP;
                    case "set" -> {
                        simulator.set(words.length > 1 ? words[1] : "", words.length > 2 ? words[2] : "");
                        yield "ok";
                    }
                    case "quit" -> null;
                    default -> "error: unknown command '" + words[0] + "'; there are: " + HELP;
                };
            } catch (final IllegalArgumentException e) {
                return "error: " + e.getMessage();
            }
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
            simulator.close();
        }
    }
}
