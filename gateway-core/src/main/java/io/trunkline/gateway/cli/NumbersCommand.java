package io.trunkline.gateway.cli;

import io.trunkline.gateway.config.load.BulkNumbers;
import io.trunkline.routing.numbers.NumberContent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline numbers build}. */
@Command(
        name = "numbers",
        description = {
            "Builds a number file for `numbers: {file: …}` or `numbers: {ported: …}` of routing.yaml.",
            "A daemon that has a file of this name in use goes on with the old one until `trunkline apply` or SIGHUP."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  trunkline numbers build owners.csv /var/lib/trunkline/owners      columns: number,tenant[,uses]",
            "  trunkline numbers build --networks ported.csv /var/lib/trunkline/ported    columns: number,network"
        })
final class NumbersCommand implements Callable<Integer> {
    private static final String BUILD = "build";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = BUILD, description = "What to do: build.")
    private String action;

    @Parameters(index = "1", paramLabel = "CSV", description = "The numbers; in any order, without quotes.")
    private Path csv;

    @Parameters(index = "2", paramLabel = "OUT", description = "The number file; an old one is replaced at once.")
    private Path out;

    @Option(names = "--networks", description = "The networks of ported numbers, not owners.")
    private boolean networks;

    @Option(
            names = "--max-errors",
            description = "Stop reading at so many mistakes (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int maxErrors;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        if (!action.equals(BUILD)) {
            throw new CommandFailure(ExitCode.USAGE, "`" + action + "` is not known", "trunkline numbers build …");
        }
        final NumberContent content = networks ? NumberContent.NETWORKS : NumberContent.OWNERS;
        final BulkNumbers.Outcome outcome;
        try {
            outcome = new BulkNumbers(csv, content, maxErrors)
                    .build(out.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, "nothing was built: " + e, "look at the files and the disk");
        }
        final PrintWriter print = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(print, json(outcome));
        } else {
            outcome.problems().forEach(problem -> print.println(problem + "\n       " + problem.remedy()));
            print.println(
                    outcome.total() == 0
                            ? out + ": " + outcome.count() + " numbers"
                            : csv + ": " + outcome.total() + (outcome.total() == 1 ? " mistake" : " mistakes")
                                    + "; nothing was built");
        }
        print.flush();
        return outcome.total() == 0 ? ExitCode.OK : ExitCode.CONFIG;
    }

    private static ObjectNode json(final BulkNumbers.Outcome outcome) {
        final ObjectNode node = JsonOption.object();
        node.put("ok", outcome.total() == 0).put("numbers", outcome.count()).put("total", outcome.total());
        final ArrayNode problems = node.putArray("problems");
        outcome.problems()
                .forEach(problem -> problems.addObject()
                        .put("file", problem.file())
                        .put("line", problem.line())
                        .put("column", problem.column())
                        .put("code", problem.code().toString())
                        .put("message", problem.message())
                        .put("remedy", problem.remedy()));
        return node;
    }
}
