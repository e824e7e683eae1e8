package io.trunkline.perf.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.perf.prove.ProveContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SettlingTest {
    /** Looks of a fifth of a second: far longer together than the second for which nothing may move. */
    private static final int LOOKS = 12;

    @TempDir
    Path directory;

    private final StringWriter said = new StringWriter();

    private ProveContext context() {
        return new ProveContext(directory, Map.of("still", "1"), new PrintWriter(said));
    }

    @Test
    void waitsForAsLongAsSomethingMoves() throws InterruptedException {
        final AtomicLong moved = new AtomicLong();
        try (ProveContext context = context()) {
            final boolean done = Settling.await(
                    context, "done", () -> moved.get() >= LOOKS, moved::incrementAndGet, () -> moved + " of " + LOOKS);
            assertThat(done).isTrue();
        }
        assertThat(said.toString()).contains("done after ", " of 12");
    }

    @Test
    void givesUpWhereNothingMovesAndSaysHowFarItIs() throws InterruptedException {
        final AtomicLong moved = new AtomicLong();
        try (ProveContext context = context()) {
            final boolean done = Settling.await(
                    context, "done", () -> false, () -> Math.min(moved.incrementAndGet(), 3), () -> "3 of " + LOOKS);
            assertThat(done).isFalse();
        }
        assertThat(said.toString()).contains("given up, not done, and still for ", "3 of 12");
    }
}
