package io.trunkline.client;

/** How a replay ended. */
public sealed interface ReplayResult {
    /** Events that the listener was handed. */
    long events();

    /** For {@link ReplayRequest.Builder#fromIndex} of a request that goes on from here. */
    long nextIndex();

    /** All that was asked for has come, or the replay was stopped. */
    record Complete(long events, long nextIndex) implements ReplayResult {}

    /**
     * The gateway did not go on.
     *
     * @param oldestIndex of the oldest record that the gateway keeps; 0: it did not say
     * @param oldestMs when that was written, milliseconds since the epoch
     * @param refusal code 1025: what was asked for is no longer kept
     */
    record Refused(long events, long nextIndex, long oldestIndex, long oldestMs, Refusal refusal)
            implements ReplayResult {}
}
