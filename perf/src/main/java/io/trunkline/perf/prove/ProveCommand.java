package io.trunkline.perf.prove;

import io.trunkline.perf.claims.Claims;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code trunkline prove}: runs one claim against real processes. */
@Command(
        name = "prove",
        description = "Shows that one claim of Trunkline holds, against real processes, or shows where it does not.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  scripts/prove --list",
            "  scripts/prove kill9 --times 20",
            "  scripts/prove throughput --set seconds=10 --json",
            "",
            "Exit code: 0 the claim holds; 1 wrong usage, or it could not be run; 4 it does not hold."
        })
public final class ProveCommand implements Callable<Integer> {
    private static final int EXIT_BROKEN = 4;
    private static final int EXIT_NOT_RUN = 1;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "CLAIM", description = "Its name; --list names them all.")
    private String name;

    @Option(names = "--list", description = "Lists all claims and ends.")
    private boolean list;

    @Option(names = "--times", description = "How often to break things, where a claim does so repeatedly.")
    private Integer times;

    @Option(names = "--seed", description = "Seed of all that is drawn. Default: from the clock, and printed.")
    private Long seed;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A parameter of the claim.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--keep", description = "Keeps the evidence also where the claim holds.")
    private boolean keep;

    @Option(names = "--in", paramLabel = "DIR", description = "Where to work. Default: the temporary directory.")
    private Path parent;

    @Option(names = "--json", description = "Prints the result as JSON, and progress to standard error.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Claims.all().forEach(claim -> out.printf("%-12s %s%n", claim.name(), claim.describe()));
            out.flush();
            return 0;
        }
        final Claim claim = Claims.all().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        name == null
                                ? "which claim? --list names them all"
                                : "there is no claim '" + name + "'; --list" + " names them all"));
        final Map<String, String> options = new LinkedHashMap<>(parameters);
        options.put("seed", Long.toString(seed == null ? System.currentTimeMillis() % 1_000_000 : seed));
        if (times != null) {
            options.put("times", times.toString());
        }
        return run(claim, options, out);
    }

    private int run(final Claim claim, final Map<String, String> options, final PrintWriter out) throws IOException {
        final PrintWriter progress = json ? spec.commandLine().getErr() : out;
        final Path directory = parent == null
                ? Files.createTempDirectory("trunkline-prove-" + claim.name() + "-")
                : Files.createTempDirectory(Files.createDirectories(parent), claim.name() + "-");
        final ClaimResult result;
        final ProveContext context = new ProveContext(directory, options, progress);
        context.say("%s: %s", claim.name(), claim.describe());
        context.say("seed %s, evidence in %s", options.get("seed"), directory);
        try {
            result = Interruption.endsAll(context, () -> claim.run(context));
        } catch (final CancellationException e) {
            context.say("%s", e.getMessage());
            return EXIT_NOT_RUN;
        } catch (final Exception e) {
            progress.printf("%s could not be run: %s%n", claim.name(), e);
            e.printStackTrace(progress);
            progress.flush();
            return EXIT_NOT_RUN;
        }
        return report(claim, result, directory, progress, out);
    }

    private int report(
            final Claim claim,
            final ClaimResult result,
            final Path directory,
            final PrintWriter progress,
            final PrintWriter out) {
        result.violations().forEach(violation -> progress.println("BROKEN: " + violation));
        if (!result.holds()) {
            progress.println("evidence kept in " + directory);
        } else if (keep) {
            progress.println("kept: " + directory);
        } else {
            delete(directory);
        }
        progress.flush();
        if (json) {
            final Map<String, Object> values = new LinkedHashMap<>(result.values());
            values.put("claim", claim.name());
            values.put("holds", result.holds());
            values.put("violations", List.copyOf(result.violations()));
            out.println(new JsonMapper().writeValueAsString(values));
        } else {
            out.println(claim.name() + ": " + result.line());
        }
        out.flush();
        return result.holds() ? 0 : EXIT_BROKEN;
    }

    private static void delete(final Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
                        throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(final Path each, final IOException failure)
                        throws IOException {
                    Files.delete(each);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }
}
