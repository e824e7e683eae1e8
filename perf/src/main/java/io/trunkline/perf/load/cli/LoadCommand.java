package io.trunkline.perf.load.cli;

import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.UsageExitCode;
import io.trunkline.perf.load.LoadPlan;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Role;
import io.trunkline.perf.load.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trunkline load}: sends messages to a gateway over the binary protocol and says what came of them. */
@Command(
        name = "load",
        description = "Loads a gateway over the binary protocol and measures from the intended send time.",
        mixinStandardHelpOptions = true,
        subcommands = CompareCommand.class,
        footer = {
            "",
            "Examples:",
            "  trunkline load --tenant demo --token s3cret --rate 1000 --for 30",
            "  trunkline load --tenant demo --token s3cret --ramp 1000..20000 --for 60 --expect 'answer-p99<=6ms'",
            "  trunkline load --tenant demo --token s3cret --steps 1000x10,5000x10 --report out",
            "  trunkline load --tenant demo --token s3cret --window 1000 --count 1000000 --json",
            "  trunkline load --tenant demo --token s3cret --find-max 1000..100000 --for 10 --expect 'answer-p99<=5ms'",
            "  trunkline load --tenant a=3 --token x --tenant b=1 --token y --rate 4000     3,000/s as a, 1,000/s as b",
            "",
            "Other roles, each with --help: `trunkline load esme` (an SMPP client against any message centre), `trunkline",
            "load mo` (handsets that write to a tenant), `trunkline load calls` (a SIP platform that calls). `trunkline load",
            "soak` runs for hours with faults.",
            "",
            "Exit code: 0; 1 a threshold was not kept or figures do not agree; 2 usage; 3 no peer, a peer that went",
            "away, or a report that could not be written. Ctrl-C ends the sending, a second one the waiting; the report",
            "comes all the same."
        })
public final class LoadCommand implements Callable<Integer>, UsageExitCode {
    /** Numbers of units that a tenant has for itself. */
    private static final long UNITS_PER_TENANT = 1_000_000_000L;

    private static final int MOST_BEHIND = 200_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--host", description = "Gateway. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "Its port for the binary protocol. Default: ${DEFAULT-VALUE}.")
    private int port = 7400;

    @Option(
            names = "--tenant",
            paramLabel = "NAME[=WEIGHT]",
            description = "Who pays; several share the rate by their weights.")
    private List<String> tenants = List.of();

    @Option(
            names = "--token",
            description = "The secret that proves it, one for each tenant; $${env:NAME} reads it from the environment.")
    private List<String> tokens = List.of();

    @Option(names = "--client", description = "Client name: names the event stream. Default: ${DEFAULT-VALUE}.")
    private String clientName = "load";

    @Option(names = "--connections", description = "Connections of each tenant. Default: ${DEFAULT-VALUE}.")
    private int connections = 1;

    @Option(
            names = "--find-max",
            paramLabel = "FROM..TO",
            description = "Searches the highest constant rate that keeps the bounds (lost=0 is always one), each rate"
                    + " for --for seconds.")
    private String findMax;

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
        final Schedule schedule;
        final Duration duration;
        final MessageMix messages;
        final FindMax search;
        final long first;
        final List<LoadPlan> plans;
        try {
            outcome.check();
            schedule = traffic.schedule();
            duration = traffic.duration(schedule);
            messages = traffic.messages();
            first = traffic.firstUnit();
            search = findMax == null ? null : FindMax.over(findMax, schedule, outcome);
            plans = plans(schedule, duration, first);
        } catch (final IllegalArgumentException e) {
            throw new CommandFailure(LoadSession.USAGE, e.getMessage(), "trunkline load --help shows every option");
        }
        final LoadSession session = new LoadSession(
                outcome, spec.commandLine().getOut(), spec.commandLine().getErr(), commandLine());
        if (search != null) {
            return search.run(
                    session.briefly(),
                    duration,
                    spec.commandLine().getOut(),
                    (trial, sentBefore) -> roles(plans(trial, duration, first + sentBefore), messages));
        }
        final String title = "Load on " + host + ":" + port;
        return session.run(roles(plans, messages), title, duration).exitCode();
    }

    private List<Role> roles(final List<LoadPlan> plans, final MessageMix messages) {
        final List<Role> roles = new ArrayList<>();
        for (final LoadPlan plan : plans) {
            // A mix belongs to one thread: it writes the unit's marker into its own texts.
            roles.add(LoadRun.of(plan, roles.isEmpty() ? messages : traffic.messages()));
        }
        return roles;
    }

    private List<LoadPlan> plans(final Schedule schedule, final Duration duration, final long first) {
        if (tenants.isEmpty() || tenants.size() != tokens.size()) {
            throw new IllegalArgumentException("a --token is needed for each --tenant, and one of both at least");
        }
        if (tenants.size() > 64) {
            throw new IllegalArgumentException("64 tenants at most, not " + tenants.size());
        }
        final double[] weights = new double[tenants.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weight(tenants.get(i));
            sum += weights[i];
        }
        final List<LoadPlan> plans = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            final String tenant = tenants.get(i).split("=", 2)[0];
            final Schedule share = schedule.share(weights[i] / sum);
            plans.add(new LoadPlan(
                    host,
                    port,
                    tenant,
                    Secrets.resolve(tokens.get(i)),
                    clientName,
                    connections,
                    share,
                    traffic.shape(),
                    traffic.from(),
                    first + i * UNITS_PER_TENANT,
                    Math.min(share.units(), units(schedule, weights[i] / sum)),
                    duration,
                    traffic.window(),
                    traffic.open(),
                    MOST_BEHIND,
                    traffic.spin()));
        }
        return plans;
    }

    private long units(final Schedule schedule, final double share) {
        final long units = traffic.units(schedule);
        return units == Long.MAX_VALUE || share == 1 ? units : Math.max(1, Math.round(units * share));
    }

    private static double weight(final String tenant) {
        final int equals = tenant.indexOf('=');
        if (equals < 0) {
            return 1;
        }
        try {
            final double weight = Double.parseDouble(tenant.substring(equals + 1));
            if (weight > 0 && weight <= 1e6) {
                return weight;
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("a tenant's weight is a number, not '" + tenant + "'", e);
        }
        throw new IllegalArgumentException("a tenant's weight is above 0 and up to 1000000, not '" + tenant + "'");
    }

    private String commandLine() {
        return Secrets.withoutTokens(
                spec.root().name(), spec.commandLine().getParseResult().originalArgs());
    }
}
