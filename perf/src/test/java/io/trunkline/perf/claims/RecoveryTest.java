package io.trunkline.perf.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.ProveContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("megabytes", "20"),
            Map.entry("units", "2000"),
            Map.entry("tail-megabytes", "1"),
            Map.entry("checkpoint-every", "3s"),
            Map.entry("times", "1"),
            // How long it takes is the claim's business, on a machine of its own.
            Map.entry("most-ready-ms", "120000"));

    @TempDir
    Path directory;

    @Test
    void aKilledDaemonIsReadyAgainWithAllUnitsThatWereOpen() throws Exception {
        final StringWriter said = new StringWriter();
        try (ProveContext context = new ProveContext(directory, SMALL, new PrintWriter(said))) {
            final ClaimResult result = new Recovery().run(context);
            assertThat(result.violations()).as(said.toString()).isEmpty();
            assertThat(result.values()).containsKeys("coldSeconds", "warmSeconds", "openUnitsMB");
        }
    }
}
