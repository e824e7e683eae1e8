package io.trunkline.client;

import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: doubles up to a limit, half of it random, so that clients never march. */
final class ReconnectBackoff {
    private final long minMs;
    private final long maxMs;
    private final RandomGenerator random;
    private int failures;

    ReconnectBackoff(final long minMs, final long maxMs, final RandomGenerator random) {
        this.minMs = minMs;
        this.maxMs = maxMs;
        this.random = random;
    }

    /** Milliseconds until the next attempt, and never less than the gateway asked for. */
    long nextMs(final long retryAfterMs) {
        final long ceiling = failures >= 30 ? maxMs : Math.min(maxMs, minMs << failures);
        failures++;
        final long floor = Math.max(retryAfterMs, ceiling / 2);
        return floor + random.nextLong(Math.max(1, ceiling - ceiling / 2 + 1));
    }

    void succeeded() {
        failures = 0;
    }
}
