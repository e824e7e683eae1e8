package io.trunkline.sip.call;

import java.util.List;

/**
 * The router's answer to an offer: the targets in the order in which they are tried, and how long it may take.
 *
 * @param targets at least one. The list is not copied: its owner may add to it as long as the call is tried, so that what a target
 *     costs is taken when its turn comes
 * @param maxSetupMs how long all targets together may take until an answer, ms
 * @param maxDurationMs longest duration of the answered call, ms
 */
public record CallPlan(List<Target> targets, long maxSetupMs, long maxDurationMs) {
    private static final long DEFAULT_SETUP_MS = 180_000;
    private static final long DEFAULT_DURATION_MS = 4 * 3_600_000L;

    public CallPlan {
        if (targets.isEmpty() || maxSetupMs < 1 || maxDurationMs < 1) {
            throw new IllegalArgumentException("a plan has a target, and times that are positive");
        }
    }

    /** Three minutes to answer, four hours to talk. */
    public static CallPlan of(final Target... targets) {
        return new CallPlan(List.of(targets), DEFAULT_SETUP_MS, DEFAULT_DURATION_MS);
    }

    /** The same targets with other times. */
    public CallPlan within(final long setupMs, final long durationMs) {
        return new CallPlan(targets, setupMs, durationMs);
    }
}
