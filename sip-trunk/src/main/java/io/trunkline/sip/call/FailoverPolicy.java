package io.trunkline.sip.call;

/**
 * When the next target is tried instead of this one.
 *
 * @param statuses final responses after which it is; 408 also stands for no response, 503 for a transport error (RFC 3261
 *     §8.1.3.1)
 * @param afterProvisional whether it is even if a provisional response other than 100 was passed on to the caller, who then
 *     hears the ringing begin again
 * @param responseMs how long a response other than 100 is waited for, ms; then it counts as 408
 * @param ringMs how long an answer is waited for after a provisional response, ms; then it counts as 408
 */
public record FailoverPolicy(StatusSet statuses, boolean afterProvisional, long responseMs, long ringMs) {
    /** After failures of the way, never after a provisional; 8 s for a response, 2 min of ringing. */
    public static final FailoverPolicy DEFAULT = new FailoverPolicy(StatusSet.WAY_FAILED, false, 8_000, 120_000);

    public FailoverPolicy {
        if (responseMs < 1 || ringMs < 1) {
            throw new IllegalArgumentException("responseMs and ringMs must be positive");
        }
    }
}
