package io.trunkline.sip.trunk;

import java.util.Set;

/**
 * How a trunk's addresses are probed with OPTIONS.
 *
 * @param upMs time between probes of an address that is up, ms
 * @param downMs the same of one that is down, ms
 * @param timeoutMs how long an answer may take, ms; Timer F is too long to wait for
 * @param failures statuses that count as no answer; any other one shows that somebody is there
 */
public record Probing(long upMs, long downMs, long timeoutMs, Set<Integer> failures) {
    public static final Probing DEFAULT = new Probing(30_000, 10_000, 4_000, Set.of(408, 503, 504));

    public Probing {
        failures = Set.copyOf(failures);
        if (timeoutMs < 1 || upMs < timeoutMs || downMs < timeoutMs) {
            throw new IllegalArgumentException("timeoutMs must be positive, and the times between probes not shorter");
        }
    }
}
