package io.trunkline.gateway.journal.cli;

import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.CommandProvider;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Adds {@code trunkline journal}. */
public final class JournalCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(new Journal());
    }

    /** {@code trunkline journal}. */
    @Command(
            name = "journal",
            description = "Checks, shows and sums up the journal's files. Works with and without a daemon.",
            subcommands = {VerifyCommand.class, DumpCommand.class, StatsCommand.class},
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  trunkline journal verify --data /var/lib/trunkline",
                "  trunkline journal dump --data /var/lib/trunkline --type UnitClosed",
                "  trunkline journal stats --data /var/lib/trunkline --json"
            },
            synopsisSubcommandLabel = "COMMAND")
    static final class Journal implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().usage(spec.commandLine().getErr());
            return ExitCode.USAGE;
        }
    }

    /** {@code --data}: whose journal. */
    static final class DataOption {
        @Option(names = "--data", required = true, paramLabel = "DIR", description = "Data directory of the daemon.")
        private Path directory;

        List<JournalFiles> shards() {
            final List<JournalFiles> shards = JournalFiles.in(directory);
            if (shards.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        directory + " has no journal",
                        "give the directory that `data` of gateway.yaml names");
            }
            return shards;
        }
    }
}
