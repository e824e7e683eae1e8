package io.trunkline.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/trunkline}, in a tree of its own and with a java that prints what it is given. */
class LaunchScriptTest {
    private static final Path TREE = Path.of("..");

    @TempDir
    Path home;

    private Path jdk;
    private String output;

    @BeforeEach
    void tree() throws IOException {
        jdk = home.resolve("jdk");
        for (final String directory : List.of("scripts", "conf", "perf/target/lib", "jdk/bin")) {
            Files.createDirectories(home.resolve(directory));
        }
        copy("scripts/trunkline");
        copy("conf/jvm.options");
        Files.writeString(home.resolve("perf/target/perf-1.jar"), "");
        final Path java = jdk.resolve("bin/java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        release("17.0.15");
    }

    private void copy(final String file) throws IOException {
        Files.copy(
                TREE.resolve(file),
                home.resolve(file),
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void release(final String version) throws IOException {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private int run(final Map<String, String> environment, final String... arguments) throws Exception {
        final ProcessBuilder builder =
                new ProcessBuilder("bash", home.resolve("scripts/trunkline").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("TRUNKLINE_"));
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        final Process process = builder.redirectErrorStream(true).start();
        output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void seventeenGetsNoFlagThatItDoesNotKnow() throws Exception {
        assertThat(run(Map.of(), "check", "--conf", "a dir")).isZero();
        assertThat(output.lines())
                .contains("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED", "-XX:+UseSerialGC", "a dir")
                .doesNotContain("--sun-misc-unsafe-memory-access=allow", "-XX:+AlwaysPreTouch")
                .endsWith("io.trunkline.gateway.cli.Trunkline", "check", "--conf", "a dir");
    }

    @Test
    void twentyFiveGetsTheFlagsThatItWarnsWithout() throws Exception {
        release("25.0.1");
        assertThat(run(Map.of(), "check")).isZero();
        assertThat(output.lines())
                .contains("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void theDaemonHasAFixedHeapAndItsCollector() throws Exception {
        assertThat(run(Map.of("TRUNKLINE_HEAP", "3g"), "run")).isZero();
        assertThat(output.lines())
                .contains(
                        "-Xms3g", "-Xmx3g", "-XX:MaxDirectMemorySize=512m", "-XX:+UseParallelGC", "-XX:+AlwaysPreTouch")
                .as("a handshake as often as a client likes, on the shard's thread")
                .contains("-Djdk.tls.rejectClientInitiatedRenegotiation=true")
                .doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void aCollectorInTheOptionsTakesThePlaceOfOurs() throws Exception {
        assertThat(run(Map.of("TRUNKLINE_OPTS", "-XX:+UseG1GC -Dx=y"), "run")).isZero();
        assertThat(output.lines()).contains("-XX:+UseG1GC", "-Dx=y").doesNotContain("-XX:+UseParallelGC");
        assertThat(run(Map.of("TRUNKLINE_OPTS", "-XX:+UseG1GC"), "show")).isZero();
        assertThat(output.lines()).contains("-XX:+UseG1GC").doesNotContain("-XX:+UseSerialGC", "");
    }

    @Test
    void theDaemonAloneTakesTheClassArchiveOfItsJavaAndItsJars() throws Exception {
        // As the script names it, which looks behind links.
        final Path archive = home.toRealPath().resolve("perf/target/classes-17.0.15.jsa");
        final String taken = "-XX:SharedArchiveFile=" + archive;
        assertThat(run(Map.of(), "run")).isZero();
        assertThat(output).doesNotContain("SharedArchiveFile");
        Files.writeString(archive, "");
        age(home.resolve("perf/target/perf-1.jar"), 10);
        age(home.resolve("perf/target/lib"), 10);
        assertThat(run(Map.of(), "run")).isZero();
        assertThat(output.lines()).contains(taken);
        assertThat(run(Map.of(), "check")).isZero();
        assertThat(output).doesNotContain("SharedArchiveFile");
        release("17.0.16");
        assertThat(run(Map.of(), "run")).isZero();
        assertThat(output).doesNotContain("SharedArchiveFile");
        release("17.0.15");
        age(archive, 20);
        assertThat(run(Map.of(), "run")).isZero();
        assertThat(output).doesNotContain("SharedArchiveFile");
        assertThat(run(Map.of("TRUNKLINE_ARCHIVE", "make"), "run")).isZero();
        assertThat(output.lines()).contains("-XX:ArchiveClassesAtExit=" + archive + ".new");
    }

    private static void age(final Path file, final long seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    @Test
    void itSaysWhatIsMissing() throws Exception {
        release("11.0.2");
        assertThat(run(Map.of(), "check")).isEqualTo(1);
        assertThat(output).contains("Java 11 is too old").contains("JAVA_HOME");
        assertThat(run(Map.of("JAVA_HOME", "/nowhere"), "check")).isEqualTo(1);
        assertThat(output).contains("has no bin/java");
        release("17.0.15");
        Files.delete(home.resolve("perf/target/lib"));
        assertThat(run(Map.of(), "check")).isEqualTo(1);
        assertThat(output).contains("not built yet").contains("package -DskipTests");
    }

    @Test
    void testsRunWithTheFlagsThatTheDaemonRunsWith() throws IOException {
        final String pom = Files.readString(TREE.resolve("pom.xml"));
        final String flags = pom.substring(pom.indexOf("<jvm.flags>") + 11, pom.indexOf("</jvm.flags>"));
        final List<String> options = Files.readAllLines(TREE.resolve("conf/jvm.options"));
        assertThat(options).contains(flags.split(" "));
    }
}
