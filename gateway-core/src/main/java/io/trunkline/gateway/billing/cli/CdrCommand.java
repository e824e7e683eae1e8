package io.trunkline.gateway.billing.cli;

import io.trunkline.gateway.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code trunkline cdr}. */
@Command(
        name = "cdr",
        description = "Call detail records from the journal. Works with and without a daemon.",
        subcommands = {ExportCommand.class, FollowCommand.class, VerifyFilesCommand.class, ResendCommand.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  trunkline cdr export --conf conf --from 2026-11-01 --to 2026-12-01 --out november.csv",
            "  trunkline cdr follow --conf conf --out /var/spool/cdr --once",
            "  trunkline cdr verify --dir /var/spool/cdr --json",
            "  trunkline cdr resend 17 --conf conf --dir /var/spool/cdr --into /tmp/again"
        })
final class CdrCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
