package io.trunkline.perf.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trunkline load stress}: what threads share, under jcstress. */
@Command(
        name = "stress",
        description =
                "Runs the jcstress tests of what threads share: the published routing snapshot, the journal's index.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  trunkline load stress                  a minute or two",
            "  trunkline load stress --mode tough     much longer",
            "",
            "jcstress is fetched from Maven Central the first time. Fails where a forbidden result was seen; the report",
            "is in perf/target/bench/results."
        })
public final class StressCommand implements Callable<Integer> {
    @Option(names = "--mode", description = "sanity, quick, default or tough. Default: ${DEFAULT-VALUE}.")
    private String mode = "quick";

    @Option(names = "--test", description = "Part of a test's name. Default: all of Trunkline's.")
    private String test = "io.trunkline";

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new BenchBuild()
                .prepare()
                .start("org.openjdk.jcstress.Main", new ArrayList<>(List.of("-m", mode, "-t", test, "-v")));
    }
}
