package io.trunkline.perf.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonCommand;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.McConfig;
import io.trunkline.perf.sim.McSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code trunkline load} as its users meet it: a process with an exit code, against a real daemon. */
@Tag("one-jvm")
@Timeout(120)
class LoadSystemTest {
    @TempDir
    static Path directory;

    private static McSimulator carrier;
    private static Daemon daemon;

    @BeforeAll
    static void startGateway() throws Exception {
        carrier = McSimulator.start(McConfig.named("alpha").withLog(directory.resolve("carrier.log")));
        daemon = gateway(directory);
    }

    private static Daemon gateway(final Path place) throws InterruptedException {
        final DaemonSetup setup = new DaemonSetup(place)
                .tenant("acme", "tps: 100000", "burst: 100000")
                .route("*,,,alpha")
                .carrier(carrier, 1, List.of("tps: 100000", "window: 500"), List.of());
        return new Daemon(setup).start();
    }

    @AfterAll
    static void stopGateway() {
        daemon.close();
        carrier.close();
    }

    /** A running command; its output goes to a file. */
    private record Command(Process process, Path output) {
        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        String text() throws IOException {
            return Files.readString(output, StandardCharsets.UTF_8);
        }
    }

    private static Command load(final String... arguments) throws IOException {
        final List<String> all = new ArrayList<>(List.of("load"));
        all.addAll(List.of(arguments));
        final Path output = Files.createTempFile(directory, "load", ".out");
        return new Command(
                new ProcessBuilder(DaemonCommand.of(all))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    private static Command loadOn(final Daemon target, final String... arguments) throws IOException {
        final List<String> all = new ArrayList<>(List.of(
                "--port",
                Integer.toString(target.setup().binaryPort()),
                "--tenant",
                "acme",
                "--token",
                DaemonSetup.SECRET));
        all.addAll(List.of(arguments));
        return load(all.toArray(String[]::new));
    }

    @Test
    void reportsEveryStageAndReconcilesWithCarrierAndJournal() throws Exception {
        final Path report = directory.resolve("whole");
        final Command command = loadOn(
                daemon,
                "--rate=200",
                "--for=3",
                "--expect=lost=0",
                "--expect=answer-p99<=30s",
                "--report=" + report,
                "--metrics=http://127.0.0.1:" + daemon.setup().adminPort() + "/metrics",
                "--carrier-log=" + directory.resolve("carrier.log"),
                "--journal=" + daemon.setup().data());
        assertThat(command.exitCode()).as(command.text()).isZero();
        assertThat(command.text())
                .contains(
                        "PASS      sent = acknowledged + refused: 600 = 600",
                        "PASS      journal = acknowledged: 600 = 600",
                        "receipts matched",
                        "at the carrier",
                        "receipted",
                        "kept      lost=0");
        assertThat(report).isDirectoryContaining("glob:**.html").isDirectoryContaining("glob:**/carrier.hgrm");
        assertThat(Files.readString(report.resolve("summary.json"))).doesNotContain(DaemonSetup.SECRET);
    }

    @Test
    void failsByAThresholdThatIsNotKept() throws Exception {
        final Command command = loadOn(daemon, "--rate=100", "--for=1", "--expect=rate>=1000000");
        assertThat(command.exitCode()).as(command.text()).isEqualTo(1);
        assertThat(command.text()).contains("NOT KEPT  rate>=1000000");
    }

    @Test
    void findsTheHighestRateThatIsKept() throws Exception {
        final Command command = loadOn(daemon, "--find-max=50..100", "--for=1", "--expect=answer-p99<=60s");
        assertThat(command.exitCode()).as(command.text()).isZero();
        assertThat(command.text()).contains("trial 1: 50/s kept", "find-max: rate=100 trials=2");
    }

    @Test
    void refusesWhatCannotBeBeforeItSendsAnything() throws Exception {
        for (final String[] wrong : new String[][] {
            {"--rate=0"}, {"--rate=10", "--ramp=1..2"}, {"--steps=fast"}, {"--replay=/nowhere"}, {"--no-such-option"}
        }) {
            final Command command = loadOn(daemon, wrong);
            assertThat(command.exitCode()).as(command.text()).isEqualTo(2);
            assertThat(command.text()).startsWith("trunkline: ").doesNotContain("Exception");
        }
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        final int nobody = ProveContext.freePorts(1)[0];
        final Command command =
                load("--port=" + nobody, "--tenant=acme", "--token=x", "--rate=10", "--connect-within=1");
        assertThat(command.exitCode()).as(command.text()).isEqualTo(3);
        assertThat(command.text()).contains("no connection", "Connection refused");
    }

    @Test
    void keepsWhatWasMeasuredWhenThePeerGoesAway() throws Exception {
        final Path place = Files.createDirectories(directory.resolve("mortal"));
        final Path report = directory.resolve("cut");
        try (Daemon mortal = gateway(place)) {
            final Command command = loadOn(mortal, "--rate=200", "--for=60", "--give-up=1", "--report=" + report);
            await().atMost(Duration.ofSeconds(30)).until(() -> command.text().contains("  2."));
            mortal.kill();
            assertThat(command.exitCode()).as(command.text()).isEqualTo(3);
            assertThat(command.text()).contains("the peer went away");
            assertThat(Files.readString(report.resolve("summary.json"))).contains("\"ABORTED\"");
            assertThat(report.resolve("report.html")).isNotEmptyFile();
        }
    }

    @Test
    void endsCleanlyOnCtrlC() throws Exception {
        final Path report = directory.resolve("interrupted");
        final Command command = loadOn(daemon, "--rate=200", "--for=60", "--report=" + report);
        await().atMost(Duration.ofSeconds(30)).until(() -> command.text().contains("  2."));
        new ProcessBuilder("kill", "-INT", Long.toString(command.process().pid()))
                .start()
                .waitFor();
        assertThat(command.exitCode()).as(command.text()).isZero();
        assertThat(command.text()).contains("interrupted", "PASS      acknowledged = ended");
        assertThat(report.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void tellsItsFiguresThoughTheReportsDiskIsFull() throws Exception {
        final Path report = Files.createDirectories(directory.resolve("full"));
        Files.createSymbolicLink(report.resolve("summary.json"), Path.of("/dev/full"));
        Files.createSymbolicLink(report.resolve("seconds.csv"), Path.of("/dev/full"));
        final Command command = loadOn(daemon, "--rate=100", "--for=2", "--report=" + report);
        assertThat(command.exitCode()).as(command.text()).isEqualTo(3);
        assertThat(command.text())
                .contains("acknowledged 200", "cannot write " + report.resolve("seconds.csv"), "is its disk full?");
        assertThat(report.resolve("report.html")).isNotEmptyFile();
    }
}
