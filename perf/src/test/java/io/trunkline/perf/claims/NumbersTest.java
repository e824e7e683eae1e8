package io.trunkline.perf.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.routing.PackedNumber;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumbersTest {
    @TempDir
    Path directory;

    /** What the claim shows of 380 million, but for the times, which this machine may have others at work for. */
    @Test
    void tenMillionNumbersAreAnsweredExactlyAlsoWhileTheyAreSwapped() throws Exception {
        final StringWriter said = new StringWriter();
        final Map<String, String> options = Map.of(
                "count", "10000000",
                "hits", "200000",
                "peer", "0",
                "most-bytes", "70000000",
                "most-p99-ns", "1000000000",
                "most-during-p99-ns", "1000000000");
        try (ProveContext context = new ProveContext(directory, options, new PrintWriter(said))) {
            final ClaimResult result = new Numbers().run(context);
            assertThat(result.violations()).as(said.toString()).isEmpty();
            assertThat(result.values()).containsEntry("wrong", 0L).containsEntry("wrongDuring", 0L);
        }
    }

    @Test
    void theSampleHasDifferentNumbersAndItsNeighboursAreNoneOfThem() {
        final NumberSample sample = new NumberSample(60_000);
        final Set<Long> numbers = new HashSet<>();
        for (long index = 0; index < 3 * sample.count(); index++) {
            assertThat(numbers.add(NumberSample.number(index))).isTrue();
            assertThat(PackedNumber.length(NumberSample.number(index))).isIn(11, 12, 13, 15);
            assertThat(PackedNumber.length(NumberSample.neighbour(index))).isEqualTo(14);
        }
        long owned = 0;
        for (long index = 0; index < 2 * sample.count(); index++) {
            owned += sample.ownerAfter(index) == 0 ? 0 : 1;
        }
        assertThat(owned).isEqualTo(sample.count());
    }
}
