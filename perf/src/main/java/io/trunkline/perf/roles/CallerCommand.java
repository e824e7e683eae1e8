package io.trunkline.perf.roles;

import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.UsageExitCode;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.cli.LoadSession;
import io.trunkline.perf.load.cli.OutcomeOptions;
import io.trunkline.perf.load.cli.Secrets;
import io.trunkline.perf.load.cli.TrafficOptions;
import io.trunkline.perf.sim.Latency;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trunkline load calls}: a SIP platform that calls. */
@Command(
        name = "calls",
        description =
                "Calls over SIP as a tenant's platform does; latency counts from the intended time of the INVITE.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  trunkline load calls --gateway 127.0.0.1:5060 --local 127.0.0.2 --rate 50 --hold 2s --for 60",
            "  trunkline load calls --gateway 127.0.0.1:5060 --rate 200 --hold exp:30s --cancel 5 --to 4930,4420",
            "  trunkline load calls --gateway 127.0.0.1:5060 --steps 100x10,500x10 --hold 100ms --expect"
                    + " 'ringing-p99<=20ms'",
            "",
            "The gateway must know the local address as a tenant's platform (`sip: sources` in tenants.yaml). Refusals"
                    + " are told",
            "by their status; 487 is a call that the caller gave up itself. --open is how many calls may be under way;"
                    + " what is",
            "said of texts and classes means nothing here. Schedules, thresholds, reports and exit codes are those of",
            "`trunkline load`. The other side: `trunkline sim trunk`."
        })
public final class CallerCommand implements Callable<Integer>, UsageExitCode {
    @Spec
    private CommandSpec spec;

    @Option(names = "--gateway", required = true, paramLabel = "HOST:PORT", description = "Where INVITEs go.")
    private String target;

    @Option(names = "--transport", description = "udp or tcp. Default: ${DEFAULT-VALUE}.")
    private String transport = "udp";

    @Option(names = "--local", description = "Address that calls come from. Default: ${DEFAULT-VALUE}.")
    private String local = "127.0.0.1";

    @Option(names = "--local-port", description = "Its port; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int localPort;

    @Option(
            names = "--hold",
            description = "From the answer until the caller hangs up: 2s, 1s..9s, exp:30s; never: the called side does."
                    + " Default: ${DEFAULT-VALUE}.")
    private String hold = "1s";

    @Option(names = "--cancel", paramLabel = "PERCENT", description = "Calls that the caller gives up. Default: 0.")
    private double cancel;

    @Option(names = "--patience", description = "From ringing until such a one is given up. Default: ${DEFAULT-VALUE}.")
    private String patience = "500ms";

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
        final CallerPlan plan;
        try {
            outcome.check();
            plan = plan();
        } catch (final IllegalArgumentException e) {
            throw new CommandFailure(
                    LoadSession.USAGE, e.getMessage(), "trunkline load calls --help shows every option");
        }
        final String line = Secrets.withoutTokens(
                spec.root().name(), spec.commandLine().getParseResult().originalArgs());
        return new LoadSession(
                        outcome, spec.commandLine().getOut(), spec.commandLine().getErr(), line)
                .run(List.of(new CallerRole(plan, traffic.seed())), "Calls to " + target, plan.duration())
                .exitCode();
    }

    private CallerPlan plan() {
        final int portAt = target.lastIndexOf(':');
        if (portAt < 1 || !target.substring(portAt + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("--gateway is HOST:PORT, not '" + target + "'");
        }
        final InetSocketAddress gateway =
                new InetSocketAddress(target.substring(0, portAt), Integer.parseInt(target.substring(portAt + 1)));
        if (gateway.isUnresolved()) {
            throw new IllegalArgumentException("there is no host " + gateway.getHostString());
        }
        final TransportProtocol protocol = switch (transport) {
            case "udp" -> TransportProtocol.UDP;
            case "tcp" -> TransportProtocol.TCP;
            default -> throw new IllegalArgumentException("--transport is udp or tcp, not '" + transport + "'");
        };
        final Schedule schedule = traffic.schedule();
        return new CallerPlan(
                new Destination(protocol, gateway, ""),
                new InetSocketAddress(local, localPort),
                schedule,
                traffic.from(),
                traffic.shape().prefixes(),
                "never".equals(hold) ? null : Latency.parse(hold),
                cancel / 100,
                Latency.parse(patience),
                traffic.open() == 0 ? Integer.MAX_VALUE : traffic.open(),
                traffic.units(schedule),
                traffic.duration(schedule),
                traffic.firstUnit());
    }
}
