package io.trunkline.perf.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
    @TempDir
    Path directory;

    @Test
    void endsAtOnceWhatComesAfterTheEnd() {
        final ProveContext context = new ProveContext(directory, Map.of(), new PrintWriter(new StringWriter()));
        context.close();
        final AtomicBoolean ended = new AtomicBoolean();
        assertThatThrownBy(() -> context.ending(() -> ended.set(true))).isInstanceOf(CancellationException.class);
        assertThat(ended).isTrue();
    }

    @Test
    void endsPartsWithTheWhole() throws Exception {
        final ProveContext context = new ProveContext(directory, Map.of(), new PrintWriter(new StringWriter()));
        final AtomicBoolean ended = new AtomicBoolean();
        context.part("one").ending(() -> ended.set(true));
        context.close();
        assertThat(ended).isTrue();
    }

    @Test
    @Timeout(60)
    void leavesNoProcessBehindWhenInterrupted() throws Exception {
        final String mark = "31" + System.nanoTime();
        final Process claim = new ProcessBuilder(
                        "env",
                        "--default-signal",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StubbornClaim.class.getName(),
                        directory.toString(),
                        mark)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("claim.log").toFile())
                .start();
        try {
            // Its own child, that of a shell, and one that the context does not know of.
            await().atMost(Duration.ofSeconds(30)).until(() -> processesWith(mark) >= 3);
            new ProcessBuilder("kill", "-INT", Long.toString(claim.pid()))
                    .start()
                    .waitFor();
            assertThat(claim.waitFor(30, TimeUnit.SECONDS))
                    .as(Files.readString(directory.resolve("claim.log")))
                    .isTrue();
            assertThat(processesWith(mark)).isZero();
        } finally {
            claim.destroyForcibly();
        }
    }

    /** Processes that have the mark among their arguments, but for the claim itself. */
    private static long processesWith(final String mark) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> commandLine(process).contains("sleep\0" + mark))
                    .count();
        }
    }

    private static String commandLine(final Path process) {
        try {
            return Files.readString(process.resolve("cmdline"));
        } catch (final IOException e) {
            // No process, or no more.
            return "";
        }
    }
}
