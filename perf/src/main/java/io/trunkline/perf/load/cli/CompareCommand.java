package io.trunkline.perf.load.cli;

import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.UsageExitCode;
import io.trunkline.perf.report.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trunkline load compare}: what changed between two runs, or two sets of runs, and whether it is more than noise. */
@Command(
        name = "compare",
        description = "Compares two reports, or two directories of several reports each (interleaved runs).",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  trunkline load compare before after              each made by --report",
            "  trunkline load compare runs/17 runs/25           each with several reports in it: the better way",
            "",
            "A difference is called beyond noise where B's figures leave the range of A's by more than both spread:",
            "within one run between its seconds, over several runs between the runs. Exit code: 0; 2 usage; 3 a report",
            "cannot be read."
        })
public final class CompareCommand implements Callable<Integer>, UsageExitCode {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "The report that B is measured against.")
    private Path before;

    @Parameters(index = "1", paramLabel = "B", description = "The other one.")
    private Path after;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public int usageExitCode() {
        return LoadSession.USAGE;
    }

    @Override
    public Integer call() {
        try {
            final Comparison comparison = Comparison.of(before, after);
            spec.commandLine().getOut().print(json ? comparison.json() : comparison.text());
            spec.commandLine().getOut().flush();
            return LoadSession.OK;
        } catch (final IOException e) {
            throw new CommandFailure(
                    LoadSession.ABORTED,
                    "cannot read a report: " + e.getMessage(),
                    "name directories that `trunkline load --report` has written");
        }
    }
}
