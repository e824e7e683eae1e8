package io.trunkline.gateway.replay.cli;

import static io.trunkline.gateway.replay.RecordedTraffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.cli.ExitCode;
import io.trunkline.gateway.cli.Trunkline;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.history.ConfigHistory;
import io.trunkline.gateway.config.history.ConfigVersion;
import io.trunkline.gateway.config.load.ConfigLoader;
import io.trunkline.gateway.config.load.SampleConfig;
import io.trunkline.gateway.replay.RecordedTraffic;
import io.trunkline.routing.RoutingSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as it is called, over files as a daemon leaves them. */
final class ReplayCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ALPHA = 1;
    private static final int BETA = 2;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path data;
    private SampleConfig candidate;

    @BeforeEach
    void recordTraffic() throws IOException {
        data = directory.resolve("data");
        candidate = new SampleConfig(Files.createDirectory(directory.resolve("candidate")));
        candidate.write("routes.csv", "prefix,carriers\n44,alpha\n4477,beta\n33,beta\n");
        try (RecordedTraffic traffic = new RecordedTraffic(data)) {
            traffic.tenant(1, "acme")
                    .carrier(ALPHA, "alpha")
                    .carrier(BETA, "beta")
                    .applied(1, "hash");
            traffic.unit(1001, 1, ALPHA, "441212345678", 1, 0)
                    .unit(1002, 1, ALPHA, "447700900123", 2, 0)
                    .unit(1003, 1, ALPHA, "447700900124", 1, 0)
                    .unit(1004, 1, BETA, "33612345678", 1, 1)
                    .at(NOON.plusSeconds(60))
                    .unit(1005, 1, BETA, "34612345678", 1, 1);
        }
    }

    private int run(final String... options) {
        final CommandLine command = Trunkline.commandLine();
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(Stream.concat(
                        Stream.of(
                                "replay",
                                "--route",
                                "--conf",
                                candidate.directory().toString(),
                                "--data",
                                data.toString()),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void tellsWhatWouldChange() {
        assertThat(run()).isEqualTo(ExitCode.OK);

        final List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).isEqualTo("5 units (6 segments): 2 would go elsewhere (40.00 %), 1 would be refused");
        assertThat(lines.get(1))
                .startsWith("accepted 2026-11-21T12:00:00Z to 2026-11-21T12:01:00Z, routed by version 1; candidate ");
        assertThat(lines)
                .contains(
                        "CARRIER  UNITS BEFORE    SHARE  UNITS AFTER    SHARE  POINTS  SEGMENTS AFTER",
                        "alpha               3  60.00 %            1  20.00 %  -40.00               1",
                        "beta                2  40.00 %            3  60.00 %  +20.00               4",
                        "refused             0   0.00 %            1  20.00 %  +20.00               0",
                        "alpha  beta      2  40.00 %         3")
                .anyMatch(line -> line.matches("4477\\* +routes.csv:3 +alpha +beta +2  unit 1002 to 44770090xxxx"))
                .anyMatch(line -> line.matches(
                        "346123\\* +1 +no row is for this number, tenant and class +unit 1005 to 3461234xxxx"));
        assertThat(err.toString()).contains("5 units in");
    }

    @Test
    void theSameForPrograms() {
        assertThat(run("--json")).isEqualTo(ExitCode.OK);

        final JsonNode told = JSON.readTree(out.toString());
        assertThat(told.path("units").asLong()).isEqualTo(5);
        assertThat(told.path("moved").asLong()).isEqualTo(2);
        assertThat(told.path("movedSegments").asLong()).isEqualTo(3);
        assertThat(told.path("refused").asLong()).isEqualTo(1);
        assertThat(told.path("refusedWhy").path("no-row").asLong()).isEqualTo(1);
        assertThat(told.path("moves").get(0).path("to").asString()).isEqualTo("beta");
        assertThat(told.path("destinations").get(0).path("row").asString()).isEqualTo("routes.csv:3");
        assertThat(told.path("journal").path("recordsLost").asLong()).isZero();
        final String first = out.toString();
        run("--json");
        assertThat(out.toString()).isEqualTo(first);
    }

    @Test
    void onlySomeTime() {
        assertThat(run("--to", "2026-11-21T12:00:30Z")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("4 units (5 segments): 2 would go elsewhere (50.00 %), none would");

        assertThat(run("--from", "2026-11-22")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("no unit was accepted in that time; the journal has units from 2026-11-21T12:00:00Z to"
                        + " 2026-11-21T12:01:00Z");
        assertThat(run("--from", "2026-11-22", "--to", "2026-11-21")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("is not after");
        assertThat(run("--from", "noon")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aCandidateWithMistakesIsToldWithAllOfThem() {
        candidate.write("routes.csv", "prefix,carriers\n44,alhpa\n4x,beta\n");

        assertThat(run()).isEqualTo(ExitCode.CONFIG);
        assertThat(out.toString()).contains("routes.csv:2:", "alhpa", "routes.csv:3:", "2 mistakes");
    }

    /** As on another machine, or for who may not read them. */
    @Test
    void secretsNeedNotBeThere() {
        candidate.replace("carriers.yaml", "${env:TRUNKLINE_ALPHA_PASSWORD}", "${file:/nowhere/alpha.secret}");
        candidate.replace(
                "gateway.yaml",
                "    keep: 7d\n",
                "    keep: 7d\n  bodies:\n    keys: [{id: 1, key: \"${file:/nowhere/bodies.key}\"}]\n");

        assertThat(run()).as(out.toString()).isEqualTo(ExitCode.OK);
    }

    @Test
    void nothingChangesWhereTheCandidateRoutesAsBefore() {
        candidate.write("routes.csv", "prefix,carriers\n44,alpha\n3,beta\n");

        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("5 units (6 segments): every unit stays where it was");
    }

    @Test
    void whatTheCandidateBarsIsRefusedAndSaidWhy() {
        candidate.write(
                "blocks.csv", "prefix,list,tenant,end,expires,reason\n44770,block,,,,pumping\n447700900124,safe,,,,\n");
        candidate.replace("tenants.yaml", "deny: [\"881\"", "deny: [\"33\", \"881\"");

        assertThat(run()).isEqualTo(ExitCode.OK);
        final String told = out.toString();
        assertThat(told).contains("a block list has its number or its sender", "its tenant may not send there");
        assertThat(run("--json")).isEqualTo(ExitCode.OK);
        final JsonNode why = JSON.readTree(out.toString()).path("refusedWhy");
        assertThat(why.path("blocked").asLong()).isEqualTo(1);
        assertThat(why.path("not-permitted").asLong()).isEqualTo(1);
        assertThat(why.path("no-row").asLong()).isEqualTo(1);
    }

    @Test
    void whatOperatorsHaveBlockedIsBlockedInEveryCandidate() throws IOException {
        Files.writeString(data.resolve("operator-blocks.csv"), """
                prefix,list,tenant,end,expires,reason
                "44770",block,,destination,2026-11-21T12:00:30Z,""
                "33",block,,destination,2026-11-21T11:59:59Z,""
                """);

        assertThat(run("--json")).isEqualTo(ExitCode.OK);
        // Until its hour has passed, by the time at which units were accepted.
        assertThat(JSON.readTree(out.toString())
                        .path("refusedWhy")
                        .path("blocked")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    void limitsAreHeldAgainstTheTimesOfTheTraffic() {
        candidate.write("limits.csv", "limit,network,campaign,brand,segments\n");
        candidate.write("limits.yaml", """
                limits:
                  - {name: handset, per: [destination], segments: 1, every: hour, burst: 2}
                  - {name: everything, per: [tenant], segments: 3, every: minute, burst: 3}
                """);

        assertThat(run()).isEqualTo(ExitCode.OK);
        // 1 + 2 segments fill `everything`, and 1003 and 1004 find no room; a minute later it is 1005 that has no
        // route.
        assertThat(out.toString().lines())
                .anyMatch(line ->
                        line.matches("everything +2 +40.00 % +2 +2026-11-21T12:00:00Z +unit 1003 to 44770090xxxx"));
        assertThat(out.toString())
                .startsWith("5 units (6 segments): 1 would go elsewhere (20.00 %), 3 would be refused");
        assertThat(run("--json")).isEqualTo(ExitCode.OK);
        final JsonNode noRoom = JSON.readTree(out.toString()).path("noRoom");
        assertThat(noRoom).hasSize(1);
        assertThat(noRoom.get(0).path("limit").asString()).isEqualTo("everything");
        assertThat(noRoom.get(0).path("units").asLong()).isEqualTo(2);
    }

    @Test
    void aTenantsRateIsHeldToo() {
        candidate.replace("tenants.yaml", "tps: 2000\n    burst: 2000", "tps: 2\n    burst: 2");

        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).anyMatch(line -> line.matches("rate of acme +2 .*unit 1003 to .*"));
    }

    @Test
    void aDisabledCarrierTakesNothing() {
        candidate.replace("carriers.yaml", "- name: beta", "- name: beta\n    enabled: false");

        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("all carriers of the route are disabled");
    }

    @Test
    void costsComeFromTheRowsOfTheVersionThatRoutedAUnit() throws IOException {
        final SampleConfig before = new SampleConfig(Files.createDirectory(directory.resolve("before")));
        before.write("routes.csv", "prefix,carriers,cost\n44,alpha,0.04\n33,beta,0.05\n");
        final GatewayConfig config = new ConfigLoader(SampleConfig.ENVIRONMENT::get)
                .load(before.directory())
                .config()
                .orElseThrow();
        data = directory.resolve("priced");
        final ConfigHistory history = new ConfigHistory(data);
        history.stage(before.directory());
        history.describe(new ConfigVersion(4, config.hash(), "ada", "", 0));
        history.keep(4);
        try (RecordedTraffic traffic = new RecordedTraffic(data)) {
            // Version 5 is a restart with the same files.
            traffic.tenant(1, "acme")
                    .carrier(ALPHA, "alpha")
                    .carrier(BETA, "beta")
                    .applied(5, config.hash());
            traffic.unit(1001, 1, ALPHA, "447700900123", 2, row(config, "44"))
                    .unit(1002, 1, BETA, "33612345678", 1, row(config, "33"))
                    .applied(6, "of files that are not kept")
                    .unit(1003, 1, ALPHA, "447700900123", 1, row(config, "44"));
        }
        candidate.write("routes.csv", "prefix,carriers,cost\n44,beta,0.03\n33,beta,0.0525\n");

        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .startsWith("3 units (4 segments): 2 would go elsewhere (66.67 %), none would be refused; cost 0.13 ->"
                        + " 0.11 (-13.46 %) for the 2 with a known cost\n");
        assertThat(run("--json")).isEqualTo(ExitCode.OK);
        final JsonNode cost = JSON.readTree(out.toString()).path("cost");
        assertThat(cost.path("beforeMicros").asLong()).isEqualTo(130_000);
        assertThat(cost.path("afterMicros").asLong()).isEqualTo(112_500);
    }

    private static int row(final GatewayConfig config, final String prefix) {
        final RoutingSnapshot table = config.routing().table();
        return IntStream.range(0, table.rowCount())
                .filter(id -> table.row(id).prefix().equals(prefix))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void damageIsCountedAndSaid() throws IOException {
        final Path file = cycleFileWith("447700900123");
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            random.seek(placeIn(file, "447700900123"));
            random.write('9');
        }

        assertThat(run("--json")).isEqualTo(ExitCode.OK);
        final JsonNode told = JSON.readTree(out.toString());
        assertThat(told.path("units").asLong()).isEqualTo(4);
        assertThat(told.path("journal").path("recordsLost").asLong()).isEqualTo(1);
        assertThat(told.path("journal").path("damaged").get(0).asString()).startsWith("record run-000001/");
        assertThat(err.toString()).contains("1 records cannot be read");
    }

    @Test
    void withoutAJournalThereIsNothingToReplay() {
        data = directory.resolve("nowhere");
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("has no journal");
    }

    @Test
    void aJournalThatIsBeingWrittenIsReadAsFarAsItGoes() {
        try (RecordedTraffic traffic = new RecordedTraffic(data)) {
            traffic.unit(1006, 1, BETA, "33612345678", 1, 1);
            assertThat(run()).isEqualTo(ExitCode.OK);
            assertThat(out.toString()).startsWith("6 units");
            traffic.unit(1007, 1, BETA, "33612345678", 1, 1);
            assertThat(run()).isEqualTo(ExitCode.OK);
            assertThat(out.toString()).startsWith("7 units");
        }
    }

    private Path cycleFileWith(final String text) throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.walk(data)) {
            files = all.filter(path -> path.toString().endsWith(".cq4")).toList();
        }
        for (final Path file : files) {
            if (placeIn(file, text) >= 0) {
                return file;
            }
        }
        throw new AssertionError(text + " is in none of " + files);
    }

    private static int placeIn(final Path file, final String text) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
