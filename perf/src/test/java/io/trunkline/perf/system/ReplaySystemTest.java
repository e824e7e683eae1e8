package io.trunkline.perf.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.perf.load.LoadPlan;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.RoleState;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonCommand;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.CarrierLog;
import io.trunkline.perf.sim.CarrierLogReader;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McSimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Real traffic through a real daemon, replayed: what the carriers' logs say is what the report must say. */
@Tag("one-jvm")
class ReplaySystemTest {
    private static final long UNITS = 600;
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void saysExactlyWhatAnotherConfigurationWouldChange() throws Exception {
        final StringWriter said = new StringWriter();
        try (ProveContext context = new ProveContext(directory, Map.of("seed", "5"), new PrintWriter(said))) {
            final McSimulator alpha = context.carrier("alpha", Faults.none());
            final McSimulator beta = context.carrier("beta", Faults.none());
            final DaemonSetup setup = new DaemonSetup(directory)
                    .durability("process")
                    .tenant("acme", "tps: 100000", "burst: 100000", "credit: 10000")
                    .carrier(alpha, 1, List.of("tps: 10000", "window: 100"), List.of())
                    .carrier(beta, 1, List.of("tps: 10000", "window: 100"), List.of())
                    .route("44,,,alpha")
                    .route("49,,,alpha")
                    .route("33,,,beta");
            final Daemon daemon = context.ending(new Daemon(setup)).start();
            try (LoadRun load = LoadRun.start(LoadPlan.to("127.0.0.1", setup.binaryPort(), "acme", DaemonSetup.SECRET)
                    .sending(MessageMix.Shape.plain(5).toPrefixes("44791", "49151", "33612"))
                    .withWindow(50, 0)
                    .endingAfter(UNITS))) {
                await().atMost(SOON).until(() -> load.state() == RoleState.SETTLED);
            }
            final Path candidate = candidate(directory.resolve("conf"));

            final JsonNode whileItRuns = replay(candidate, setup.data());
            assertThat(daemon.stop(SOON)).isZero();
            alpha.flushLog();
            beta.flushLog();

            final JsonNode report = replay(candidate, setup.data());
            assertThat(whileItRuns).isEqualTo(report);
            check(report, sent(context.carrierLog("alpha")), sent(context.carrierLog("beta")));
        }
    }

    private static void check(final JsonNode report, final Map<String, Long> alpha, final Map<String, Long> beta) {
        final long british = alpha.get("44");
        final long german = alpha.get("49");
        final long french = beta.get("33");
        assertThat(british + german + french).isEqualTo(UNITS);
        assertThat(report.path("units").asLong()).isEqualTo(UNITS);
        assertThat(report.path("moved").asLong()).isEqualTo(british);
        assertThat(report.path("refused").asLong()).isEqualTo(german);
        final JsonNode alphaRow = carrier(report, "alpha");
        final JsonNode betaRow = carrier(report, "beta");
        assertThat(alphaRow.path("unitsBefore").asLong()).isEqualTo(british + german);
        assertThat(alphaRow.path("unitsAfter").asLong()).isZero();
        assertThat(betaRow.path("unitsBefore").asLong()).isEqualTo(french);
        assertThat(betaRow.path("unitsAfter").asLong()).isEqualTo(french + british);
        assertThat(report.path("moves")).hasSize(1);
        assertThat(report.path("destinations").get(0).path("prefix").asString()).isEqualTo("4479");
        assertThat(report.path("destinations").get(0).path("row").asString()).isEqualTo("routes.csv:3");
        assertThat(report.path("destinations").get(0).path("units").asLong()).isEqualTo(british);
        assertThat(report.path("refusedPrefixes").get(0).path("prefix").asString())
                .startsWith("49151");
        assertThat(report.path("refusedWhy").path("no-row").asLong()).isEqualTo(german);
        assertThat(report.path("journal").path("recordsLost").asLong()).isZero();
    }

    private static JsonNode carrier(final JsonNode report, final String name) {
        return report.path("carriers")
                .valueStream()
                .filter(row -> row.path("carrier").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The daemon's own configuration, with other routes. */
    private Path candidate(final Path home) throws IOException {
        final Path candidate = Files.createDirectory(directory.resolve("candidate"));
        try (Stream<Path> files = Files.list(home)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, candidate.resolve(file.getFileName()));
            }
        }
        Files.writeString(candidate.resolve("routes.csv"), "prefix,carriers\n44,alpha\n4479,beta\n33,beta\n");
        return candidate;
    }

    private static JsonNode replay(final Path candidate, final Path data) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(DaemonCommand.of(List.of(
                        "replay", "--route", "--json", "--conf", candidate.toString(), "--data", data.toString())))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        final String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        final JsonNode report = JsonMapper.builder().build().readTree(told);
        // How far the journal has come meanwhile is not the question.
        ((ObjectNode) report.path("journal")).remove("records");
        return report;
    }

    /** What a carrier got, by the first two digits of the number. */
    private static Map<String, Long> sent(final Path log) {
        final Map<String, Long> counts = new TreeMap<>();
        CarrierLogReader.forEach(log, entry -> {
            if (entry.kind() == CarrierLog.Kind.SUBMIT) {
                counts.merge(Long.toString(entry.destination()).substring(0, 2), 1L, Long::sum);
            }
        });
        return counts;
    }
}
