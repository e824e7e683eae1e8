package io.trunkline.gateway.cli;

import java.io.PrintWriter;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code trunkline}. */
@Command(
        name = "trunkline",
        description = "SMPP and SIP gateway: the daemon, and all that is asked of it.",
        subcommands = HelpCommand.class,
        mixinStandardHelpOptions = true,
        versionProvider = Trunkline.Release.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:wrong usage, or the command failed",
            "2:wrong configuration",
            "3:no daemon answers",
            "4:refused"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trunkline check --conf conf      every mistake in a configuration",
            "  trunkline show carriers          how the carriers are",
            "  trunkline help show              more on a command"
        })
public final class Trunkline implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Names the release. */
    static final class Release implements IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = Trunkline.class.getPackage().getImplementationVersion();
            return new String[] {
                "trunkline " + (version == null ? "development" : version) + ", Java " + Runtime.version()
            };
        }
    }

    /** Runs a command and exits with its code. */
    public static void main(final String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, with the commands of all modules on the class path. */
    public static CommandLine commandLine() {
        final CommandLine root = new CommandLine(new Trunkline());
        for (final CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            provider.commands().forEach(root::addSubcommand);
        }
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpAutoWidth(true);
        root.setParameterExceptionHandler(Trunkline::wrongUsage);
        root.setExecutionExceptionHandler(Trunkline::failed);
        return root;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    private static int wrongUsage(final ParameterException problem, final String[] arguments) {
        final CommandLine command = problem.getCommandLine();
        final PrintWriter err = command.getErr();
        err.println("trunkline: " + problem.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
            command.usage(err);
        }
        return command.getCommand() instanceof UsageExitCode own ? own.usageExitCode() : ExitCode.USAGE;
    }

    private static int failed(
            final Exception failure, final CommandLine command, final CommandLine.ParseResult parsed) {
        final PrintWriter err = command.getErr();
        if (failure instanceof CommandFailure expected) {
            err.println("trunkline: " + expected.getMessage());
            if (!expected.remedy().isEmpty()) {
                err.println("  " + expected.remedy());
            }
            return expected.exitCode();
        }
        err.println("trunkline: " + failure);
        failure.printStackTrace(err);
        return ExitCode.USAGE;
    }
}
