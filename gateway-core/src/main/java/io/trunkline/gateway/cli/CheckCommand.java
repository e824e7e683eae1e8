package io.trunkline.gateway.cli;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.LoadResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline check}. */
@Command(
        name = "check",
        description = "Checks a configuration and lists every mistake at once, as file:line:col: code: message.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  trunkline check --conf /etc/trunkline",
            "  trunkline check --conf conf --strict              warnings count as mistakes",
            "  trunkline check --conf conf --json | jq '.problems[].message'"
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            description = "Directory with gateway.yaml (default: ${DEFAULT-VALUE}).",
            defaultValue = "${env:TRUNKLINE_CONF:-conf}")
    private Path directory;

    @Option(
            names = "--max-errors",
            paramLabel = "N",
            description = "List at most so many of each kind (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int maxErrors;

    @Option(names = "--strict", description = "Warnings count as mistakes.")
    private boolean strict;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        final LoadResult result = ConfigLoader.ofSystem().load(directory, directory, Math.max(1, maxErrors));
        final boolean good =
                result.config().isPresent() && !(strict && !result.warnings().isEmpty());
        final PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(out, json(result, good));
        } else {
            out.print(result.report());
            final String warnings = counted(result.warnings().size(), "warning");
            out.println(result.config()
                    .map(config -> summary(config) + (result.warnings().isEmpty() ? "" : ", " + warnings))
                    .orElse(directory + ": " + counted(result.total(), "mistake")
                            + (result.warnings().isEmpty() ? "" : ", " + warnings)));
        }
        out.flush();
        return good ? ExitCode.OK : ExitCode.CONFIG;
    }

    private static String counted(final int count, final String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private String summary(final GatewayConfig config) {
        return String.format(
                "%s: ok, %d tenants, %d carriers, %d routes, %d numbers, hash %s",
                directory,
                config.tenants().size(),
                config.carriers().size(),
                config.routing().table().rowCount(),
                config.routing().owners().size(),
                config.hash().substring(0, 12));
    }

    private static ObjectNode json(final LoadResult result, final boolean good) {
        final ObjectNode root = JsonOption.object();
        root.put("ok", good);
        result.config().ifPresent(config -> root.put("hash", config.hash()));
        root.put("total", result.total());
        list(root.putArray("problems"), result.problems());
        list(root.putArray("warnings"), result.warnings());
        return root;
    }

    private static void list(final ArrayNode into, final List<ConfigProblem> problems) {
        for (final ConfigProblem problem : problems) {
            into.addObject()
                    .put("file", problem.file())
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("code", problem.code().toString())
                    .put("message", problem.message())
                    .put("remedy", problem.remedy());
        }
    }
}
