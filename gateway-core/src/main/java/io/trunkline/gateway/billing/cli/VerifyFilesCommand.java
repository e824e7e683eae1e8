package io.trunkline.gateway.billing.cli;

import io.trunkline.gateway.billing.cdr.CdrFiles;
import io.trunkline.gateway.cli.CommandFailure;
import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.JsonOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code trunkline cdr verify}. */
@Command(
        name = "verify",
        description = "Holds files of records against their manifests: length, checksum, no file left out, none twice.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is there and whole", "4:something is missing or was changed: what, is printed"})
final class VerifyFilesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "Where the files are.")
    private Path directory;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        if (!Files.isDirectory(directory)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "there is no directory " + directory, "give the one that the exporter writes to");
        }
        final List<CdrFiles.Report> reports = new CdrFiles(directory).verify();
        final boolean clean =
                reports.stream().allMatch(report -> report.problems().isEmpty());
        if (json.wanted()) {
            final ObjectNode result = JsonOption.object().put("clean", clean);
            final ArrayNode shards = result.putArray("shards");
            for (final CdrFiles.Report report : reports) {
                final ObjectNode shard = shards.addObject()
                        .put("shard", report.shard())
                        .put("files", report.files())
                        .put("firstSequence", report.firstSequence())
                        .put("lastSequence", report.lastSequence())
                        .put("records", report.records());
                final ArrayNode problems = shard.putArray("problems");
                report.problems().forEach(problems::add);
            }
            JsonOption.print(out, result);
        } else {
            for (final CdrFiles.Report report : reports) {
                report.problems().forEach(out::println);
                out.printf(
                        Locale.ROOT,
                        "%s: %d files, %d..%d, %d records, %d problems%n",
                        report.shard(),
                        report.files(),
                        report.firstSequence(),
                        report.lastSequence(),
                        report.records(),
                        report.problems().size());
            }
        }
        out.flush();
        return clean ? ExitCode.OK : ExitCode.REFUSED;
    }
}
