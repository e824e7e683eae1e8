package io.trunkline.perf.soak;

import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.UsageExitCode;
import io.trunkline.perf.load.cli.LoadSession;
import io.trunkline.perf.prove.ProveCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trunkline load soak}: the claim of that name, for as long as wanted. */
@Command(
        name = "soak",
        description = "Steady load for a long time, with faults that roll on; tells what of the daemon grows.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Starts a daemon and two simulated carriers of its own. Every --every seconds one of these happens: a carrier",
            "breaks its connections, answers slowly, throttles, goes away and comes back; the client's connection breaks;",
            "the daemon reloads its configuration. At the end: slope and noise of heap after collection, anonymous memory,",
            "descriptors, threads, journal lag and pending events; and whether every message has had its one last word.",
            "",
            "Examples:",
            "  trunkline load soak --for 20m",
            "  trunkline load soak --for 2h --rate 1000 --durability disk",
            "",
            "Exit code: 0; 1 could not be run; 2 usage; 4 something grows or was lost."
        })
public final class SoakCommand implements Callable<Integer>, UsageExitCode {
    private static final Pattern DURATION = Pattern.compile("(\\d+)([smh]?)");

    @Spec
    private CommandSpec spec;

    @Option(names = "--for", paramLabel = "DURATION", description = "90s, 20m, 2h. Default: ${DEFAULT-VALUE}.")
    private String duration = "20m";

    @Option(names = "--rate", description = "Messages a second. Default: ${DEFAULT-VALUE}.")
    private long rate = 2000;

    @Option(names = "--every", paramLabel = "SECONDS", description = "A fault this often. Default: ${DEFAULT-VALUE}.")
    private long every = 10;

    @Option(names = "--durability", description = "process or disk. Default: ${DEFAULT-VALUE}.")
    private String durability = "disk";

    @Option(names = "--json", description = "The figures as JSON.")
    private boolean json;

    @Override
    public int usageExitCode() {
        return LoadSession.USAGE;
    }

    @Override
    public Integer call() {
        final Matcher matcher = DURATION.matcher(duration);
        if (!matcher.matches()) {
            throw new CommandFailure(
                    LoadSession.USAGE, "--for is a duration such as 90s, 20m or 2h, not '" + duration + "'", "");
        }
        final long unit = switch (matcher.group(2)) {
            case "m" -> 60;
            case "h" -> 3600;
            default -> 1;
        };
        final List<String> arguments = new ArrayList<>(List.of(
                "soak",
                "--set",
                "seconds=" + Long.parseLong(matcher.group(1)) * unit,
                "--set",
                "rate=" + rate,
                "--set",
                "every=" + every,
                "--set",
                "durability=" + durability));
        if (json) {
            arguments.add("--json");
        }
        return new CommandLine(new ProveCommand())
                .setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr())
                .execute(arguments.toArray(String[]::new));
    }
}
