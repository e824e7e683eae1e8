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
import org.junit.jupiter.api.io.TempDir;

/** Runs claims with options that make them short. */
abstract class SmallClaims {
    @TempDir
    Path directory;

    final void holds(final String claim, final Map<String, String> options) throws Exception {
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
}
