package io.trunkline.gateway.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.ConfigProblem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A network engineer's bad day: twenty mistakes in one configuration, all of them found at once and none invented. */
class PlantedRoutingTest {
    private static LoadResult load() throws IOException, URISyntaxException {
        final Path sample = Path.of(
                PlantedRoutingTest.class.getResource("../planted/routing.yaml").toURI());
        return new ConfigLoader(SampleConfig.ENVIRONMENT::get).load(sample.getParent());
    }

    private static List<String> found(final List<ConfigProblem> problems) {
        return problems.stream()
                .map(problem -> problem.file() + ":" + problem.line() + ":" + problem.column() + " " + problem.code())
                .toList();
    }

    @Test
    void allTwentyAreFoundAndNoneIsInvented() throws Exception {
        final LoadResult result = load();
        assertThat(found(result.problems()))
                .as(result.report())
                .containsExactly(
                        "routes.csv:6:1 bad-value",
                        "routes.csv:7:10 unknown-reference",
                        "routes.csv:8:5 unknown-reference",
                        "routes.csv:12:20 bad-value",
                        "routes.csv:15:1 duplicate-row",
                        "routing.yaml:3:12 unknown-reference",
                        "routing.yaml:4:11 bad-value",
                        "routing.yaml:10:5 unknown-key",
                        "routing.yaml:17:12 unknown-reference",
                        "routing.yaml:20:5 missing-key",
                        "routing.yaml:25:36 bad-value",
                        "routing.yaml:39:13 unknown-reference",
                        "routing.yaml:41:5 bad-value");
        assertThat(found(result.warnings()))
                .as(result.report())
                .containsExactly(
                        "carriers.yaml:17:11 no-bind",
                        "routes.csv:10:1 all-disabled",
                        "routes.csv:11:1 below-cost",
                        "routes.csv:16:1 shadowed",
                        "routing.yaml:34:5 shadowed",
                        "routing.yaml:44:5 never-matches",
                        "routing.yaml:47:10 never-matches");
        assertThat(result.total() + result.warnings().size()).isEqualTo(20);
    }

    @Test
    void everyOneComesWithItsLineACaretAndARemedy() throws Exception {
        final LoadResult result = load();
        assertThat(result.report().lines().filter(line -> line.matches("\\s*\\d+ \\| .*")))
                .hasSize(20);
        assertThat(result.report().lines().filter(line -> line.matches("\\s*\\| +\\^ .+")))
                .hasSize(20);
        assertThat(result.report())
                .contains("did you mean `alpha`?", "did you mean `acme`?", "did you mean `night`?")
                .contains("groups go in a circle: @europe → @overseas → @europe");
        assertThat(Stream.concat(result.problems().stream(), result.warnings().stream()))
                .allSatisfy(problem -> assertThat(problem.remedy()).isNotBlank());
    }
}
