package io.trunkline.perf.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trunkline load bench}: the micro-benchmarks. */
@Command(
        name = "bench",
        description = "Runs the JMH benchmarks of codecs, segmentation, route lookup and journal append.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  trunkline load bench                       all of them, a few minutes",
            "  trunkline load bench Codec                 those whose name holds it",
            "  trunkline load bench Routing -- -prof gc   what follows -- is JMH's",
            "",
            "JMH is fetched from Maven Central the first time. Run it on an idle machine."
        })
public final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", description = "Part of a name, and after -- further arguments of JMH.")
    private List<String> arguments = List.of();

    @Option(names = "--quick", description = "One short iteration each: whether they run, not how fast.")
    private boolean quick;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final List<String> all = new ArrayList<>(arguments);
        if (quick) {
            all.addAll(List.of("-wi", "1", "-i", "1", "-w", "100ms", "-r", "100ms", "-f", "1"));
        }
        return new BenchBuild().prepare().start("org.openjdk.jmh.Main", all);
    }
}
