package io.trunkline.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Opens the report in a real browser (Debian's chromium, without a screen). */
@Timeout(120)
class ReportInBrowserTest {
    @TempDir
    static Path directory;

    private static Path page;

    /** What the browser made of a page: the document after its scripts have run, and what went to the console. */
    private record Rendered(String document, List<String> console) {}

    @BeforeAll
    static void findBrowserAndWriteReport() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "chromium"))),
                "chromium is not installed: scripts/test installs it where it is root; the report was not looked at");
        final RunRecorder recorder = Runs.recorded();
        try (RunFiles files = new RunFiles(directory, 0)) {
            files.onSecond(recorder.seconds().get(0), recorder.totals());
            files.finish(Runs.summary(recorder), recorder, recorder.totals());
        }
        page = directory.resolve("report.html");
    }

    private static Rendered open(final Path file, final String... flags) throws Exception {
        final Path log = Files.createTempFile(directory, "chromium", ".log");
        final Path document = Files.createTempFile(directory, "chromium", ".html");
        final ProcessBuilder browser = new ProcessBuilder(Stream.concat(
                        Stream.of(
                                "chromium",
                                "--headless",
                                // A container's root has no sandbox; the page is our own.
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--enable-logging=stderr",
                                "--user-data-dir=" + directory.resolve("profile"),
                                "--virtual-time-budget=3000"),
                        Stream.concat(Stream.of(flags), Stream.of(file.toUri().toString())))
                .toList());
        final Process process = browser.redirectError(log.toFile())
                .redirectOutput(document.toFile())
                .start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        final List<String> console = Files.readString(log, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(":CONSOLE"))
                .toList();
        return new Rendered(Files.readString(document, StandardCharsets.UTF_8), console);
    }

    @Test
    void showsEveryPlotAndSaysNothingOnTheConsole() throws Exception {
        final Rendered rendered = open(page, "--dump-dom");
        assertThat(rendered.console()).isEmpty();
        // Six charts at least, each with a curve or a bar in it.
        assertThat(Pattern.compile("<svg [^>]*class=\"plot\"")
                        .matcher(rendered.document())
                        .results()
                        .count())
                .isGreaterThanOrEqualTo(6);
        assertThat(rendered.document()).contains("Where the time goes", "Latency by percentile", "Throughput");
        assertThat(rendered.document()).doesNotContain("NaN", "Infinity", "undefined");
        // Its script ran: it hangs a tip below each chart over time.
        assertThat(rendered.document()).contains("class=\"tip\"");
    }

    @Test
    void canBeDrawn() throws Exception {
        final Path picture = directory.resolve("report.png");
        open(page, "--window-size=1360,2400", "--screenshot=" + picture);
        // An empty page of this size has some 15 kB.
        assertThat(Files.size(picture)).isGreaterThan(80_000);
    }

    /** Otherwise the first test could not fail. */
    @Test
    void wouldNoticeAnErrorOnTheConsole() throws Exception {
        final Path broken = directory.resolve("broken.html");
        Files.writeString(broken, "<!DOCTYPE html><script>noSuchThing()</script>");
        assertThat(open(broken, "--dump-dom").console()).anyMatch(line -> line.contains("noSuchThing"));
    }
}
