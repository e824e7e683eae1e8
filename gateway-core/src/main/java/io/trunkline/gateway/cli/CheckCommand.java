package io.trunkline.gateway.cli;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.LoadResult;
import java.io.PrintWriter;
import java.nio.file.Path;
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

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        final LoadResult result = ConfigLoader.ofSystem().load(directory);
        final PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(out, json(result));
        } else if (result.config().isPresent()) {
            out.println(summary(result.config().get()));
        } else {
            out.print(result.report());
            out.println(directory + ": " + result.total() + (result.total() == 1 ? " mistake" : " mistakes"));
        }
        out.flush();
        return result.config().isPresent() ? ExitCode.OK : ExitCode.CONFIG;
    }

    private String summary(final GatewayConfig config) {
        return String.format(
                "%s: ok, %d tenants, %d carriers, %d routes, %d numbers, hash %s",
                directory,
                config.tenants().size(),
                config.carriers().size(),
                config.routing().routes().size(),
                config.routing().owners().size(),
                config.hash().substring(0, 12));
    }

    private static ObjectNode json(final LoadResult result) {
        final ObjectNode root = JsonOption.object();
        root.put("ok", result.config().isPresent());
        result.config().ifPresent(config -> root.put("hash", config.hash()));
        root.put("total", result.total());
        final ArrayNode problems = root.putArray("problems");
        for (final ConfigProblem problem : result.problems()) {
            problems.addObject()
                    .put("file", problem.file())
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("code", problem.code().toString())
                    .put("message", problem.message())
                    .put("remedy", problem.remedy());
        }
        return root;
    }
}
