package io.trunkline.perf.bench;

import io.trunkline.perf.prove.ProveContext;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs below {@code perf/bench}, compiled against this very build with the annotation processors they need. */
final class BenchBuild {
    private final Path bench = ProveContext.repository().resolve("perf/bench");
    private final Path target = ProveContext.repository().resolve("perf/target/bench");
    private final Path libraries = target.resolve("lib");
    private final Path classes = target.resolve("classes");

    /** Fetches the harnesses with Maven where they are not there yet, and compiles. */
    BenchBuild prepare() throws IOException, InterruptedException {
        if (!Files.isDirectory(libraries)) {
            run(List.of(
                    "mvn",
                    "-q",
                    "-B",
                    "-f",
                    bench.resolve("pom.xml").toString(),
                    "dependency:copy-dependencies",
                    "-DoutputDirectory=" + libraries));
        }
        Files.createDirectories(classes);
        final List<String> javac = new ArrayList<>(
                List.of(tool("javac"), "-nowarn", "-proc:full", "-d", classes.toString(), "-cp", classPath()));
        if (Runtime.version().feature() < 21) {
            // The option came with 21; before, processors on the class path run by themselves.
            javac.remove("-proc:full");
        }
        try (Stream<Path> sources = Files.walk(bench.resolve("src"))) {
            sources.filter(path -> path.toString().endsWith(".java")).forEach(path -> javac.add(path.toString()));
        }
        run(javac);
        return this;
    }

    private static void run(final List<String> command) throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.get(0) + " failed: " + said.strip());
        }
    }

    private static String tool(final String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private String classPath() {
        return libraries + "/*" + File.pathSeparator + System.getProperty("java.class.path");
    }

    /** Runs a main class with this JVM's module flags; its exit code. */
    int start(final String main, final List<String> arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(tool("java")));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add") || flag.startsWith("--enable-native") || flag.startsWith("-D"))
                .forEach(command::add);
        command.addAll(List.of("-cp", classes + File.pathSeparator + classPath(), main));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(target.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }
}
