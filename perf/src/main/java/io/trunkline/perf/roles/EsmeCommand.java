package io.trunkline.perf.roles;

import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.UsageExitCode;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.load.cli.LoadSession;
import io.trunkline.perf.load.cli.OutcomeOptions;
import io.trunkline.perf.load.cli.Secrets;
import io.trunkline.perf.load.cli.TrafficOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trunkline load esme}: an SMPP client against any message centre. */
@Command(
        name = "esme",
        description = "Loads any SMPP message centre as an ESME; latency counts from the intended send time.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  trunkline load esme --mc 10.0.0.7:2775 --system-id acme --password '${env:PW}' --rate 500 --for 60",
            "  trunkline load esme --mc 127.0.0.1:2775 --system-id acme --password s --binds 4 --window 1000 --for 10",
            "  trunkline load esme --mc 127.0.0.1:2775 --system-id acme --password s --ids hex-then-decimal --count 1000",
            "",
            "A message has ended when its receipt came. --window is per bind. Schedules, messages, thresholds, reports",
            "and exit codes are those of `trunkline load`."
        })
public final class EsmeCommand implements Callable<Integer>, UsageExitCode {
    @Spec
    private CommandSpec spec;

    @Option(names = "--mc", required = true, paramLabel = "HOST:PORT", description = "The message centre.")
    private String target;

    @Option(names = "--system-id", required = true, description = "Account of the binds.")
    private String systemId;

    @Option(names = "--password", required = true, description = "Its password; $${env:NAME} reads the environment.")
    private String password;

    @Option(names = "--system-type", description = "system_type of the binds. Default: none.")
    private String systemType = "";

    @Option(names = "--binds", description = "Transceivers at once. Default: ${DEFAULT-VALUE}.")
    private int binds = 1;

    @Option(names = "--no-receipts", description = "Ask for no receipts.")
    private boolean noReceipts;

    @Option(
            names = "--ids",
            description = "Message ids in answer and receipt: same, hex-then-decimal, decimal-then-hex. Default: same.")
    private String ids = "same";

    @Option(names = "--answer-timeout", description = "Seconds until a submit is given up. Default: ${DEFAULT-VALUE}.")
    private int answerTimeout = 10;

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
        final EsmePlan plan;
        final MessageMix messages;
        try {
            outcome.check();
            plan = plan();
            messages = traffic.messages();
        } catch (final IllegalArgumentException e) {
            throw new CommandFailure(
                    LoadSession.USAGE, e.getMessage(), "trunkline load esme --help shows every option");
        }
        final String line = Secrets.withoutTokens(
                spec.root().name(), spec.commandLine().getParseResult().originalArgs());
        return new LoadSession(
                        outcome, spec.commandLine().getOut(), spec.commandLine().getErr(), line)
                .run(List.of(new EsmeRole(plan, messages)), "Load on " + target, plan.duration())
                .exitCode();
    }

    private EsmePlan plan() {
        final int portAt = target.lastIndexOf(':');
        if (portAt < 1 || !target.substring(portAt + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("--mc is HOST:PORT, not '" + target + "'");
        }
        final Schedule schedule = traffic.schedule();
        return new EsmePlan(
                target.substring(0, portAt),
                Integer.parseInt(target.substring(portAt + 1)),
                systemId,
                Secrets.resolve(password),
                systemType,
                binds,
                traffic.window(),
                schedule,
                traffic.shape(),
                traffic.from(),
                !noReceipts,
                schedule instanceof Schedule.Closed ? traffic.open() : 0,
                ids(),
                traffic.units(schedule),
                traffic.duration(schedule),
                Duration.ofSeconds(answerTimeout),
                traffic.firstUnit());
    }

    private EsmePlan.Ids ids() {
        for (final EsmePlan.Ids known : EsmePlan.Ids.values()) {
            if (known.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(ids)) {
                return known;
            }
        }
        throw new IllegalArgumentException("--ids is same, hex-then-decimal or decimal-then-hex, not '" + ids + "'");
    }
}
