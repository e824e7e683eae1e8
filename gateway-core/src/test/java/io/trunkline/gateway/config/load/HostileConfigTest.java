package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.ENCODING;
import static io.trunkline.gateway.config.ConfigProblem.Code.FILE_MISSING;
import static io.trunkline.gateway.config.ConfigProblem.Code.SECRET_EXPOSED;
import static io.trunkline.gateway.config.ConfigProblem.Code.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.ConfigProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what they should be at all. */
class HostileConfigTest {
    @TempDir
    Path directory;

    private SampleConfig config;

    @BeforeEach
    void copy() {
        config = new SampleConfig(directory);
    }

    @Test
    void aFileThatIsGoneIsNamedAndTheOthersAreCheckedAllTheSame() throws Exception {
        Files.delete(directory.resolve("tenants.yaml"));
        final String place = config.plant("gateway.yaml", "idle: block", "idle: »doze");
        assertThat(config.load().problems())
                .extracting(problem -> problem.file() + ":" + problem.line() + ":" + problem.column())
                .containsExactly(place, "tenants.yaml:1:1");
        assertThat(config.load().problems().get(1).code()).isEqualTo(FILE_MISSING);
    }

    @Test
    void aDirectoryThatIsNotThereIsOneProblem() {
        final LoadResult result = ConfigLoader.ofSystem().load(directory.resolve("nowhere"));
        assertThat(result.problems()).extracting(ConfigProblem::code).containsExactly(FILE_MISSING);
    }

    @Test
    void numbersCsvMayBeAbsent() throws Exception {
        Files.delete(directory.resolve("numbers.csv"));
        assertThat(config.load().problems()).isEmpty();
    }

    @Test
    void aFileInLatin1IsRefusedAtTheFirstWrongByte() throws Exception {
        Files.write(
                directory.resolve("routing.yaml"), "numbers:\n  # caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(config.load().problems())
                .extracting(ConfigProblem::line, ConfigProblem::column, ConfigProblem::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(2, 8, ENCODING));
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws Exception {
        final String text = Files.readString(directory.resolve("routes.csv"));
        Files.writeString(directory.resolve("routes.csv"), "\uFEFF" + text);
        assertThat(config.load().problems()).isEmpty();
    }

    @Test
    void windowsLineEndsAreFine() {
        config.write("routes.csv", config.text("routes.csv").replace("\n", "\r\n"));
        config.write("carriers.yaml", config.text("carriers.yaml").replace("\n", "\r\n"));
        assertThat(config.load().problems()).isEmpty();
    }

    @Test
    void anAliasStandsForWhatItsAnchorHolds() {
        config.replace(
                "carriers.yaml",
                "        version: 3.4",
                "        reconnect: &slow {min: 3s, max: 5m}\n        version: 3.4");
        config.replace("carriers.yaml", "        reconnect:\n          min: 1s\n          max: 1m\n", "");
        config.replace("carriers.yaml", "        type: receiver", "        type: receiver\n        reconnect: *slow");
        final LoadResult result = config.load();
        assertThat(result.report()).isEmpty();
        final var beta = result.config().orElseThrow().carrier("beta").orElseThrow();
        assertThat(beta.binds().get(1).reconnect().max()).hasMinutes(5);
    }

    @Test
    void aBillionLaughsAreNotLaughed() {
        final StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            final String alias = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + (alias + ",").repeat(9) + alias + "]\n");
        }
        config.write("routing.yaml", bomb.toString());
        assertThat(config.load().problems()).extracting(ConfigProblem::code).contains(TOO_LARGE);
    }

    @Test
    void aliasesCannotNestDeeperThanBlocksMay() {
        final StringBuilder tower = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 5000; i++) {
            tower.append("a" + i + ": &a" + i + " [*a" + (i - 1) + "]\n");
        }
        config.write("routing.yaml", tower.toString());
        assertThat(config.load().problems()).extracting(ConfigProblem::code).contains(TOO_LARGE);
    }

    @Test
    void aMountainOfBracketsDoesNotOverflowTheStack() {
        config.write("routing.yaml", "numbers: " + "[".repeat(200_000));
        assertThat(config.load().problems()).extracting(ConfigProblem::code).contains(TOO_LARGE);
    }

    @Test
    void whatIsNotABlockAtAllIsOneProblem() {
        config.write("routing.yaml", "- just\n- a list\n");
        assertThat(config.load().problems())
                .extracting(ConfigProblem::file)
                .contains("routing.yaml")
                .doesNotContain("gateway.yaml", "carriers.yaml", "tenants.yaml");
    }

    @Test
    void aHundredThousandBadRowsAreListedUpToTheThousandthAndReadNoFurther() {
        config.write("routes.csv", "prefix,carriers\n" + "x,alpha\n".repeat(100_000));
        final LoadResult result = config.load();
        assertThat(result.problems()).hasSize(1000);
        assertThat(result.problems().get(999).line()).isEqualTo(1001);
    }

    @Test
    void threeBadRowsAmongManyAreFoundAndNoMoreAreListedThanAreWanted() {
        final StringBuilder rows = new StringBuilder("prefix,carriers\n");
        for (int row = 2; row <= 300_001; row++) {
            final boolean bad = row == 7 || row == 150_000 || row == 300_001;
            rows.append(100_000_000 + row).append(bad ? "x" : "").append(",alpha|beta\n");
        }
        config.write("routes.csv", rows.toString());
        assertThat(config.load().problems()).extracting(ConfigProblem::line).containsExactly(7, 150_000, 300_001);
        assertThat(new ConfigLoader(SampleConfig.ENVIRONMENT::get)
                        .load(directory, directory, 2)
                        .problems())
                .extracting(ConfigProblem::line)
                .containsExactly(7, 150_000);
    }

    @Test
    void aSecretFileThatOthersMayReadIsRefused() throws Exception {
        final Path secret = directory.resolve("alpha.secret");
        Files.writeString(secret, "alphapas\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        config.replace("carriers.yaml", "${env:TRUNKLINE_ALPHA_PASSWORD}", "${file:alpha.secret}");
        assertThat(config.load().problems()).extracting(ConfigProblem::code).containsExactly(SECRET_EXPOSED);

        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
        final LoadResult result = config.load();
        assertThat(result.report()).isEmpty();
        final var alpha = result.config().orElseThrow().carrier("alpha").orElseThrow();
        assertThat(alpha.binds().get(0).password().matches("alphapas".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Test
    void noReportEverShowsASecretThatStandsNextToAnotherMistake() {
        config.replace("carriers.yaml", "password: ${env:TRUNKLINE_ALPHA_PASSWORD}", "pasword: hunter2");
        final String report = config.load().report();
        assertThat(report).contains("did you mean `password`?").doesNotContain("hunter2");
    }
}
