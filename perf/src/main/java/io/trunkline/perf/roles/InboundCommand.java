package io.trunkline.perf.roles;

import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.UsageExitCode;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.cli.LoadSession;
import io.trunkline.perf.load.cli.OutcomeOptions;
import io.trunkline.perf.load.cli.Secrets;
import io.trunkline.perf.load.cli.TrafficOptions;
import io.trunkline.perf.sim.McConfig;
import io.trunkline.perf.sim.McSimulator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trunkline load mo}: handsets that write to a tenant. */
@Command(
        name = "mo",
        description = "Plays a carrier whose handsets write to a tenant, and takes the messages as that tenant.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  trunkline load mo --carrier-port 2775 --tenant demo --token s3cret --number 12025550100 --rate 500",
            "  trunkline load mo --carrier-port 2775 --tenant demo --token s3cret --number 12025550100 --parts 3 --for 60",
            "",
            "The gateway has a carrier whose binds go to --carrier-port, and numbers.csv gives --number to the tenant.",
            "A message has ended when the tenant has it. --window is how many may be under way. Schedules, thresholds,",
            "reports and exit codes are those of `trunkline load`; texts are the carrier's own."
        })
public final class InboundCommand implements Callable<Integer>, UsageExitCode {
    /** Inbound markers lie above those of other load, and below the simulator's own. */
    private static final long FIRST_INBOUND = 80_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Option(names = "--host", description = "Gateway. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "Its port for the binary protocol. Default: ${DEFAULT-VALUE}.")
    private int port = 7400;

    @Option(names = "--tenant", required = true, description = "Whose number it is.")
    private String tenant;

    @Option(names = "--token", required = true, description = "Its secret; $${env:NAME} reads the environment.")
    private String token;

    @Option(names = "--client", description = "Client name: names the event stream. Default: ${DEFAULT-VALUE}.")
    private String clientName = "load";

    @Option(names = "--carrier-port", required = true, description = "Port on which the gateway finds the carrier.")
    private int carrierPort;

    @Option(names = "--number", required = true, description = "The tenant's number: digits.")
    private long number;

    @Option(names = "--parts", description = "Parts of a message, 1 to 9. Default: ${DEFAULT-VALUE}.")
    private int parts = 1;

    @Mixin
    private TrafficOptions traffic;

    @Mixin
    private OutcomeOptions outcome;

    @Override
    public int usageExitCode() {
        return LoadSession.USAGE;
    }

    @Override
    public Integer call() throws InterruptedException {
        final InboundPlan plan;
        try {
            outcome.check();
            plan = plan();
        } catch (final IllegalArgumentException e) {
            throw new CommandFailure(LoadSession.USAGE, e.getMessage(), "trunkline load mo --help shows every option");
        }
        final String line = Secrets.withoutTokens(
                spec.root().name(), spec.commandLine().getParseResult().originalArgs());
        try (McSimulator carrier = McSimulator.start(McConfig.named("mo").withPort(carrierPort))) {
            return new LoadSession(
                            outcome,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr(),
                            line)
                    .run(List.of(new InboundRole(plan, carrier)), "Inbound to " + number, plan.duration())
                    .exitCode();
        }
    }

    private InboundPlan plan() {
        final Schedule schedule = traffic.schedule();
        return new InboundPlan(
                host,
                port,
                tenant,
                Secrets.resolve(token),
                clientName,
                schedule,
                number,
                parts,
                traffic.window(),
                traffic.units(schedule),
                traffic.duration(schedule),
                FIRST_INBOUND + System.currentTimeMillis() % 100_000_000 * 10);
    }
}
