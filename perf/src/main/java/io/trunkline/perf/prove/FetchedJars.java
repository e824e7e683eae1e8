package io.trunkline.perf.prove;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What is compared or tested with and is no part of what is shipped: fetched by Maven when it is wanted first. */
public final class FetchedJars {
    private FetchedJars() {}

    /**
     * The directory with the jars that {@code perf/NAME/pom.xml} names; from Maven's cache where they were fetched before.
     *
     * @throws IOException where they cannot be had
     */
    public static Path of(final String name) throws IOException, InterruptedException {
        final Path jars = ProveContext.repository().resolve("perf/target/" + name);
        if (!Files.isDirectory(jars)) {
            final Path pom = ProveContext.repository().resolve("perf/" + name + "/pom.xml");
            // Renamed once it is whole: a half-filled directory would be taken for all of it.
            final Path draft = Files.createTempDirectory(Files.createDirectories(jars.getParent()), name + "-");
            final Process maven = new ProcessBuilder(
                            "mvn",
                            "-q",
                            "-B",
                            "-f",
                            pom.toString(),
                            "dependency:copy-dependencies",
                            "-DincludeScope=runtime",
                            "-DoutputDirectory=" + draft)
                    .redirectErrorStream(true)
                    .start();
            final String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (maven.waitFor() != 0) {
                throw new IOException("Maven could not fetch what " + pom + " names: " + said.strip());
            }
            Files.move(draft, jars, StandardCopyOption.ATOMIC_MOVE);
        }
        return jars;
    }
}
