package io.trunkline.perf.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.perf.claims.Claims;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.ProveContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Claims in small: what `scripts/prove` shows at length. */
class DaemonSystemTest {
    @TempDir
    Path directory;

    private void holds(final String claim, final Map<String, String> options) throws Exception {
        final StringWriter said = new StringWriter();
        try (ProveContext context = new ProveContext(directory, options, new PrintWriter(said))) {
            final Claim found = Claims.all().stream()
                    .filter(each -> each.name().equals(claim))
                    .findFirst()
                    .orElseThrow();
            final ClaimResult result = found.run(context);
            assertThat(result.violations()).as(said.toString()).isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void losesNothingByKillMinusNine() throws Exception {
        holds("kill9", Map.of("times", "1", "rate", "300", "settle", "30", "seed", "3"));
    }

    @Test
    @Timeout(60)
    void drainsOnSigterm() throws Exception {
        holds("drain", Map.of("times", "1", "rate", "500", "durability", "disk"));
    }

    @Test
    @Timeout(60)
    void takesAReferenceOnce() throws Exception {
        holds("idempotent", Map.of("units", "200"));
    }

    @Test
    @Timeout(90)
    void losesNothingUnderFaultsThatRollOn() throws Exception {
        holds("soak", Map.of("seconds", "14", "rate", "300", "every", "2", "durability", "process", "seed", "5"));
    }

    @Test
    @Timeout(90)
    void routesEachUnitByOneVersionWhileConfigurationsChange() throws Exception {
        holds(
                "reload",
                Map.of(
                        "reloads",
                        "45",
                        "rate",
                        "300",
                        "warmup",
                        "0",
                        "quiet",
                        "1",
                        "every-ms",
                        "50",
                        "rounds",
                        "1",
                        "most-stall-us",
                        "10000000",
                        "seed",
                        "7"));
    }
}
